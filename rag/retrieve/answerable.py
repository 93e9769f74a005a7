"""Tells how likely it is that the passages found answer the question.

A logistic model over four facts; `tests/benchmarks/fit_answerable.py` fits its weights.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search tells about its chances; every value lies in -1..1."""

    similarity: float  # the highest cosine between question and chunk
    closeness: float  # of the closest chunk, by late interaction
    best_coverage: float  # share of the question's words, by rarity, in the best single chunk
    joint_coverage: float  # the same in all the chunks together


_BIAS = -14.89
_SIMILARITY = 24.09
_CLOSENESS = 0.0
_BEST_COVERAGE = 13.34
_JOINT_COVERAGE = 1.02


def signals(
    similarity: float,
    closeness: float,
    rarity: Mapping[str, float],
    chunk_words: Sequence[Collection[str]],
) -> Signals:
    """The signals of a search whose question has the words of `rarity` (weights > 0)."""
    whole = sum(rarity.values())
    if not whole:
        return Signals(similarity, closeness, 0.0, 0.0)
    single = [sum(rarity[word] for word in rarity if word in words) for words in chunk_words]
    joint = sum(
        weight for word, weight in rarity.items() if any(word in words for words in chunk_words)
    )
    return Signals(similarity, closeness, max(single, default=0.0) / whole, joint / whole)


def probability(seen: Signals) -> float:
    """The chance (0..1) that the passages hold the answer."""
    score = (
        _BIAS
        + _SIMILARITY * seen.similarity
        + _CLOSENESS * seen.closeness
        + _BEST_COVERAGE * seen.best_coverage
        + _JOINT_COVERAGE * seen.joint_coverage
    )
    return 1 / (1 + math.exp(-score))


def rarity(frequency: int, chunks: int) -> float:
    """The weight of a word that `frequency` of `chunks` hold: BM25's inverse frequency, > 0."""
    return math.log(1 + (chunks - frequency + 0.5) / (frequency + 0.5))
