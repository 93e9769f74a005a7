"""Compares two statements on the same thing: in which words do they contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rag.cite.items import Item, Quantity
from rag.cite.lexicon import FRAME_WORDS, TITLES
from rag.cite.opposites import opposed
from rag.cite.polarity import negates, scope_of
from rag.cite.prepared import Passage
from rag.cite.same_amount import same_quantity
from rag.cite.synonyms import other_words_for
from rag.cite.wordlist import words
from rag.cite.words import Kind

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
_CLOSE = 0.1  # amounts of time that differ by less are the same in other units
_NEAR = 4  # in content words: where the words that a value belongs to stand
_MOST_QUANTITIES = 4  # in one statement: more are a table's
_LEAST_CLAUSE = 4  # items: shorter ones have no number of their own
_LEAST_SMALL_WORDS = 2  # in a sentence
_CONDITIONS = words(
    """
    during for if unless except when while under until without besides despite in after before
    per bei für während wenn falls sofern außer ab bis nach vor ohne pro je im in
    pour si sauf pendant quand après avant sans par para si salvo durante cuando después antes
    sin por
    """
)


class Asks(StrEnum):
    """What kind of value a question asks for."""

    ANYTHING = "anything"  # yes or no, and all that no kind is told of
    AMOUNT = "amount"  # a number, with or without a unit
    DATE = "date"
    NAME = "name"


class Relation(StrEnum):
    """Why two statements speak of the same."""

    VERSIONS = "versions"  # they are in versions of one document
    NAMED = "named"  # they name it
    ONE_DOCUMENT = "one document"


_LEAST_SHARED = {Relation.VERSIONS: 0.6, Relation.NAMED: 0.75, Relation.ONE_DOCUMENT: 0.8}
_LEAST_WORDS = {Relation.VERSIONS: 1, Relation.NAMED: 2, Relation.ONE_DOCUMENT: 3}

Place = tuple[int, int]  # start and end in a passage's text


@dataclass(frozen=True, eq=False)
class Statement:
    """A sentence of a passage: its items first to last, `last` excluded."""

    passage: Passage
    first: int
    last: int
    context: frozenset[str]  # stems of the headings that it stands under

    @cached_property
    def content(self) -> list[int]:
        """The items that tell what it is on, amounts left out."""
        return [
            at
            for at in range(self.first, self.last)
            if self.item(at).is_content
            and self.item(at).quantity is None
            and self.item(at).token.word not in FRAME_WORDS
        ]

    @cached_property
    def quantities(self) -> list[int]:
        """The items that state an amount or a date; of "thirty (30) days" the second."""
        stated = [at for at in range(self.first, self.last) if self.item(at).quantity is not None]
        return [at for at in stated if not self._is_number_of_a_clause(at) and not self._again(at)]

    def _is_number_of_a_clause(self, at: int) -> bool:
        """Whether it only counts the statement: "3.2 Either party …"."""
        quantity = self.item(at).quantity
        plain = quantity is not None and not quantity.unit and not quantity.is_date
        return plain and at == self.first and self.last - self.first > _LEAST_CLAUSE

    def _again(self, at: int) -> bool:
        """Whether the next item states the same amount once more, in brackets."""
        said = self.item(at).quantity
        following = self.item(at + 1).quantity if at + 1 < self.last else None
        return said is not None and following is not None and said.values == following.values

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its words are compared by, those that mean the same included."""
        own = [self.item(at).token.stem for at in self.content]
        return frozenset(own).union(*(other_words_for(known) for known in own))

    @cached_property
    def names(self) -> list[tuple[int, int]]:
        """Its names as ranges of items, both included; titles, and what may be none, left out."""
        return [
            (name.first, name.last)
            for name in self.passage.names
            if self.first <= name.first
            and name.last < self.last
            and not name.weak
            and self.item(name.last).token.word not in TITLES
        ]

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, whose amounts are told apart by what is over them."""
        start, end = self.place(self.first, self.last - 1)
        return "|" in self.passage.text[start:end] or "\t" in self.passage.text[start:end]

    @property
    def is_prose(self) -> bool:
        """Whether it is a whole sentence, no heading or cell."""
        small = sum(self.item(at).token.kind is Kind.STOP for at in range(self.first, self.last))
        end = self.item(self.last - 1).end
        stop = self.passage.text[end : end + 3].lstrip("\"'”’»)")[:1]
        return small >= _LEAST_SMALL_WORDS and stop in tuple(".!。！")

    def item(self, at: int) -> Item:
        """The item of the passage at that index."""
        return self.passage.items[at]

    def place(self, first: int, last: int) -> Place:
        """Where items first to last, both included, stand in the text."""
        return self.item(first).start, self.item(last).end

    def lacks(self, other: Statement) -> list[int]:
        """The content that `other` does not have."""
        return [at for at in self.content if not _holds(other.stems, self.item(at).token.stem)]


def difference(
    one: Statement, other: Statement, asks: Asks, relation: Relation
) -> tuple[Place, Place] | None:
    """The words in which the two contradict each other, None where they do not."""
    mine, theirs = one.lacks(other), other.lacks(one)
    if asks is Asks.NAME:
        return _differing_names(one, other, mine, theirs, relation)
    if _other_names(one, other, mine) or _other_names(other, one, theirs):
        return None
    amounts = _differing_amounts(one, other, asks)
    if amounts is not None:
        a, b = amounts
        same = _says_the_same(one, other, mine, theirs, relation)
        if same and _stands_alike(one, other, a, b) and _stands_alike(other, one, b, a):
            return one.place(a, a), other.place(b, b)
        return None
    if asks is Asks.ANYTHING and not _unlike(one, other):
        return _denied(one, other, mine, theirs, relation)
    return None


def _holds(stems: frozenset[str], known: str) -> bool:
    if known in stems:
        return True
    if len(known) < 6:
        return False
    return any(
        len(other) >= 6 and abs(len(other) - len(known)) <= 3 and other[:6] == known[:6]
        for other in stems
    )


# ---------------------------------------------------------------- the same statement


def _says_the_same(
    one: Statement,
    other: Statement,
    mine: Sequence[int],
    theirs: Sequence[int],
    relation: Relation,
) -> bool:
    """Whether two statements are on the same thing, but for the words in `mine` and `theirs`."""
    least = _LEAST_SHARED[relation]
    for statement, lacking in ((one, mine), (other, theirs)):
        shared = len(statement.content) - len(lacking)
        if shared < _LEAST_WORDS[relation] or shared < least * len(statement.content):
            return False
        if any(_is_condition(statement, at) for at in lacking):
            return False
    return not any(_fills_the_same_place(one, other, a, b) for a in mine for b in theirs)


def _is_condition(statement: Statement, at: int) -> bool:
    """Whether a word stands in what limits a statement: "during probation", "for children"."""
    for before in range(at - 1, max(statement.first, at - 4) - 1, -1):
        item = statement.item(before)
        if item.token.word in _CONDITIONS:
            return True
        if item.is_content:
            return False
    return False


def _fills_the_same_place(one: Statement, other: Statement, a: int, b: int) -> bool:
    """Whether two words stand between the same neighbours: "adults pay", "children pay"."""
    sides = 0
    for step in (-1, 1):
        mine = one.item(a + step).token.stem if one.first <= a + step < one.last else ""
        theirs = other.item(b + step).token.stem if other.first <= b + step < other.last else ""
        sides += mine == theirs
    return sides == 2


def _other_names(one: Statement, other: Statement, lacking: Sequence[int]) -> bool:
    """Whether one names something that the other does not, nor the headings over it."""
    return any(
        at in lacking and one.item(at).token.stem not in other.context
        for first, last in one.names
        for at in range(first, last + 1)
    )


# ---------------------------------------------------------------- amounts


def _unlike(one: Statement, other: Statement) -> list[int]:
    """The amounts of one that the other does not state."""
    return [
        at
        for at in one.quantities
        if (said := one.item(at).quantity) is not None
        and not any(
            (found := other.item(there).quantity) is not None and _agree(said, found)
            for there in other.quantities
        )
    ]


def _agree(said: Quantity, found: Quantity) -> bool:
    if same_quantity(said, found) or same_quantity(found, said):
        return True
    if said.unit in _DAYS and found.unit in _DAYS:
        a, b = (q.values[0] * _DAYS[q.unit] for q in (said, found))
        return said.unit != found.unit and abs(a - b) <= _CLOSE * max(a, b)
    if (said.loose or found.loose) and not said.is_date and said.unit == found.unit:
        a, b = said.values[0], found.values[0]
        return abs(a - b) <= _CLOSE * max(abs(a), abs(b))
    return False


def _differing_amounts(one: Statement, other: Statement, asks: Asks) -> tuple[int, int] | None:
    """The one amount of each that excludes the other, None where none or several do."""
    if any(len(s.quantities) > (1 if s.is_row else _MOST_QUANTITIES) for s in (one, other)):
        return None
    mine, theirs = _unlike(one, other), _unlike(other, one)
    pairs = [
        (a, b)
        for a in mine
        for b in theirs
        if _excludes(one.item(a).quantity, other.item(b).quantity, asks)
    ]
    rest = (len(mine), len(theirs))
    return pairs[0] if len(pairs) == 1 and min(rest) == 1 else None


def _excludes(said: Quantity | None, found: Quantity | None, asks: Asks) -> bool:
    """Whether two amounts are of one kind, so that only one of them can be right."""
    if said is None or found is None or said.ordinal or found.ordinal:
        return False
    if said.is_date or found.is_date:
        return asks is Asks.DATE and said.is_date and found.is_date
    if asks is Asks.DATE:
        return False
    if (said.weak and not said.unit) or (found.weak and not found.unit):
        return False
    if said.unit in _DAYS and found.unit in _DAYS:
        return True
    return said.unit == found.unit


def _stands_alike(one: Statement, other: Statement, a: int, b: int) -> bool:
    """Whether a word next to the one value is next to the other too."""
    near = [at for at in one.content if abs(at - a) <= 2 * _NEAR]
    near = sorted(near, key=lambda at: abs(at - a))[:_NEAR]
    beside = {other.item(at).token.stem for at in other.content if abs(at - b) <= 3 * _NEAR}
    meant = beside.union(*(other_words_for(known) for known in beside)) if beside else set[str]()
    return any(_holds(frozenset(meant), one.item(at).token.stem) for at in near)


# ---------------------------------------------------------------- names


def _differing_names(
    one: Statement,
    other: Statement,
    mine: Sequence[int],
    theirs: Sequence[int],
    relation: Relation,
) -> tuple[Place, Place] | None:
    """The one name of each that stands where the other has another one."""
    if relation is not Relation.VERSIONS or _unlike(one, other):
        return None
    a = [n for n in one.names if all(at in mine for at in range(n[0], n[1] + 1))]
    b = [n for n in other.names if all(at in theirs for at in range(n[0], n[1] + 1))]
    if len(a) != 1 or len(b) != 1:
        return None
    rest_a = [at for at in mine if not a[0][0] <= at <= a[0][1]]
    rest_b = [at for at in theirs if not b[0][0] <= at <= b[0][1]]
    shared_a = len(one.content) - (a[0][1] - a[0][0] + 1) - len(rest_a)
    if rest_a or rest_b or not shared_a:
        return None
    return one.place(*a[0]), other.place(*b[0])


# ---------------------------------------------------------------- yes and no


def _denied(
    one: Statement,
    other: Statement,
    mine: Sequence[int],
    theirs: Sequence[int],
    relation: Relation,
) -> tuple[Place, Place] | None:
    """The words by which one says what the other denies."""
    opposites = [
        (a, b)
        for a in mine
        for b in theirs
        if opposed(one.item(a).token.word, other.item(b).token.word)
    ]
    rest_a = [at for at in mine if at not in {a for a, _ in opposites}]
    rest_b = [at for at in theirs if at not in {b for _, b in opposites}]
    if len(opposites) > 1 or not _says_the_same(one, other, rest_a, rest_b, relation):
        return None
    denials = _denials(one, other), _denials(other, one)
    odd = (len(denials[0]) + len(denials[1]) + len(opposites)) % 2
    if not odd or len(rest_a) + len(rest_b) > 2:
        return None
    if opposites:
        a, b = opposites[0]
        return one.place(a, a), other.place(b, b)
    denial, affirmed = (one, other) if denials[0] else (other, one)
    at, of = (denials[0] or denials[1])[0]
    said = denial.place(min(at, of), max(at, of))
    plain = _same_word(denial, affirmed, of)
    if plain is None:
        return None
    places = (said, affirmed.place(plain, plain))
    return places if denial is one else (places[1], places[0])


def _denials(one: Statement, other: Statement) -> list[tuple[int, int]]:
    """The denials of one with the word of each that the other has too."""
    found: list[tuple[int, int]] = []
    for at in range(one.first, one.last):
        if negates(one.passage, at):
            known = [of for of in scope_of(one.passage, at) if one.first <= of < one.last]
            held = [of for of in known if _same_word(one, other, of) is not None]
            if held:
                found.append((at, held[0]))
    return found


def _same_word(one: Statement, other: Statement, at: int) -> int | None:
    known = one.item(at).token.stem
    for there in other.content:
        if _holds(frozenset((known, *other_words_for(known))), other.item(there).token.stem):
            return there
    return None
