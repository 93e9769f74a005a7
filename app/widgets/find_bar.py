"""The bar that finds words in the conversation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app import theme


class FindBar(QFrame):
    """A field with next, previous and close; it is hidden until it is opened."""

    changed = Signal()  # the words were edited: what is found already may go on to fit
    find_wanted = Signal(str, bool)  # the words, and whether backwards
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "bar")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this conversation"))
        self.field.setAccessibleName(self.tr("Find in this conversation"))
        self.field.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textEdited.connect(self._begin)
        self._outcome = QLabel()
        theme.set_kind(self._outcome, "secondary")
        self.before = self._button("chevron-up", self.tr("Previous (Shift+Enter)"))
        self.after = self._button("chevron-down", self.tr("Next (Enter)"))
        close = self._button("close", self.tr("Close (Esc)"))
        self.before.clicked.connect(lambda: self._find(backwards=True))
        self.after.clicked.connect(lambda: self._find(backwards=False))
        close.clicked.connect(self.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for part in (self._outcome, self.before, self.after, close):
            row.addWidget(part)
        self.hide()

    def open(self) -> None:
        """Show it, ready to type."""
        self._outcome.clear()
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def end(self) -> None:
        """Close it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def show_outcome(self, *, found: bool) -> None:
        """Say so when the words are nowhere."""
        self._outcome.setText("" if found else self.tr("Not found"))

    def _begin(self) -> None:
        self.changed.emit()
        self._find(backwards=False)

    def _find(self, *, backwards: bool) -> None:
        if self.field.text():
            self.find_wanted.emit(self.field.text(), backwards)
        else:
            self._outcome.clear()

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        side = theme.px(theme.ICON_SIZE)
        button.setIconSize(QSize(side, side))
        return button

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window does, to which it means to stop the answer."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on, Shift+Enter goes back, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._find(backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)
