"""Lays a sentence over a window of evidence: which words of the one stand where in the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from rag.cite.prepared import Library, Prepared, Window

_REACH = 6.0  # in content words: how fast a neighbour's say fades
_STRETCH = 3.0  # in content words: how far a neighbour may have moved and still speak for a place
_SLOT_WORDS = 3  # how many content words on each side tell what slot a word fills
_SLOT_ITEMS = 9


def _near(distance: int) -> float:
    return 1.0 / (1.0 + abs(distance) / _REACH)


def _fit(away: int, spot_away: int) -> float:
    """How well a neighbour's distance in the sentence fits its distance in the window."""
    straight = 1.0 / (1.0 + abs(spot_away - away) / _STRETCH)
    turned = 0.7 / (1.0 + abs(spot_away + away) / _STRETCH)
    return max(straight, turned) * _near(spot_away)


class Alignment:
    """A sentence laid over one window."""

    def __init__(
        self,
        sentence: Prepared,
        window: Window,
        library: Library,
        positions: Sequence[Sequence[tuple[tuple[int, int], float]]],
    ) -> None:
        self.sentence = sentence
        self.window = window
        self.library = library
        self.passage = library.passages[window.passage]
        # For each item of the sentence: the items of the window that say the same, with likeness.
        self.places: list[list[tuple[int, float]]] = [
            [
                (item, alike)
                for (passage, item), alike in found
                if passage == window.passage and window.first <= item < window.last
            ]
            for found in positions
        ]

    # ------------------------------------------------------------ pairs

    @cached_property
    def pairs(self) -> list[int | None]:
        """For each item of the sentence the item of the window it is paired with."""
        paired: list[int | None] = []
        for index, places in enumerate(self.places):
            if not places:
                paired.append(None)
            elif len(places) == 1:
                paired.append(places[0][0])
            else:
                paired.append(
                    max(places, key=lambda p: self.context(index, p[0], index + 1) * p[1])[0]
                )
        return paired

    @cached_property
    def paired(self) -> set[int]:
        """The items of the window that an item of the sentence is paired with."""
        return {place for place in self.pairs if place is not None}

    @cached_property
    def taken(self) -> set[int]:
        """The items of the window that the sentence speaks of."""
        return {place for places in self.places for place, _ in places}

    def context(self, index: int, place: int, last: int) -> float:
        """How well the neighbours of items `index` to `last` (excluded) fit around `place`."""
        mine, theirs = self.sentence.content_before, self.passage.content_before
        score = 0.0
        for other in range(max(0, index - 12), min(len(self.places), last + 12)):
            if index <= other < last or not self.sentence.items[other].is_content:
                continue
            away = mine[other] - mine[index]
            best = 0.0
            for spot, alike in self.places[other]:
                if spot != place:
                    best = max(best, alike * _fit(away, theirs[spot] - theirs[place]))
            if best:
                score += self.weights[other] * best * _near(away)
        return score

    @cached_property
    def weights(self) -> list[float]:
        """The weight of each item of the sentence."""
        return [self.library.weight(item) for item in self.sentence.items]

    def slot(self, index: int, place: int, apart: int = -1) -> float:
        """How alike the nearest words around an item and around `place` are, in order, 0..1.

        What stands at the item `apart` has no say.
        """
        mine, theirs = self.sentence.content_before, self.passage.content_before
        total = held = 0.0
        low, high = max(0, index - _SLOT_ITEMS), min(len(self.places), index + _SLOT_ITEMS + 1)
        for other in range(low, high):
            away = mine[other] - mine[index]
            if other in (index, apart) or abs(away) > _SLOT_WORDS:
                continue
            if not self.sentence.items[other].is_content:
                continue
            say = self.weights[other] / (1 + abs(away))
            total += say
            held += say * max(
                (
                    alike / (1 + abs(theirs[spot] - theirs[place] - away))
                    for spot, alike in self.places[other]
                    if spot != place
                ),
                default=0.0,
            )
        return held / total if total else 0.0

    def spots(self, index: int) -> list[int]:
        """The items of the window that say the same as an item of the sentence."""
        return [place for place, _ in self.places[index]]

    def places_within(self, first: int, last: int) -> list[int]:
        """The items of the window that items first to last (excluded) are paired with."""
        return [place for place in self.pairs[first:last] if place is not None]
