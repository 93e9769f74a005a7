"""The columns of figures in a table, and what their heads say about each."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.load.pdf.breaks import Line

MAX_HEADS_CHARS = 260
MIN_SHARED = 0.3  # of the narrower of a head and a column that it is about
WHOLE = 0.06  # of the columns' width: a lone head so near to their middle is about all of them
NEAR_EM = 2.5  # of a column: a head may stand beside the figures that it is about

_FIGURE = re.compile(
    r"[$€£¥(+−–-]*(?:\d[\d.,'’]*(?:%|ppts?|pts?|bps|x|[kKmMbB]n?)?|[—–-]|[nN]/?[aAmM]\.?|\*)"
    r"[)%$€£¥*†]*(?:ppts?|pts?)?"
)
_WITH_FIGURE = re.compile(r"[$€£¥()%]+|ppts?|bps|years?|months?|days?|thousand|million|billion")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERS = re.compile(r"\S*\d\S*")
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[$€£¥%()\s]*")
_Span = tuple[float, float]
_CURRENCY = tuple("$€£¥")
_UNIT = re.compile(
    r"\((?=[^)]*(?:million|thousand|billion|percent|unaudited|[$€£¥%]|except)).*\)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one fragment of a line says."""

    x0: float
    x1: float
    y0: float
    size: float
    text: str
    is_figure: bool


def cells_of(line: Line) -> list[Cell]:
    """The line's cells from left to right, without those that hold but a currency's sign."""
    return [
        Cell(fragment.x0, fragment.x1, fragment.y0, fragment.size, text, is_figure(text))
        for (fragment, _), text in zip(line.cells, line.cell_texts(), strict=True)
        if not _SIGN.fullmatch(text)
    ]


def is_figure(text: str) -> bool:
    """Whether a cell holds numbers, amounts, shares or the dash that stands for none."""
    if text[:1].isalpha() and text[0] not in "nN":  # most words, and no figure but "N/A"
        return False
    words = [word for word in text.split() if not _WITH_FIGURE.fullmatch(word)]
    return bool(words) and all(_FIGURE.fullmatch(word) for word in words)


def is_unit(text: str) -> bool:
    """Whether a cell says what unit the figures have."""
    return _UNIT.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Whether a cell holds a year, as column heads do."""
    return _YEAR.fullmatch(text.strip()) is not None


class Columns:
    """Where the figures of a table stand: stretches that no figure joins, from left to right."""

    def __init__(self) -> None:
        self._spans: list[_Span] = []
        self._figures = self._cells = 0

    @property
    def mostly_words(self) -> bool:
        """Whether other cells than figures stand beside the labels."""
        return 2 * self._figures < self._cells

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return self._spans[0][0] if self._spans else math.inf

    def add(self, figures: Sequence[Cell], cell_count: int) -> None:
        """The figures of one more row, which has `cell_count` cells beside its label."""
        self._figures += len(figures)
        self._cells += cell_count
        for figure in figures:
            if len(_NUMBERS.findall(figure.text)) > 1:
                continue  # several columns that stand so close that they are one piece
            x0, x1 = figure.x0, figure.x1
            if figure.text.endswith(_CURRENCY):  # of the next column
                x1 = max(x0 + 0.5, x1 - 1.5 * figure.size)
            apart: list[_Span] = []
            for span in self._spans:
                if span[1] < x0 or span[0] > x1:
                    apart.append(span)
                else:
                    x0, x1 = min(x0, span[0]), max(x1, span[1])
            self._spans = sorted([*apart, (x0, x1)])

    def hold(self, figures: Sequence[Cell]) -> bool:
        """Whether figures of a row stand in these columns, as far as those are known."""
        return not self._spans or any(map(self.over, figures))

    def over(self, cell: Cell) -> bool:
        """Whether a cell stands in or over a column."""
        return any(cell.x0 < x1 and cell.x1 > x0 for x0, x1 in self._spans)

    def match(self, other: Columns) -> bool:
        """Whether these are the columns of another page's part of the table."""
        return len(self._spans) == len(other._spans) and all(
            a[0] < b[1] and b[0] < a[1] for a, b in zip(self._spans, other._spans, strict=True)
        )

    def heads(self, cells: Sequence[Cell], left: float) -> tuple[str, list[str]]:
        """What the heads say of the columns, and the units among them.

        A head over several columns is said once: "Three months: 2023 | 2022; Six months: …".
        """
        units = [cell.text for cell in cells if is_unit(cell.text)]
        if not self._spans:
            return "", units
        over: list[list[Cell]] = [[] for _ in self._spans]
        spans = list(self._spans)
        labels: list[Cell] = []
        # From the figures upward, since a head reaches as far as those below it.
        for level in _levels([cell for cell in cells if not is_unit(cell.text)]):
            for cell, places in _covered(level, spans, left):
                for place in places:
                    over[place].insert(0, cell)
                if not places:
                    labels.append(cell)
                elif len(places) == 1:
                    x0, x1 = spans[places[0]]
                    spans[places[0]] = min(x0, cell.x0), max(x1, cell.x1)
        _share_dates(over)
        labels.sort(key=lambda cell: (cell.y0, cell.x0))
        said = _joined(over)
        beside = " ".join(cell.text for cell in labels)
        return f"{beside} {said}".strip()[:MAX_HEADS_CHARS] if said else "", units


def _covered(
    level: Sequence[Cell], spans: Sequence[_Span], left: float
) -> list[tuple[Cell, list[int]]]:
    """The columns that each of the heads on one line is about."""
    places = [_under(cell, spans, left) for cell in level]
    taken = {place for own in places for place in own}
    for cell, own in zip(level, places, strict=True):
        while own and (wider := _wider(cell, own, spans, taken)):
            own[:] = wider
            taken.update(wider)
        everything = list(range(len(spans)))
        width = spans[-1][1] - spans[0][0]
        alone = bool(own) and len(level) == 1
        if alone and abs(_middle(everything, spans) - _middle_of(cell)) < WHOLE * width:
            own[:] = everything
    return list(zip(level, places, strict=True))


def _wider(cell: Cell, own: list[int], spans: Sequence[_Span], taken: set[int]) -> list[int]:
    """One or two columns more over whose middle the head stands better; empty if there are none."""
    first, last = own[0], own[-1]
    before = first > 0 and first - 1 not in taken
    after = last + 1 < len(spans) and last + 1 not in taken
    middle = _middle_of(cell)
    if before and after:
        run = [*range(first - 1, last + 2)]
        touches = cell.x0 < spans[first - 1][1] or cell.x1 > spans[last + 1][0]
        if touches and abs(_middle(run, spans) - middle) < cell.size:
            return run
    if abs(cell.x1 - spans[last][1]) < 0.3 * cell.size:  # set flush with its figures
        return []
    runs = [[*range(first - 1, last + 1)]] * before + [[*range(first, last + 2)]] * after
    off = [abs(_middle(run, spans) - middle) for run in runs]
    if off and min(off) < abs(_middle(own, spans) - middle) - 1:
        return runs[off.index(min(off))]
    return []


def _middle_of(cell: Cell) -> float:
    return (cell.x0 + cell.x1) / 2


def _middle(run: Sequence[int], spans: Sequence[_Span]) -> float:
    return (spans[run[0]][0] + spans[run[-1]][1]) / 2


def topmost(cells: Sequence[Cell]) -> list[Cell]:
    """The cells on the highest line."""
    return _levels(cells)[-1] if cells else []


def _levels(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells that stand on one line together, the lowest first."""
    levels: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: -cell.y0):
        if levels and levels[-1][0].y0 - cell.y0 < 0.5 * cell.size:
            levels[-1].append(cell)
        else:
            levels.append([cell])
    return levels


def _under(cell: Cell, spans: Sequence[tuple[float, float]], left: float) -> list[int]:
    """The columns that a head is about; none where it stands over the labels."""
    width = cell.x1 - cell.x0
    places = [
        at
        for at, (x0, x1) in enumerate(spans)
        if min(cell.x1, x1) - max(cell.x0, x0) > MIN_SHARED * min(width, x1 - x0)
    ]
    if places:
        return places
    gaps = [max(x0 - cell.x1, cell.x0 - x1) for x0, x1 in spans]
    nearest = min(range(len(gaps)), key=gaps.__getitem__)
    over_labels = cell.x1 < spans[0][0] and cell.x0 < left + 2 * cell.size
    return [] if over_labels or gaps[nearest] > NEAR_EM * cell.size else [nearest]


def _share_dates(over: list[list[Cell]]) -> None:
    """Where a head stands right above the last of some dates, give it to those before as well."""
    for at in range(len(over) - 2, -1, -1):
        own, after = over[at], over[at + 1]
        if (
            len(own) == 1
            and len(after) > 1
            and after[-1].text != own[0].text
            and _DIGIT.sub("0", after[-1].text) == _DIGIT.sub("0", own[0].text)
        ):
            over[at] = [*after[:-1], own[0]]


def _joined(over: Sequence[Sequence[Cell]]) -> str:
    groups: list[tuple[Cell, list[str]]] = []
    for heads in over:
        if not heads:
            continue
        rest = " ".join(cell.text for cell in heads[1:])
        if groups and groups[-1][0] is heads[0]:
            groups[-1][1].append(rest)
        else:
            groups.append((heads[0], [rest]))
    said: list[str] = []
    for head, rests in groups:
        below = " | ".join(filter(None, rests))
        spans = len(rests) > 1 and below
        said.append(f"{head.text}: {below}" if spans else f"{head.text} {below}".strip())
    grouped = any(len(rests) > 1 and any(rests) for _, rests in groups)
    return ("; " if grouped else " | ").join(said)
