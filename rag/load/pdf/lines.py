"""Characters become words, words become fragments, and fragments that share a line become rows.

Coordinates here run onward and down along the text, whichever way it is turned on the page;
those of text that runs from right to left are mirrored.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rag.load.pdf.characters import LAST_CODE, LINE_END_HYPHEN, TextPage, code_table

CELL_GAP = 1.3  # em: a wider gap on one line separates columns or table cells
SPACE_GAP = 0.12  # em: a wider gap separates words
LARGEST_STEP = 8.0  # times: a word so much larger, as a watermark, is no part of a line
SAME_PLACE = 0.25  # points: a word drawn again no farther off stands there already

_IS_SPACE = code_table(
    [*range(9, 14), 0, 32, 133, 160, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x3000]
)


@dataclass(slots=True)
class Fragment:
    """Words that follow each other on a line without a wide gap.

    `parts` are (first glyph, glyph after the last, a space comes before) in reading order.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    parts: list[tuple[int, int, bool]]

    @property
    def size(self) -> float:
        """The height of its line."""
        return self.y1 - self.y0

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.parts)


@dataclass(slots=True)
class Row:
    """Fragments side by side on one line, in reading order; at least one."""

    fragments: list[Fragment]
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        """Bring the row's box up to date with its fragments."""
        if len(self.fragments) == 1:
            only = self.fragments[0]
            self.x0, self.y0, self.x1, self.y1 = only.x0, only.y0, only.x1, only.y1
            return
        self.x0 = min(f.x0 for f in self.fragments)
        self.x1 = max(f.x1 for f in self.fragments)
        tallest = max(self.fragments, key=lambda f: f.words)
        self.y0, self.y1 = tallest.y0, tallest.y1

    @property
    def size(self) -> float:
        """The height of the line."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Layer:
    """The rows that run one way, and where the shown page begins and ends along their lines."""

    rows: list[Row]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Words:
    """Runs of characters without a space, one entry per word."""

    first: NDArray[np.int64]
    after: NDArray[np.int64]
    line: NDArray[np.int64]  # pdfium's line, rising
    boxes: NDArray[np.float64]  # (n, 4): x0, y0, x1, y1


def layers_of(page: TextPage) -> list[Layer]:
    """The page's rows in pdfium's order, one layer for each direction in which text runs."""
    left, top, right, bottom = page.bounds()
    frame = np.array([[left, -top, right, -bottom]])
    words = _once(_shown(_words(page), frame[0]), page.codes)
    if not len(words.first):
        return []
    starts = np.flatnonzero(np.diff(words.line, prepend=-1))
    turns = [round(math.degrees(a)) % 360 for a in page.angles(words.first[starts].tolist())]
    per_word = np.repeat(turns, np.diff(np.append(starts, len(words.first))))
    layers: list[Layer] = []
    for turn in dict.fromkeys(turns):
        chosen = np.flatnonzero(per_word == turn)
        boxes = _turned(words.boxes[chosen], turn)
        backwards = _is_rtl(page.codes[words.first[chosen]])
        if backwards.mean() > 0.5:  # from right to left: lay it out as in a mirror
            boxes = boxes[:, [2, 1, 0, 3]] * [-1, 1, -1, 1]
            backwards = ~backwards
        rows = _rows(_fragments(words, chosen, boxes, backwards))
        begin, end = cast("tuple[float, float]", _turned(frame, turn)[0, [1, 3]].tolist())
        layers.append(Layer(rows, begin, end))
    return layers


def _shown(words: _Words, frame: NDArray[np.float64]) -> _Words:
    """The words inside the page's frame; printers' marks stand outside, where nobody sees them."""
    x = (words.boxes[:, 0] + words.boxes[:, 2]) / 2
    y = (words.boxes[:, 1] + words.boxes[:, 3]) / 2
    inside = (x > frame[0]) & (x < frame[2]) & (y > frame[1]) & (y < frame[3])
    if inside.all() or not inside.any():
        return words
    return _chosen(words, inside)


def _once(words: _Words, codes: NDArray[np.int64]) -> _Words:
    """The words without those that are drawn once more where they stand already."""
    places = np.round(words.boxes / SAME_PLACE).astype(np.int64)
    keys = places @ np.array([1, 1 << 20, 1 << 40, 1 << 10])  # few other words share one
    if len(np.unique(keys)) == len(keys):
        return words
    seen: set[tuple[int, bytes]] = set()
    new = np.ones(len(keys), dtype=np.bool_)
    for at, key in enumerate(keys.tolist()):
        one = key, codes[words.first[at] : words.after[at]].tobytes()
        new[at] = one not in seen
        seen.add(one)
    return _chosen(words, new)


def _chosen(words: _Words, mask: NDArray[np.bool_]) -> _Words:
    return _Words(words.first[mask], words.after[mask], words.line[mask], words.boxes[mask])


def _words(page: TextPage) -> _Words:
    codes = page.codes
    solid = ~_IS_SPACE[np.minimum(codes, LAST_CODE)]
    split = codes == LINE_END_HYPHEN  # no line end is told after it
    first = np.flatnonzero(solid & ~np.concatenate(([False], (solid & ~split)[:-1])))
    after = np.flatnonzero(solid & ~np.concatenate(((solid & ~_after(split))[1:], [False]))) + 1
    if not len(first):
        return _Words(first, after, first, np.zeros((0, 4)))
    newlines = np.cumsum((codes == 10) | (codes == 13) | _after(split), dtype=np.int64)
    ends = page.boxes_of(np.concatenate((first, after - 1))).astype(np.float64)
    begin, end = np.split(ends, 2)
    left, right = np.minimum(begin, end), np.maximum(begin, end)
    # What is raised or lowered is also smaller: the taller end stands on the line.
    taller = np.where((begin[:, 1] - begin[:, 3] >= end[:, 1] - end[:, 3])[:, None], begin, end)
    boxes = np.stack([left[:, 0], -taller[:, 1], right[:, 2], -taller[:, 3]], axis=1)
    return _Words(first, after, newlines[first], boxes)


def _after(split: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the character before was one of `split`."""
    return np.concatenate(([False], split[:-1]))


def _turned(boxes: NDArray[np.float64], degrees: int) -> NDArray[np.float64]:
    """Boxes seen so that text which runs at `degrees` clockwise runs to the right."""
    if degrees == 0 or not len(boxes):
        return boxes
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    if abs(sin) > abs(cos):
        width, height = height, width
    x, y = x * cos + y * sin, y * cos - x * sin
    return np.stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2], axis=1)


def _is_rtl(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    return ((codes >= 0x590) & (codes < 0x900)) | ((codes >= 0xFB1D) & (codes < 0xFEFF))


def _fragments(
    words: _Words,
    chosen: NDArray[np.int64],
    boxes: NDArray[np.float64],
    backwards: NDArray[np.bool_],
) -> list[Fragment]:
    """Join words of a line, and what pdfium broke off it, such as a raised figure."""
    first, after = words.first[chosen], words.after[chosen]
    line = words.line[chosen]
    starts = _run_starts(boxes, line, backwards)
    begins = cast("list[int]", starts.tolist())
    firsts = cast("list[int]", first.tolist())
    afters = cast("list[int]", after.tolist())
    parts: list[tuple[int, int, bool]] = list(
        zip(firsts, afters, itertools.repeat(True), strict=False)
    )
    fragments: list[Fragment] = []
    last = Fragment(0, 0, 0, 0, [])
    weight = 0  # characters that stand where `last` says it stands
    begin: int
    same: bool
    for begin, end, x0, x1, y0, y1, chars, same, is_backwards in zip(
        begins,
        [*begins[1:], len(parts)],
        np.minimum.reduceat(boxes[:, 0], starts).tolist(),
        np.maximum.reduceat(boxes[:, 2], starts).tolist(),
        boxes[starts, 1].tolist(),
        boxes[starts, 3].tolist(),
        np.add.reduceat(after - first, starts).tolist(),
        (np.diff(line, prepend=-1)[starts] == 0).tolist(),
        backwards[starts].tolist(),
        strict=True,
    ):
        height, last_height = y1 - y0, last.y1 - last.y0
        smaller, em = (height, last_height) if height < last_height else (last_height, height)
        overlap = min(last.y1, y1) - max(last.y0, y0)
        gap = x0 - last.x1 if x0 > last.x0 else last.x0 - x1
        if (
            last.parts
            and overlap >= 0.5 * smaller
            and em <= LARGEST_STEP * smaller
            and gap < (CELL_GAP if same else 0.6 if is_backwards else 0.45) * em
            and (is_backwards or x0 >= last.x1 - 0.4 * em or (same and last.x0 < x0))
        ):
            spaced = bool(same or gap > SPACE_GAP * em)
            last.parts.append((firsts[begin], afters[begin], spaced))
            last.parts += parts[begin + 1 : end]
            last.x0, last.x1 = min(last.x0, x0), max(last.x1, x1)
            if abs(height - last_height) < 0.1 * em:
                weight += chars
            elif chars > weight:  # what is set smaller or larger must not move the line
                weight = chars
                last.y0, last.y1 = y0, y1
            continue
        last = Fragment(x0, y0, x1, y1, [(firsts[begin], afters[begin], False)])
        last.parts += parts[begin + 1 : end]
        fragments.append(last)
        weight = chars
    return fragments


def _run_starts(
    boxes: NDArray[np.float64], line: NDArray[np.int64], backwards: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Where words begin that do not plainly follow the one before on its line."""
    x0, y0, x1, y1 = boxes.T
    em = np.maximum(y1 - y0, 1e-3)
    plain = np.zeros(len(boxes), dtype=np.bool_)
    gap = x0[1:] - x1[:-1]
    plain[1:] = (
        (line[1:] == line[:-1])
        & (np.abs(y0[1:] - y0[:-1]) < 0.05 * em[1:])
        & (np.abs(em[1:] - em[:-1]) < 0.05 * em[1:])
        & (gap > -0.4 * em[1:])
        & (gap < CELL_GAP * em[1:])
        & ~backwards[1:]
        & ~backwards[:-1]
    )
    return np.flatnonzero(~plain)


def _rows(fragments: list[Fragment]) -> list[Row]:
    """Put fragments that follow each other onward on one line into one row."""
    rows: list[Row] = []
    for fragment in fragments:
        if rows:
            last = rows[-1].fragments[-1]
            if fragment.x0 >= last.x1 - 1 and same_line(last, fragment, 0.4):
                rows[-1].fragments.append(fragment)
                continue
        rows.append(Row([fragment]))
    for row in rows:
        if len(row.fragments) > 1:
            row.measure()
    return rows


def same_line(a: Fragment | Row, b: Fragment | Row, share: float = 0.6) -> bool:
    """Whether two pieces of text stand on one line: they share this much of their height."""
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return overlap >= share * min(a.y1 - a.y0, b.y1 - b.y0)
