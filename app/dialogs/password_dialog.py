"""Asks for the password of locked files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets.announcing import announce
from app.widgets.wording import elided_name, files, isolated, number

_NAMED = 4  # of several files; the others are counted


class PasswordDialog(QDialog):
    """Takes one password for `paths`, as often as it takes to open them."""

    entered = Signal(str, list)  # the password, and the files to try it on

    def __init__(self, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Enter password"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(420))
        self._paths = list(paths)
        self.title = QLabel()
        self.names = QLabel()
        self.field = QLineEdit()
        self.shown = QCheckBox(self.tr("Show the password"))
        self.bar = QProgressBar()
        self.outcome = QLabel()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.open_button = buttons.addButton(
            self.tr("Open and read"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self._enter)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self._name_files()
        self.field.textChanged.connect(self._check)
        self.shown.toggled.connect(self._show_password)
        self._check()

    def show_outcome(self, opened: int, still: Sequence[Path]) -> None:
        """Say what the password opened; close when nothing is left locked."""
        if not still:
            self.accept()
            return
        self._paths = list(still)
        self._name_files()
        if opened:
            words = self.tr("It opened {0}. The rest wants another password.").format(files(opened))
        else:
            words = self.tr("This password does not open it. Check capitals and keyboard layout.")
        self._try_again(words)

    def show_failure(self, message: str) -> None:
        """Say why the password could not be tried."""
        self._try_again(message)

    def _try_again(self, words: str) -> None:
        self._set_busy(busy=False)
        theme.set_kind(self.outcome, "error")
        self.outcome.setText(words)
        self.adjustSize()
        self.field.selectAll()
        self.field.setFocus()
        announce(self, words)

    def _enter(self) -> None:
        if self.field.text() and not self.bar.isVisible():
            self._set_busy(busy=True)
            theme.set_kind(self.outcome, "secondary")
            self.outcome.setText(self.tr("Trying it, then reading…"))
            self.entered.emit(self.field.text(), self._paths)

    def _set_busy(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.field.setEnabled(not busy)
        self._check()

    def _check(self) -> None:
        self.open_button.setEnabled(bool(self.field.text()) and self.field.isEnabled())

    def _show_password(self, shown: bool) -> None:  # noqa: FBT001  a slot
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)

    def _name_files(self) -> None:
        count = len(self._paths)
        if count == 1:
            words = self.tr("{0} is locked").format(isolated(elided_name(self._paths[0], 40)))
        else:
            words = self.tr("{0} are locked").format(files(count))
        self.title.setText(words)
        lines = [isolated(elided_name(path)) for path in self._paths[:_NAMED]]
        if count > _NAMED:
            lines.append(self.tr("and {0} more").format(number(count - _NAMED)))
        self.names.setText("\n".join(lines))
        self.names.setVisible(count > 1)

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        for label, kind in (
            (self.title, "strong"),
            (self.names, "secondary"),
            (self.outcome, "secondary"),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            theme.set_kind(label, kind)
        icon = QLabel()
        icon.setPixmap(theme.icon("lock", "warning").pixmap(theme.px(theme.ICON_SIZE)))
        icon.setAccessibleName(self.tr("Locked"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(self.tr("Password"))
        self.field.setAccessibleName(self.tr("Password"))
        note = QLabel(
            self.tr("It is kept only until Footnote closes, and is never written to the disk.")
        )
        note.setWordWrap(True)
        theme.set_kind(note, "secondary")
        self.field.setAccessibleDescription(note.text())
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Trying the password"))
        self.bar.hide()
        theme.set_kind(self.open_button, "primary")
        self.open_button.setDefault(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addLayout(head)
        for part in (self.names, self.field, self.shown, note, self.bar, self.outcome):
            column.addWidget(part)
        column.addStretch()
        column.addWidget(buttons)
