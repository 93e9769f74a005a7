"""Cuts documents into sections, each of which a model can be shown at once."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from rag.cancel import CancelToken
from rag.records import DocumentText
from rag.sections.borders import units_of

_SMALL = 0.5  # of a section: shorter documents share one
# The cost of a cut is a sum of these parts. A section costs a summary, whatever its size.
_SECTION_COST = 0.35
_UNEVEN_COST = 0.5  # of an empty section
_BORDER_COST = 0.8  # of a cut in the midst of a paragraph


@dataclass(frozen=True, slots=True)
class Original:
    """A document that is to be summarised, of which `start` to `end` is in scope."""

    document_id: int
    document: DocumentText
    start: int
    end: int
    head_tokens: int  # of the line above each of its stretches


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a document: `document.text[start:end]`, without white space around it."""

    document_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """What is summarised at once: a stretch of a document, or several short documents."""

    stretches: tuple[Stretch, ...]
    tokens: int  # as it is shown, with the lines above


def cut(
    originals: Sequence[Original],
    count: Callable[[str], int],
    most_tokens: int,
    cancel: CancelToken,
) -> list[Section]:
    """The sections of `originals`, in order; together they hold all of their words.

    They begin where headings and paragraphs do, never inside a sentence that fits in one, and are
    of like size. A document's sections are the same whatever others are there, unless it is short:
    then it shares one with its neighbours. Raises `Cancelled`.
    """
    sections: list[Section] = []
    cut_ones = ((o, _cut_one(o, count, most_tokens, cancel)) for o in originals)
    for is_small, group in groupby(cut_ones, key=lambda made: _is_small(made[1], most_tokens)):
        alone = [section for _, made in group for section in made]
        sections += _together(alone, most_tokens) if is_small else alone
    return sections


def _cut_one(
    original: Original, count: Callable[[str], int], most_tokens: int, cancel: CancelToken
) -> list[Section]:
    room = most_tokens - original.head_tokens
    within = (original.start, original.end)
    units = units_of(original.document, within, count, room, cancel)
    sizes = np.array([unit.tokens for unit in units], np.int64)
    costs = np.array([unit.cost for unit in units], np.float64)
    text, made = original.document.text, list[Section]()
    for first, last in best_cuts(sizes, costs, room):
        start, end = units[first].start, units[last - 1].end
        inner = text[start:end]
        start += len(inner) - len(inner.lstrip())
        if stripped := inner.strip():
            stretch = Stretch(original.document_id, start, start + len(stripped))
            tokens = int(sizes[first:last].sum()) + original.head_tokens
            made.append(Section((stretch,), tokens))
    return made


def _is_small(sections: Sequence[Section], most_tokens: int) -> bool:
    return sum(section.tokens for section in sections) <= _SMALL * most_tokens


def _together(small: Sequence[Section], most_tokens: int) -> list[Section]:
    """Short documents joined into sections."""
    sizes = np.array([section.tokens for section in small], np.int64)
    return [
        Section(
            tuple(stretch for section in small[first:last] for stretch in section.stretches),
            int(sizes[first:last].sum()),
        )
        for first, last in best_cuts(sizes, np.zeros(len(small)), most_tokens)
    ]


def best_cuts(
    sizes: NDArray[np.int64], costs: NDArray[np.float64], most: int
) -> list[tuple[int, int]]:
    """Ranges of units, none larger than `most` unless one unit is; together they are all of them.

    Few, of like size, and where `costs[n]`, of beginning a range with unit n, is low: the best of
    all choices, found as lines of a paragraph are (Knuth and Plass, 1981).
    """
    ends = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=ends[1:])
    starts = ends.tolist()
    total = np.zeros(len(ends), np.float64)  # the cost of the best cut of the units before each
    begin = np.zeros(len(ends), np.int64)
    for last in range(1, len(ends)):
        first = min(bisect.bisect_left(starts, starts[last] - most), last - 1)
        filled = (ends[last] - ends[first:last]) / most
        uneven = np.maximum(0.0, 1 - filled) ** 2
        tried = total[first:last] + _UNEVEN_COST * uneven + _BORDER_COST * costs[first:last]
        best = int(np.argmin(tried))
        total[last], begin[last] = tried[best] + _SECTION_COST, first + best
    ranges: list[tuple[int, int]] = []
    last = len(sizes)
    while last:
        ranges.append((int(begin[last]), last))
        last = int(begin[last])
    return ranges[::-1]
