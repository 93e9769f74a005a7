"""A question laid over passages: where they hold its words, its names and what it asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.cite.amounts import quantity_places
from rag.cite.items import Item
from rag.cite.lexicon import FRAME_WORDS, TITLES
from rag.cite.library import Library
from rag.cite.opposites import opposed
from rag.cite.polarity import negates, scope_of
from rag.cite.prepared import Prepared
from rag.cite.words import Kind
from rag.extract.families import FAMILIES, carries_something, language_of
from rag.extract.wanted import Wanted

_ALIKE = 0.9  # how much a word counts for another one that says the same
_SMALL_WORD = 0.7  # the weight of one that is small in another language only
_SPREAD = 3  # in items: how far apart the words of one name may stand

Position = tuple[int, int]  # a passage and an item of it


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question that carries something, and where the passages hold it."""

    item: Item
    weight: float
    places: dict[Position, float]  # with how alike they are, 0..1

    @property
    def is_number(self) -> bool:
        """Whether the passages must hold it to speak of what is asked."""
        quantity, token = self.item.quantity, self.item.token
        is_name = token.capital and token.kind is not Kind.NUMERAL  # “Otto”, Italian for eight
        return quantity is not None and not quantity.weak and not is_name


class Asked:
    """What a question says besides what it asks for."""

    def __init__(self, wanted: Wanted, library: Library) -> None:
        start, end = wanted.asking
        question = wanted.question
        self.said = Prepared(question[:start] + " " * (end - start) + question[end:])
        self._library = library
        self.language = language_of([item.token.word for item in Prepared(question).items])
        self.words = [
            Word(item, _weight(item, library), self._places(item))
            for item in self.said.items
            if _carries(item, self.language)
        ]
        self.total = sum(word.weight for word in self.words) or 1.0
        self.stems = frozenset(word.item.token.stem for word in self.words)
        self.names = self._names()
        self.denied = any(negates(self.said, at) for at in range(len(self.said.items)))
        self.focus, self.acts = self._focus(wanted)

    def _places(self, item: Item) -> dict[Position, float]:
        if item.quantity is not None:
            return dict(quantity_places(item.quantity, self._library))
        found = dict(self._library.find(item))
        family = FAMILIES.get(item.token.stem)
        if family:
            for other in Prepared(" ".join(sorted(family))).items:
                for position, alike in self._library.find(other):
                    if alike == 1.0:
                        found[position] = max(found.get(position, 0.0), _ALIKE)
        return found

    def _names(self) -> list[list[Word]]:
        """The words of each name in the question, titles left out."""
        by_start = {word.item.start: word for word in self.words}
        groups = [
            [
                by_start[self.said.items[at].start]
                for at in range(name.first, name.last + 1)
                if self.said.items[at].start in by_start
                and self.said.items[at].token.word not in TITLES
            ]
            for name in self.said.names
            if not name.weak
        ]
        return [group for group in groups if group]

    def _focus(self, wanted: Wanted) -> tuple[Word | None, bool]:
        """The word that what is asked for is asked of (“who LED …”), and whether it does that."""
        after = wanted.asking[1]
        by_noun = wanted.sort.is_named and not wanted.is_by_phrase
        named = wanted.attribute if by_noun else ()
        for word in self.words:
            if word.item.start >= after and word.item.token.stem not in named:
                between = [
                    item
                    for item in self.said.items
                    if after <= item.start < word.item.start and not item.is_content
                ]
                return word, not between
        return (self.words[-1], False) if self.words else (None, False)

    def names_missing(self, number: int, sentences: Sequence[int], beside: frozenset[str]) -> float:
        """The share of the question's names that a passage's sentences and `beside` lack."""
        if not self.names:
            return 0.0
        missing = 0.0
        for name in self.names:
            places = [
                [
                    item
                    for (where, item), alike in word.places.items()
                    if alike == 1.0
                    and where == number
                    and self._library.sentence_of((where, item)) in sentences
                ]
                for word in name
            ]
            held = max(
                (
                    sum(any(abs(at - other) <= _SPREAD for other in spots) for spots in places)
                    for spots_of in places
                    for at in spots_of
                ),
                default=0,
            )
            near = sum(word.item.token.stem in beside for word in name)
            missing += 1.0 - max(held, near) / len(name)
        return missing / len(self.names)

    def _denies(self, first: int, last: int, number: int) -> bool:
        """Whether items first to last (excluded) of a passage deny a word of the question."""
        passage = self._library.passages[number]
        held = {at for word in self.words for where, at in word.places if where == number}
        return any(
            held.intersection(scope_of(passage, at))
            for at in range(first, last)
            if negates(passage, at)
        )

    def other_rank(self, first: int, last: int, number: int) -> bool:
        """Whether items first to last (excluded) tell of the second where the first is asked."""
        asked = [w for w in self.words if w.item.quantity is not None and w.item.quantity.ordinal]
        lacking = [
            w for w in asked if not any((number, at) in w.places for at in range(first, last))
        ]
        theirs = (self._library.passages[number].items[at].quantity for at in range(first, last))
        return bool(lacking) and any(found is not None and found.ordinal for found in theirs)

    def contradicts(self, first: int, last: int, number: int) -> bool:
        """Whether items first to last (excluded) of a passage say the contrary of a word."""
        passage = self._library.passages[number]
        if self.denied and not self._denies(first, last, number):
            return True
        theirs = {passage.items[at].token.word for at in range(first, last)}
        return any(
            opposed(word.item.token.word, other)
            for word in self.words
            if word.item.quantity is None
            and not any(w == number and first <= at < last for w, at in word.places)
            for other in theirs
        )


def _weight(item: Item, library: Library) -> float:
    is_small = item.token.kind is Kind.STOP and item.quantity is None
    return _SMALL_WORD if is_small else library.weight(item)


def _carries(item: Item, language: str) -> bool:
    """Whether a question's word tells something of what is asked."""
    if item.token.kind is Kind.STOP and item.quantity is None:
        return carries_something(item.token.word, language)
    return item.is_content and item.token.word not in FRAME_WORDS
