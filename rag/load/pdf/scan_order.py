"""Puts the lines recognised on a scan into reading order, which no file tells.

Where a gutter divides lines of prose, its columns are read one after the other; everything else is
read in rows across the page, as tables are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.load.pdf.lines import Fragment, Row, same_line
from rag.load.pdf.order import TextOf

MIN_GUTTER = 0.5  # em
MIN_VOTES = 3  # lines that a gutter divides
CROSSES = 0.2  # em, by which a line reaches over a gutter on both sides
MIN_ROWS = 2  # of a column,
MIN_MANY_ROWS = 4  # of the longer one of two
MIN_CHARS = 18  # mean of a column's pieces; table cells have fewer
MIN_CJK_CHARS = 8
MIN_LETTERS = 0.6  # share of a column's characters
SIZE_STEP = 1.09  # heights this close are of one type size, however they were measured
BODY_RANGE = 1.22  # times smaller or larger than the usual height is the usual height

_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")


def reading_order(fragments: Sequence[Fragment], text_of: TextOf) -> list[Row]:
    """The rows of a page, level and upright, in the order in which a person reads them."""
    even_out(fragments)
    return _ordered(list(fragments), text_of)


def even_out(fragments: Sequence[Fragment]) -> None:
    """Give lines of one type size one height; a box is lower where no letter reaches high."""
    heights = sorted(fragment.size for fragment in fragments for _ in fragment.parts)
    if not heights:
        return
    body = heights[len(heights) // 2]
    groups: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: f.size):
        if body / BODY_RANGE <= fragment.size <= body * BODY_RANGE:
            _set_size(fragment, body)
        elif groups and fragment.size <= SIZE_STEP * groups[-1][0].size:
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
    for group in groups:
        size = group[len(group) // 2].size
        for fragment in group:
            _set_size(fragment, size)


def _set_size(fragment: Fragment, size: float) -> None:
    middle = (fragment.y0 + fragment.y1) / 2
    fragment.y0, fragment.y1 = middle - size / 2, middle + size / 2


def _ordered(fragments: list[Fragment], text_of: TextOf) -> list[Row]:
    gutter = _gutter(fragments)
    if gutter is None:
        return _rows(fragments)
    ordered: list[Row] = []
    for run in _runs(fragments, gutter):
        left = [f for f in run if (f.x0 + f.x1) / 2 < gutter]
        right = [f for f in run if (f.x0 + f.x1) / 2 >= gutter]
        if _is_columns(left, right, text_of):
            ordered += _ordered(left, text_of) + _ordered(right, text_of)
        else:
            ordered += _rows(run)
    return ordered


def _gutter(fragments: Sequence[Fragment]) -> float | None:
    """Where the page is white between most neighbours on a line; None where too few have any."""
    ends: list[tuple[float, int]] = []
    for fragment in fragments:
        beside = [
            other.x0
            for other in fragments
            if other.x0 > fragment.x1 - 1 and same_line(fragment, other, 0.3)
        ]
        if beside and min(beside) - fragment.x1 >= MIN_GUTTER * fragment.size:
            ends += [(fragment.x1, 1), (min(beside), -1)]
    ends.sort()
    most = depth = 0
    best: float | None = None
    for at, (x, step) in enumerate(ends[:-1]):
        depth += step
        if depth > most:
            most, best = depth, (x + ends[at + 1][0]) / 2
    return best if most >= MIN_VOTES else None


def _runs(fragments: Sequence[Fragment], gutter: float) -> list[list[Fragment]]:
    """From top to bottom the lines that the gutter divides, and those that reach over it."""
    runs: list[list[Fragment]] = []
    was_over: bool | None = None
    for fragment in sorted(fragments, key=lambda f: f.y0 + f.y1):
        reach = CROSSES * fragment.size
        is_over = fragment.x0 < gutter - reach and fragment.x1 > gutter + reach
        if is_over is not was_over:
            runs.append([])
            was_over = is_over
        runs[-1].append(fragment)
    return runs


def _is_columns(left: list[Fragment], right: list[Fragment], text_of: TextOf) -> bool:
    """Whether both sides of a gutter are prose."""
    if not left or not right:
        return False
    sides = (_rows(left), _rows(right))
    if min(map(len, sides)) < MIN_ROWS or max(map(len, sides)) < MIN_MANY_ROWS:
        return False
    return all(_is_prose(side, text_of) for side in sides)


def _is_prose(rows: list[Row], text_of: TextOf) -> bool:
    text = "".join(text_of(fragment) for row in rows for fragment in row.fragments)
    letters = sum(character.isalpha() for character in text)
    enough = MIN_CJK_CHARS if len(_CJK.findall(text)) > letters / 2 else MIN_CHARS
    cells = sum(len(row.fragments) for row in rows)
    return len(text) >= enough * cells and letters >= MIN_LETTERS * len(text.replace(" ", ""))


def _rows(fragments: Sequence[Fragment]) -> list[Row]:
    """Fragments side by side in rows, from top to bottom."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: f.y0 + f.y1):
        home = next((row for row in reversed(rows[-3:]) if _fits(row, fragment)), None)
        if home is None:
            rows.append([fragment])
        else:
            home.append(fragment)
    return [Row(sorted(row, key=lambda f: f.x0)) for row in rows]


def _fits(row: list[Fragment], fragment: Fragment) -> bool:
    return same_line(row[0], fragment, 0.5) and all(
        fragment.x0 >= other.x1 - 1 or fragment.x1 <= other.x0 + 1 for other in row
    )
