"""How to read, in the question box: what is offered, what it takes, what is remembered."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app import theme
from app.widgets.question_box import QuestionBox
from rag.records import Mode, Scope
from tests.app import records_for_show as show
from tests.app import records_of_whole as whole_show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
LEASE, RULES = show.LEASE, show.RULES


@pytest.fixture
def box(qtbot):
    box = QuestionBox()
    qtbot.addWidget(box)
    box.resize(620, 190)
    box.show()
    return box


def about(box, *paths):
    box.set_scope(Scope(paths))
    box.set_documents(paths)
    return box.reading


def heights(box):
    return [part.geometry() for part in (box.scope_chips, box.reading, box.edit, box._send)]


def test_the_whole_library_offers_no_choice(box):
    assert not box.reading.isVisible()
    assert not box.task.isVisible()
    assert box.reading.mode is None


def test_a_document_offers_passages_and_the_whole_with_what_it_takes(box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)

    assert choice.isVisible()
    assert [button.text() for button in choice.tab_order()] == [
        "As it fits",
        "Ask passages",
        "Read it whole",
    ]
    assert choice.cost.words == "4 min once, then at once"
    assert whole_show.REASON in choice.whole.toolTip()
    assert choice.mode is None


def test_the_estimate_comes_later_and_moves_nothing(qtbot, box):
    choice = about(box, LEASE)
    qtbot.waitUntil(lambda: choice.height() > 0 and box.edit.y() > choice.y())
    before = heights(box)
    assert choice.cost.words == "working out how long that takes…"

    for estimate in (whole_show.ESTIMATE, whole_show.READY, whole_show.DECLINED, None):
        box.set_estimate(whole_show.ONE, estimate)
        qtbot.wait(1)
        assert heights(box) == before


def test_what_is_chosen_is_told_and_so_is_going_back(qtbot, box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)
    told = []
    choice.changed.connect(told.append)

    for button in (choice.whole, choice.passages, choice.fits):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert told == [Mode.WHOLE_DOCUMENT, Mode.PASSAGES, None]


def test_a_long_document_is_read_in_parts(qtbot, box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.SECTIONS)

    with qtbot.waitSignal(choice.changed) as changed:
        qtbot.mouseClick(choice.whole, Qt.MouseButton.LeftButton)

    assert changed.args == [Mode.SECTIONS]
    assert choice.whole.text() == "Read in parts"
    assert choice.cost.words == "about 50 min, part by part"


def test_what_was_chosen_becomes_parts_once_the_estimate_says_so(qtbot, box):
    choice = about(box, LEASE)
    qtbot.mouseClick(choice.whole, Qt.MouseButton.LeftButton)
    assert choice.mode is Mode.WHOLE_DOCUMENT

    with qtbot.waitSignal(choice.changed) as changed:
        box.set_estimate(whole_show.ONE, whole_show.SECTIONS)

    assert changed.args == [Mode.SECTIONS]


def test_where_it_cannot_be_read_whole_it_says_why(box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.DECLINED)

    assert not choice.whole.isEnabled()
    assert choice.cost.words == "Close other programs."
    assert not box.task.isEnabled()


def test_a_choice_that_cannot_be_had_gives_way_and_comes_back(qtbot, box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)
    qtbot.mouseClick(choice.whole, Qt.MouseButton.LeftButton)

    box.set_estimate(whole_show.ONE, whole_show.DECLINED)
    assert choice.mode is None
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)

    assert choice.mode is Mode.WHOLE_DOCUMENT


def test_a_document_that_is_not_read_yet_says_so(box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, None)

    assert choice.cost.words == "no text of it has been read"
    assert choice.mode is None


def test_the_choice_is_remembered_for_each_scope(qtbot, box):
    choice = about(box, LEASE)
    qtbot.mouseClick(choice.passages, Qt.MouseButton.LeftButton)

    about(box, RULES)
    assert choice.mode is None
    about(box, LEASE)

    assert choice.mode is Mode.PASSAGES


def test_leaving_the_document_leaves_the_choice_to_the_question(qtbot, box):
    choice = about(box, LEASE)
    qtbot.mouseClick(choice.passages, Qt.MouseButton.LeftButton)

    with qtbot.waitSignal(choice.changed) as changed:
        about(box)

    assert changed.args == [None]
    assert not choice.isVisible()


def test_an_estimate_of_another_scope_is_not_shown(box):
    choice = about(box, LEASE)
    box.set_estimate(Scope((RULES,)), whole_show.ESTIMATE)

    assert choice.cost.words == "working out how long that takes…"


def test_it_is_chosen_with_the_keyboard_alone(qtbot, box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)
    box.activateWindow()
    box.scope_chips.add.setFocus()

    qtbot.keyClick(box.scope_chips.add, Qt.Key.Key_Tab)
    assert choice.fits.hasFocus()
    qtbot.keyClick(choice.fits, Qt.Key.Key_Right)
    qtbot.keyClick(choice.passages, Qt.Key.Key_Right)

    assert choice.whole.hasFocus()
    assert choice.mode is Mode.WHOLE_DOCUMENT
    qtbot.keyClick(choice.whole, Qt.Key.Key_Tab)
    assert box.edit.hasFocus()


def test_a_screen_reader_is_told_what_each_choice_means(box):
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)

    assert all(
        part.accessibleName() and part.accessibleDescription() for part in choice.tab_order()
    )
    assert "4 min once, then at once" in choice.whole.accessibleDescription()
    assert choice._segments.accessibleName()
    assert box.task.accessibleDescription() == "4 min once, then at once"


def test_one_document_can_be_summarised_with_a_press(qtbot, box):
    about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)
    assert box.task.text() == "Summarise"
    assert box.task.toolTip() == "Summarise all of it: 4 min once, then at once"

    with qtbot.waitSignal(box.whole_wanted) as wanted:
        qtbot.mouseClick(box.task, Qt.MouseButton.LeftButton)

    assert wanted.args == ["Summarise this document.", whole_show.ONE, Mode.WHOLE_DOCUMENT]


def test_two_documents_can_be_compared_with_a_press(qtbot, box):
    about(box, LEASE, RULES)
    box.set_estimate(whole_show.TWO, replace(whole_show.SECTIONS, paths=(LEASE, RULES)))

    with qtbot.waitSignal(box.whole_wanted) as wanted:
        qtbot.mouseClick(box.task, Qt.MouseButton.LeftButton)

    assert wanted.args == ["Compare these two documents.", whole_show.TWO, Mode.SECTIONS]


def test_what_is_typed_takes_the_place_of_the_offer(box):
    about(box, LEASE)
    assert box.task.isVisible()

    box.set_draft("Who signed?")
    assert not box.task.isVisible()
    box.set_draft("")

    assert box.task.isVisible()


def test_while_an_answer_is_in_work_nothing_else_is_begun(box):
    about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)

    box.set_busy(True)

    assert not box.task.isEnabled()


def test_where_there_is_hardly_room_the_words_are_fewer_and_whole(qtbot, qapp, box):
    theme.apply(qapp, Qt.ColorScheme.Light, 2.0)
    box.resize(400, 320)
    choice = about(box, LEASE)

    qtbot.waitUntil(lambda: choice.passages.text() == "Passages")

    assert choice.passages.accessibleName() == "Ask passages"
    for button in choice.tab_order():
        assert button.width() >= button.sizeHint().width()
    assert box.edit.placeholderText() == "Ask…"
    (chip,) = box.scope_chips.chips()
    assert chip.geometry().right() <= box.scope_chips.viewport().width()
    box.resize(900, 320)
    qtbot.waitUntil(lambda: choice.passages.text() == "Ask passages")
    assert box.edit.placeholderText() == "Ask about your files…"
    theme.apply(qapp, Qt.ColorScheme.Light)


@pytest.mark.parametrize(("width", "zoom"), [(360, 1.0), (620, 2.0)])
def test_in_a_narrow_box_the_estimate_stands_below_and_is_whole(qtbot, qapp, box, width, zoom):
    theme.apply(qapp, Qt.ColorScheme.Light, zoom)
    box.resize(width, 260)
    choice = about(box, LEASE)
    box.set_estimate(whole_show.ONE, whole_show.ESTIMATE)

    qtbot.waitUntil(lambda: choice.cost.y() >= choice._segments.geometry().bottom())

    assert choice.cost.text() == choice.cost.words
    assert choice._segments.geometry().right() <= choice.width()
    theme.apply(qapp, Qt.ColorScheme.Light)
