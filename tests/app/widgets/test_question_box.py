from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.widgets.chips import Chip
from app.widgets.question_box import QuestionBox
from rag.records import Scope
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]

# What the display of the tests cannot do for a popup.
POPS_UP = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def box(qtbot):
    box = QuestionBox()
    qtbot.addWidget(box)
    box.resize(520, 160)
    box.show()
    return box


def chips(box):
    return [chip.text() for chip in box.findChildren(Chip) if chip.isVisible()]


def entry(box, words):
    return next(action for action in box.scope_chips.menu().actions() if action.text() == words)


def drop(box, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    box.edit.dropEvent(event)
    return event.isAccepted()


def test_enter_sends_the_question_stripped_and_clears_the_field(qtbot, box):
    qtbot.keyClicks(box.edit, "  Who signed?  ")

    with qtbot.waitSignal(box.asked) as asked:
        qtbot.keyClick(box.edit, Qt.Key.Key_Return)

    assert asked.args == ["Who signed?"]
    assert box.draft() == ""


def test_shift_enter_begins_a_line(qtbot, box):
    qtbot.keyClicks(box.edit, "One")
    with qtbot.assertNotEmitted(box.asked):
        qtbot.keyClick(box.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(box.edit, "Two")

    assert box.draft() == "One\nTwo"


def test_an_empty_question_is_not_sent(qtbot, box):
    qtbot.keyClicks(box.edit, "   ")

    with qtbot.assertNotEmitted(box.asked):
        qtbot.keyClick(box.edit, Qt.Key.Key_Return)


def test_it_grows_to_six_lines_and_no_further(box):
    heights = []
    for lines in (1, 2, 6, 9):
        box.set_draft("\n".join(["line"] * lines))
        heights.append(box.edit.height())

    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_a_long_line_that_wraps_makes_it_grow(box):
    one = box.edit.height()

    box.set_draft("many words " * 30)

    assert box.edit.height() > one


def test_while_busy_the_button_stops_and_enter_keeps_the_draft(qtbot, box):
    box.set_draft("Next question")
    box.set_busy(True)

    with qtbot.assertNotEmitted(box.asked):
        qtbot.keyClick(box.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(box.stop_wanted):
        qtbot.mouseClick(box._send, Qt.MouseButton.LeftButton)

    assert box.draft() == "Next question"
    assert box._send.accessibleName() == "Stop"


def test_while_not_ready_it_says_why_and_keeps_the_draft(qtbot, box):
    box.set_ready(False, "The library is still opening.")
    box.set_draft("Early question")

    with qtbot.assertNotEmitted(box.asked):
        qtbot.keyClick(box.edit, Qt.Key.Key_Return)

    assert box._why_line.isVisible()
    assert box._why_line.text() == "The library is still opening."
    box.set_ready(True)
    assert not box._why_line.isVisible()
    assert box.draft() == "Early question"


def test_the_scope_shows_as_chips_that_can_be_removed(qtbot, box):
    assert set(chips(box)) == {"Whole library", "file, type, date"}

    box.set_scope(Scope((show.LEASE, show.RULES)))
    expected = {"Lease 2024.pdf", "House rules.docx", "file, type, date"}
    qtbot.waitUntil(lambda: set(chips(box)) == expected)
    chip = next(chip for chip in box.findChildren(Chip) if chip.text() == "Lease 2024.pdf")
    with qtbot.waitSignal(box.scope_changed) as changed:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    assert changed.args == [Scope((show.RULES,))]
    assert box.scope == Scope((show.RULES,))


def test_setting_the_scope_emits_nothing(qtbot, box):
    with qtbot.assertNotEmitted(box.scope_changed):
        box.set_scope(Scope((show.LEASE,)))


@POPS_UP
def test_the_picker_finds_a_file_with_the_keyboard_alone(qtbot, box):
    box.set_places([show.FOLDER, show.LEASE, show.RULES])
    with qtbot.waitSignal(box.scope_wanted):
        entry(box, "File or folder…\t@").trigger()

    qtbot.keyClicks(box.scope_chips.picker._search, "rules")
    with qtbot.waitSignal(box.scope_changed) as changed:
        qtbot.keyClick(box.scope_chips.picker._search, Qt.Key.Key_Return)

    assert changed.args == [Scope((show.RULES,))]
    assert not box.scope_chips.picker.isVisible()


@POPS_UP
def test_an_at_sign_offers_names_and_is_replaced_by_the_chip(qtbot, box):
    box.set_places([show.LEASE])
    qtbot.keyClicks(box.edit, "What about ")
    qtbot.keyClick(box.edit, "@")
    assert box.scope_chips.picker.isVisible()

    qtbot.keyClick(box.scope_chips.picker._search, Qt.Key.Key_Return)

    assert box.scope == Scope((show.LEASE,))
    assert box.draft() == "What about "


def test_an_at_sign_inside_a_word_is_only_text(qtbot, box):
    qtbot.keyClicks(box.edit, "me@home")

    assert not box.scope_chips.picker.isVisible()
    assert box.draft() == "me@home"


def test_a_file_of_the_library_dropped_on_it_is_asked_about(qtbot, box, tmp_path):
    known = tmp_path / "known.pdf"
    box.set_places([known])

    with qtbot.waitSignal(box.scope_changed) as changed:
        assert drop(box, known)

    assert changed.args == [Scope((known,))]


def test_other_files_dropped_on_it_are_left_to_the_window(qtbot, box, tmp_path):
    box.set_places([tmp_path / "known.pdf"])

    with qtbot.assertNotEmitted(box.scope_changed):
        assert not drop(box, tmp_path / "new.pdf")

    assert box.draft() == ""


def test_a_place_is_asked_about_once(qtbot, box):
    box.set_places([Path("a.txt")])
    box.set_scope(Scope((Path("a.txt"),)))

    with qtbot.assertNotEmitted(box.scope_changed):
        box.scope_chips.add_places([Path("a.txt")])


def test_every_part_has_a_name_for_a_screen_reader(box):
    box.set_scope(Scope((show.LEASE,)))

    named = [box.edit, box._send, *(c for c in box.findChildren(Chip) if c.isVisible())]

    assert all(part.accessibleName() for part in named)
