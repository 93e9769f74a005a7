"""The cells of a sheet as words, row by row, and how cells are addressed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineSheet

from rag.load.text import clean

MAX_CELL_CHARS = 32_767  # more than Excel itself takes
MAX_FILLED_CHARS = 200  # of a merged cell, to be said in each of its rows
MAX_MERGED = 1_000  # at a time
EXACT_DIGITS = 15  # of a figure; what follows is what binary fractions add

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty."""

    number: int  # 1-based
    first: int  # the 0-based column of `cells[0]`
    cells: list[str]  # neither the first nor the last is empty
    spans: tuple[tuple[int, int], ...] = ()  # first and last columns of cells that reach over some

    @property
    def last(self) -> int:
        """The 0-based column of the last cell."""
        return self.first + len(self.cells) - 1

    def between(self, first: int, last: int) -> list[str]:
        """The cells of these columns, also of those where it has none."""
        before = [""] * max(0, self.first - first)
        after = [""] * max(0, last - self.last)
        return [*before, *self.cells[max(0, first - self.first) :], *after]


def rows_of(sheet: CalamineSheet) -> Iterator[Row]:
    """The rows that are not empty, from the top; merged cells speak for all of their rows."""
    if sheet.start is None:
        return
    left = sheet.start[1]
    merged = _Merged(sheet)
    for at, values in enumerate(sheet.iter_rows()):
        said = [said_of(value) for value in values]
        used = [column for column, cell in enumerate(said) if cell]
        spans = merged.at_row(at, said, left, fill=bool(used))
        if used:
            first = next(column for column, cell in enumerate(said) if cell)
            last = next(c for c in range(len(said) - 1, -1, -1) if said[c])
            yield Row(at + 1, left + first, said[first : last + 1], spans)


def said_of(value: Value) -> str:
    """A cell's value in words: whole numbers without a point, days and times as ISO has them."""
    if isinstance(value, str):
        return " ".join(clean(value[:MAX_CELL_CHARS]).split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 10**EXACT_DIGITS
        return str(int(value)) if whole else f"{value:.{EXACT_DIGITS}g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, (dt.datetime, dt.time)):
        return _moment(value)
    return str(value)  # days come as ISO has them


def _moment(value: dt.datetime | dt.time) -> str:
    precision = "seconds" if value.second or value.microsecond else "minutes"
    if isinstance(value, dt.time):
        return value.isoformat(precision)
    return value.isoformat(" ", precision)


class _Merged:
    """Cells that reach over several rows or columns, as the rows go by."""

    def __init__(self, sheet: CalamineSheet) -> None:
        ranges = sheet.merged_cell_ranges or []
        self._ahead = sorted(ranges, reverse=True)
        self._open: list[tuple[int, int, str]] = []  # last row, column, what it says

    def at_row(
        self, row: int, said: list[str], left: int, *, fill: bool
    ) -> tuple[tuple[int, int], ...]:
        """Fill `said` from the rows above; the columns of the cells here that span several."""
        spans: list[tuple[int, int]] = []
        self._open = [merged for merged in self._open if merged[0] >= row]
        if fill:
            for _, column, cell in self._open:
                said[column] = said[column] or cell
        while self._ahead and self._ahead[-1][0][0] <= row:
            (top, first), (bottom, last) = self._ahead.pop()
            column = first - left
            if top != row or not 0 <= column < len(said) or not said[column]:
                continue
            if last > first and len(spans) < MAX_MERGED:
                spans.append((first, last))
            if bottom > top and len(said[column]) <= MAX_FILLED_CHARS:
                self._open.append((bottom, column, said[column]))
        del self._open[MAX_MERGED:]
        return tuple(spans)


def column_name(column: int) -> str:
    """A 0-based column as sheets name it: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def place_of(sheet: str, row: int, first: int, last: int) -> str:
    """Cells of a row as a formula names them: Sheet2!B3:D3, 'Plan B'!A1."""
    named = sheet if _PLAIN_NAME.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    begin = f"{named}!{column_name(first)}{row}"
    return begin if first == last else f"{begin}:{column_name(last)}{row}"
