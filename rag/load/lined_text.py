"""Gathers the text of formats made of lines and records, in several pages where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rag.load.text import PAGE_CHARS, clean, page_of
from rag.records import Heading, Mark, Page, Table

LONGEST_HEADING_CHARS = 200
MARKS = 40_000  # of a file; where there would be more, one stands for several lines or records
LONGEST_MARKED_CHARS = 800  # by one of these, so that a passage's place is still told closely


class LinedText:
    """Text that grows line by line; `take_full_page` gives it away where it has become long."""

    def __init__(self, size_bytes: int = 0) -> None:
        self.is_marked = False  # whether any place was named so far
        self._number = 0
        self._marked_chars = marked_chars(size_bytes)
        self._begin()

    @property
    def length(self) -> int:
        """How many characters the page in work has, the end of its last line included."""
        return self._length

    @property
    def pages_taken(self) -> int:
        """How many pages were given away."""
        return self._number

    def _begin(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._tables: list[Table] = []
        self._marks: list[Mark] = []
        self._counted = _Counted(0, "", 0, 0)

    def line(self, text: str) -> None:
        """Add a line of clean text; an empty one parts paragraphs, and is added once."""
        if text or (self._lines and self._lines[-1]):
            self._lines.append(text)
            self._length += len(text) + 1

    def verbatim(self, text: str) -> None:
        """Add lines of clean text as they are."""
        self._lines.append(text)
        self._length += len(text) + 1

    def written(self, text: str, find_headings: Callable[[str], Iterator[Heading]]) -> None:
        """Add a text as it is written, with the headings that are found in it."""
        for heading in find_headings(text):
            if len(heading.title) <= LONGEST_HEADING_CHARS:
                start, end = heading.start + self._length, heading.end + self._length
                self._headings.append(Heading(start, end, heading.level, heading.title))
        self.verbatim(text)

    def heading(self, title: str, level: int) -> None:
        """A heading in a paragraph of its own; one that is too long for that is just text."""
        title = " ".join(clean(title).split())
        if title:
            self.line("")
            if len(title) <= LONGEST_HEADING_CHARS:
                end = self._length + len(title)
                self._headings.append(Heading(self._length, end, level, title))
            self.line(title)
            self.line("")

    def mark(self, name: str) -> None:
        """Name the place of what follows; an empty name leaves it as it is."""
        self._end_count()
        if name:
            self._add_mark(self._length, name)

    def count(self, what: str, number: int) -> None:
        """Name the place of what follows by its number: "row 12"; in long files "row 12–15"."""
        before = self._counted
        near = self._length - before.start < self._marked_chars
        if before.what == what and number == before.last + 1 and near:
            self._counted = replace(before, last=number)
        else:
            self._end_count()
            self._counted = _Counted(self._length, what, number, number)

    def _end_count(self) -> None:
        done, self._counted = self._counted, _Counted(0, "", 0, 0)
        if done.what:
            self._add_mark(done.start, counted(done.what, done.first, done.last))

    def _add_mark(self, start: int, name: str) -> None:
        self.is_marked = True
        if self._marks and self._marks[-1].start == start:
            self._marks.pop()
        self._marks.append(Mark(start, name))

    def table(self, start: int, caption: str, heads: str) -> None:
        """The lines from the offset `start` on are the rows of a table."""
        if self._length - 1 > start:
            self._tables.append(Table(start, self._length - 1, caption, heads))

    @property
    def is_full(self) -> bool:
        """Whether the page in work should be given away at the next good place."""
        return self._length >= PAGE_CHARS

    def take_full_page(self) -> Iterator[Page]:
        """The page in work if it is full; what follows is on the next one."""
        if self.is_full:
            yield self.take_page()

    def take_page(self) -> Page:
        """The page in work as it is."""
        self._number += 1
        self._end_count()
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        page = page_of("\n".join(self._lines), self._number)
        page = Page(
            self._number,
            page.label,
            page.text,
            page.kind,
            tuple(self._headings),
            tables=tuple(self._tables),
            marks=tuple(mark for mark in self._marks if mark.start < len(page.text)),
        )
        self._begin()
        return page


@dataclass(frozen=True, slots=True)
class _Counted:
    """Records with one mark between them."""

    start: int
    what: str
    first: int
    last: int


class LineMarks:
    """Marks the lines of a text that comes in parts: "line 12", "line 13–20" in a long one."""

    def __init__(self, size_bytes: int) -> None:
        self._marked_chars = marked_chars(size_bytes)
        self._line = 1

    def of(self, part: str) -> Iterator[Mark]:
        """The marks of the next part of the text."""
        begin, first, number = 0, self._line, self._line
        start = 0
        while start <= len(part):
            if number > first and start - begin >= self._marked_chars:
                yield Mark(begin, counted("line", first, number - 1))
                begin, first = start, number
            end = part.find("\n", start)
            start = end + 1 if end >= 0 else len(part) + 1
            number += 1
        yield Mark(begin, counted("line", first, number - 1))
        self._line = number


def marked_chars(size_bytes: int) -> int:
    """How many characters of a file of this size may have one mark between them."""
    return min(size_bytes // MARKS, LONGEST_MARKED_CHARS)


def counted(what: str, first: int, last: int) -> str:
    """The name of one place or of several in a row: "row 12", "row 12–15"."""
    return f"{what} {first}" if first == last else f"{what} {first}–{last}"
