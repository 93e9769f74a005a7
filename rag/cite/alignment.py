"""Lays a sentence over a window of evidence: which words of the one stand where in the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from rag.cite.library import Library, Places, Window
from rag.cite.prepared import Prepared
from rag.cite.verbatim import begins_a_clause, is_at

_REACH = 6.0  # in content words: how fast a neighbour's say fades
_STRETCH = 3.0  # in content words: how far a neighbour may have moved and still speak for a place
_SLOT_WORDS = 3  # how many content words on each side tell what slot a word fills
_SLOT_ITEMS = 9
_VERBATIM_ITEMS = 5  # fewer words in a row prove little


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
        found: Sequence[Sequence[Places]],
    ) -> None:
        self.sentence = sentence
        self.window = window
        self.library = library
        self.passage = library.passages[window.passage]
        # For each item of the sentence: the items of the window that say the same, with likeness.
        self.places: list[list[tuple[int, float]]] = [
            [(item, places.alike) for places in every for _, item in places.within(window)]
            for every in found
        ]

    # ------------------------------------------------------------ word for word

    def verbatim(self, first: int, last: int) -> int | None:
        """Where the window says items first to last (excluded) word for word.

        It begins a clause there. None where it does not, or where what leads into it may deny it.
        """
        said = self.sentence.items[first:last]
        if len(said) < _VERBATIM_ITEMS:
            return None
        for place in range(self.window.first, self.window.last - len(said) + 1):
            if is_at(said, self.sentence.text, self.passage, place):
                number = self.library.sentence_of((self.window.passage, place))
                if begins_a_clause(self.passage, place, self.library.sentences[number][1]):
                    return place
        return None

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

    def slot(self, index: int, place: int, apart: int = -1, *, turned: bool = False) -> float:
        """How alike the nearest words around an item and around `place` are, in order, 0..1.

        What stands at the item `apart` has no say; `turned` looks for the words in reverse.
        """
        sides = [self.side(index, place, step, apart, turned=turned) for step in (-1, 1)]
        total = sum(of for _, of in sides)
        return sum(held for held, _ in sides) / total if total else 0.0

    def slot_of_run(self, said: tuple[int, int], found: tuple[int, int]) -> float:
        """The same for what stands before and after two runs of items, first and last included."""
        before = self.side(said[0], found[0], -1, bounded=True)
        after = self.side(said[1], found[1], 1, bounded=True)
        total = before[1] + after[1]
        return (before[0] + after[0]) / total if total else 0.0

    def side(
        self,
        index: int,
        place: int,
        step: int,
        apart: int = -1,
        *,
        turned: bool = False,
        bounded: bool = False,
    ) -> tuple[float, float]:
        """How much of the weight of the words on one side of an item is found beside `place`.

        Returns the weight that is, and the weight of all of them; `bounded` leaves out those of
        other clauses.
        """
        clause = self.sentence.clause_of(index)
        total = held = 0.0
        other = index + step
        while 0 <= other < len(self.places) and abs(other - index) <= _SLOT_ITEMS:
            away = self.sentence.steps(index, other)
            if abs(away) > _SLOT_WORDS or (bounded and self.sentence.clause_of(other) != clause):
                break
            if other != apart and self.sentence.items[other].is_content:
                say = self.weights[other] / abs(away)
                total += say
                wanted = -away if turned else away
                held += say * max(
                    (
                        alike / (1 + abs(self.passage.steps(place, spot) - wanted))
                        for spot, alike in self.places[other]
                        if spot != place
                    ),
                    default=0.0,
                )
            other += step
        return held, total

    def spots(self, index: int) -> list[int]:
        """The items of the window that say the same as an item of the sentence."""
        return [place for place, _ in self.places[index]]

    def places_within(self, first: int, last: int) -> list[int]:
        """The items of the window that items first to last (excluded) are paired with."""
        return [place for place in self.pairs[first:last] if place is not None]
