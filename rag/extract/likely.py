"""Picks over all passages the one span that is likely what a question asks for.

Two logistic models, fitted by `tests/benchmarks/fit_likely.py`: one tells how well a span suits the
question by what stands around it, the other whether the best span of all passages is the answer, by
how far it is ahead of the next one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from rag.cite.words import fold
from rag.extract.values import Extractor, Source, Value, score_of
from rag.extract.wanted import wanted

SHOWN = 0.6  # a span is told where it answers with at least this chance
_LEAST_TRUST = 0.5  # below it the search itself thinks that the passages hold no answer
_MARKED = 0.3  # the chance that a span is marked in its passage with …
_SURELY_WORSE = 0.25  # … unless another one there has so many times its chance
_MOST_MARKED = 3  # in one passage
_LOOKED_AT = 10  # passages
_RANK_LOSS = 0.35  # of a score, for each time the rank is e times as high
_NO_RIVAL, _MOST_AHEAD = 4.0, 3.0  # in scores
_LEAST_AHEAD = 0.4  # in scores: with less, two spans say different things just as clearly
_LESS_FITTING = 0.4
_PARTS = regex.compile(r"[ \t$€£¥%|(),;/–—-]*(?:and|und|et|y|or|oder|ou|o|to|bis|à|a)?[ \t$€£(]*")
_MOST_CHARS = 80  # of a span that is told: more are no few words
_WEIGHTS = (-1.14, 0.67, 0.26, 1.46, 0.2, -0.41, 0.05, 0.22)  # of `Best.weighed`


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


@dataclass(frozen=True, slots=True)
class Best:
    """The best span of all passages, and how it stands among the others."""

    source: int
    value: Value
    score: float
    ahead: float  # of the best span that says something else
    said_again: bool  # in another passage
    beside_others: bool  # “18 % and 19 %”: another one stands next to it

    def weighed(self) -> tuple[float, ...]:
        """1 and what the chance that it answers is made of."""
        facts = self.value.facts
        return (
            1.0,
            self.score,
            min(_MOST_AHEAD, self.ahead),
            float(self.source == 0),
            float(self.said_again),
            facts.named,
            max(facts.near, facts.label),
            facts.lacking,
        )

    @property
    def is_clear(self) -> bool:
        """Whether nothing else is said as clearly, nor the contrary of what is asked."""
        return (
            self.ahead >= _LEAST_AHEAD
            and not self.beside_others
            and not self.value.facts.speaks_against
            and len(self.value.text) <= _MOST_CHARS
        )

    @property
    def chance(self) -> float:
        """The chance that it answers; 0 where that is unclear."""
        if not self.is_clear:
            return 0.0
        score = sum(w * fact for w, fact in zip(_WEIGHTS, self.weighed(), strict=True))
        return 1 / (1 + math.exp(-score))


def likely_words(question: str, sources: Sequence[Source], trust: float = 1.0) -> LikelyWords:
    """The likely answer words in `sources`, which are in the order of a search, best first.

    `trust` is the chance (0..1) that they hold the answer at all, as the search sees it.
    """
    asked = wanted(question)
    if asked is None or not sources:
        return LikelyWords(None, ((),) * len(sources))
    read = sources[:_LOOKED_AT]
    extractor = Extractor(asked, read)
    values = [extractor.values(number) for number in range(len(read))]
    marks = [_marks(found) for found in values]
    marks += [()] * (len(sources) - len(read))
    best = best_of(values, read)
    if best is None or trust < _LEAST_TRUST or best.chance < SHOWN:
        return LikelyWords(None, tuple(marks))
    likeliest = Likeliest(best.source, best.value, best.chance)
    return LikelyWords(likeliest, tuple(marks))


def best_of(values: Sequence[Sequence[Value]], sources: Sequence[Source]) -> Best | None:
    """The best of the spans of each of `sources`, which are in the order of a search."""
    ranked = sorted(
        (
            (score_of(value.facts) - _RANK_LOSS * math.log1p(source), source, value)
            for source, found in enumerate(values)
            for value in found
        ),
        key=lambda one: (-one[0], one[1], one[2].start),
    )
    if not ranked:
        return None
    score, source, value = ranked[0]
    said = _said(value)
    rival = next((s for s, _, v in ranked if _said(v) != said), score - _NO_RIVAL)
    again = any(_said(v) == said and n != source for _, n, v in ranked)
    others = _beside(value, values[source], sources[source].text)
    return Best(source, value, score, score - rival, again, others)


def _beside(value: Value, values: Sequence[Value], text: str) -> bool:
    """Whether next to a span stands another one that is as much of the sort asked for."""
    for other in values:
        first, last = sorted((value, other), key=lambda one: one.start)
        if first.end > last.start or _said(first) == _said(last):
            continue
        both_numbers = other.number is not None and value.number is not None
        fits = both_numbers or other.facts.fit >= value.facts.fit - _LESS_FITTING
        if fits and _PARTS.fullmatch(text, first.end, last.start):
            return True
    return False


def _said(value: Value) -> str:
    return " ".join(fold(value.text).split())


def _marks(values: Sequence[Value]) -> tuple[tuple[int, int], ...]:
    """The spans to mark in a passage, of its values, the most likely first."""
    if not values:
        return ()
    least = max(_MARKED, _SURELY_WORSE * values[0].chance)
    spans = sorted((v.start, v.end) for v in values[:_MOST_MARKED] if v.chance >= least)
    marks: list[tuple[int, int]] = []
    for start, end in spans:
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return tuple(marks)
