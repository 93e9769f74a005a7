"""What was read whole, in the settings: each with its size, and how to delete it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from app.dialogs.readings_list import ReadingsList
from app.dialogs.settings_dialog import SettingsDialog
from rag.events import ReadingsChanged
from rag.options import Options
from tests.app import records_for_show as show
from tests.app import records_of_whole as whole_show


@pytest.fixture
def kept(qtbot):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    kept = ReadingsList(whole_show.KEPT)
    qtbot.addWidget(kept)
    yield kept
    QLocale.setDefault(before)


def texts(widget):
    labels = widget.findChildren(QLabel)
    return "\n".join(getattr(label, "words", label.text()) for label in labels)


def test_each_reading_is_shown_with_its_size_and_when_it_was_used(kept):
    shown = texts(kept)

    assert "5.7 GB of 20.0 GB used" in shown
    assert "Lease 2024" in shown
    assert "5.5 GB" in shown
    assert "used Oct 9, 2025" in shown
    assert "40% read · used" in shown
    assert f"read by {show.PHI.name}" in shown


def test_one_reading_is_deleted_alone(kept, qtbot):
    assert [button.accessibleName() for button in kept.buttons] == [
        "Delete Lease 2024, 5.5 GB",
        "Delete House rules, 262.1 MB",
    ]

    with qtbot.waitSignal(kept.delete_wanted) as wanted:
        kept.buttons[1].click()

    assert wanted.args == [("b",)]


def test_all_are_deleted_only_after_a_question(kept, qtbot):
    with qtbot.assertNotEmitted(kept.delete_wanted):
        kept.delete_all.click()
    box = kept.findChild(QMessageBox)
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)

    with qtbot.waitSignal(kept.delete_wanted) as wanted:
        next(b for b in box.findChildren(QPushButton) if b.text() == "Delete all").click()

    assert wanted.args == [()]


def test_what_was_deleted_goes_from_the_list_and_the_keyboard_stays_near(kept, qtbot):
    kept.show()
    kept.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    kept.buttons[0].click()

    kept.show_readings(ReadingsChanged((whole_show.PARTLY,), 262_144_000, 20_000_000_000))

    assert [button.accessibleName() for button in kept.buttons] == ["Delete House rules, 262.1 MB"]
    assert kept.focusWidget() is kept.buttons[0]


def test_an_empty_list_says_what_would_stand_there(kept):
    kept.show_readings(ReadingsChanged((), 0, 20_000_000_000))

    assert kept.total.text().startswith("Nothing yet.")
    assert kept.delete_all.isHidden()
    assert kept.buttons == []


def test_many_readings_are_summed_up_and_deleted_together(kept, qtbot):
    many = tuple(replace(whole_show.PARTLY, id=str(number)) for number in range(45))
    kept.show_readings(ReadingsChanged(many, 1, 2))

    assert "5 more, used before these" in texts(kept)
    with qtbot.waitSignal(kept.delete_wanted) as wanted:
        kept.buttons[-1].click()
    assert wanted.args == [("40", "41", "42", "43", "44")]


@pytest.mark.windows
def test_a_long_title_does_not_push_the_buttons_out(kept, qtbot):
    long = replace(whole_show.WHOLE, title="A very long title " * 12)
    kept.resize(420, 300)
    kept.show()

    kept.show_readings(ReadingsChanged((long,), 1, 2))

    button = kept.buttons[0]
    qtbot.waitUntil(lambda: button.mapTo(kept, button.rect().topRight()).x() <= kept.width())
    assert button.x() > kept.width() // 2


def test_the_settings_have_them_under_the_disk_space_they_may_take(qtbot):
    dialog = SettingsDialog(Options(), readings=whole_show.KEPT)
    qtbot.addWidget(dialog)
    dialog.show()
    row = next(row for row in dialog.rows if row.info.name == "readings_gb")

    assert row.isVisible()
    assert dialog.readings.y() > row.y()
    assert "Reading whole" in texts(dialog)
