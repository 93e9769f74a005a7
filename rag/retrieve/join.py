"""Joins what was found for reading: chunks that touch become one passage, copies are dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from rag.records import Hit

_WORD = regex.compile(r"[\p{L}\p{M}]+|\p{N}+")
_SHINGLE_WORDS = 3
_SAME = 0.9  # of the shingles


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document to be read as one; `hit` is the best one in it."""

    hit: Hit
    start: int
    end: int


def without_copies(hits: Iterable[Hit], most: int) -> list[Hit]:
    """The first `most` hits, ranked anew, without those that an earlier one says already.

    A text is said already when an earlier one has its words, each as often, in nearly the same
    order, or all of it within more: two versions of a rule that differ in a figure, a name or a
    "not" are both worth reading.
    """
    kept: list[Hit] = []
    said: list[_Said] = []
    for hit in hits:
        now = _Said.of(hit.text)
        if any(now.is_in(earlier) for earlier in said):
            continue
        said.append(now)
        kept.append(replace(hit, rank=len(kept) + 1))
        if len(kept) == most:
            break
    return kept


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says, to be compared."""

    words: Counter[str]
    shingles: frozenset[tuple[str, ...]]  # words in a row (Broder, 1997)

    @classmethod
    def of(cls, text: str) -> _Said:
        words: list[str] = _WORD.findall(text.casefold())
        rows = zip(*(words[first:] for first in range(_SHINGLE_WORDS)), strict=False)
        return cls(Counter(words), frozenset(rows) or frozenset({tuple(words)}))

    def is_in(self, other: _Said) -> bool:
        """Whether a reader of `other` learns nothing new here."""
        if self.words == other.words:
            return len(self.shingles & other.shingles) >= _SAME * len(self.shingles)
        # what was left out must not be from its midst: it may have been the "not"
        return self.words < other.words and self.shingles <= other.shingles


def join(hits: Sequence[Hit]) -> list[Passage]:
    """Passages in the order of their best hit; hits that overlap or touch are joined."""
    return _joined([Passage(hit, hit.start, hit.end) for hit in hits])


def widen(
    passages: Sequence[Passage], around: Callable[[Hit], tuple[int, int]], spare_chars: int
) -> list[Passage]:
    """Passages with what stands around them, the best ones first, while `spare_chars` last.

    Small passages are found best, and read best in what they stand in. `around` tells where that
    begins and ends for a hit, in its document's text.
    """
    wide: list[Passage] = []
    for passage in passages:
        start, end = around(passage.hit)
        wider = Passage(passage.hit, min(start, passage.start), max(end, passage.end))
        spare_chars -= (wider.end - wider.start) - (passage.end - passage.start)
        if spare_chars < 0:
            break
        wide.append(wider)
    return _joined([*wide, *passages[len(wide) :]])


def _joined(apart_or_not: Sequence[Passage]) -> list[Passage]:
    passages: list[Passage] = []
    for new in apart_or_not:
        passage = new
        apart: list[Passage] = []
        for other in passages:
            if _touch(other, passage):
                best = min(other.hit, passage.hit, key=lambda h: h.rank)
                passage = Passage(
                    best, min(other.start, passage.start), max(other.end, passage.end)
                )
            else:
                apart.append(other)
        passages = sorted([*apart, passage], key=lambda p: p.hit.rank)
    return passages


def _touch(one: Passage, other: Passage) -> bool:
    return (
        one.hit.document_id == other.hit.document_id
        and one.start <= other.end + 1
        and other.start <= one.end + 1
    )
