"""What reading a document brings, and its line in the ledger."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

MOST_FAILURES = 2
DEEPEST_SECTION = 12  # headings above each other; what is deeper lies beside the last
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
    SCANNED = "scanned"  # a picture; its text, if any, was recognised
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
class Mark:
    """Names the place from `start` on, up to the next mark, as the document's format does.

    "slide 4", "Sheet2!B3:D3", "row 12", "message of 3 May 2024", "offer.pdf, p. 3".
    """

    start: int  # an offset in a page's or document's text
    name: str


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
    marks: tuple[Mark, ...] = ()  # offsets in this page's text, rising
    boxes: bytes = b""  # of a scanned page's words, which `glyphs` then counts; `rag.load.glyphs`
    problem: str = ""  # why it, or a file inside a file, could not be read: a sentence


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
    marks: tuple[Mark, ...] = ()  # offsets in `text`, rising
    scanned_pages: frozenset[int] = frozenset()  # 1-based
    _above: tuple[int, ...] = field(init=False, repr=False, compare=False)  # of each heading

    def __post_init__(self) -> None:
        above: list[int] = []  # the index of the heading above each, -1 for none
        path: list[int] = []
        for index, heading in enumerate(self.headings):
            while path and (
                self.headings[path[-1]].level >= heading.level or len(path) >= DEEPEST_SECTION
            ):
                path.pop()
            above.append(path[-1] if path else -1)
            path.append(index)
        object.__setattr__(self, "_above", tuple(above))

    @classmethod
    def from_pages(cls, info: DocumentInfo, pages: list[Page]) -> DocumentText:
        """Join `pages` (in order, at least one) into one text."""
        starts: list[int] = []
        headings: list[Heading] = []
        tables: list[Table] = []
        marks: list[Mark] = []
        offset = 0
        for page in pages:
            starts.append(offset)
            headings += [
                Heading(h.start + offset, h.end + offset, h.level, h.title) for h in page.headings
            ]
            tables += [
                Table(t.start + offset, t.end + offset, t.caption, t.heads) for t in page.tables
            ]
            marks += [Mark(mark.start + offset, mark.name) for mark in page.marks]
            offset += len(page.text) + 1
        return cls(
            title=info.title,
            text="\f".join(page.text for page in pages),
            page_starts=tuple(starts),
            page_labels=tuple(page.label for page in pages),
            headings=tuple(headings),
            paged=info.paged,
            tables=tuple(tables),
            marks=tuple(marks),
            scanned_pages=frozenset(p.number for p in pages if p.kind is PageKind.SCANNED),
        )

    def page_at(self, offset: int) -> int:
        """The 1-based page that holds the code point at `offset`."""
        return max(1, bisect.bisect_right(self.page_starts, offset))

    def section_at(self, offset: int) -> tuple[Heading, ...]:
        """The headings above `offset`, outermost first; those that start at it included."""
        path: list[Heading] = []
        at = bisect.bisect_right(self.headings, offset, key=_start_of) - 1
        while at >= 0:
            path.append(self.headings[at])
            at = self._above[at]
        return tuple(path[::-1])

    def opens_section(self, offset: int) -> bool:
        """Whether a heading begins at `offset`."""
        at = bisect.bisect_left(self.headings, offset, key=_start_of)
        return at < len(self.headings) and self.headings[at].start == offset

    def table_at(self, start: int, end: int) -> Table | None:
        """The table that holds most of the text between two offsets; None where none does."""
        at = bisect.bisect_right(self.tables, start, key=lambda table: table.end)
        most, found = 0, None
        while at < len(self.tables) and self.tables[at].start < end:
            table = self.tables[at]
            shared = min(end, table.end) - max(start, table.start)
            if shared >= most:
                most, found = shared, table
            at += 1
        return found

    def place_at(self, start: int, end: int | None = None) -> str:
        """The place of `text[start:end]` as its format names it, of one code point without `end`.

        "p. vii" or "p. 3, scanned" in a PDF, "Sheet2!B3:D9", elsewhere the section: "§3.2 Notice".
        """
        place = self._marked(start, start + 1 if end is None else end)
        if not place and self.paged:
            place = f"p. {self.page_labels[self.page_at(start) - 1]}"
        if not place:
            at = bisect.bisect_right(self.headings, start, key=lambda heading: heading.start)
            title = self.headings[at - 1].title if at else ""
            place = f"§{title}" if _NUMBERED.match(title) else title
        return f"{place}, scanned" if self.page_at(start) in self.scanned_pages else place

    def places(self) -> tuple[tuple[int, str], ...]:
        """Where the place changes, and what it is called from there on; offsets rise."""
        starts = {*self.page_starts, *(mark.start for mark in self.marks)}
        if not self.paged and not self.marks:
            starts.update(heading.start for heading in self.headings)
        named = ((start, self.place_at(start)) for start in sorted(starts))
        changes = itertools.groupby(named, key=lambda place: place[1])
        return tuple(next(same) for name, same in changes if name)

    def _marked(self, start: int, end: int) -> str:
        """The marks over a stretch of text in one: "row 3" and "row 9" make "row 3–9"."""
        first = bisect.bisect_right(self.marks, start, key=lambda mark: mark.start) - 1
        last = bisect.bisect_left(self.marks, end, key=lambda mark: mark.start) - 1
        if first < 0:
            return ""
        return _joined([mark.name for mark in self.marks[first : max(first, last) + 1]])


def _start_of(heading: Heading) -> int:
    return heading.start


_LONGEST_PLACE_CHARS = 200
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s")  # "3.2 Notice"
_CELLS = re.compile(
    r"(?P<sheet>.*!)(?P<left>[A-Z]+)(?P<top>\d+)(?::(?P<right>[A-Z]+)(?P<bottom>\d+))?"
)
_COUNTED = re.compile(
    r"(?P<what>.*?)(?P<number>\d{1,20}(?::\d{1,20}){0,3})(?:–(?P<last>\d{1,20}))?"
)


def _joined(names: Sequence[str]) -> str:
    """From the first place to the last in one name; just the first where they differ in kind."""
    first, last = names[0], names[-1]
    if first == last:
        return first
    if _CELLS.fullmatch(first):
        return _around(names)
    counted, more = _COUNTED.fullmatch(first), _COUNTED.fullmatch(last)
    if counted and more and counted["what"] == more["what"]:
        return f"{counted['what']}{counted['number']}–{more['last'] or more['number']}"
    return first


def _around(names: Sequence[str]) -> str:
    """The cells around all that are named, as far as they are in the first one's sheet."""
    found = [cells for cells in map(_CELLS.fullmatch, names) if cells]
    cells = [one for one in found if one["sheet"] == found[0]["sheet"]]
    left = min((one["left"] for one in cells), key=_column)
    right = max((one["right"] or one["left"] for one in cells), key=_column)
    top = min(int(one["top"]) for one in cells)
    bottom = max(int(one["bottom"] or one["top"]) for one in cells)
    whole = f"{left}{top}:{right}{bottom}"
    return cells[0]["sheet"] + (f"{left}{top}" if whole == f"{left}{top}:{left}{top}" else whole)


def _column(name: str) -> tuple[int, str]:
    """Orders the columns of a sheet: Z comes before AA."""
    return len(name), name


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
    like: Path | None = None  # another version of nearly the same text
    unread_pages: int = 0  # of those counted: damaged, or scans whose text was not recognised
    locked: bool = False  # it wants a password
    failures: int = 0  # how often in a row its reader crashed, hung or ran out of memory
    first_seen: float = 0.0  # seconds since the epoch
    last_seen: float = 0.0
    device: int = 0  # of the drive that it lay on, as `stat` tells; 0 where not known

    @property
    def quarantined(self) -> bool:
        """Whether it is not tried again until it changes or the user asks for it."""
        return self.failures >= MOST_FAILURES


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What a reading run did."""

    read: int
    unchanged: int
    failed: int
    removed: int
    seconds: float
    cancelled: bool = False
