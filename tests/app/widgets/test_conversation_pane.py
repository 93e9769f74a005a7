import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.widgets.conversation_pane import ConversationPane
from rag.events import AnswerFinished
from rag.records import Scope
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


@pytest.fixture
def pane(qtbot):
    pane = ConversationPane()
    qtbot.addWidget(pane)
    pane.resize(700, 640)
    pane.show()
    return pane


def test_it_welcomes_until_the_first_question(pane):
    assert pane.welcome.isVisible()

    pane.begin_turn(show.QUESTION, Scope())

    assert not pane.welcome.isVisible()
    assert pane.transcript.isVisible()


@pytest.mark.parametrize("width", [700, 1200])
def test_the_welcome_and_the_box_share_their_edges(pane, width):
    pane.resize(width, 900)
    QApplication.processEvents()

    column, box = pane.welcome._column, pane.question_box
    left = column.mapTo(pane, QPoint(0, 0)).x()
    shadow = 10

    assert left == pytest.approx(box.x() + shadow, abs=1)
    assert left + column.width() == pytest.approx(box.geometry().right() + 1 - shadow, abs=1)


def test_a_new_conversation_starts_with_the_welcome(pane):
    pane.show_conversation(show.CONVERSATION)
    assert pane.transcript.isVisible()

    pane.show_new()

    assert pane.welcome.isVisible()


def test_the_box_offers_to_stop_until_the_answer_ends(pane):
    pane.begin_turn(show.QUESTION, Scope())
    assert pane.question_box._send.accessibleName() == "Stop"

    pane.show_event(AnswerFinished(show.ANSWER))

    assert pane.question_box._send.accessibleName() == "Ask"


def test_an_engine_that_went_away_gives_the_box_back(pane):
    pane.begin_turn(show.QUESTION, Scope())

    pane.end_turn()

    assert pane.question_box._send.accessibleName() == "Ask"


def test_wishes_of_the_parts_are_passed_on(qtbot, pane):
    pane.question_box.set_draft("Who?")
    with qtbot.waitSignal(pane.asked) as asked:
        qtbot.keyClick(pane.question_box.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.sample_chosen):
        pane.welcome.sample_chosen.emit("Who?")
    pane.show_conversation(show.CONVERSATION)
    with qtbot.waitSignal(pane.citation_chosen):
        pane.transcript.browser.link_chosen.emit("1/cite/0/0")

    assert asked.args == ["Who?"]


@pytest.mark.parametrize("width", [380, 700, 1200])
def test_the_box_stands_in_the_conversations_column(qtbot, pane, width):
    pane.show_conversation(show.CONVERSATION)

    pane.resize(width, 640)

    def borders():
        box = pane.question_box.geometry().adjusted(10, 0, -10, 0)  # its shadow is around it
        return (box.left(), box.right() + 1)

    qtbot.waitUntil(lambda: borders() == pane.transcript.browser.column())


def found(pane):
    """What is selected, and where."""
    cursor = pane.transcript.browser.textCursor()
    return cursor.selectedText(), cursor.selectionStart()


def test_words_are_found_while_they_are_typed_and_enter_goes_on(qtbot, pane):
    pane.show_conversation(show.CONVERSATION)
    pane.open_find()

    qtbot.keyClicks(pane.find_bar.field, "lease")
    first = found(pane)
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
    second = found(pane)
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert first[0].casefold() == second[0].casefold() == "lease"
    assert second[1] != first[1]
    assert found(pane) == first


def test_words_that_are_nowhere_are_said_to_be(qtbot, pane):
    pane.show_conversation(show.CONVERSATION)
    pane.open_find()

    qtbot.keyClicks(pane.find_bar.field, "zebra")

    assert pane.find_bar._outcome.text() == "Not found"


def test_esc_closes_the_find_bar_and_stops_no_answer(qtbot, pane):
    pane.begin_turn(show.QUESTION, Scope())
    pane.open_find()

    with qtbot.assertNotEmitted(pane.stop_wanted):
        qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)

    assert not pane.find_bar.isVisible()


def test_a_welcome_has_nothing_to_find(pane):
    pane.open_find()

    assert not pane.find_bar.isVisible()
