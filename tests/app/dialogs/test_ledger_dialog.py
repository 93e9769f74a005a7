from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.dialogs.ledger_dialog import LedgerDialog
from rag.records import FileRecord, FileState, health_of

ROOT = Path("/documents/Contracts")
SCAN = FileRecord(
    ROOT / "Old.pdf",
    ROOT,
    FileState.PARTIAL,
    reason="Page 7 is damaged: get a fresh copy.",
    pages=31,
    words=812,
    chunks=44,
    scanned_pages=4,
    empty_pages=2,
    unread_pages=1,
    seconds=12.4,
    size_bytes=2_000,
    modified_ns=1_700_000_000_000_000_000,
    like=ROOT / "New.pdf",
    first_seen=1_760_000_000.0,
    last_seen=1_770_000_000.0,
)


@pytest.fixture
def dialog(qtbot):
    dialog = LedgerDialog(SCAN.path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    return dialog


def test_every_figure_of_the_ledger_is_shown(dialog):
    dialog.show_record(SCAN)

    shown = dict(dialog.rows)
    assert {
        "State": "in part",
        "Pages": "31",
        "– with text": "24",
        "– scanned": "4",
        "– empty": "2",
        "– unread": "1",
        "Words": "812",
        "Passages": "44",
        "Time to read": "12 s",
        "Nearly the same as": str(ROOT / "New.pdf"),
    }.items() <= shown.items()
    assert {"Size", "Changed", "First seen", "Last seen"} <= shown.keys()
    assert SCAN.reason in dialog.outcome.text()


def test_a_file_that_was_not_read_has_no_figures_of_reading(dialog):
    dialog.show_record(replace(SCAN, state=FileState.FAILED, like=None))

    assert "Pages" not in dict(dialog.rows)
    assert dialog.text.isHidden()


def test_a_locked_file_asks_for_its_password(dialog, qtbot):
    dialog.show_record(replace(SCAN, state=FileState.FAILED, locked=True))
    assert not dialog.password.isHidden()

    with qtbot.waitSignal(dialog.password_wanted) as wanted:
        dialog.password.click()

    assert wanted.args == [[SCAN.path]]


def test_a_quarantined_file_says_when_it_is_tried_again(dialog):
    dialog.show_record(replace(SCAN, state=FileState.FAILED, failures=2))

    assert "Set aside after 2 tries" in dialog.outcome.text()
    assert "Read again" in dialog.outcome.text()


def test_a_folder_shows_what_its_files_add_up_to(dialog):
    copy = replace(SCAN, path=ROOT / "Copy.pdf", state=FileState.READY, same_as=SCAN.path)

    dialog.show_health(health_of(ROOT, [SCAN, copy]))

    shown = dict(dialog.rows)
    assert (shown["Files"], shown["– read"], shown["– read in part"]) == ("2", "1", "1")
    assert (shown["Pages"], shown["Passages"], shown["Copies of others"]) == ("62", "44", "1")
    assert dialog.outcome.text() == "2 files · 1 read · 1 needs a look"
