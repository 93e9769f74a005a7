"""Reading whole in a whole window, with an engine's process behind it."""

import time
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.dialogs.settings_dialog import SettingsDialog
from app.models.library_roles import Role
from rag.records import Mode, Scope

pytestmark = pytest.mark.windows
ROOT, OTHER = Path("/documents/Contracts"), Path("/documents/Papers")
LEASE, PAPER = ROOT / "a.pdf", OTHER / "a.pdf"


@pytest.fixture
def window(window, qtbot):
    """A window with two files in its library."""
    library = window.controllers.library
    library.add([ROOT, OTHER])
    qtbot.waitUntil(lambda: library.tree.files == 2, timeout=10_000)
    return window


@pytest.fixture
def about_one(window, qtbot):
    """The same, its question box asking about one of them, with the estimate come."""
    ask_only(window, LEASE)
    choice = window.question_box.reading
    qtbot.waitUntil(lambda: choice.estimate is not None, timeout=10_000)
    return window


def ask_only(window, *paths):
    window.library.ask_only_wanted.emit(list(paths))


def ask(window, question):
    window.question_box.edit.setPlainText(question)
    QTest.keyClick(window.question_box.edit, Qt.Key.Key_Return)


def card(window):
    return window.conversation.transcript.card


def far(window):
    return card(window)._far.words


def text(window):
    return window.conversation.transcript.browser.toPlainText()


def test_asking_about_a_document_offers_to_read_it_whole_with_an_estimate(about_one):
    choice = about_one.question_box.reading

    assert choice.isVisible()
    assert choice.cost.words == "4 min once, then at once"


def test_a_folder_and_the_whole_library_offer_no_choice(about_one):
    ask_only(about_one, ROOT)
    assert not about_one.question_box.reading.isVisible()

    about_one.question_box.scope_chips.add_places([LEASE])
    assert not about_one.question_box.reading.isVisible()


def test_two_files_chosen_in_the_box_can_be_compared(window, qtbot):
    window.question_box.scope_chips.add_places([LEASE])
    window.question_box.scope_chips.add_places([PAPER])

    assert window.question_box.task.text() == "Compare these two"
    qtbot.waitUntil(
        lambda: (
            window.question_box.reading.estimate is not None
            and window.question_box.reading.estimate.paths == (LEASE, PAPER)
        ),
        timeout=10_000,
    )


def test_a_question_is_read_whole_for_with_progress_and_a_pause(about_one, qtbot):
    window = about_one
    qtbot.mouseClick(window.question_box.reading.whole, Qt.MouseButton.LeftButton)
    ask(window, "What changes?")
    qtbot.waitUntil(lambda: "of 900 words" in far(window), timeout=10_000)  # the ledger's own

    card(window)._pause.click()
    qtbot.waitUntil(lambda: far(window).startswith("Paused at"), timeout=10_000)
    card(window)._pause.click()
    qtbot.waitUntil(lambda: "words/s" in far(window), timeout=10_000)

    busy = window.controllers.conversation.busy_changed
    with qtbot.waitSignal(busy, timeout=10_000):
        QTest.keyClick(window.question_box.edit, Qt.Key.Key_Escape)
    assert "Stopped" in text(window)


def test_a_summary_is_one_press_away(about_one, qtbot):
    window = about_one
    qtbot.mouseClick(window.question_box.task, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: far(window) != "", timeout=10_000)

    assert "Summarise this document." in text(window)
    assert window.controllers.conversation.busy


def test_a_document_is_read_in_the_background_paused_and_given_up(window, qtbot):
    pane = window.library.whole
    window.library.read_whole_wanted.emit([LEASE, PAPER])
    qtbot.waitUntil(lambda: pane.rest.words == "3 min left · 1 more waiting", timeout=10_000)

    pane.pause.click()
    qtbot.waitUntil(lambda: pane.title.words == "Paused at 25%", timeout=10_000)
    pane.cancel.click()

    qtbot.waitUntil(lambda: not pane.isVisible(), timeout=10_000)
    tree = window.controllers.library.tree
    qtbot.waitUntil(lambda: tree.index_of(LEASE).data(Role.WHOLE) == 0.25, timeout=10_000)


def test_what_is_kept_is_listed_in_the_settings_and_deleted_there(window, qtbot):
    whole = window.controllers.whole
    window.library.read_whole_wanted.emit([LEASE])
    window.library.whole.cancel.click()
    qtbot.waitUntil(lambda: len(whole.readings.readings) == 1, timeout=10_000)
    window.wiring.edit_settings()
    dialog = window.findChild(SettingsDialog)

    dialog.readings.buttons[0].click()

    qtbot.waitUntil(lambda: dialog.readings.buttons == [], timeout=10_000)
    assert window.controllers.library.tree.index_of(LEASE).data(Role.WHOLE) == 0.0
    dialog.reject()


def test_what_was_read_whole_is_forgotten_from_the_tree(window, qtbot):
    whole = window.controllers.whole
    window.library.read_whole_wanted.emit([LEASE])
    window.library.whole.cancel.click()
    qtbot.waitUntil(lambda: len(whole.readings.readings) == 1, timeout=10_000)

    window.library.forget_whole_wanted.emit([LEASE])

    qtbot.waitUntil(lambda: whole.readings.readings == (), timeout=10_000)


@pytest.mark.faults
def test_an_engine_that_dies_while_it_reads_offers_to_go_on(window, qtbot):
    session = window.controllers.session
    window.library.read_whole_wanted.emit([LEASE])
    qtbot.waitUntil(window.library.whole.isVisible, timeout=10_000)

    with qtbot.waitSignals([session.stopped, session.recovered], timeout=15_000):
        psutil.Process(window.engine.pid).kill()
    assert not window.library.whole.isVisible()
    words = "Go on reading"
    again = next(b for b in window.banners.findChildren(QPushButton) if b.text() == words)
    again.click()

    qtbot.waitUntil(window.library.whole.isVisible, timeout=10_000)


@pytest.mark.faults
def test_an_engine_that_dies_while_it_reads_for_an_answer_says_so_calmly(about_one, qtbot):
    window = about_one
    qtbot.mouseClick(window.question_box.task, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: far(window) != "", timeout=10_000)

    with qtbot.waitSignal(window.controllers.session.recovered, timeout=15_000):
        psutil.Process(window.engine.pid).kill()

    assert "The engine stopped while it was answering." in text(window)
    assert not card(window).isVisible()
    qtbot.waitUntil(lambda: window.question_box._ready, timeout=10_000)


def test_the_window_quits_within_two_seconds_in_mid_reading(about_one, qtbot):
    window = about_one
    qtbot.mouseClick(window.question_box.task, Qt.MouseButton.LeftButton)
    window.library.read_whole_wanted.emit([PAPER])
    qtbot.waitUntil(lambda: far(window) != "", timeout=10_000)

    began = time.monotonic()
    window.close()
    window.engine.close()

    assert time.monotonic() - began < 2.0


def test_the_choice_holds_for_the_question_alone_that_it_is_made_for(about_one, qtbot):
    window = about_one
    sent = []
    send = window.engine.send
    window.engine.send = lambda command: sent.append(command) or send(command)
    window.question_box.reading.passages.click()
    ask(window, "Who signed?")
    qtbot.waitUntil(lambda: not window.controllers.conversation.busy, timeout=10_000)

    ask_only(window, ROOT)
    ask(window, "Who signed?")

    asked = [(command.scope, command.read) for command in sent if hasattr(command, "read")]
    assert asked == [(Scope((LEASE,)), Mode.PASSAGES), (Scope((ROOT,)), None)]
