from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.dialogs.password_dialog import PasswordDialog

TAX, WILL = Path("/documents/Tax.pdf"), Path("/documents/Will.pdf")


@pytest.fixture
def dialog(qtbot):
    dialog = PasswordDialog([TAX, WILL])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    return dialog


def test_a_password_is_masked_until_it_is_to_be_seen(dialog):
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Password

    dialog.shown.click()

    assert dialog.field.echoMode() == QLineEdit.EchoMode.Normal


def test_nothing_is_tried_without_a_password(dialog):
    assert not dialog.open_button.isEnabled()

    QTest.keyClicks(dialog.field, "secret")

    assert dialog.open_button.isEnabled()


def test_a_password_is_tried_on_all_files_once(dialog, qtbot):
    QTest.keyClicks(dialog.field, "secret")

    with qtbot.waitSignal(dialog.entered) as entered:
        dialog.open_button.click()

    assert entered.args == ["secret", [TAX, WILL]]
    assert not dialog.open_button.isEnabled()


def test_a_wrong_password_says_so_and_another_can_be_typed(dialog):
    QTest.keyClicks(dialog.field, "secret")
    dialog.open_button.click()

    dialog.show_outcome(0, [TAX, WILL])

    assert "does not open" in dialog.outcome.text()
    assert dialog.field.isEnabled()
    assert dialog.field.selectedText() == "secret"


def test_what_a_password_opened_is_not_asked_for_again(dialog, qtbot):
    QTest.keyClicks(dialog.field, "secret")
    dialog.open_button.click()

    dialog.show_outcome(1, [WILL])

    assert "Will.pdf" in dialog.title.text()
    with qtbot.waitSignal(dialog.entered) as entered:
        dialog.open_button.click()
    assert entered.args == ["secret", [WILL]]


def test_the_dialog_goes_when_all_is_open(dialog, qtbot):
    with qtbot.waitSignal(dialog.accepted):
        dialog.show_outcome(2, [])
