"""How central texts are among others, how alike, and how close to a question: by their words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

from rag.cite.facts import analyse

Vector = dict[str, float]


def terms_of(text: str) -> list[str]:
    """The words of `text` that state something, by their stems, in order."""
    return [item.token.stem for item in analyse(text) if item.is_content]


class Closeness:
    """Texts as vectors of their words, weighted by how few of the texts have them (TF-IDF)."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """`texts` are the terms of each, see `terms_of`."""
        frequencies = Counter(term for terms in texts for term in set(terms))
        self._weights = {
            term: math.log((len(texts) + 1) / count) for term, count in frequencies.items()
        }
        self._vectors = [self._vector(Counter(terms)) for terms in texts]

    def centralities(self) -> list[float]:
        """How much of what all texts speak of each one speaks of, 0..1.

        The cosine with the sum of all: the degree of a text in the graph of likenesses, as in
        LexRank (Erkan and Radev, 2004), which needs no graph where its edges are weighted.
        """
        sums: Counter[str] = Counter()
        for vector in self._vectors:
            sums.update(vector)
        whole = _of_length_one(dict(sums))
        return [_product(vector, whole) for vector in self._vectors]

    def likeness(self, one: int, other: int) -> float:
        """The cosine of two texts, 0..1."""
        return _product(self._vectors[one], self._vectors[other])

    def to_question(self, terms: Collection[str]) -> list[float]:
        """How much of what the question `terms` ask for each text has, 0..1.

        Words that none or all of the texts have count little.
        """
        wanted = {term: weight for term in terms if (weight := self._weights.get(term, 0.0))}
        total = sum(wanted.values())
        if not total:
            return [0.0] * len(self._vectors)
        return [
            sum(weight for term, weight in wanted.items() if term in vector) / total
            for vector in self._vectors
        ]

    def _vector(self, counts: Counter[str]) -> Vector:
        return _of_length_one({t: n * self._weights[t] for t, n in counts.items()})


def chosen(
    closeness: Closeness, worth: Sequence[float], most: int, *, spread: bool = True
) -> list[int]:
    """At most `most` of the texts, rising: of great `worth` (> 0), none like another.

    `spread` takes the best of each of `most` equal parts of the texts, so that all of them are
    spoken of; otherwise the best of all.
    """
    count = len(worth)
    parts = min(most, count) if spread else 1
    edges = [count * part // parts for part in range(parts + 1)] if parts else []
    taken: list[int] = []
    for part in range(parts):
        room = 1 if spread else most
        ranked = sorted(range(edges[part], edges[part + 1]), key=lambda index: -worth[index])
        for index in ranked:
            if room and worth[index] > 0 and not _is_said(closeness, index, taken):
                taken.append(index)
                room -= 1
    return sorted(taken)


_SAID = 0.6  # the likeness from which on a text says what another one says


def _is_said(closeness: Closeness, index: int, taken: Sequence[int]) -> bool:
    return any(closeness.likeness(index, other) >= _SAID for other in taken)


def _of_length_one(vector: Vector) -> Vector:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def _product(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[term] for term, value in one.items() if term in other)
