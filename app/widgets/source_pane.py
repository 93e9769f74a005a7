"""Where a footnote leads: the page with its words boxed, or the text with them marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.widgets.page_view import PageView
from app.widgets.snippets import quoted
from app.widgets.source_bars import SourceFooter, SourceHeader
from app.widgets.text_view import TextView
from app.widgets.turn_shown import SourceKey
from rag.events import TextShown
from rag.records import Box, Citation, Hit, PagePicture

_QUOTE_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class _Source:
    """What is shown: a citation or a hit, whichever it came as."""

    path: Path
    page: int | None
    start: int
    end: int
    quote: str
    place: str = ""
    boxes: tuple[Box, ...] = ()

    @classmethod
    def of_citation(cls, citation: Citation) -> _Source:
        return cls(
            citation.path,
            citation.page,
            citation.start,
            citation.end,
            citation.quote,
            citation.place,
            citation.boxes,
        )

    @classmethod
    def of_hit(cls, hit: Hit) -> _Source:
        page = hit.pages[0] if hit.pages else None
        return cls(hit.path, page, hit.start, hit.end, hit.text, hit.place)


class SourcePane(QFrame):
    """Shows one source of an answer at a time; asks for pages and texts, which others bring."""

    # Path, 1-based page, px per point of the screen, start and end of words to box or None
    page_wanted = Signal(object, int, float, object)
    text_wanted = Signal(object)  # Path
    open_wanted = Signal(object, int)  # Path, 1-based page (0: none)
    file_shown = Signal(Path)
    citation_shown = Signal(int)  # its place in the sequence that is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._citations: tuple[Citation, ...] = ()
        self._changed: frozenset[SourceKey] = frozenset()
        self._drawn = frozenset({".pdf"})  # suffixes, before the engine has told
        self._index = 0
        self._source: _Source | None = None
        self._page = 0
        self._page_count = 0
        self.setProperty("kind", "source")
        self.setAccessibleName(self.tr("Source"))
        self.header = SourceHeader(self)
        self.footer = SourceFooter(self)
        self.page_view = PageView(self)
        self.text_view = TextView(self)
        self._message = QWidget(self)
        self._words = QLabel(self._message)
        self._quote = QLabel(self._message)
        self._lay_out_message()
        self._stack = QStackedWidget(self)
        for body in (self._message, self.page_view, self.text_view):
            self._stack.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.footer)
        self._connect()
        self.clear()

    # ------------------------------------------------------------ showing

    def draw_only(self, suffixes: Collection[str]) -> None:
        """Show files with these suffixes as pictures of their pages, all others as text."""
        self._drawn = frozenset(suffixes)

    def show_citations(
        self,
        citations: Sequence[Citation],
        index: int,
        changed: frozenset[SourceKey] = frozenset(),
    ) -> None:
        """Show the citation at `index`, 0-based, of an answer's; those `changed` by their quote."""
        self._citations = tuple(citations)
        self._changed = changed
        self._go_to(index)

    def take_citations(self, citations: Sequence[Citation]) -> None:
        """The answer whose footnote is shown has these now; what is shown stays."""
        if not self._citations:
            return
        shown = self._citations[self._index].number
        places = [place for place, one in enumerate(citations) if one.number == shown]
        if places:
            self._citations, self._index = tuple(citations), places[0]
            self.footer.show_place(shown, self._index, len(citations))

    def show_hit(self, hit: Hit, changed: frozenset[SourceKey] = frozenset()) -> None:
        """Show where a passage stands; its words alone where it is among the `changed`."""
        self._citations = ()
        self._changed = changed
        self._show(_Source.of_hit(hit))
        self.footer.show_passage()

    def show_file(self, path: Path) -> None:
        """Show all of a file's reading text, as it was read."""
        self._citations, self._changed = (), frozenset()
        self._show(_Source(path, None, 0, 0, ""))
        self.footer.show_whole()

    def show_picture(self, picture: PagePicture) -> None:
        """Show the page that was asked for last; another is left alone."""
        if self._source is None or (picture.path, picture.page) != (self._source.path, self._page):
            return
        self._page_count = picture.page_count
        self.header.show_page(picture.page, picture.page_count)
        self.page_view.show_picture(picture)
        self._stack.setCurrentWidget(self.page_view)

    def show_text(self, shown: TextShown) -> None:
        """Show the text that was asked for last; another is left alone."""
        source = self._source
        if source is None or self._page or self._has_changed(source) or shown.path != source.path:
            return
        start, end = source.start, source.end
        if shown.text[start:end] != source.quote:
            start = shown.text.find(source.quote)
            end = start + len(source.quote)
        if start < 0:
            self._tell_change(source)
            return
        self._stack.setCurrentWidget(self.text_view)
        self.text_view.show_text(shown.text, start, end, shown.page_starts, shown.places)

    def show_failure(self, message: str) -> None:
        """Say why the source cannot be shown, with the words that were read from it."""
        self._say(message, self._source.quote if self._source else "")

    def clear(self) -> None:
        """Show nothing."""
        self._citations = ()
        self._source = None
        self._page = self._page_count = 0
        self.page_view.clear()
        self.header.show_nothing()
        self.footer.show_nothing()
        self._say(self.tr("Click a footnote to see where it comes from."), "")

    def step_source(self, step: int) -> None:
        """Go to the next (+1) or the previous (-1) footnote."""
        if 0 <= self._index + step < len(self._citations):
            self._go_to(self._index + step)

    # ------------------------------------------------------------ inside

    def _go_to(self, index: int) -> None:
        if not self._citations:
            return
        self._index = max(0, min(index, len(self._citations) - 1))
        citation = self._citations[self._index]
        self._show(_Source.of_citation(citation))
        self.footer.show_place(citation.number, self._index, len(self._citations))
        self.citation_shown.emit(self._index)

    def _show(self, source: _Source) -> None:
        before = self._source
        same_file = before is not None and before.path == source.path
        self._source = source
        drawn = source.page is not None and source.path.suffix.lower() in self._drawn
        changed = self._has_changed(source)
        self._page = source.page or 0 if drawn and not changed else 0
        self._page_count = self._page_count if same_file else 0
        self.header.show_file(source.path, paged=bool(self._page))
        self.header.show_place(_beside_page(source.place, self._page))
        self.file_shown.emit(source.path)
        if changed:
            self._tell_change(source)
        elif self._page:
            self.header.show_page(self._page, self._page_count)
            if not same_file:
                self.page_view.clear()
            self._stack.setCurrentWidget(self.page_view)
            self.header.show_zoom(self.page_view.zoom)
            self.page_view.expect(source.boxes)
        else:
            self.text_wanted.emit(source.path)

    def _has_changed(self, source: _Source) -> bool:
        """Whether the file does not hold the quote there any more."""
        return (source.path, source.start, source.end) in self._changed

    def _tell_change(self, source: _Source) -> None:
        words = self.tr("“{0}” was changed, moved or deleted since. This is what it said:")
        self.show_failure(words.format(source.path.name))

    def _go_to_page(self, page: int) -> None:
        source = self._source
        if source is None or not self._page_count or not 1 <= page <= self._page_count:
            if self._page:
                self.header.show_page(self._page, self._page_count)
            return
        if page != self._page:
            self._page = page
            self.header.show_place("")
            self.header.show_page(page, self._page_count)
            self.page_view.expect([box for box in source.boxes if box.page == page])

    def _step_page(self, step: int) -> None:
        self._go_to_page(self._page + step)

    def _show_place(self, place: str) -> None:
        if self._stack.currentWidget() is self.text_view:
            self.header.show_place(place)

    def _want_picture(self, scale: float) -> None:
        if self._source is not None and self._page:
            source = self._source
            words = None if source.boxes else (source.start, source.end)
            self.page_wanted.emit(source.path, self._page, scale, words)

    def _open(self) -> None:
        if self._source is not None:
            self.open_wanted.emit(self._source.path, self._page)

    def _say(self, message: str, quote: str) -> None:
        self._words.setText(message)
        self._quote.setText(quoted(quote, _QUOTE_CHARS) if quote else "")
        self._quote.setVisible(bool(quote))
        self._stack.setCurrentWidget(self._message)

    def _lay_out_message(self) -> None:
        for label in (self._words, self._quote):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("kind", "secondary")
        self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self._message)
        column.setContentsMargins(28, 28, 28, 28)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._quote)
        column.addStretch(2)

    def _connect(self) -> None:
        self.header.zoom_step_wanted.connect(self.page_view.zoom_by)
        self.header.fit_wanted.connect(self.page_view.zoom_to_width)
        self.header.page_chosen.connect(self._go_to_page)
        self.footer.source_step_wanted.connect(self.step_source)
        self.footer.open_wanted.connect(self._open)
        self.page_view.picture_wanted.connect(self._want_picture)
        self.page_view.zoomed.connect(self.header.show_zoom)
        self.page_view.page_step_wanted.connect(self._step_page)
        self.page_view.source_step_wanted.connect(self.step_source)
        self.text_view.source_step_wanted.connect(self.step_source)
        self.text_view.place_changed.connect(self._show_place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk through the footnotes from anywhere in the pane."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps:
            self.step_source(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _beside_page(place: str, page: int) -> str:
    """What a place tells besides the page that is shown: "scanned" of "p. 7, scanned"."""
    first, _, rest = place.partition(", ")
    return rest if first == f"p. {page}" else place
