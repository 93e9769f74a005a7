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
# All outer clauses together may cost the sentence this share of its words.
_TOTAL_LOSS = 0.12
_FACT = 10.0  # how much more than a word a number weighs in that
_CLOSING = " \t\r\n\f"


def tightened(
    alignment: Alignment, ranges: Sequence[tuple[int, int]], weights: NDArray[np.float32]
) -> list[tuple[int, int]]:
    """The spans in the passage's text that carry the items in `ranges` of the sentence."""
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for clause in ranges:
        by_sentence.setdefault(_sentence_of(alignment, clause, weights), []).append(clause)
    spans: list[tuple[int, int]] = []
    for sentence, group in by_sentence.items():
        verbatim = _word_for_word(alignment, group)
        spans += verbatim or [_Tightening(alignment, sentence, group, weights).span()]
    return _merged(spans)


def _sentence_of(
    alignment: Alignment, clause: tuple[int, int], weights: NDArray[np.float32]
) -> int:
    """The one sentence of the window that carries a clause, -1 where it takes both."""
    numbers = alignment.window.sentences
    if len(numbers) == 1:
        return numbers[0]
    masses = dict.fromkeys(numbers, 0.0)
    either = 0.0
    for index in range(*clause):
        held = {
            alignment.library.sentence_of((alignment.window.passage, place))
            for place in alignment.spots(index)
        }
        weight = float(weights[index])
        either += weight if held else 0.0
        for number in held:
            masses[number] += weight
    best = max(numbers, key=lambda number: masses[number])
    return best if masses[best] >= (1 - _LOSS) * either else -1


def _word_for_word(
    alignment: Alignment, ranges: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The spans of what the window says word for word; empty unless that is all of it."""
    spans: list[tuple[int, int]] = []
    first, last = min(a for a, _ in ranges), max(b for _, b in ranges)
    whole = sum(b - a for a, b in ranges) == last - first
    for a, b in [(first, last)] if whole else ranges:
        place = alignment.verbatim(a, b)
        if place is None:
            return []
        text = alignment.passage.text
        start, end = (
            alignment.passage.items[place].start,
            alignment.passage.items[place + b - a - 1].end,
        )
        while end < len(text) and text[end] in '.!?。！？)"”’»':
            end += 1
        spans.append((start, end))
    return spans


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _Tightening:
    """The clauses of a window, of which the outer ones go while the sentence loses little."""

    def __init__(
        self,
        alignment: Alignment,
        sentence: int,
        ranges: Sequence[tuple[int, int]],
        weights: NDArray[np.float32],
    ) -> None:
        self.alignment = alignment
        passage, window = alignment.passage, alignment.window
        start, end = window.start, window.end
        if sentence >= 0:
            start, end = alignment.library.span_of(sentence)
        self.clauses = [(a, b) for a, b in passage.clauses if a >= start and b <= end]
        clause_of = {
            place: number
            for number, (a, b) in enumerate(self.clauses)
            for place in range(passage.item_at(a), passage.item_at(b))
        }
        self.wanted = [i for first, last in ranges for i in range(first, last)]
        self.wanted = [i for i in self.wanted if alignment.places[i]]
        self.places = [
            {clause_of[p] for p in alignment.spots(i) if p in clause_of} for i in self.wanted
        ]
        self.masses = [
            float(weights[i]) * (_FACT if alignment.sentence.items[i].quantity else 1.0)
            for i in self.wanted
        ]
        self.total = sum(float(weights[i]) for i in self.wanted) or 1.0

    def span(self) -> tuple[int, int]:
        """What is left, without the white space around it."""
        first, last = 0, len(self.clauses) - 1
        lost = 0.0
        while first < last:
            options = sorted(
                (self._loss(edge, first, last) / self.total, edge) for edge in (first, last)
            )
            fitting = [(loss, edge) for loss, edge in options if self._may_go(loss, lost, edge)]
            if not fitting:
                break
            loss, edge = fitting[0]
            lost += loss
            first, last = (first + 1, last) if edge == first else (first, last - 1)
        text = self.alignment.passage.text
        start, end = self.clauses[first][0], self.clauses[last][1]
        piece = text[start:end]
        return (
            start + len(piece) - len(piece.lstrip(_CLOSING)),
            end - len(piece) + len(piece.rstrip(_CLOSING)),
        )

    def _may_go(self, loss: float, lost: float, edge: int) -> bool:
        if loss > _LOSS or lost + loss > _TOTAL_LOSS:
            return False
        return not loss or self._own_share(edge) <= _OWN_SHARE

    def _loss(self, edge: int, first: int, last: int) -> float:
        """The weight of the words that only the clause `edge` of first to last holds."""
        return sum(
            mass
            for spots, mass in zip(self.places, self.masses, strict=True)
            if [spot for spot in spots if first <= spot <= last] == [edge]
        )

    def _own_share(self, edge: int) -> float:
        """The share of a clause's words, by weight, that the sentence has."""
        passage, library = self.alignment.passage, self.alignment.library
        said = {place for i in self.wanted for place in self.alignment.spots(i)}
        start, end = self.clauses[edge]
        inside = range(passage.item_at(start), passage.item_at(end))
        total = sum(library.weight(passage.items[i]) for i in inside)
        held = sum(library.weight(passage.items[i]) for i in inside if i in said)
        return held / total if total else 0.0
