"""The offer to undo a removal, for as long as it lasts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app import theme
from app.widgets.elided_label import ElidedLabel


class UndoBar(QFrame):
    """Says what was removed, with a button that brings it back."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        self._words = ElidedLabel()
        theme.set_kind(self._words, "secondary")
        self.undo = QPushButton(self.tr("Undo"))
        theme.set_kind(self.undo, "link")
        self.undo.setToolTip(self.tr("Bring it back (Ctrl+Z)"))
        self.undo.clicked.connect(self.undo_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.undo)
        self.hide()

    def offer(self, words: str) -> None:
        """Show the bar, or hide it when `words` are empty."""
        self._words.show_text(words)
        self.setVisible(bool(words))
