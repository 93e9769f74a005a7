"""Finds the rows of tables in a text, and what heads the column of each cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from rag.cite.items import Item

_LINE = regex.compile(r"[^\n\r\f]+")
_EDGE = regex.compile(r"\||\t")
_RULE = regex.compile(r"[\s|:+=_-]+")
_LEAST_CELLS = 2  # numbers in a row at the end of a line that make it a row of a table


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table: the item that it is and, where they are known, what heads it."""

    item: int
    dates: tuple[int, ...]  # the items of the dates that head the columns of its table
    column: int  # its place among them, or among `labels`
    labels: tuple[frozenset[str], ...]  # the stems of the words that head the columns
    row: frozenset[str]  # the stems of the words that begin its row


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as a range of items, with the numbers at its end and its pieces between bars."""

    first: int
    last: int
    numbers: tuple[int, ...]
    dates: tuple[int, ...]
    pieces: tuple[tuple[int, int], ...]  # ranges of items; empty where it has no bars


class Tables:
    """The table cells of a text."""

    def __init__(self, text: str, items: Sequence[Item], starts: Sequence[int]) -> None:
        self._items = items
        self.cells: dict[int, Cell] = {}
        self.rows: dict[int, frozenset[str]] = {}  # each row's first item and what it begins with
        dates: tuple[int, ...] = ()
        labels: tuple[frozenset[str], ...] = ()
        for found in _LINE.finditer(text):
            if _RULE.fullmatch(found.group()):
                continue
            line = self._line(text, found.start(), found.end(), starts)
            if line.first >= line.last:
                continue
            if len(line.dates) >= _LEAST_CELLS and not line.numbers:
                dates, labels = line.dates, ()
            elif self._add_row(line, dates, labels):
                continue
            elif not any(self._items[i].quantity for i in range(line.first, line.last)):
                labels = self._labels(line)
                dates = () if line.pieces else dates

    def _line(self, text: str, start: int, end: int, starts: Sequence[int]) -> _Line:
        first, last = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
        at = last
        while at > first and self._items[at - 1].quantity is not None:
            at -= 1
        run = range(at, last)
        are_dates = bool(run) and all(_is_date(self._items[i]) for i in run)
        pieces: list[tuple[int, int]] = []
        if _EDGE.search(text, start, end):
            edges = [start, *(f.end() for f in _EDGE.finditer(text, start, end)), end]
            if not text[start : edges[1]].strip(" |\t"):
                edges = edges[1:]
            pieces = [
                (bisect_right(starts, a - 1), bisect_right(starts, b - 1))
                for a, b in pairwise(edges)
                if text[a:b].strip()
            ]
        return _Line(
            first,
            last,
            () if are_dates else tuple(run),
            tuple(run) if are_dates else (),
            tuple(pieces),
        )

    def _labels(self, line: _Line) -> tuple[frozenset[str], ...]:
        if line.pieces:
            return tuple(
                frozenset(self._items[i].token.stem for i in range(a, b)) for a, b in line.pieces
            )
        return tuple(frozenset((self._items[i].token.stem,)) for i in range(line.first, line.last))

    def _beginning(self, first: int, last: int) -> frozenset[str]:
        return frozenset(i.token.stem for i in self._items[first:last] if i.is_content)

    def _add_row(
        self, line: _Line, dates: tuple[int, ...], labels: tuple[frozenset[str], ...]
    ) -> bool:
        """Keep the cells of a row; tells whether the line is one."""
        if line.pieces:
            heads = labels if len(labels) == len(line.pieces) else ()
            row = self._beginning(*line.pieces[0])
            numbered = False
            for column, (a, b) in enumerate(line.pieces):
                for item in range(a, b):
                    if column and self._items[item].quantity is not None:
                        numbered = True
                        self.cells[item] = Cell(item, (), column, heads, row)
            if numbered:
                self.rows[line.first] = row
            return numbered
        if len(line.numbers) < _LEAST_CELLS or line.numbers[0] == line.first:
            return False
        beside = len(line.numbers) - len(labels)
        heads = labels if beside in (0, -1) else ()
        columns = dates if len(line.numbers) >= len(dates) else ()
        row = self._beginning(line.first, line.numbers[0])
        self.rows[line.first] = row
        for column, item in enumerate(line.numbers):
            known = columns if column < len(columns) else ()
            self.cells[item] = Cell(item, known, column - beside if heads else column, heads, row)
        return True


def _is_date(item: Item) -> bool:
    return item.quantity is not None and item.quantity.year > 0
