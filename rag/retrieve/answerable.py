"""Tells how likely it is that the passages found answer the question.

A logistic model, fitted by `tests/benchmarks/fit_answerable.py`. Where the embedder is at home in
the question's language, it goes by how near and how close passages come and by the words that one
shares with the question; in a language that the embedder does not know, by the words alone; and in
between by both in proportion.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search tells about its chances; every value lies in 0..1, `similarity` from -1."""

    similarity: float  # the highest cosine between question and chunk
    closeness: float  # of the closest chunk, by late interaction
    coverage: float  # share of the question's words, by rarity, in the best single chunk
    familiarity: float  # of the embedder with the question's language


_WEIGHTS = (-4.483, -11.52, 14.068, 17.768, 9.019, 31.877)  # of `facts`, in their order


def signals(
    similarity: float,
    closeness: float,
    familiarity: float,
    rarity: Mapping[str, float],
    chunk_words: Sequence[Collection[str]],
) -> Signals:
    """The signals of a search whose question has the words of `rarity` (weights > 0)."""
    whole = sum(rarity.values())
    held = [sum(rarity[word] for word in rarity if word in words) for words in chunk_words]
    coverage = max(held, default=0.0) / whole if whole else 0.0
    return Signals(similarity, closeness, coverage, familiarity)


def facts(seen: Signals) -> tuple[float, ...]:
    """What the model weighs: 1, and each signal as far as it can be relied on."""
    known = seen.familiarity
    return (
        1.0,
        known,
        known * seen.similarity,
        known * seen.closeness,
        known * seen.coverage,
        (1 - known) * seen.coverage,
    )


def probability(seen: Signals) -> float:
    """The chance (0..1) that the passages hold the answer."""
    score = sum(weight * fact for weight, fact in zip(_WEIGHTS, facts(seen), strict=True))
    return 1 / (1 + math.exp(-score))


def rarity(frequency: int, chunks: int) -> float:
    """The weight of a word that `frequency` of `chunks` hold: BM25's inverse frequency, > 0."""
    return math.log(1 + (chunks - frequency + 0.5) / (frequency + 0.5))
