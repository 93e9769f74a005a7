"""A document's reading text, with the words that support a sentence marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app import theme
from app.models.shown_text import ShownText, place_at, shown_text

_MARGIN = 24
_MOST_CHARS = 100_000


class TextView(QTextEdit):
    """Plain text to read, select and copy, page by page; nothing in it is interpreted."""

    source_step_wanted = Signal(int)  # +1 the next footnote, -1 the one before
    place_changed = Signal(str)  # the name of the place in view; may be empty

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._page_starts: Sequence[int] = ()
        self._places: Sequence[tuple[int, str]] = ()
        self._part = (0, 0)  # of the text that is shown
        self._words = (0, 0)  # of the text that are marked
        self._shown = ShownText("", (), ((0, 0),))
        self._wide: list[int] = []  # code points of it that are two units to Qt
        self._place = ""
        self._moves = False  # from one part of the text to another
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
        self.verticalScrollBar().valueChanged.connect(self._look)
        self._take_look()

    def show_text(
        self,
        text: str,
        start: int,
        end: int,
        page_starts: Sequence[int] = (),
        places: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Show `text` scrolled to the code points `start` to `end`, which are marked.

        Of a very long text only the part around them is shown, so that the window never waits;
        more of it comes when its end is reached.
        """
        self._text, self._page_starts, self._places = text, page_starts, places
        self._words = (start, end)
        self._go_to(_part_around(text, start, end), start, self.viewport().height() // 3)
        self._tell_place()

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
            self._name_pages()
            self._mark()

    # ------------------------------------------------------------ inside

    def _go_to(self, part: tuple[int, int], offset: int, y: int) -> None:
        """Show a part of the text, scrolled so that `offset` is `y` px below the view's top."""
        self._moves = True
        self._show_part(part)
        at = self._shown.shown(offset)
        cursor = self._cursor(at, at)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - y)
        self._moves = False

    def _show_part(self, part: tuple[int, int]) -> None:
        self._part = part
        first, last = part
        lead = f"{self.tr('Only the part around the passage is shown.')}\n…\n" if first else ""
        self._shown = shown_text(self._text, part, self._page_starts, self._places, lead)
        text = self._shown.text
        self._wide = [at for at, char in enumerate(text) if char > "\uffff"]
        self.setPlainText(text + ("\n…" if last < len(self._text) else ""))
        self._space_lines()
        self._name_pages()
        self._mark()

    def _look(self) -> None:
        """Tell the place in view, and bring more of a long text when an end of it is reached."""
        if self._moves:
            return
        bar, (first, last) = self.verticalScrollBar(), self._part
        if bar.maximum() and (
            (bar.value() == bar.maximum() and last < len(self._text))
            or (bar.value() == 0 and first)
        ):
            y = self.viewport().height() - 1 if bar.value() else 0
            offset = self._offset_at(y)
            self._go_to(_part_around(self._text, offset, offset), offset, y)
        self._tell_place()

    def _tell_place(self) -> None:
        start = self._words[0]
        at = self._shown.shown(start)
        if self._words[1] > start and self._in_view(self._cursor(at, at)):
            place = place_at(self._places, start)
        else:
            place = place_at(self._places, self._offset_at(theme.px(_MARGIN)))
        if place != self._place:
            self._place = place
            self.place_changed.emit(place)

    def _in_view(self, cursor: QTextCursor) -> bool:
        return self.viewport().rect().intersects(self.cursorRect(cursor))

    def _offset_at(self, y: int) -> int:
        """The offset in the document's text of what is `y` px below the view's top."""
        units = self.cursorForPosition(QPoint(_MARGIN, y)).position()
        places = [at + number for number, at in enumerate(self._wide)]
        return self._shown.offset(units - bisect_left(places, units))

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

    def _name_pages(self) -> None:
        """Set the lines that name pages apart from the text."""
        look = theme.current()
        made, block = QTextCharFormat(), QTextBlockFormat()
        made.setFont(theme.font(theme.Text.SMALL, QFont.Weight.DemiBold))
        made.setForeground(look.secondary)
        block.setTopMargin(theme.px(18))
        block.setBottomMargin(theme.px(6))
        for start, end in self._shown.titles:
            cursor = self._cursor(start, end)
            cursor.mergeCharFormat(made)
            cursor.mergeBlockFormat(block)

    def _mark(self) -> None:
        start, end = map(self._shown.shown, self._words)
        made = QTextCharFormat()
        made.setBackground(theme.current().mark)
        made.setForeground(theme.current().text)
        selections: list[QTextEdit.ExtraSelection] = []
        inside = [title for title in self._shown.titles if start <= title[0] < end]
        for begins, title_end in [(start, 0), *((after + 1, after) for _, after in inside)]:
            ends = min([title for title, _ in inside if title >= begins], default=end)
            if title_end <= begins < ends:
                found = QTextEdit.ExtraSelection()
                found.cursor = self._cursor(begins, ends)  # pyright: ignore[reportAttributeAccessIssue]
                found.format = made  # pyright: ignore[reportAttributeAccessIssue]
                selections.append(found)
        self.setExtraSelections(selections)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        """A selection from one code point of what is shown to another; Qt counts UTF-16 units."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start + bisect_left(self._wide, start))
        cursor.setPosition(end + bisect_left(self._wide, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _part_around(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(0, start - _MOST_CHARS // 2)
    if first:
        first = text.find("\n", first, start) + 1 or first
    return first, _line_end(text, end + _MOST_CHARS // 2)


def _line_end(text: str, offset: int) -> int:
    """The end of the line at `offset`, where that is near."""
    if offset >= len(text):
        return len(text)
    end = text.find("\n", offset, offset + 1000)
    return offset if end < 0 else end
