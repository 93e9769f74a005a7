"""A document's reading text, with the words that support a sentence marked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app import theme

_MARGIN = 24
_MOST_CHARS = 100_000


class TextView(QTextEdit):
    """Plain text to read, select and copy; nothing in it is interpreted."""

    source_step_wanted = Signal(int)  # +1 the next footnote, -1 the one before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marked: tuple[int, int] | None = None
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Text of the document"))
        self.document().setDocumentMargin(_MARGIN)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._take_look()

    def show_text(self, text: str, start: int, end: int) -> None:
        """Show `text` scrolled to the code points `start` to `end`, which are marked.

        Of a very long text only the part around them is shown, so that the window never waits.
        """
        first, last = _part_around(text, start, end)
        lead = f"{self.tr('Only the part around the passage is shown.')}\n…\n" if first else ""
        part = lead + text[first:last].replace("\f", "\n") + ("\n…" if last < len(text) else "")
        start, end = start - first + len(lead), end - first + len(lead)
        self.setPlainText(part)
        self._marked = (_utf16(part, start), _utf16(part, end)) if end > start else None
        self._space_lines()
        self._mark()
        self._scroll_to_mark()

    def marked_text(self) -> str:
        """The words that are marked."""
        return "".join(found.cursor.selectedText() for found in self.extraSelections())  # pyright: ignore[reportAttributeAccessIssue]

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, ARG002, N802
        """Load nothing."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Copy plain text."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk through the footnotes with the arrows."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps and not event.modifiers():
            self.source_step_wanted.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's colours and sizes."""
        super().changeEvent(event)
        if theme.is_change(event):
            self._take_look()
            self._mark()

    def _take_look(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, theme.current().page)
        palette.setColor(QPalette.ColorRole.Text, theme.current().text)
        self.setPalette(palette)
        self.setFont(theme.font(theme.Text.BODY))

    def _space_lines(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        made = QTextBlockFormat()
        made.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        made.setBottomMargin(theme.px(4))
        cursor.mergeBlockFormat(made)

    def _mark(self) -> None:
        if self._marked is None:
            self.setExtraSelections([])
            return
        found = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._marked[0])
        cursor.setPosition(self._marked[1], QTextCursor.MoveMode.KeepAnchor)
        made = QTextCharFormat()
        made.setBackground(theme.current().mark)
        made.setForeground(theme.current().text)
        found.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
        found.format = made  # pyright: ignore[reportAttributeAccessIssue]
        self.setExtraSelections([found])

    def _scroll_to_mark(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._marked[0] if self._marked else 0)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - self.viewport().height() // 3)


def _part_around(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(0, start - _MOST_CHARS // 2)
    if first:
        first = text.find("\n", first, start) + 1 or first
    return first, min(len(text), end + _MOST_CHARS // 2)


def _utf16(text: str, offset: int) -> int:
    """The offset in UTF-16 units, which Qt counts, of a code point's."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
