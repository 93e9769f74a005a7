"""What a question that asks for everything wants: what to list, of what, and what to make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.exhaustive.pairs import Pair
from rag.exhaustive.terms import Noun, Term
from rag.records import Scope


class Aggregation(StrEnum):
    """What is made of the things that are found."""

    LIST = "list"
    COUNT = "count"
    EXISTS = "exists"
    HIGHEST = "highest"
    LOWEST = "lowest"
    SUM = "sum"
    MEAN = "mean"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Mention:
    """All of `terms` stand in one statement."""

    terms: tuple[Term, ...]
    negated: bool = False
    as_word: bool = False  # the words alone count, whatever is said of them: "that mention …"
    alternatives: tuple[tuple[Term, ...], ...] = ()  # other statements that would do as well


@dataclass(frozen=True, slots=True)
class Compared:
    """A number that is told of something lies between `low` and `high`."""

    attribute: tuple[Term, ...]  # what the number is told of; empty where that is not said
    low: float
    high: float
    low_included: bool
    high_included: bool
    unit: str = ""  # as `rag.cite.quantities` names it; empty where none was typed
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A date lies between two days, both included."""

    attribute: tuple[Term, ...]  # what happened then; empty for the date of the thing itself
    first: date
    last: date
    negated: bool = False
    of_itself: bool = False  # `attribute` is what the thing itself is: "accidents on 8 May"


Condition = Mention | Compared | Dated


@dataclass(frozen=True, slots=True)
class Aim:
    """What to go through everything for."""

    aggregation: Aggregation
    language: str  # of the question, for what code says: "en", "de", "fr", "es", "zh"
    scope: Scope
    kind: Noun | None  # what has to be true of a file or a row by its name: "contracts"
    wanted: Noun | None  # what is listed of each: None lists the files themselves
    conditions: tuple[Condition, ...] = ()
    pair: Pair | None = None  # two that are compared, where the question names them
    named_by: Noun | None = None  # who or what an item is called by, where files tell it
    measure_is_guessed: bool = False  # `wanted` is what a superlative mostly means
    is_sure: bool = True  # False: better answered from passages, with the pass offered
    occurrences: bool = False  # every place counts, not every file
