"""Picks over all passages the one span that is likely what a question asks for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rag.extract.values import Extractor, Source, Value
from rag.extract.wanted import wanted

SHOWN = 0.6  # a span is told where it answers with at least this chance
_MARKED = 0.3  # and marked in its passage
_MOST_MARKED = 3  # in one passage
_LOOKED_AT = 10  # passages


@dataclass(frozen=True, slots=True)
class Likeliest:
    """The span that likely answers: `sources[source].text[value.start:value.end]`."""

    source: int
    value: Value
    chance: float  # 0..1, against all other passages too


@dataclass(frozen=True, slots=True)
class LikelyWords:
    """What a question's passages hold of what it asks for."""

    likeliest: Likeliest | None  # None where no passage clearly holds it
    marks: tuple[tuple[tuple[int, int], ...], ...]  # spans in each source's text, rising


def likely_words(question: str, sources: Sequence[Source], trust: float = 1.0) -> LikelyWords:
    """The likely answer words in `sources`, which are in the order of a search, best first.

    `trust` is the chance (0..1) that they hold the answer at all, as the search sees it.
    """
    nothing = LikelyWords(None, ((),) * len(sources))
    asked = wanted(question)
    if asked is None or not sources:
        return nothing
    extractor = Extractor(asked, sources[:_LOOKED_AT])
    values = [extractor.values(number) for number in range(len(sources[:_LOOKED_AT]))]
    marks = [_marks(found) for found in values]
    return LikelyWords(_likeliest(values, trust), (*marks, *((),) * (len(sources) - len(marks))))


def _marks(values: Sequence[Value]) -> tuple[tuple[int, int], ...]:
    best = [v for v in values if v.chance >= _MARKED][:_MOST_MARKED]
    spans = sorted((v.start, v.end) for v in best)
    return tuple(s for n, s in enumerate(spans) if n == 0 or s[0] >= spans[n - 1][1])


def _likeliest(values: Sequence[Sequence[Value]], trust: float) -> Likeliest | None:
    every = [
        (value.chance / (1 + 0.1 * math.log1p(source)), -source, value)
        for source, found in enumerate(values)
        for value in found
    ]
    if not every:
        return None
    _, source, value = max(every, key=lambda one: one[:2])
    chance = value.chance * trust
    return Likeliest(-source, value, chance) if chance >= SHOWN else None
