"""Keeps what is being read where it is in the view, whatever is written around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QTextCursor

from app import theme
from app.widgets.conversation_browser import ConversationBrowser
from app.widgets.document_marks import blocks_from, fragments
from app.widgets.document_pen import PART, TURN, Part, blocks_of


class ReadingPlace:
    """Where the turns of a conversation are in `browser`, and where it is scrolled to."""

    def __init__(self, browser: ConversationBrowser) -> None:
        self._browser = browser
        self._bar = browser.verticalScrollBar()

    @contextmanager
    def kept(self, key: int, parts: Sequence[Part]) -> Iterator[None]:
        """While `parts` of a turn are written: what is read stays, and so does the selection."""
        browser, bar = self._browser, self._bar
        top = browser.cursorForPosition(QPoint(0, 0)).block()
        label = top.blockFormat()
        keep = label.intProperty(TURN) == key and label.intProperty(PART) > max(parts)
        anchor, before = QTextCursor(top), browser.block_rect(top).top()
        chosen = browser.textCursor()
        ends = (chosen.anchor(), chosen.position())
        first, _ = blocks_of(browser.document(), key, parts[0])
        _, after = blocks_of(browser.document(), key, parts[-1])
        touched = min(ends) < after.position() and max(ends) > first.position()
        edit = QTextCursor(browser.document())
        edit.beginEditBlock()
        yield
        edit.endEditBlock()
        if touched:
            value, limit = bar.value(), browser.document().characterCount() - 1
            chosen.setPosition(min(ends[0], limit))
            chosen.setPosition(min(ends[1], limit), QTextCursor.MoveMode.KeepAnchor)
            browser.setTextCursor(chosen)
            bar.setValue(value)
        if keep:
            bar.setValue(bar.value() + round(browser.block_rect(anchor.block()).top() - before))

    def is_reading(self, part: Part) -> bool:
        """Whether this part of a turn is at the top of the view."""
        top = self._browser.cursorForPosition(QPoint(0, 0)).block().blockFormat()
        return top.intProperty(PART) == part

    def top_of(self, key: int) -> int:
        """The scroll position that has the turn's question at the top of the view."""
        if key == 1:
            return 0
        first, _ = blocks_of(self._browser.document(), key, Part.SCOPE)
        return round(self._browser.block_rect(first).top()) + self._bar.value() - theme.px(16)

    def go_to(self, key: int) -> None:
        """Show a turn from its question on."""
        first, _ = blocks_of(self._browser.document(), key, Part.SCOPE)
        self._browser.setTextCursor(QTextCursor(first))  # Qt scrolls to it when first shown
        self._bar.setValue(self.top_of(key))

    def go_to_part(self, key: int, part: Part) -> None:
        """Show this part of a turn at the top of the view."""
        first, _ = blocks_of(self._browser.document(), key, part)
        self._bar.setValue(self._bar.value() + round(self._browser.block_rect(first).top()))

    def rect_of(self, key: int, part: Part) -> QRectF | None:
        """Where the first paragraph of a turn's part is in the view; None where there is none."""
        first, after = blocks_of(self._browser.document(), key, part)
        return self._browser.block_rect(first) if first != after else None

    def bottom_of(self, key: int, part: Part) -> float:
        """Where what follows this part of a turn begins, in px from the document's top."""
        _, after = blocks_of(self._browser.document(), key, part)
        return self._browser.block_rect(after).top() + self._bar.value()

    def keep_room(self, key: int) -> None:
        """Leave so much room below that the last question, `key`, can stay at the top."""
        browser = self._browser
        end = browser.block_rect(browser.document().lastBlock()).top() + self._bar.value()
        height = browser.viewport().height()
        browser.set_room_below(height - round(end) + self.top_of(key) - 2)

    def newest(self, key: int) -> int:
        """Where the end of the answer in work is in the view, in px from its top."""
        _, after = blocks_of(self._browser.document(), key, Part.ANSWER)
        return round(self._browser.block_rect(after.previous()).bottom())

    def scroll_to_newest(self, key: int) -> None:
        """Show the end of the answer in work."""
        over = self.newest(key) + theme.px(24) - self._browser.viewport().height()
        if over > 0:
            self._bar.setValue(self._bar.value() + over)

    def link_rect(self, address: str) -> QRect:
        """Where a link is on the screen; the view's upper edge where it is not in the document."""
        browser = self._browser
        for block in blocks_from(browser.document().firstBlock()):
            for fragment in fragments(block):
                if fragment.charFormat().anchorHref() == address:
                    cursor = QTextCursor(block)
                    cursor.setPosition(fragment.position())
                    rect = browser.cursorRect(cursor)
                    return QRect(browser.viewport().mapToGlobal(rect.topLeft()), rect.size())
        return QRect(browser.mapToGlobal(QPoint(0, 0)), QSize(1, 1))
