import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.widgets.conversation_list import ConversationList
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


@pytest.fixture
def conversations(qtbot):
    conversations = ConversationList()
    qtbot.addWidget(conversations)
    conversations.resize(263, 600)
    conversations.show()
    conversations.show_conversations(show.CONVERSATIONS)
    return conversations


def titles(conversations):
    model = conversations.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_they_are_listed_in_the_order_given(conversations):
    assert titles(conversations) == [info.title for info in show.CONVERSATIONS]


def test_the_search_narrows_by_title(qtbot, conversations):
    qtbot.keyClicks(conversations.search, "bridge")
    assert titles(conversations) == ["Bridge repair"]

    qtbot.keyClicks(conversations.search, " nowhere")
    assert conversations._none.isVisible()


def test_a_click_or_enter_opens(qtbot, conversations):
    view = conversations.view
    place = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(conversations.opened) as opened:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [2]

    conversations.choose(3)
    with qtbot.waitSignal(conversations.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [3]


def test_f2_renames(qtbot, conversations):
    conversations.choose(2)
    conversations.rename_chosen()
    editor = conversations.view.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Water")

    with qtbot.waitSignal(conversations.renamed) as renamed:
        qtbot.keyClick(editor, Qt.Key.Key_Return)

    assert renamed.args == [2, "Water"]


def test_showing_the_list_renames_nothing(qtbot, conversations):
    with qtbot.assertNotEmitted(conversations.renamed):
        conversations.show_conversations(show.CONVERSATIONS)


def test_a_deletion_can_be_undone(qtbot, conversations):
    conversations.choose(2)

    with qtbot.waitSignal(conversations.deleted) as deleted:
        conversations.delete_chosen()
    assert deleted.args == [2]
    assert "Which quarter" not in " ".join(titles(conversations))
    assert conversations._undo.isVisible()

    with qtbot.waitSignal(conversations.restored) as restored:
        qtbot.mouseClick(conversations._undo.undo, Qt.MouseButton.LeftButton)
    assert restored.args == [2]
    assert not conversations._undo.isVisible()


def test_deleting_with_nothing_chosen_does_nothing(qtbot, conversations):
    with qtbot.assertNotEmitted(conversations.deleted):
        conversations.delete_chosen()


def test_the_chosen_one_stays_chosen_when_the_list_comes_anew(conversations):
    conversations.choose(2)

    conversations.show_conversations(show.CONVERSATIONS[::-1])

    assert conversations.chosen_id() == 2


def test_an_empty_list_says_what_it_is_for(conversations):
    conversations.show_conversations(())

    assert conversations._none.text() == "Your conversations are kept here."
    assert conversations._none.isVisible()


def test_a_row_tells_a_screen_reader_title_and_day(conversations):
    index = conversations.view.model().index(0, 0)

    told = index.data(Qt.ItemDataRole.AccessibleTextRole)

    assert told.startswith(show.INFO.title)
    assert "2025" in told
