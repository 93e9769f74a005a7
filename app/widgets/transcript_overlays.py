"""What lies over the conversation: how far the answer is, and the way to its newest words."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from app import theme
from app.widgets.conversation_browser import ConversationBrowser
from app.widgets.document_pen import Part
from app.widgets.reading_card import ReadingCard
from app.widgets.reading_place import ReadingPlace
from app.widgets.turn_shown import TurnShown


class TranscriptOverlays:
    """Two widgets and where they belong."""

    def __init__(self, browser: ConversationBrowser, place: ReadingPlace, parent: QWidget) -> None:
        self._browser = browser
        self._place = place
        self._parent = parent
        self.card = ReadingCard(browser.viewport())
        self.card.end()
        self.pill = QPushButton(parent.tr("Jump to newest"), parent)
        self.pill.setIcon(theme.icon("arrow-down", "on_accent"))
        theme.set_kind(self.pill, "primary")
        self.pill.hide()

    def arrange(self, running: TurnShown | None, *, follows: bool) -> None:
        """Put both where they belong while `running` is in work; `follows` needs no pill."""
        self._arrange_card(running)
        out_of_view = False
        if running is not None and running.text and not follows:
            out_of_view = self._place.newest(running.key) > self._browser.viewport().height()
        self.pill.setVisible(out_of_view)
        if out_of_view:
            size, parent = self.pill.sizeHint(), self._parent
            x = (parent.width() - size.width()) // 2
            self.pill.move(x, parent.height() - size.height() - theme.px(12))
            self.pill.resize(size)
            self.pill.raise_()

    def _arrange_card(self, running: TurnShown | None) -> None:
        if running is None or running.text:
            self.card.setVisible(False)
            return
        rect = self._place.rect_of(running.key, Part.STATUS)
        if rect is not None:
            left, right = self._browser.column()
            width = round(right - left)
            height = self.card.height_at(width)
            self.card.setGeometry(round(left), round(rect.top()), width, height)
        self.card.setVisible(rect is not None)
