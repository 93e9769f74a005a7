"""Characters of a quote become stretches of lines, each with the box that is to be seen on it.

Coordinates here are the page's own: points, y upwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap

from rag.load.pdf.characters import TextPage

MERGE_GAP = 2.5  # of a character's height: a wider gap on one line leaves two boxes
MERGE_GROWTH = 3.0  # times: text so much larger than its neighbour is no part of its line
WORD_GAP = 0.35  # of it: in a wider gap something may stand that is not in the quote
INK_ROOM = 0.05  # of a line's height, left around the ink of its words
INSET = 0.05  # of it, by which a box begins later and ends earlier than its words

OBLIQUE = 0.1  # the sine of what a line may slant
STACKED_SHARE = 0.8  # of their width that characters of a column share,
STACKED_GAP = 0.35  # and how far apart they may be, in their height

_STEPS_ACROSS = (0.3, 0.5, 0.7, 0.85)  # of a line's height, where a gap is looked at

ShowsAt = Callable[[float, float], bool]
Edges = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters side by side on a line: as high as the line, and what is drawn of them.

    Both run from low to high `along` the line and `across` it.
    """

    along: tuple[float, float]
    across: tuple[float, float]
    ink_along: tuple[float, float]
    ink_across: tuple[float, float]
    sideways: bool  # the line runs up or down the page

    @classmethod
    def of(cls, line: Edges, ink: Edges, *, sideways: bool) -> Stretch:
        """A single character."""
        x, y = _sorted(line[0], line[2]), _sorted(line[1], line[3])
        ink_x, ink_y = _sorted(ink[0], ink[2]), _sorted(ink[1], ink[3])
        return cls(y, x, ink_y, ink_x, True) if sideways else cls(x, y, ink_x, ink_y, False)

    @property
    def height(self) -> float:
        """The line's."""
        return self.across[1] - self.across[0]

    def is_followed_by(self, other: Stretch, shows_at: ShowsAt) -> bool:
        """Whether `other` stands beside it on its line, with nothing strange between them."""
        if self.sideways is not other.sideways:
            return False
        height, taller = sorted((self.height, other.height))
        shared = min(self.across[1], other.across[1]) - max(self.across[0], other.across[0])
        gap = max(other.along[0] - self.along[1], self.along[0] - other.along[1])
        return (
            taller <= MERGE_GROWTH * max(height, 1)
            and shared >= 0.5 * height
            and gap <= MERGE_GAP * max(height, 1)
            and (gap <= WORD_GAP * height or not any(starmap(shows_at, self._points_before(other))))
        )

    def stands_on(self, other: Stretch) -> bool:
        """Whether `other` is right below it and as wide, as in a column that is read downwards."""
        widths = sorted((self.along[1] - self.along[0], other.along[1] - other.along[0]))
        shared = min(self.along[1], other.along[1]) - max(self.along[0], other.along[0])
        gap = abs(self.across[0] - other.across[1])
        return (
            not (self.sideways or other.sideways)
            and shared >= STACKED_SHARE * widths[1]
            and gap <= STACKED_GAP * other.height
        )

    def turned(self) -> Stretch:
        """The same as a stretch of a line that runs across its own."""
        return Stretch(self.across, self.along, self.ink_across, self.ink_along, not self.sideways)

    def with_(self, other: Stretch) -> Stretch:
        """Both as one."""
        return Stretch(
            _around(self.along, other.along),
            _around(self.across, other.across),
            _around(self.ink_along, other.ink_along),
            _around(self.ink_across, other.ink_across),
            self.sideways,
        )

    def hugged(self) -> Edges:
        """A box around it that leaves out the lines above and below, and the words beside."""
        (low, high), (begin, end) = self.across, self.along
        (ink_low, ink_high), (ink_begin, ink_end) = self.ink_across, self.ink_along
        if low <= ink_low < ink_high <= high:
            room = INK_ROOM * self.height
            low, high = max(low, ink_low - room), min(high, ink_high + room)
        inset = INSET * min(self.height, end - begin)
        begin = min(begin + inset, max(begin, ink_begin))
        end = max(end - inset, min(end, ink_end))
        if self.sideways:
            return low, end, high, begin
        return begin, high, end, low

    def _points_before(self, other: Stretch) -> Iterator[tuple[float, float]]:
        """Points in the gap before `other`, or before this one where the text runs backwards."""
        first, second = sorted((self, other), key=lambda stretch: stretch.along[0])
        begin, end = first.along[1], second.along[0]
        low, high = self.across if self.height <= other.height else other.across
        steps = max(1, math.ceil((end - begin) / (WORD_GAP * (high - low))))
        for step in range(steps):
            at = begin + (end - begin) * (step + 0.5) / steps
            for share in _STEPS_ACROSS:
                across = low + share * (high - low)
                yield (across, at) if self.sideways else (at, across)


def lines_over(page: TextPage, glyphs: Sequence[int]) -> list[Stretch]:
    """The characters, in reading order, joined where they stand side by side on a line."""

    def shows_another(x: float, y: float) -> bool:
        found = page.shows_at(x, y)
        return found is not None and found not in quoted

    quoted = frozenset(glyphs)
    last: Stretch | None = None  # the character before
    lines: list[Stretch] = []
    boxes: list[Edges] = page.boxes_of(glyphs).tolist()
    inks: list[Edges] = page.ink_of(glyphs).tolist()
    for box, ink, angle in zip(boxes, inks, page.angles(glyphs), strict=True):
        if not any(box):
            continue
        across, along = abs(math.sin(angle)), abs(math.cos(angle))
        if min(across, along) > OBLIQUE:  # a box around a slanting line would cover the others
            lines.append(Stretch.of(ink if any(ink) else box, ink, sideways=False))
            last = None
            continue
        one = Stretch.of(box, ink, sideways=across > along)
        if last and lines[-1].is_followed_by(one, shows_another):
            lines[-1] = lines[-1].with_(one)
        elif last and last.stands_on(one) and _is_column(lines[-1], last):
            column = lines[-1] if lines[-1].sideways else last.turned()
            lines[-1] = column.with_(one.turned())
        else:
            lines.append(one)
        last = one
    return lines


def _is_column(line: Stretch, last: Stretch) -> bool:
    """Whether `line`, which ends in the character `last`, is that alone or a column of such."""
    return line.sideways or line == last


def _sorted(a: float, b: float) -> tuple[float, float]:
    return (a, b) if a <= b else (b, a)


def _around(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return min(a[0], b[0]), max(a[1], b[1])
