from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.dialogs.ledger_dialog import LedgerDialog
from app.dialogs.password_dialog import PasswordDialog
from rag.records import FileRecord, FileState
from tests.app import fake_engine

pytestmark = pytest.mark.windows
ROOT = Path("/documents")
LEASE = ROOT / "Lease.pdf"


def press(window, words):
    next(button for button in window.findChildren(QPushButton) if button.text() == words).click()


def try_password(dialog, password):
    dialog.field.clear()
    QTest.keyClicks(dialog.field, password)
    dialog.open_button.click()


def test_a_locked_file_is_offered_refuses_a_wrong_password_and_opens_with_the_right_one(
    window, qtbot
):
    window.controllers.library.add([ROOT / "locked.pdf"])
    qtbot.waitUntil(
        lambda: window.banners.messages == ["“locked.pdf” is locked with a password."],
        timeout=10_000,
    )

    press(window.banners, "Enter password…")
    assert window.banners.messages == []
    dialog = window.findChild(PasswordDialog)
    try_password(dialog, "wrong")
    qtbot.waitUntil(lambda: "does not open it" in dialog.outcome.text(), timeout=10_000)

    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        try_password(dialog, fake_engine.PASSWORD)
    record = window.controllers.library.tree.record(ROOT / "locked.pdf")
    assert record.state is FileState.READY


def test_what_is_known_of_a_file_is_shown_and_follows_its_changes(window):
    tree = window.controllers.library.tree
    tree.change([FileRecord(LEASE, ROOT, FileState.READING)])
    window.library.about_wanted.emit(LEASE)
    dialog = window.findChild(LedgerDialog)
    assert dict(dialog.rows)["State"] == "reading"

    tree.change([FileRecord(LEASE, ROOT, FileState.READY, pages=31)])
    assert dict(dialog.rows)["Pages"] == "31"

    tree.change([], [LEASE])
    assert not dialog.isVisible()


def test_what_footnote_sees_opens_from_what_is_known_of_a_file(window, qtbot):
    window.controllers.library.tree.change([FileRecord(LEASE, ROOT, FileState.READY, pages=31)])
    window.library.about_wanted.emit(LEASE)

    with qtbot.waitSignal(window.controllers.source.text_shown, timeout=10_000):
        window.findChild(LedgerDialog).text.click()

    assert window.source.text_view.toPlainText().startswith("Either party")


def test_the_figures_of_a_folder_are_shown(window):
    window.controllers.library.tree.change([FileRecord(LEASE, ROOT, FileState.READY, pages=31)])

    window.library.about_wanted.emit(ROOT)

    assert dict(window.findChild(LedgerDialog).rows)["Files"] == "1"
