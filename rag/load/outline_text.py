"""Gathers the text of formats without pages: paragraphs, headings, lists and table rows."""

from __future__ import annotations

from rag.load.grid import CELL_SEPARATOR, Grid, names_table
from rag.load.text import clean, page_of
from rag.records import Heading, Page, Table

LAST_PARTS = 60  # of the text that are looked through for its last line


class OutlineText:
    """Text that grows piece by piece: spaces collapse, blank lines part paragraphs."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._gap = ""  # owed before the next word: "", " ", "\n" or "\n\n"
        self._mark = ""  # of a list item that has said nothing yet
        self._headings: list[Heading] = []
        self._tables: list[Table] = []

    @property
    def first_heading(self) -> str:
        """The first heading of the highest level; empty when there is none."""
        top = min(self._headings, key=lambda heading: heading.level, default=None)
        return top.title if top else ""

    def say(self, text: str) -> None:
        """Go on with `text` on the line in work."""
        words = clean(text).split()
        if not words:
            self._owe(" " if text else "")
            return
        if text[0].isspace():
            self._owe(" ")
        self._add(" ".join(words))
        if text[-1].isspace():
            self._owe(" ")

    def mark(self, text: str) -> None:
        """Begin a list item whose bullet or number is `text`; "" ends it, seen or not."""
        self.line()
        self._mark = text

    def verbatim(self, text: str) -> None:
        """Go on with `text` as it is, with its own spaces and lines."""
        if text.strip():
            self._add(clean(text).strip("\n"))

    def line(self) -> None:
        """End the line."""
        self._owe("\n")

    def break_line(self) -> None:
        """End the line; the second time in a row, the paragraph."""
        self._owe("\n\n" if self._gap == "\n" else "\n")

    def paragraph(self) -> None:
        """End the paragraph."""
        self._owe("\n\n")

    def heading(self, title: str, level: int) -> None:
        """A heading in a paragraph of its own; an empty one is left out."""
        title = " ".join(clean(title).split())
        if title:
            self.paragraph()
            self._add(title)  # after a mark, if it is a list item too
            start = self._length - len(title)
            self._headings.append(Heading(start, self._length, level, title))
            self.paragraph()

    def table(self, grid: Grid) -> None:
        """A table in a paragraph of its own: its caption, then a line for each row."""
        self.paragraph()
        caption = grid.caption
        if caption:
            self._add(caption)
            self.line()
        elif names_table(self._last_line()):
            caption = self._last_line()
        rows = [CELL_SEPARATOR.join(row) for row in grid.rows if any(row)]
        for row in rows:
            self._add(row)
            self.line()
        if rows:
            start = self._length - sum(map(len, rows)) - len(rows) + 1
            self._tables.append(Table(start, self._length, caption, grid.heads))
        self.paragraph()

    def page(self) -> Page:
        """All of it as the one page of a document."""
        page = page_of("".join(self._parts))
        headings, tables = tuple(self._headings), tuple(self._tables)
        return Page(1, "1", page.text, page.kind, headings, tables=tables)

    def _last_line(self) -> str:
        """The last line so far, or its end if it is long."""
        return "".join(self._parts[-LAST_PARTS:]).rpartition("\n")[2]

    def _owe(self, gap: str) -> None:
        if len(gap) > len(self._gap) or (gap == "\n" and self._gap == " "):
            self._gap = gap

    def _add(self, text: str) -> None:
        if self._gap and self._length:
            self._parts.append(self._gap)
            self._length += len(self._gap)
        self._gap = ""
        if self._mark:
            text, self._mark = f"{self._mark} {text}", ""
        self._parts.append(text)
        self._length += len(text)
