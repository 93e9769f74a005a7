"""The field for a question: grows with it, sends on Enter, takes files that are dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app import theme

_MOST_LINES = 6


class QuestionEdit(QPlainTextEdit):
    """Plain text of one to six lines; Shift+Enter begins a line."""

    send_wanted = Signal()
    place_wanted = Signal()  # “@” was typed where a name can begin
    chips_wanted = Signal()  # Backspace was pressed where there is nothing to delete
    dropped = Signal(object)  # list[Path]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._takes = frozenset[Path]()
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.setFont(theme.font(theme.Text.ANSWER))
        self.textChanged.connect(self._grow)
        self._grow()

    def take_drops_of(self, places: frozenset[Path]) -> None:
        """Accept drops of these files and folders; others are left to the window."""
        self._takes = places

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line."""
        return QSize(super().sizeHint().width(), self._height_of(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Send on Enter; offer names on “@”; go to the chips on Backspace at the start."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.send_wanted.emit()
            return
        cursor = self.textCursor()
        if event.key() == Qt.Key.Key_Backspace and cursor.atStart() and not cursor.hasSelection():
            self.chips_wanted.emit()
            return
        super().keyPressEvent(event)
        if event.text() == "@":
            at = self.textCursor().position() - 1
            before = self.toPlainText()[:at]
            if not before or before[-1].isspace():
                self.place_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Count the lines anew."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's font."""
        super().changeEvent(event)
        if theme.is_change(event):
            self.setFont(theme.font(theme.Text.ANSWER))
            self._grow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take what can be asked about."""
        if not self._judge(event):
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Take what can be asked about."""
        if not self._judge(event):
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Tell what fell."""
        places = self._places_in(event.mimeData())
        if places:
            event.acceptProposedAction()
            self.dropped.emit(places)
        elif event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dropEvent(event)

    def _judge(self, event: QDragMoveEvent) -> bool:
        """Whether files are dragged; then they are accepted or left to the window."""
        if self._places_in(event.mimeData()):
            event.acceptProposedAction()
        elif event.mimeData().hasUrls():
            event.ignore()
        else:
            return False
        return True

    def _places_in(self, data: QMimeData) -> list[Path]:
        places = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return places if places and all(place in self._takes for place in places) else []

    def _height_of(self, lines: int) -> int:
        spacing = self.fontMetrics().lineSpacing()
        return round(lines * spacing + 2 * self.document().documentMargin()) + 2

    def _grow(self) -> None:
        # A plain text document measures its height in lines.
        lines = round(self.document().size().height())
        self.setFixedHeight(self._height_of(max(1, min(_MOST_LINES, lines))))
        many = lines > _MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if many else policy.ScrollBarAlwaysOff
        )
