"""Turns the rows of a sheet into pages: titles, tables with their heads, and where each row is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.load.grid import CELL_SEPARATOR, MAX_CAPTION_CHARS, MOSTLY_EMPTY, grid_of
from rag.load.sheets.cells import Row, place_of
from rag.load.sheets.notes import Beside
from rag.records import Heading, Mark, Page, PageKind, Table

PAGE_ROWS = 1_000
PAGE_CHARS = 200_000
LOOKED_AT_ROWS = 50  # of a table, to tell its heads and empty columns
MAX_COLUMNS = 2_000  # that are looked at for that

_FEW_ROWS = 3
_HEAD = re.compile(r"[^\W\d][^\d.?!:;@]{0,39}")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the beginning of a table tells of all of it."""

    titles: int  # rows above it that name it
    first: int  # its columns
    last: int
    columns: frozenset[int]  # those with anything in them
    sparse: bool  # then empty cells are left out
    caption: str
    heads: str


class SheetText:
    """The text of one sheet; its pages are numbered on from those before."""

    def __init__(self, name: str, pages_before: int, problem: str = "") -> None:
        self._name = name
        self._number = pages_before
        self._problem = problem
        self._opened = False  # whether the sheet's name was said
        self._title = ""  # a line that stands alone above a table
        self._begin_page()

    def _begin_page(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._rows = 0
        self._headings: list[Heading] = []
        self._tables: list[Table] = []
        self._marks: list[Mark] = []

    def pages(self, rows: Iterable[Row]) -> Iterator[Page]:
        """The full pages that `rows` make; the rest is kept for the last page."""
        for block in _blocks(rows):
            yield from self._block(block)

    def last_page(self, beside: Beside) -> Page:
        """What is left, and what stands beside the cells: text boxes, charts and comments."""
        for text in beside.texts:
            self._say(text, self._name, "\n\n")
        for row, column, comment in beside.comments:
            self._say(comment, place_of(self._name, row, column, column), "\n\n")
        return self._page()

    def _block(self, rows: Iterator[Row]) -> Iterator[Page]:
        """Rows without an empty one between them: titles, then a table or some lines."""
        ahead = list(itertools.islice(rows, LOOKED_AT_ROWS))
        shape = _shape_of(ahead, self._title, self._name)
        self._title = ""
        for row in ahead[: shape.titles]:
            self._say(_line(row.cells), self._place(row, row.first, row.last), "\n\n")
            self._title = _line(row.cells)
        body = ahead[shape.titles :]
        if not body:
            self._title = self._title[:MAX_CAPTION_CHARS]
            return
        self._title = ""
        begin = -1
        for row in itertools.chain(body, rows):
            if begin >= 0 and (self._rows >= PAGE_ROWS or self._length >= PAGE_CHARS):
                self._close_table(begin, shape)
                yield self._page()
                begin = -1
            self._row(row, shape, "\n\n" if begin < 0 else "\n")
            if begin < 0:
                begin = self._length - len(self._parts[-1])
        self._close_table(begin, shape)

    def _close_table(self, begin: int, shape: _Shape) -> None:
        if shape.last > shape.first:
            self._tables.append(Table(begin, self._length, shape.caption, shape.heads))

    def _row(self, row: Row, shape: _Shape, gap: str) -> None:
        cells = row.between(shape.first, max(shape.last, row.last))
        said = [
            cell
            for column, cell in enumerate(cells, shape.first)
            if cell or (column in shape.columns and not shape.sparse)
        ]
        table = shape.last > shape.first
        first = shape.first if table else row.first
        last = max(shape.last, row.last) if table else row.last
        self._say(_line(said), self._place(row, first, last), gap)
        self._rows += 1

    def _place(self, row: Row, first: int, last: int) -> str:
        return place_of(self._name, row.number, first, last)

    def _say(self, text: str, place: str, gap: str) -> None:
        """Go on with `text`, which stands at `place`."""
        start = self._length
        if not self._opened:
            self._opened = True
            name = " ".join(self._name.split())
            self._headings.append(Heading(0, len(name), 1, name))
            self._add(name)
        if self._parts:
            self._add(gap if start else "\n\n")
            start += len(gap) if start else 0
        self._add(text)
        self._marks.append(Mark(start, place))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _page(self) -> Page:
        self._number += 1
        text = "".join(self._parts)
        page = Page(
            self._number,
            str(self._number),
            text,
            PageKind.TEXT if text else PageKind.EMPTY,
            tuple(self._headings),
            tables=tuple(self._tables),
            marks=tuple(self._marks),
            problem=self._problem,
        )
        self._problem = ""
        self._begin_page()
        return page


def _line(cells: list[str]) -> str:
    return CELL_SEPARATOR.join(cells).rstrip(" |")


def _blocks(rows: Iterable[Row]) -> Iterator[Iterator[Row]]:
    """The rows in stretches without an empty row; each must be used up before the next."""
    ahead = iter(rows)
    held = next(ahead, None)

    def stretch() -> Iterator[Row]:
        nonlocal held
        while held is not None:
            row, held = held, next(ahead, None)
            yield row
            if held is None or held.number != row.number + 1:
                return

    while held is not None:
        yield stretch()


def _shape_of(rows: list[Row], title: str, name: str) -> _Shape:
    """What the first rows of a block of the sheet `name` say; `title` is the line above it."""
    left = min(row.first for row in rows)
    titles = next((at for at, row in enumerate(rows) if not _is_title(row, left)), len(rows))
    body = rows[titles:]
    if titles == len(rows) > 1:  # a list, or lines of text
        titles, body = 0, rows
    caption = _line(rows[titles - 1].cells) if titles else title
    if not body:
        return _Shape(titles, 0, 0, frozenset(), sparse=False, caption="", heads="")
    first, last = min(row.first for row in body), max(row.last for row in body)
    last = min(last, first + MAX_COLUMNS)
    columns = frozenset(
        column for row in body for column, cell in enumerate(row.cells, row.first) if cell
    )
    used = [column for column in range(first, last + 1) if column in columns]
    grid = [[row.between(first, last)[column - first] for column in used] for row in body]
    head_rows = 2 if body[0].spans and len(body) > 2 else 0
    if head_rows:
        _spread(grid[0], body[0], used)
    heads = grid_of(grid, head_rows, caption or name).heads or _heads_of_two(grid)
    cells = sum(map(len, grid))
    empty = sum(row.count("") for row in grid) / cells if cells else 0.0
    sparse = empty > MOSTLY_EMPTY and not heads
    return _Shape(titles, first, last, columns, sparse, caption[:MAX_CAPTION_CHARS], heads)


def _heads_of_two(rows: list[list[str]]) -> str:
    """The first row of two columns of words where it looks like their heads; empty if not."""
    first = rows[0]
    if len(rows) < _FEW_ROWS or len(first) != 2 or not all(map(_HEAD.fullmatch, first)):
        return ""
    repeated = any(row[at] == first[at] for row in rows[1:] for at in (0, 1))
    return "" if repeated else CELL_SEPARATOR.join(first)


def _is_title(row: Row, left: int) -> bool:
    """Whether a row is one cell, and not one above the heads of some columns."""
    return len(row.cells) == 1 and not (row.spans and row.first > left)


def _spread(said: list[str], row: Row, columns: list[int]) -> None:
    """Say a head in every column that it spans."""
    for first, last in row.spans:
        for at, column in enumerate(columns):
            if first < column <= last:
                said[at] = row.cells[first - row.first]
