"""What reading a document brings, and its line in the ledger."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

TABLE_MARK = " · table: "  # in a context line, before caption and column heads


class FileState(StrEnum):
    """Where a file stands in the ledger."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"
    MISSING = "missing"


class PageKind(StrEnum):
    """What was found on a page."""

    TEXT = "text"
    EMPTY = "empty"
    SCANNED = "scanned"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a page's or document's text: `text[start:end] == title`; level 1 is highest."""

    start: int
    end: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a page's or document's text; the rows are whole lines of `text[start:end]`."""

    start: int
    end: int
    caption: str  # what the text calls it, with the unit of its figures; may be empty
    heads: str  # of its columns, in words for a reader: "Net sales | 2023 | 2022"; may be empty


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a reader knows before the first page."""

    title: str
    page_count: int
    paged: bool  # False for formats without pages: their whole text is page 1
    format: str  # the reader's name, as in "PDF"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of clean reading text, which never holds a form feed."""

    number: int  # 1-based
    label: str  # as the document prints it: "vii"; str(number) where it prints none
    text: str
    kind: PageKind = PageKind.TEXT
    headings: tuple[Heading, ...] = ()  # offsets in this page's text
    glyphs: bytes = b""  # packed by `rag.load.glyphs`; empty for what is not a PDF
    tables: tuple[Table, ...] = ()  # offsets in this page's text, rising, apart from each other


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document's reading text: its pages joined by a form feed, and what locates a passage.

    `page_starts[n - 1]` is the offset of page n's first code point; it rises strictly.
    """

    title: str
    text: str
    page_starts: tuple[int, ...]
    page_labels: tuple[str, ...]
    headings: tuple[Heading, ...]  # offsets in `text`, rising
    paged: bool
    tables: tuple[Table, ...] = ()  # offsets in `text`, rising; known only when the file is read

    @classmethod
    def from_pages(cls, info: DocumentInfo, pages: list[Page]) -> DocumentText:
        """Join `pages` (in order, at least one) into one text."""
        starts: list[int] = []
        headings: list[Heading] = []
        tables: list[Table] = []
        offset = 0
        for page in pages:
            starts.append(offset)
            headings += [
                Heading(h.start + offset, h.end + offset, h.level, h.title) for h in page.headings
            ]
            tables += [
                Table(t.start + offset, t.end + offset, t.caption, t.heads) for t in page.tables
            ]
            offset += len(page.text) + 1
        return cls(
            title=info.title,
            text="\f".join(page.text for page in pages),
            page_starts=tuple(starts),
            page_labels=tuple(page.label for page in pages),
            headings=tuple(headings),
            paged=info.paged,
            tables=tuple(tables),
        )

    def page_at(self, offset: int) -> int:
        """The 1-based page that holds the code point at `offset`."""
        return max(1, bisect.bisect_right(self.page_starts, offset))

    def section_at(self, offset: int) -> tuple[Heading, ...]:
        """The headings above `offset`, outermost first; those that start at it included."""
        path: list[Heading] = []
        for heading in self.headings:
            if heading.start > offset:
                break
            while path and path[-1].level >= heading.level:
                path.pop()
            path.append(heading)
        return tuple(path)

    def table_at(self, start: int, end: int) -> Table | None:
        """The table that holds most of the text between two offsets; None where none does."""
        at = bisect.bisect_right(self.tables, start, key=lambda table: table.end)
        shared = {
            min(end, table.end) - max(start, table.start): table
            for table in itertools.takewhile(lambda table: table.start < end, self.tables[at:])
        }
        return shared[max(shared)] if shared else None

    def place_at(self, offset: int) -> str:
        """The place as its format names it: "p. vii" in a PDF, the section's heading elsewhere."""
        if self.paged:
            return f"p. {self.page_labels[self.page_at(offset) - 1]}"
        section = self.section_at(offset)
        return section[-1].title if section else ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage to find: `text == document.text[start:end]`, ≤ 1,000 code points, ≤ two pages."""

    start: int
    end: int
    text: str
    first_page: int
    last_page: int
    heading: str  # the section path, "Report > Results"; empty where there is none
    place: str  # of its first code point, as `DocumentText.place_at` names it
    context: str  # the line embedded before the text; no offset ever counts it

    @property
    def table(self) -> str:
        """Caption and column heads of the table that its rows are from; empty for other text."""
        return self.context.partition(TABLE_MARK)[2]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A path's line in the ledger; one for every path met, also those not read."""

    path: Path
    root: Path  # the folder (or file) that the user added
    state: FileState
    reason: str = ""  # why it is not simply ready, and what to do
    pages: int = 0
    words: int = 0
    chunks: int = 0
    scanned_pages: int = 0
    empty_pages: int = 0
    seconds: float = 0.0
    size_bytes: int = 0
    modified_ns: int = 0
    paged: bool = True
    same_as: Path | None = None  # an earlier path with the same content, which holds the chunks


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What a reading run did."""

    read: int
    unchanged: int
    failed: int
    removed: int
    seconds: float
    cancelled: bool = False
