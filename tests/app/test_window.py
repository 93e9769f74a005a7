from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QMessageBox, QPushButton

from app import wiring
from app.dialogs.settings_dialog import SettingsDialog
from rag.events import Ask, RemovePaths
from rag.records import FileRecord, FileState
from tests.app import fake_engine

pytestmark = pytest.mark.windows
ROOT = Path("/documents/Contracts")


def ask(window, question):
    window.question_box.edit.setPlainText(question)
    QTest.keyClick(window.question_box.edit, Qt.Key.Key_Return)


def mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def hold(window, *paths):
    data = mime(*paths)
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dragEnterEvent(event)
    return event.isAccepted()


def drop(window, *paths):
    data = mime(*paths)
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def press(window, words):
    next(button for button in window.findChildren(QPushButton) if button.text() == words).click()


def test_a_question_is_answered_with_a_footnote_that_opens_its_page(window, qtbot):
    with qtbot.waitSignal(window.controllers.conversation.spoken, timeout=10_000):
        ask(window, "What is the notice period?")
    with qtbot.waitSignal(window.controllers.source.picture_shown, timeout=10_000):
        window.conversation.citation_chosen.emit((fake_engine.CITATION,), 0)

    assert window.header.title.accessibleName() == "Notice period"
    assert window.panes.is_shown("source")
    assert window.status.speed.text() == "5.0 words/s"


def test_a_question_that_named_a_file_can_be_asked_of_everything(window, qtbot):
    answered = window.controllers.conversation.busy_changed
    with qtbot.waitSignal(answered, check_params_cb=lambda busy: not busy, timeout=10_000):
        ask(window, "What is the notice period in the lease?")
    browser = window.conversation.transcript.browser
    assert "Looked only in" in browser.toPlainText()

    with qtbot.waitSignal(answered, check_params_cb=lambda busy: not busy, timeout=10_000):
        browser.link_chosen.emit("1/unnarrowed")

    assert browser.toPlainText().count("Looked only in") == 1
    assert browser.toPlainText().count("What is the notice period in the lease?") == 2


def test_the_types_of_the_engine_are_offered(window):
    offered = window.question_box.scope_chips.menu().findChildren(QMenu)[0]

    assert [action.text() for action in offered.actions()] == ["PDF", "Word", "Markdown", "Text"]


def test_another_search_model_comes_in_the_background(window, qtbot):
    card = window.library.search_model
    qtbot.waitUntil(lambda: window.controllers.search_model.state is not None, timeout=10_000)
    window.wiring.edit_settings()
    dialog = window.findChild(SettingsDialog)

    dialog.search_models.rows[1].button.click()
    dialog.accept()

    done = "The library is now searched with Multi."
    qtbot.waitUntil(lambda: card.title.text() == done, timeout=10_000)


def test_a_models_page_opens_only_when_it_is_wanted(window, monkeypatch):
    opened = []
    monkeypatch.setattr(
        wiring.QDesktopServices, "openUrl", lambda url: opened.append(url.toString())
    )
    window.wiring.edit_settings()
    models = window.findChild(SettingsDialog).search_models
    assert opened == []

    models.page_wanted.emit("https://example.org/model")
    models.folder_wanted.emit("leaf@int8")

    folder = window.engine.library / "models" / "leaf"
    assert folder.is_dir()
    assert opened == ["https://example.org/model", QUrl.fromLocalFile(str(folder)).toString()]


def test_a_search_model_that_is_not_there_is_told(window, qtbot):
    failed = window.controllers.search_model.failed
    with qtbot.waitSignal(failed, timeout=10_000):
        window.controllers.search_model.use("gone@int8")

    assert window.banners.messages == ["The search model “gone@int8” is not here."]


def test_on_a_wide_screen_a_source_that_opens_gets_its_room(window, qtbot):
    window.resize(1920, 1080)

    window.show_source()

    qtbot.waitUntil(lambda: window.panes.sizes()[0] == 264)
    _, middle, source = window.panes.sizes()
    assert middle == pytest.approx(800, abs=4)
    assert source > middle


def test_the_model_and_the_missing_connections_are_named(window, qtbot):
    qtbot.waitUntil(lambda: "Trial" in window.status.model.text())

    assert window.status.model.text() == "Trial model (SmolLM2 135M)"
    assert window.status.network.text() == "Offline · 0 connections since start"


def test_a_dead_engine_is_told_replaced_and_keeps_the_conversation(window, qtbot):
    with qtbot.waitSignals(
        [window.controllers.session.stopped, window.controllers.session.recovered], timeout=15_000
    ):
        ask(window, "die")

    assert window.banners.messages == ["The engine is back. Nothing was lost."]
    assert window.header.title.accessibleName() == "Notice period"
    assert not window.controllers.conversation.busy
    qtbot.waitUntil(lambda: window.question_box._ready, timeout=10_000)
    with qtbot.waitSignal(window.controllers.conversation.spoken, timeout=10_000):
        ask(window, "What is the notice period?")


def test_an_engine_that_cannot_start_says_why_and_can_be_tried_again(open_window, qtbot):
    window = open_window(fake_engine.serve_but_refuse, started=False)
    with qtbot.waitSignal(window.controllers.session.gave_up, timeout=10_000):
        window.engine.start()

    assert window.banners.messages == ["The library is open in another Footnote."]
    with qtbot.waitSignal(window.controllers.session.gave_up, timeout=10_000):
        press(window, "Try again")


def test_what_was_repaired_at_the_start_is_told(open_window):
    window = open_window(fake_engine.serve_with_notices)

    assert window.banners.messages == ["The search index was rebuilt."]


def test_escape_stops_the_answer(window, qtbot):
    finished = []
    window.controllers.conversation.answered.connect(finished.append)
    ask(window, "wait")
    qtbot.waitUntil(lambda: len(finished) >= 2, timeout=10_000)

    window.does.stop.trigger()

    qtbot.waitUntil(lambda: not window.controllers.conversation.busy, timeout=10_000)
    assert finished[-1].answer.stopped


def test_a_folder_dropped_anywhere_is_promised_and_added(window, qtbot, tmp_path):
    folder = tmp_path / "Papers"
    folder.mkdir()

    assert hold(window, folder)
    assert window.overlay.isVisible()
    assert window.overlay._words.text() == "Add 1 folder"
    with qtbot.waitSignal(window.controllers.library.finished, timeout=10_000):
        drop(window, folder)

    assert not window.overlay.isVisible()
    assert window.controllers.library.tree.record(folder / "a.pdf").pages == 3


def test_a_dropped_type_that_cannot_be_read_says_why(window, tmp_path):
    file = tmp_path / "a.xyz"
    file.touch()

    drop(window, file)

    assert window.banners.messages == [
        "Footnote cannot read .xyz files yet. Save it as PDF or text and add that."
    ]


def test_a_dropped_model_can_be_used(window, qtbot):
    drop(window, Path("/downloads/phi.gguf"))

    with qtbot.waitSignal(window.controllers.model.used, timeout=10_000):
        press(window, "Use this model")

    assert window.status.model.text() == "phi"


def test_a_folder_is_removed_after_a_question_and_can_be_brought_back(window, qtbot):
    tree = window.controllers.library.tree
    tree.change([FileRecord(ROOT / "a.pdf", ROOT, FileState.READY)])

    window.library.removed.emit([ROOT])
    box = window.findChild(QMessageBox)
    assert "The files themselves stay" in box.informativeText()
    press(box, "Remove")

    assert tree.files == 0
    assert not window.library.undo_bar.isHidden()
    window.does.undo.trigger()
    assert tree.files == 1


def test_what_is_typed_is_back_after_a_crash(window, open_window, qtbot):
    window.question_box.edit.setPlainText("A half-typed quest")
    window.keep_draft()

    again = open_window(started=False)

    assert again.question_box.draft() == "A half-typed quest"


def test_a_hidden_library_stays_hidden_at_the_next_start(window, open_window):
    window.does.library.trigger()
    window.close()

    again = open_window(started=False)

    assert not again.panes.is_shown("library")
    again.does.library.trigger()
    assert again.panes.is_shown("library")


def test_asking_only_about_a_file_sets_the_scope(window, qtbot):
    window.library.ask_only_wanted.emit([fake_engine.LEASE])

    assert window.question_box.scope.paths == (fake_engine.LEASE,)
    sent = []
    window.engine.send = lambda command: sent.append(command) or 99
    ask(window, "Why?")
    assert [command.scope.paths for command in sent if isinstance(command, Ask)] == [
        (fake_engine.LEASE,)
    ]


def test_a_removed_file_is_forgotten_before_a_question_is_asked(window, qtbot):
    tree = window.controllers.library.tree
    tree.change([FileRecord(ROOT / "a.pdf", ROOT, FileState.READY)])
    window.library.removed.emit([ROOT / "a.pdf"])
    sent = []
    window.engine.send = lambda command: sent.append(command) or 99

    ask(window, "Why?")

    assert [type(command) for command in sent] == [RemovePaths, Ask]


def test_the_downloaded_model_is_checked_and_a_wrong_one_is_told(window, qtbot):
    window.does.get_model.trigger()
    dialog = window.findChild(QDialog)

    with qtbot.waitSignal(window.controllers.model.failed, timeout=10_000):
        dialog.use(Path("/downloads/broken.gguf"))

    assert dialog.outcome.text() == "“broken.gguf” is not the expected file."


def test_the_list_of_conversations_takes_the_librarys_place_and_gives_it_back(window, qtbot):
    window.does.conversations.trigger()
    assert window.side.currentWidget() is window.conversations

    with qtbot.waitSignal(window.controllers.conversation.opened, timeout=10_000):
        window.conversations.opened.emit(1)

    assert window.side.currentWidget() is window.library


def test_saved_settings_reach_the_engine(window, qtbot):
    window.does.settings.trigger()
    dialog = window.findChild(QDialog)
    row = next(row for row in dialog.rows if row.info.name == "passages")
    row.show_value(3)

    with qtbot.waitSignal(window.controllers.session.options_changed, timeout=10_000):
        dialog.accept()

    assert window.controllers.session.options.passages == 3


def test_quitting_in_the_middle_of_an_answer_takes_less_than_two_seconds(window, qtbot):
    ask(window, "wait")
    pid = window.engine.pid

    window.close()
    window.engine.close()

    assert not psutil.pid_exists(pid)


def test_the_window_fits_its_smallest_size(window):
    window.resize(800, 600)

    assert (window.width(), window.height()) == (800, 600)
