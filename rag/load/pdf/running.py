"""Leaves out what runs along from page to page: headers, footers and page numbers.

A line at the top or bottom of a page runs along when pages nearby say the same in the same place,
up to a number that counts the pages. A text is left out only where it was said before or is said
again on its page, so that no document loses a word but its page numbers.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.load.pdf.prose import Line

WINDOW_PAGES = 6  # before and after a page that are compared with it
MIN_PAGES = 3  # of a document; shorter ones keep all they say
EDGE_ROWS = 5  # at the top and at the bottom of a page that are looked at
SAME_PLACE_PT = 4.0
LARGEST = 1.3  # times the usual size of the page; larger lines are titles
LONGEST_CHARS = 250
LONGEST_COUNTED_CHARS = 150  # of a text with a page number in it
LONGEST_BARE_CHARS = 30  # of "Page 3 of 12" in any language
MAX_PHRASES = 50_000  # remembered of a document
MAX_NUMBERS = 4  # of a line that are tried as the page's
MAX_OFFSET = 100  # between page and number in a text; other numbers count something else
FLOWS_STEP = 1.5  # times the line's height: closer lines of one width are one paragraph

_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})(?![\w]|[.,]\d)")
_WORD = re.compile(r"\w+")
_PAGE_WORDS = frozenset(
    ("page", "p", "pg", "seite", "s", "página", "pagina", "pág", "strona", "sida", "side", "стр")
)
_BARE = re.compile(
    rf"\W*(?:(?:{'|'.join(_PAGE_WORDS)})\b\.?\s*)?"
    r"(?:\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})"
    r"(?:\s*(?:of|von|sur|de|di|van|z|av|из|/)\s*\d{1,5})?\W*",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_Key = tuple[str, int]


@dataclass(slots=True)
class _Cell:
    """A piece of a line, as it is and up to each number in it that may count pages."""

    text: str
    is_bare: bool  # it looks like a page number and nothing else
    counted: list[_Key]  # text without a number, and the number's distance from the page's index


@dataclass(slots=True)
class _Row:
    """A line at the edge of its page."""

    at: int  # its index among the page's lines
    line: Line
    distance: float  # from the edge, points
    cells: list[_Cell]


@dataclass(slots=True)
class PageEdges:
    """What a page says at its top and bottom, both from the edge inward."""

    index: int  # the page's, from 0
    sides: tuple[list[_Row], list[_Row]]
    usual_size: float
    places: dict[tuple[int, str | _Key], float] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {}
        for side, rows in enumerate(self.sides):
            for row in rows:
                for cell in row.cells:
                    for key in (cell.text, *cell.counted):
                        self.places.setdefault((side, key), row.distance)


def edges_of(index: int, lines: Sequence[Line], top: float, bottom: float) -> PageEdges:
    """The edges of the page with this index; `lines` run one way, between `top` and `bottom`."""
    order = sorted(range(len(lines)), key=lambda at: lines[at].row.y0)
    usual = statistics.median(line.size for line in lines) if lines else 0.0

    def row(at: int, distance: float) -> _Row:
        return _Row(at, lines[at], distance, _cells(index, lines[at]))

    return PageEdges(
        index,
        (
            [row(at, lines[at].row.y0 - top) for at in order[:EDGE_ROWS]],
            [row(at, bottom - lines[at].row.y1) for at in order[: -EDGE_ROWS - 1 : -1]],
        ),
        usual,
    )


def _cells(index: int, line: Line) -> list[_Cell]:
    cells: list[_Cell] = []
    for said in line.cell_texts():
        bare = len(said) <= LONGEST_BARE_CHARS and _BARE.fullmatch(said) is not None
        numbers = list(_NUMBER.finditer(said)) if len(said) <= LONGEST_COUNTED_CHARS else []
        if len(numbers) > MAX_NUMBERS:
            numbers = [numbers[0], *numbers[1 - MAX_NUMBERS :]]
        counted: list[_Key] = []
        for found in numbers:
            offset = _value(found[0]) - index
            if bare or abs(offset) <= MAX_OFFSET:
                rest = f"{said[: found.start()]}#{said[found.end() :]}"
                counted.append((rest.casefold(), offset))
        cells.append(_Cell(said.casefold(), bare, counted))
    return cells


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    values = [_ROMAN[sign] for sign in number.lower()]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


def _phrase(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


class RunningLines:
    """Knows what one document has said; its pages must come in order."""

    def __init__(self, page_count: int) -> None:
        self._page_count = page_count
        self._phrases: set[str] = set()

    def learn(self, texts: Iterable[str]) -> None:
        """Take note of headings; a running line that says one of them can go."""
        if len(self._phrases) < MAX_PHRASES:
            self._phrases.update(map(_phrase, texts))

    def found_on(
        self, page: PageEdges, lines: Sequence[Line], others: Sequence[PageEdges]
    ) -> set[int]:
        """Which `lines` of a page to leave out; `others` are the pages near it."""
        if self._page_count < MIN_PAGES:
            return set()
        runs = {
            row.at: phrases
            for side in (0, 1)
            for row, phrases in _Edge(page, side, others).running(self._page_count)
        }
        body = ""
        dropped: set[int] = set()
        for at, phrases in runs.items():
            unheard = phrases - self._phrases
            if unheard and not body:
                said = (line.text for other, line in enumerate(lines) if other not in runs)
                body = f" {_phrase(' '.join(said))} "
            if all(f" {phrase} " in body for phrase in unheard) and (page.index or not phrases):
                dropped.add(at)
            self.learn(unheard)
        return dropped


class _Edge:
    """One side of a page, compared with the same side of others."""

    def __init__(self, page: PageEdges, side: int, others: Sequence[PageEdges]) -> None:
        self._page = page
        self._side = side
        self._rows = page.sides[side]
        self._others = [other.places for other in others]

    def running(self, page_count: int) -> list[tuple[_Row, set[str]]]:
        """The rows that run along with their phrases, from the edge to the first that does not."""
        found: list[tuple[_Row, set[str]]] = []
        firm = 0  # how many of them are known not to belong to the text inside of them
        for at, row in enumerate(self._rows):
            same = [self._support(cell.text, row.distance) for cell in row.cells]
            counted = [self._best_count(cell) for cell in row.cells]
            if self._tells_count(row, page_count):
                found.append((row, set()))
                firm = len(found)
                continue
            numbered = self._counts_pages(row, [count for count, _ in counted])
            repeated = self._repeats(row, list(map(max, same, [count for count, _ in counted])))
            if not numbered and (not repeated or self._heads_table(at)):
                break
            phrases = {
                _phrase(cell.text if not count or plain > count else "" if cell.is_bare else rest)
                for cell, plain, (count, rest) in zip(row.cells, same, counted, strict=True)
            }
            found.append((row, phrases - {"", *_PAGE_WORDS}))
            if numbered or not self._flows_on(at):
                firm = len(found)
        return found[:firm]

    def _counts_pages(self, row: _Row, counted: list[int]) -> bool:
        """Whether a row holds the page's number."""
        if all(cell.is_bare for cell in row.cells):
            return max(counted) >= 1
        return max(counted) >= 2 and self._is_small(row)

    def _tells_count(self, row: _Row, page_count: int) -> bool:
        """Whether a row says "Page 3 of 12" on the third of twelve pages and nothing else."""
        if not all(cell.is_bare for cell in row.cells):
            return False
        numbers = [int(number) for number in re.findall(r"\d+", row.line.text)]
        return numbers == [self._page.index + 1, page_count]

    def _repeats(self, row: _Row, support: list[int]) -> bool:
        text = row.line.text
        fits = len(text) <= LONGEST_CHARS and self._is_small(row)
        # "(in millions)" below a title says what the figures of the next table mean.
        return fits and not text.startswith("(") and min(support) >= 1 and max(support) >= 2

    def _is_small(self, row: _Row) -> bool:
        return row.line.size <= LARGEST * self._page.usual_size

    def _best_count(self, cell: _Cell) -> tuple[int, str]:
        """The most pages that say the cell up to a page number, and the cell without it."""
        support = [(self._support(key), key[0]) for key in cell.counted]
        return max(support, key=lambda found: found[0], default=(0, ""))

    def _support(self, key: str | _Key, distance: float | None = None) -> int:
        """How many other pages say the same at this edge, if need be as far from it."""
        place = (self._side, key)
        if distance is None:
            return sum(place in said for said in self._others)
        found = [said[place] for said in self._others if place in said]
        return sum(abs(other - distance) < SAME_PLACE_PT for other in found)

    def _heads_table(self, at: int) -> bool:
        """Whether a row of several cells stands above others of several cells."""
        if self._side or len(self._rows[at].cells) < 2:
            return False
        return any(len(row.cells) > 1 for row in self._rows[at + 1 : at + 3])

    def _flows_on(self, at: int) -> bool:
        """Whether a row reads on into the one inside of it, as lines of a paragraph do."""
        if at + 1 == len(self._rows):
            return False
        one, other = self._rows[at].line.row, self._rows[at + 1].line.row
        em = max(one.size, other.size)
        return (
            abs(one.y0 - other.y0) <= FLOWS_STEP * em
            and abs(one.size - other.size) < 0.05 * em
            and abs(one.x0 - other.x0) < em
            and one.x1 - one.x0 >= 0.7 * (other.x1 - other.x0)
        )
