"""Writing conversations and answers to files, from the menus to what is said afterwards."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from app import export_wishes
from app.models.export_kinds import ExportKind
from rag.events import RateAnswer
from tests.app import fake_engine

pytestmark = pytest.mark.windows


@pytest.fixture
def answered(window, qtbot):
    """A window with one answered question."""
    with qtbot.waitSignal(window.controllers.conversation.spoken, timeout=10_000):
        window.controllers.conversation.ask("What is the notice period?")
    return window


@pytest.fixture(autouse=True)
def qt_dialogs(monkeypatch):
    """Dialogs of Qt's own: those of the system cannot be driven."""
    make = QFileDialog.__init__

    def made(dialog, *args):
        make(dialog, *args)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)

    monkeypatch.setattr(QFileDialog, "__init__", made)


def save_as(window, to, kind=None):
    dialog = window.findChild(QFileDialog)
    if kind is not None:
        dialog.selectNameFilter(kind.filter)
    dialog.fileSelected.emit(str(to))
    dialog.close()


@pytest.mark.parametrize("kind", [ExportKind.MARKDOWN, ExportKind.PDF])
def test_a_conversation_is_written_and_can_be_shown_in_its_folder(
    answered, qtbot, tmp_path, monkeypatch, kind
):
    shown = []
    monkeypatch.setattr(answered.controllers.source, "reveal", shown.append)
    to = tmp_path / f"Notice.{kind.value}"

    answered.does.export.trigger()
    save_as(answered, to, kind)

    qtbot.waitUntil(lambda: bool(answered.banners.messages), timeout=10_000)
    assert answered.banners.messages == [f"Written to “{to.name}”."]
    assert to.stat().st_size
    assert answered.last_folder == str(tmp_path)
    next(b for b in answered.findChildren(QPushButton) if b.text() == "Show in folder").click()


def test_the_dialog_offers_a_name_and_every_kind_of_file(answered):
    answered.does.export.trigger()

    dialog = answered.findChild(QFileDialog)

    assert [Path(name).name for name in dialog.selectedFiles()] == ["Notice period.pdf"]
    assert dialog.nameFilters() == [kind.filter for kind in ExportKind]
    dialog.selectNameFilter(ExportKind.BIBTEX.filter)
    dialog.filterSelected.emit(ExportKind.BIBTEX.filter)
    assert dialog.defaultSuffix() == "bib"


def test_one_answer_is_written_from_its_menu(answered, qtbot, tmp_path):
    sent = []
    answered.controllers.export._engine.send, send = (
        lambda command: sent.append(command) or send(command),
        answered.engine.send,
    )
    menu = answered.wiring._exports.menu_for(1)

    words = [action.text() for action in menu.actions()]
    assert words[:3] == ["PDF…", "Word…", "Markdown…"]
    menu.actions()[1].trigger()
    save_as(answered, tmp_path / "Notice.docx")

    qtbot.waitUntil(lambda: bool(answered.banners.messages), timeout=10_000)
    assert [command.turn_id for command in sent] == [1]


@pytest.mark.parametrize("kind", [ExportKind.WORD, ExportKind.PDF])
def test_a_place_that_cannot_be_written_to_is_told_calmly(answered, qtbot, tmp_path, kind):
    answered.does.export.trigger()

    save_as(answered, tmp_path / "gone" / f"Notice.{kind.value}", kind)

    qtbot.waitUntil(lambda: bool(answered.banners.messages), timeout=10_000)
    assert "cannot be written" in answered.banners.messages[0]


def test_there_is_nothing_to_export_before_the_first_question(window):
    assert not window.does.export.isEnabled()
    assert not window.does.print_out.isEnabled()

    window.does.export.trigger()
    window.wiring._exports.export_current()

    assert window.findChild(QFileDialog) is None


def test_a_conversation_of_the_list_is_exported_by_its_own_name(window, qtbot):
    qtbot.waitUntil(lambda: window.conversations._model.rowCount() == 1, timeout=10_000)
    window.conversations.choose(fake_engine.INFO.id)

    window.conversations.export_chosen()

    dialog = window.findChild(QFileDialog)
    assert [Path(name).stem for name in dialog.selectedFiles()] == [fake_engine.INFO.title]


def test_a_conversation_goes_to_a_printer(answered, qtbot, monkeypatch):
    printed = []
    monkeypatch.setattr(
        export_wishes.ExportWishes, "_print", lambda _self, paper: printed.append(paper)
    )

    answered.does.print_out.trigger()

    qtbot.waitUntil(lambda: printed == [fake_engine.PAPER], timeout=10_000)


def test_a_question_for_everything_goes_from_its_offer_to_its_list(window, qtbot):
    talk = window.controllers.conversation
    with qtbot.waitSignal(talk.spoken, timeout=10_000):
        talk.ask("Show all notice periods")
    browser = window.conversation.transcript.browser

    with qtbot.waitSignal(talk.spoken, timeout=10_000):
        browser.link_chosen.emit("1/everything")

    assert browser.toPlainText().count("Show all notice periods") == 2
    assert "Went through" in browser.toPlainText()


def test_an_opinion_reaches_the_engine(answered):
    sent = []
    answered.engine.send = lambda command: sent.append(command) or 99

    answered.conversation.transcript.browser.link_chosen.emit("1/rate/-1")

    assert sent == [RateAnswer(1, -1)]


def test_a_question_is_edited_and_what_was_typed_can_be_brought_back(answered):
    box = answered.question_box
    box.edit.setPlainText("half a question")

    answered.conversation.transcript.browser.link_chosen.emit("1/edit")
    assert box.draft() == "What is the notice period?"
    QTest.keyClick(box.edit, "z", Qt.KeyboardModifier.ControlModifier)

    assert box.draft() == "half a question"
