"""Finds where passages contradict each other: the same said with another number, date or name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rag.cite.comparison import Asks, Place, Relation, Statement, difference
from rag.cite.lexicon import FRAME_WORDS
from rag.cite.prepared import Name, Passage, Prepared
from rag.cite.quantities import UNITS
from rag.cite.synonyms import other_words_for
from rag.cite.versions import dated, family, is_of_its_day, period_of
from rag.cite.wordlist import words
from rag.cite.words import Kind

__all__ = ["Asks", "Contradiction", "Says", "Told", "contradictions"]

_RELEVANT = 0.5  # the share of the question's words that a statement and its heading must hold
_RELEVANT_PAIRS = 0.25  # the same of pairs of characters, some of which only ask
_MEASURES = words(
    """
    long much many high old far big large deep wide heavy tall fast often lang lange viel viele hoch
    alt weit groß tief breit schwer schnell oft combien haut long grand cuánto cuánta cuántos
    cuántas kind type sort name number date
    """
)
_GERMAN_BEGINNINGS = words(
    """
    was wie wer wem wen wessen wann wo woher wohin welche welcher welches welchen welchem ist sind
    gibt hat haben darf dürfen kann können muss müssen wird werden
    """
)
_MOST_STATEMENTS = 40  # that are compared with each other


@dataclass(frozen=True, slots=True)
class Told:
    """A passage of a document."""

    key: int  # the caller's, unique
    document: int  # which document it is from
    text: str
    name: str  # of the document's file
    heading: str = ""  # the document's title and the passage's heading


@dataclass(frozen=True, slots=True)
class Says:
    """What one passage says: its sentence's span, and that of the words that differ."""

    key: int
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Passages that say the same thing otherwise, at least two, in the order they came in."""

    says: tuple[Says, ...]


@dataclass(frozen=True, eq=False)
class _Found:
    """A statement that is on what is asked."""

    told: Told
    statement: Statement

    def says(self, value: Place) -> Says:
        start, end = self.statement.place(self.statement.first, self.statement.last - 1)
        return Says(self.told.key, start, end, *value)


def contradictions(
    question: str, passages: Sequence[Told], asks: Asks = Asks.ANYTHING
) -> list[Contradiction]:
    """Where `passages` contradict each other in what `question` asks for; mostly nowhere.

    Two statements contradict each other if they are on the same thing, differ in one value and
    agree in all else, and stand in versions of one document, name the same, or stand in two
    places of one document.
    """
    asked = _asked(question)
    if not (asked.things or asked.names) or len(passages) < 2:
        return []
    found = list(_on_what_is_asked(passages, asked))[:_MOST_STATEMENTS]
    values: dict[int, Place] = {}
    pairs: list[set[int]] = []
    for (a, one), (b, other) in combinations(enumerate(found), 2):
        relation = _relation(one, other)
        if relation is None:
            continue
        differing = difference(one.statement, other.statement, asks, relation)
        if differing is not None:
            values.setdefault(a, differing[0])
            values.setdefault(b, differing[1])
            pairs.append({a, b})
    return [
        Contradiction(tuple(found[at].says(values[at]) for at in sorted(group)))
        for group in _one_a_document(_joined(pairs), found)
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The stems of the words that a statement must have to be on what is asked."""

    things: frozenset[str]  # what is asked of it: "notice", "period"
    names: frozenset[str]
    unspaced: bool  # in a script without spaces, where its words are pairs of characters

    def share_in(self, statement: Statement) -> float:
        """The share (0..1) of what is asked that `statement` tells of; 0 where that is too little.

        What only the headings over it say counts for its names, not for the things.
        """
        both, things = self.things | self.names, self.things or self.names
        held = {known for known in both if _is_in(known, statement.stems)}
        named = held | {known for known in both if _is_in(known, statement.context)}
        own = {statement.item(at).token.stem for at in statement.content}
        least = _RELEVANT_PAIRS if self.unspaced else _RELEVANT
        share = len(things & held) / len(things)
        on_it = things & own and share >= least and len(named) >= least * len(both)
        return share if on_it else 0.0


def _asked(question: str) -> _Asked:
    read = Prepared(question)
    is_german = bool(read.items) and read.items[0].token.word in _GERMAN_BEGINNINGS
    read = Prepared(question, german=read.german or is_german)
    named = {at for n in read.names if not _is_noun(read, n) for at in range(n.first, n.last + 1)}
    told = [
        (item.token.stem, at in named)
        for at, item in enumerate(read.items)
        if item.is_content
        and item.quantity is None
        and item.token.word not in FRAME_WORDS
        and item.token.word not in UNITS
        and item.token.word not in _MEASURES
    ]
    return _Asked(
        frozenset(known for known, is_name in told if not is_name),
        frozenset(known for known, is_name in told if is_name),
        any(item.token.kind is Kind.GRAM for item in read.items),
    )


def _is_noun(text: Prepared, name: Name) -> bool:
    """Whether a name may be an ordinary word, as every German noun may."""
    return name.weak or (
        text.german and name.first == name.last and not text.items[name.first].token.acronym
    )


def _on_what_is_asked(passages: Sequence[Told], asked: _Asked) -> Iterator[_Found]:
    """The statements of each document that tell most of what is asked."""
    by_document: dict[int, list[tuple[float, _Found]]] = {}
    for told in passages:
        passage = Passage(told.key, told.text)
        context = frozenset(
            item.token.stem for item in Prepared(f"{told.heading} {told.name}").items
        )
        for first, last in passage.sentences:
            statement = Statement(passage, first, last, context)
            share = asked.share_in(statement)
            if share:
                by_document.setdefault(told.document, []).append((share, _Found(told, statement)))
    for found in by_document.values():
        most = max(share for share, _ in found)
        yield from (one for share, one in found if share == most)


def _is_in(known: str, stems: frozenset[str]) -> bool:
    return known in stems or any(other in stems for other in other_words_for(known))


# ---------------------------------------------------------------- what speaks of the same


def _relation(one: _Found, other: _Found) -> Relation | None:
    """Why two statements can contradict each other; None where they cannot."""
    if one.told.key == other.told.key:
        return None
    is_form = _is_field(one.statement) or _is_field(other.statement)
    if one.told.document == other.told.document:
        in_prose = one.statement.is_prose and other.statement.is_prose
        return Relation.ONE_DOCUMENT if in_prose and not is_form else None
    if _of_other_periods(one.told, other.told):
        return None
    if family(one.told.name) and family(one.told.name) == family(other.told.name):
        return Relation.VERSIONS
    return Relation.NAMED if not is_form and _named(one) & _named(other) else None


def _is_field(statement: Statement) -> bool:
    """Whether it is a label with a value, which forms of all sorts share."""
    start, end = statement.place(statement.first, statement.last - 1)
    return ":" in statement.passage.text[start:end] or "|" in statement.passage.text[start:end]


def _of_other_periods(one: Told, other: Told) -> bool:
    """Whether each is on a time of its own, as the reports of two years are."""
    if not (
        is_of_its_day(f"{one.name} {one.heading}") or is_of_its_day(f"{other.name} {other.heading}")
    ):
        return False
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in (
            (period_of(one.name), period_of(other.name)),
            (period_of(one.heading), period_of(other.heading)),
            (dated(one.name).day, dated(other.name).day),
        )
    )


def _named(found: _Found) -> frozenset[str]:
    """The names and codes of a statement."""
    statement = found.statement
    names = {
        " ".join(statement.item(at).token.stem for at in range(first, last + 1))
        for first, last in statement.names
    }
    codes = {
        statement.item(at).token.stem
        for at in range(statement.first, statement.last)
        if statement.item(at).token.kind is Kind.CODE
    }
    return frozenset(names | codes)


# ---------------------------------------------------------------- groups


def _joined(pairs: Iterable[set[int]]) -> list[set[int]]:
    """Pairs that share a statement as one group."""
    groups: list[set[int]] = []
    for pair in pairs:
        touching = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair]
        groups.append(pair.union(*touching))
    return groups


def _one_a_document(groups: Iterable[set[int]], found: Sequence[_Found]) -> Iterator[list[int]]:
    """Of each group the first statement of every document; all, where it is of one document."""
    for group in groups:
        first: dict[int, int] = {}
        for at in sorted(group):
            first.setdefault(found[at].told.document, at)
        yield sorted(first.values()) if len(first) > 1 else sorted(group)
