"""Lays a sentence over a window of evidence and checks that its hard facts agree there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from rag.cite.facts import Quantity, same_quantity
from rag.cite.lexicon import (
    FRAME_WORDS,
    PRONOUNS,
    TAKE_UP_NOUNS,
    TITLES,
)
from rag.cite.polarity import negates, opposed, scope_of
from rag.cite.prepared import Library, Name, Prepared, Window
from rag.cite.quantities import UNITS
from rag.cite.wordlist import words
from rag.cite.words import Kind, fold

_PER = words("per pro je par por each every")
_NEGATING_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "mis")
_DEMONYM_ENDINGS = frozenset(
    ("", "a", "n", "an", "ian", "ans", "ians", "ese", "ish", "y", "s", "es", "e", "en")
)
_REACH = 6.0  # in content words: how fast a neighbour's say fades
_STRETCH = 3.0  # in content words: how far a neighbour may have moved and still speak for a place
_NAME_SPREAD = 4  # in items: how far apart the words of one name may stand
_WEAK_RIVAL = 0.5  # and to speak against a word that only may be a name
_RIVAL = 1.25  # how much better a free rival must sit to take a fact's place


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

    # ------------------------------------------------------------ agreement

    def agrees(self, first: int, last: int) -> bool:
        """Whether every hard fact in items first to last (excluded) is borne out by the window."""
        return (
            all(
                self._quantity_agrees(index)
                for index in range(first, last)
                if self.sentence.items[index].quantity is not None
            )
            and all(
                self._code_agrees(index)
                for index in range(first, last)
                if self.sentence.items[index].token.kind is Kind.CODE
            )
            and all(
                self._rate_agrees(index)
                for index in range(max(first, 1), last)
                if self.sentence.items[index].token.word in UNITS
            )
            and all(
                self._name_agrees(name)
                for name in self.sentence.names
                if first <= name.first and name.last < last
            )
            and self._polarity_agrees(first, last)
        )

    def _code_agrees(self, index: int) -> bool:
        return bool(self.places[index])

    def _rate_agrees(self, index: int) -> bool:
        """Whether the unit of "per barrel" is the window's too."""
        is_rate = self.sentence.items[index - 1].token.word in _PER
        return not is_rate or bool(self.places[index])

    def _quantity_agrees(self, index: int) -> bool:
        said = self.sentence.items[index].quantity
        assert said is not None
        own = [place for place, _ in self.places[index]]
        rivals = [
            place
            for place in range(self.window.first, self.window.last)
            if (found := self.passage.items[place].quantity) is not None
            and place not in self.taken
            and _competes(said, found)
        ]
        best_rival = max((self.context(index, place, index + 1) for place in rivals), default=0.0)
        if own:
            best = max(self.context(index, place, index + 1) for place in own)
            return best_rival <= best * _RIVAL + 0.05
        if said.weak:
            return best_rival < 0.4
        return not rivals and self._told_before(said)

    def _told_before(self, said: Quantity) -> bool:
        """A year that the passage gave just before, as in "On 15 August he …"."""
        if not said.year or said.month or said.day:
            return False
        return any(
            (found := self.passage.items[place].quantity) is not None and found.year == said.year
            for place in range(self._context_start(), self.window.first)
        )

    def _context_start(self) -> int:
        """Where the few sentences before the window begin."""
        first = self.window.sentences[0]
        earliest = max(0, first - 3)
        starts = [
            start
            for number, start, _ in self.library.sentences[earliest:first]
            if number == self.window.passage
        ]
        return starts[0] if starts else self.window.first

    # ------------------------------------------------------------ names

    def _name_agrees(self, name: Name) -> bool:
        words = self._name_words(name)
        if all(self.sentence.items[index].token.word in FRAME_WORDS for index in words):
            return True
        missing = [index for index in words if not self._name_word_found(index)]
        rival = max(
            (self.context(name.first, place, name.last + 1) for place in self._rival_names(name)),
            default=0.0,
        )
        if 0 < len(missing) < len(words) or not (missing or self._stands_together(words)):
            return self._is_acronym_of(name) or self._full_name_in_passage(words)
        if not missing:
            fits = (
                self.context(index, place, name.last + 1)
                for index in words
                for place, _ in self.places[index]
                if all(self._has_near(other, place) for other in words)
            )
            return rival <= max(fits, default=0.0) * _RIVAL + 0.1
        if self._is_acronym_of(name):
            return True
        if name.weak or self.sentence.items[words[-1]].token.word in TITLES:
            return rival < _WEAK_RIVAL
        return self._taken_up_again(words) and rival < _WEAK_RIVAL

    def _stands_together(self, words: Sequence[int]) -> bool:
        """Whether the window has the words of a name near each other, as one name."""
        return all(
            any(self._has_near(following, place) for place, _ in self.places[index])
            for index, following in pairwise(words)
        )

    def _has_near(self, index: int, place: int) -> bool:
        return any(abs(place - other) <= _NAME_SPREAD for other, _ in self.places[index])

    def _name_words(self, name: Name) -> list[int]:
        """The items of a name without the titles before it."""
        first = name.first
        while first < name.last and self.sentence.items[first].token.word in TITLES:
            first += 1
        return list(range(first, name.last + 1))

    def _name_word_found(self, index: int) -> bool:
        """Whether the window holds the word itself, its genitive or what its people are called."""
        known = fold(self.sentence.items[index].token.word)
        return any(
            alike == 1.0 or _same_name(known, fold(self.passage.items[place].token.word))
            for place, alike in self.places[index]
        )

    def _rival_names(self, name: Name) -> list[int]:
        """Where names of the window stand that the sentence does not speak of."""
        bracketed = self.sentence.in_brackets[name.first]
        paired = set(self.pairs)
        return [
            other.first
            for other in self.passage.names
            if self.window.first <= other.first
            and other.last < self.window.last
            and not (other.weak and self.passage.german != name.weak)
            and not any(place in paired for place in range(other.first, other.last + 1))
            and (bracketed or not self.passage.in_brackets[other.first])
            and not self._is_other_name_of(name, other)
        ]

    def _is_other_name_of(self, name: Name, other: Name) -> bool:
        """Whether the window puts the two side by side: "the Shoppers' Union (SU)"."""
        for index in range(name.first, name.last + 1):
            for place, _ in self.places[index]:
                low, high = (other.last, place) if place > other.last else (place, other.first)
                gap = self.passage.text[
                    self.passage.items[low].end : self.passage.items[high].start
                ]
                if self.passage.in_brackets[place] and "(" in gap and len(gap) < 4:
                    return True
        return False

    def _is_acronym_of(self, name: Name) -> bool:
        """ "US" for "United States", one way or the other."""
        items, found = self.sentence.items, self.passage.items
        if name.first == name.last:
            letters = items[name.first].token.word
            if not items[name.first].token.acronym or len(letters) > 6:
                return False
            initials = [
                (fold(item.token.word)[:1] if item.token.capital else "")
                for item in found[self.window.first : self.window.last]
            ]
            joined = "".join(letter or " " for letter in initials)
            return letters in joined or letters in joined.replace(" ", "")
        initials_said = "".join(items[i].token.word[0] for i in range(name.first, name.last + 1))
        return any(
            item.token.acronym and item.token.word == initials_said
            for item in found[self.window.first : self.window.last]
        )

    def _full_name_in_passage(self, words: Sequence[int]) -> bool:
        """Whether the passage gives the whole name somewhere, its words side by side."""
        stems = [self.sentence.items[index].token.stem for index in words]
        found = [item.token.stem for item in self.passage.items]
        size = len(stems)
        return any(found[at : at + size] == stems for at in range(len(found) - size + 1))

    def _taken_up_again(self, words: Sequence[int]) -> bool:
        """Whether the window speaks of a name given before it: "He", "The company"."""
        before = {item.token.stem for item in self.passage.items[: self.window.first]}
        if not all(self.sentence.items[index].token.stem in before for index in words):
            return False
        return any(
            (item.token.word in PRONOUNS or item.token.word in TAKE_UP_NOUNS)
            for item in self.passage.items[self.window.first : self.window.last]
        )

    # ------------------------------------------------------------ yes and no

    def _polarity_agrees(self, first: int, last: int) -> bool:
        """Whether the same things are denied in items first to last and in the window."""
        paired = {place for place in self.pairs[first:last] if place is not None}
        content = [place for place in paired if self.passage.items[place].is_content]
        if not content:
            return True
        free = [i for i in range(self.window.first, self.window.last) if negates(self.passage, i)]
        said = [i for i in range(len(self.pairs)) if negates(self.sentence, i)]
        for index in sorted(said, key=lambda i: self.places[i] == []):
            partner = self._denial_of(index, free)
            if partner is not None:
                free.remove(partner)
            elif first <= index < last:
                return False
        if any(paired.intersection(scope_of(self.passage, index)) for index in free):
            return False
        return not self._opposite(first, last, min(content), max(content))

    def _denial_of(self, index: int, free: Sequence[int]) -> int | None:
        """The negation of the window that says what the sentence's negation at `index` says."""
        scope = scope_of(self.sentence, index)
        held = {place for i in scope for place, _ in self.places[i]}
        same = [spot for spot in free if held.intersection(scope_of(self.passage, spot))]
        if same:
            return max(same, key=lambda spot: self.context(index, spot, index + 1))
        known = [place for i in scope if (place := self.pairs[i]) is not None]
        if not known:
            return free[0] if free else None
        reach = [
            (min(abs(place - spot) for place in known), spot)
            for spot in free
            if any(self._same_sentence(place, spot) for place in known)
        ]
        distance, nearest = min(reach, default=(99, -1))
        return nearest if distance <= 5 else None

    def _same_sentence(self, one: int, other: int) -> bool:
        of = self.library.sentence_of
        return of((self.window.passage, one)) == of((self.window.passage, other))

    def _opposite(self, first: int, last: int, low: int, high: int) -> bool:
        """Whether a word of the sentence stands where the window has its opposite."""
        region = range(max(self.window.first, low - 3), min(self.window.last, high + 4))
        theirs = [
            (place, self.passage.items[place].token) for place in region if place not in self.taken
        ]
        for index in range(first, last):
            token = self.sentence.items[index].token
            if self.places[index] or self.sentence.items[index].quantity is not None:
                continue
            for _, other in theirs:
                if opposed(token.word, other.word):
                    return True
        return False


def _competes(said: Quantity, found: Quantity) -> bool:
    """Whether two quantities may stand in the same place."""
    if said.weak and not found.ordinal and said.ordinal:
        return False
    if found.weak and not said.weak:
        return found.ordinal == said.ordinal
    return said.is_date == found.is_date or (not said.unit and not found.unit)


def _same_name(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    if shared < 4:
        return False
    if not one.isascii():
        return len(one) - shared <= 3 and len(other) - shared <= 3
    return one[shared:] in _DEMONYM_ENDINGS and other[shared:] in _DEMONYM_ENDINGS


def quantity_places(said: Quantity, library: Library) -> list[tuple[tuple[int, int], float]]:
    """Where the evidence states the quantity `said`."""
    return [
        (position, 1.0)
        for position in library.quantities
        if (found := library.item(position).quantity) is not None
        and same_quantity(said, found, library.passages[position[0]].scale_factors)
    ]
