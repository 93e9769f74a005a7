"""Decides what separates two lines: nothing, a space, a new line, or a new paragraph."""

from __future__ import annotations

import itertools
import re
import statistics
from array import array
from collections import defaultdict
from dataclasses import dataclass

from rag.load.glyphs import INSERTED
from rag.load.pdf.lines import Fragment, Row

WINDOW_ROWS = 3  # rows before and after that show how wide a narrow block is
MIN_FULL_ROWS = 3  # that end together make the edge of a column
MIN_NARROW_ROWS = 4  # that end closely together make the edge of a narrow block
PARAGRAPH_STEP = 1.3  # times the usual distance of lines

_TERMINAL = (".", "!", "?", ":", ";", "。", "！", "？", "：")
_CLOSING = "”’\"')]»"
_BULLET = re.compile(
    r"[•▪■●◦‣∙○□▸►✓➢❖]|[–—*-] "
    r"|\((?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\) ?|(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)] "
)
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.)+$")


@dataclass(slots=True)
class Line:
    """A row with its text."""

    row: Row
    text: str
    glyphs: array[int]  # which the garbage collector need not look through
    size: float
    cells: list[tuple[Fragment, int]]  # what it is made of, and where in the text that begins
    is_bold: bool = False  # its first character is; asked only where it could be a heading's
    hyphen: str = ""  # left off the end of the text, since it may split a word
    hyphen_glyph: int = INSERTED

    def cell_texts(self) -> list[str]:
        """What its fragments say."""
        starts = [start for _, start in self.cells]
        ends = [*(start - 1 for start in starts[1:]), len(self.text)]
        return [self.text[start:end] for start, end in zip(starts, ends, strict=True)]

    @property
    def left(self) -> float:
        """Where its last fragment begins."""
        return self.row.fragments[-1].x0


class Breaks:
    """Knows the margins and line distances of one page."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._steps = _usual_steps(lines)
        self._ends: dict[tuple[int, int], list[float]] = defaultdict(list)
        for line in lines:
            self._ends[_column(line)].append(line.row.x1)
        self._edges: dict[tuple[int, int], tuple[float, int]] = {}

    def before(self, at: int, *, in_paragraph: bool) -> str:  # noqa: PLR0911 - a list of cases
        """What stands before line `at` (not the first): "", " ", "\\n" or "\\n\\n"."""
        above, below = self._lines[at - 1], self._lines[at]
        step = below.row.y0 - above.row.y0
        usual = self._steps.get(_kind(below), 1.2 * below.size)
        space = "" if _is_cjk(above.text[-1]) and _is_cjk(below.text[0]) else " "
        if not _similar_size(above, below, step, usual):
            return "\n\n"
        if -0.7 * below.size < step < 0.3 * below.size:  # beside, not below
            return space if below.row.x0 >= above.row.x1 - 1 else "\n"
        if step < 0 or step > 4 * below.size:
            return space if _goes_on_elsewhere(above, below) else "\n\n"
        if step > PARAGRAPH_STEP * usual:
            return "\n\n"
        if _is_item(below.text) and not self._is_item_by_chance(at):
            return "\n"
        in_table = len(above.row.fragments) > 1 or len(below.row.fragments) > 1
        wrapped = self._is_wrapped_cell(at, usual) or self._is_wrapped_label(at)
        if wrapped if in_table else self._goes_on(at):
            return space
        return "\n\n" if in_paragraph and not in_table else "\n"

    def _goes_on(self, at: int) -> bool:
        """Whether a paragraph goes on from the line above to line `at`, directly below."""
        above, below = self._lines[at - 1], self._lines[at]
        em = below.size
        indent = below.row.x0 - above.row.x0
        if min(above.row.x1, below.row.x1) <= max(above.row.x0, below.row.x0):
            return False
        if indent > 0.8 * em and not _unended(above):
            return False  # a new paragraph
        starts_small = below.text[0].islower()
        if above.hyphen and starts_small:
            return True
        wordy = above.text.count(" ") >= 4
        if (wordy or not below.text[0].isupper() or not _unended(above)) and self._fills_column(at):
            return True
        goes_on = starts_small and _unended(above)
        return goes_on and (self._is_full(at) or (-0.5 * em < indent < 2.5 * em and wordy))

    def _is_item_by_chance(self, at: int) -> bool:
        """Whether a line only looks like a list item, as a sentence may end in a number."""
        above, below = self._lines[at - 1], self._lines[at]
        in_sentence = _unended(above) and not _is_item(above.text)
        return in_sentence and below.text[0].isalnum() and self._fills_column(at)

    def _is_wrapped_cell(self, at: int, usual: float) -> bool:
        """Whether line `at` is the rest of the last table cell above."""
        above, below = self._lines[at - 1], self._lines[at]
        aligned = abs(above.left - below.row.x0) < 0.4 * below.size
        if len(below.row.fragments) > 1 or not aligned or not _unended(above):
            return False
        closer = below.row.y0 - above.row.y0 < 0.85 * usual  # than the table's rows
        return closer or below.text[0].islower() or self._is_full(at)

    def _is_wrapped_label(self, at: int) -> bool:
        """Whether line `at` has a row's figures beside the rest of a label that begins above."""
        above, below = self._lines[at - 1], self._lines[at]
        alone = len(above.row.fragments) == 1 and len(below.row.fragments) > 1
        indent = below.row.x0 - above.row.x0
        ended = not _unended(above) and not _ABBREVIATED.search(above.text)
        if not alone or ended or not -0.5 * below.size < indent < 2.5 * below.size:
            return False
        if not _same_size(above, below) or above.row.x1 > below.row.x1:
            return False
        first = below.text[0]
        return first.islower() or (not first.isupper() and self._labels_fill(at))

    def _labels_fill(self, at: int) -> bool:
        """Whether the label above line `at` is as long as any near it."""
        above = self._lines[at - 1]
        labels = [line.row.fragments[0].x1 for line in self._near(at)]
        return above.row.x1 >= max(labels, default=0) - 1

    def _fills_column(self, at: int) -> bool:
        """Whether the line above ends where its column does, or its narrow block."""
        above = self._lines[at - 1]
        right, rows = self._edge(above)
        needed = self._needed(at)
        if rows >= MIN_FULL_ROWS and right - above.row.x1 < needed:
            return True
        near = self._near(at)
        narrow = max(line.row.x1 for line in near)
        close = sum(line.row.x1 > narrow - 1.5 * above.size for line in near)
        prose = sum(not line.text[0].isupper() for line in near) >= 0.5 * len(near)
        return prose and close >= MIN_NARROW_ROWS and narrow - above.row.x1 < needed

    def _is_full(self, at: int) -> bool:
        """Whether the next word would have made the line above longer than those around it."""
        right = max(line.row.x1 for line in self._near(at))
        return right - self._lines[at - 1].row.x1 < self._needed(at)

    def _needed(self, at: int) -> float:
        """The room that the first word of line `at` takes, with a space."""
        below = self._lines[at]
        word_chars = 1 if _is_cjk(below.text[0]) else len(below.text.split(" ", 1)[0])
        return (word_chars + 0.7) * (below.row.x1 - below.row.x0) / max(1, len(below.text))

    def _near(self, at: int) -> list[Line]:
        """The lines like the one above line `at` that stand around it, that one among them."""
        above = self._lines[at - 1]
        return [
            line
            for line in self._lines[max(0, at - 1 - WINDOW_ROWS) : at + WINDOW_ROWS]
            if abs(line.left - above.left) < 3 * above.size and _same_size(line, above)
        ]

    def _edge(self, line: Line) -> tuple[float, int]:
        """The right edge of the column a line is in, and how many of its lines reach it."""
        size, left = key = _column(line)
        if key not in self._edges:
            ends = [x1 for side in (-1, 0, 1) for x1 in self._ends.get((size, left + side), ())]
            right = max(ends)
            self._edges[key] = right, sum(x1 > right - 4 * line.size for x1 in ends)
        return self._edges[key]


def _column(line: Line) -> tuple[int, int]:
    """Lines of a size that begin about 2 em apart at most are in the same or adjacent places."""
    size = round(line.size)
    return size, int(line.left // (2 * max(1, size)))


def _kind(line: Line) -> tuple[int, bool]:
    """What has its own usual distance: a type size, in text or in tables."""
    return round(line.size), len(line.row.fragments) > 1


def _usual_steps(lines: list[Line]) -> dict[tuple[int, bool], float]:
    """The usual distance between lines, by their kind."""
    steps: dict[tuple[int, bool], list[float]] = defaultdict(list)
    for above, below in itertools.pairwise(lines):
        step = below.row.y0 - above.row.y0
        if 0.5 * below.size < step < 2.4 * below.size and _kind(above) == _kind(below):
            steps[_kind(below)].append(step)
    return {kind: statistics.median_low(found) for kind, found in steps.items()}


def _same_size(a: Line, b: Line) -> bool:
    return max(a.size, b.size) <= 1.13 * min(a.size, b.size)


def _similar_size(above: Line, below: Line, step: float, usual: float) -> bool:
    """The same size, or another font in the midst of a paragraph."""
    if _same_size(above, below):
        return True
    in_step = abs(step - usual) < 0.12 * usual and below.text[0].islower() and _unended(above)
    return in_step and max(above.size, below.size) <= 1.35 * min(above.size, below.size)


def _goes_on_elsewhere(above: Line, below: Line) -> bool:
    """Whether a paragraph goes on at the top of the next column."""
    if len(above.row.fragments) > 1 or len(below.row.fragments) > 1 or not below.text[0].islower():
        return False
    wordy = above.text.count(" ") >= 3 and below.text.count(" ") >= 2
    return bool(above.hyphen) or (_unended(above) and wordy)


def _unended(line: Line) -> bool:
    return not line.text.rstrip(_CLOSING).endswith(_TERMINAL)


def _is_item(text: str) -> bool:
    return _BULLET.match(text) is not None


def _is_cjk(character: str) -> bool:
    code = ord(character)
    return 0x2E80 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0xFF00 <= code < 0xFFF0
