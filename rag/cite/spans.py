"""Tightens a window of evidence to the clauses that carry a sentence's words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.cite.alignment import Alignment

# An outer clause goes when the sentence loses no more than this share of its words with it …
_LOSS = 0.06
# … and no more than this share of the clause's own words were in the sentence.
_OWN_SHARE = 0.6


def tightened(
    alignment: Alignment, ranges: Sequence[tuple[int, int]], weights: NDArray[np.float32]
) -> list[tuple[int, int]]:
    """The spans in the passage's text that carry the items in `ranges` of the sentence."""
    passage, window = alignment.passage, alignment.window
    wanted = [i for first, last in ranges for i in range(first, last) if alignment.places[i]]
    clauses = [(a, b) for a, b in passage.clauses if a >= window.start and b <= window.end]
    clause_of = {
        place: number
        for number, (start, end) in enumerate(clauses)
        for place in range(passage.item_at(start), passage.item_at(end))
    }
    places = [{clause_of[p] for p, _ in alignment.places[i] if p in clause_of} for i in wanted]
    masses = [float(weights[i]) for i in wanted]
    first, last = 0, len(clauses) - 1
    total = sum(masses) or 1.0
    facts = [alignment.sentence.items[i].quantity is not None for i in wanted]
    while first < last:
        losses = [
            (_loss(places, masses, facts, edge, first, last) / total, edge)
            for edge in (first, last)
        ]
        loss, edge = min(losses)
        if loss > _LOSS or (loss > 0 and _own_share(alignment, clauses[edge], wanted) > _OWN_SHARE):
            other = max(losses)
            loss, edge = other
            if loss > _LOSS or (
                loss > 0 and _own_share(alignment, clauses[edge], wanted) > _OWN_SHARE
            ):
                break
        if edge == first:
            first += 1
        else:
            last -= 1
    return _joined(passage.text, clauses[first : last + 1])


def _loss(
    places: Sequence[set[int]],
    masses: Sequence[float],
    facts: Sequence[bool],
    edge: int,
    first: int,
    last: int,
) -> float:
    """The weight of the words that only the clause `edge` of first to last holds."""
    loss = 0.0
    for spots, mass, fact in zip(places, masses, facts, strict=True):
        inside = [spot for spot in spots if first <= spot <= last]
        if inside == [edge]:
            loss += mass * (10.0 if fact else 1.0)
    return loss


def _own_share(alignment: Alignment, clause: tuple[int, int], wanted: Sequence[int]) -> float:
    """The share of the clause's words, by weight, that the sentence has."""
    passage, library = alignment.passage, alignment.library
    said = {place for i in wanted for place, _ in alignment.places[i]}
    inside = range(passage.item_at(clause[0]), passage.item_at(clause[1]))
    total = sum(library.weight(passage.items[i]) for i in inside)
    return (
        sum(library.weight(passage.items[i]) for i in inside if i in said) / total if total else 0.0
    )


def _joined(text: str, clauses: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    start, end = clauses[0][0], clauses[-1][1]
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\r\n\f"))
    end -= len(piece) - len(piece.rstrip(" \t\r\n\f"))
    return [(start, end)]
