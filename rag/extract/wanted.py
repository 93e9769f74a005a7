"""Reads from a question what kind of words would answer it, and what it asks that of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import regex

from rag.cite.quantities import UNITS
from rag.cite.words import Kind, Token, stem, tokenise
from rag.extract import lexicon as lex
from rag.extract.nouns import GERMAN_ENDINGS, KINDS, NAMES_OF, NOUNS
from rag.extract.phrases import LISTED, NO_SPAN, OF, PHRASES, WHICH
from rag.extract.sorts import Sort

_NONE: frozenset[str] = frozenset()
_T = TypeVar("_T")
_TOLD_BY_WRITING = (Sort.MAIL, Sort.PHONE, Sort.WEB, Sort.TIME)
_INDEFINITE = frozenset(("a", "an", "ein", "eine", "un", "une", "una"))
_HEAD_LAST = ("en", "de")
_MOST_NOUNS = 5  # of a phrase that are looked at
_MOST_CHARS = 1_000  # longer ones are texts, not questions


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for; two that are equal find the same."""

    question: str
    sort: Sort
    asking: tuple[int, int]  # the words of `question` that only say what is asked for: “what year”
    attribute: tuple[str, ...] = ()  # stems of the words that name it: “notice”, “period”
    units: frozenset[str] = _NONE  # that it may have; empty means any, or none
    grain: str = ""  # of a date: "year", "month", "day", "decade" or "century", where it is told
    counted: str = ""  # stem of what “how many” counts
    is_by_phrase: bool = False  # told by “who” or “when”, not by a noun as in “which king”


def wanted(question: str) -> Wanted | None:
    """What `question` asks for; None where no few words would answer it."""
    if len(question) > _MOST_CHARS or NO_SPAN.search(question):
        return None
    for pattern, sort, units in PHRASES:
        found = pattern.search(question)
        if found is not None:
            return _phrased(question, found, sort, units)
    for language, pattern in (*WHICH, *LISTED):
        found = pattern.search(question)
        if found is not None:
            return _by_noun(question, language, found)
    return None


def field_wanted(label: str) -> Wanted:
    """What a field or a table's column of that label holds: “Aircraft Registration”."""
    tokens = [t for t in tokenise(label) if t.kind in (Kind.WORD, Kind.GRAM, Kind.CODE)]
    sorts = (_sort_of(tokens[-1].word, language) for language in NOUNS) if tokens else ()
    sort = next((sort for sort in sorts if sort), Sort.TERM)
    return Wanted(label, sort, (0, 0), _stems(tokens), _UNITS_OF.get(sort, _NONE))


def _phrased(
    question: str, found: regex.Match[str], sort: Sort, units: frozenset[str]
) -> Wanted | None:
    """What a question asks for whose question words tell it: “when”, “how many”."""
    noun = (found.groupdict().get("noun") or "").casefold()
    if sort is Sort.COUNT and (unit := UNITS.get(noun)):
        sort = Sort.DURATION if unit in lex.TIME_UNITS else Sort.QUANTITY
        return Wanted(question, sort, found.span(), units=frozenset((unit,)), is_by_phrase=True)
    end = found.start("noun") if noun else found.end()
    named = [t for t in _noun_group(question, end) if t.kind is not Kind.GRAM]
    asked = Wanted(question, sort, (found.start(), end), _stems(named), units, is_by_phrase=True)
    return replace(asked, counted=stem(noun)) if noun else asked


def _by_noun(question: str, language: str, found: regex.Match[str]) -> Wanted | None:
    """What a question asks for whose noun tells it: “what year”, “which company”."""
    group = _noun_group(question, found.end())
    if not group or found.group().split()[-1].casefold() in _INDEFINITE:
        return None  # "what is a lease" asks what that means
    is_phrase = len(found.group().split()) > 1  # "what is the …", not "what …" or "which …"
    told = _sort_at(question, language, group, is_phrase=is_phrase)
    if told is None:
        if not is_phrase:
            return None
        return Wanted(question, Sort.TERM, found.span(), _stems(group))
    sort, last = told
    named = group[: last + 1]
    word = stem(named[-1].word)
    grain = _GRAINS.get(word, "") if sort is Sort.DATE else ""
    only_asks = bool(grain) or named[-1].word in NAMES_OF or sort in _TOLD_BY_WRITING
    end = named[-1].end if only_asks else found.end()
    units = _UNITS_OF.get(sort) or _DIMENSIONS.get(word, _NONE)
    return Wanted(question, sort, (found.start(), end), _stems(named), units, grain)


def _noun_group(question: str, at: int) -> list[Token]:
    """The first words from `at` that carry something, up to one that does not or a comma."""
    group: list[Token] = []
    end = at
    for token in tokenise(question):
        if token.start < at:
            continue
        if token.kind not in (Kind.WORD, Kind.CODE, Kind.GRAM):
            if group:
                break
            continue
        gap = question[end : token.start] if group else ""
        if regex.match(r"['’]s?\s", gap):
            group = []  # “Apple's net income” asks for the income
        elif regex.search(r"[,;:?!()]", gap):
            break
        group.append(token)
        end = token.end
    return group


def _sort_at(
    question: str, language: str, group: Sequence[Token], *, is_phrase: bool
) -> tuple[Sort, int] | None:
    """The sort that the noun of a group names, and which of its words that is.

    The noun of a phrase ends it in English and German; else a verb may follow the noun.
    """
    head_last = is_phrase and language in _HEAD_LAST
    for at, token in enumerate(group[:_MOST_NOUNS]):
        if _singular(token.word) & KINDS:
            return None
        sort = _sort_of(token.word, language)
        if sort is None:
            continue
        last = at
        for next_, following in enumerate(group[at + 1 : _MOST_NOUNS], at + 1):
            more = _sort_of(following.word, language)
            if more is not None and (head_last or next_ == last + 1):
                sort, last = more, next_
        return _of_something(question, language, group, sort, last)
    return None


def _of_something(
    question: str, language: str, group: Sequence[Token], sort: Sort, at: int
) -> tuple[Sort, int]:
    """ "The number of seats" is a count, "the name of the company" a company's."""
    word = group[at].word
    of = OF.match(question, group[at].end)
    if of is None:
        return sort, at
    if word in ("number", "número") and at == 0:
        return Sort.COUNT, at
    if word in NAMES_OF:
        following = _noun_group(question, of.end())[:3]
        told = [_sort_of(token.word, language) for token in following]
        return next((s for s in told if s and s.is_named), Sort.NAME), at
    return sort, at


def _sort_of(word: str, language: str) -> Sort | None:
    """The sort of span that the noun `word` asks for."""
    listed = NOUNS[language]
    sort = next((listed[one] for one in (word, *_singular(word)) if one in listed), None)
    if sort is None and language == "de" and len(word) > 6:
        sort = next((told for ending, told in GERMAN_ENDINGS if word.endswith(ending)), None)
    return Sort(sort) if sort else None


def _singular(word: str) -> frozenset[str]:
    """What `word` may be the plural of, itself included."""
    endings = ("s", "n", "e", "es", "en", "er", "x")
    forms = {word.removesuffix(ending) for ending in endings if len(word) - len(ending) >= 3}
    return frozenset(forms | {word} | ({word[:-3] + "y"} if word.endswith("ies") else set()))


def _stems(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.stem for token in tokens))


def _by_stem(table: Sequence[tuple[_T, str]]) -> dict[str, _T]:
    return {stem(word): value for value, listed in table for word in listed.split()}


_GRAINS = _by_stem(
    (
        ("year", "year jahr année an año"),
        ("month", "month monat mois mes"),
        ("day", "day tag jour día"),
        ("decade", "decade jahrzehnt décennie década"),
        ("century", "century jahrhundert siècle siglo"),
    )
)
_UNITS_OF = {
    Sort.DURATION: lex.TIME_UNITS,
    Sort.AGE: lex.AGE_UNITS,
    Sort.PERCENT: frozenset(("percent",)),
}
_DIMENSIONS = _by_stem(
    (
        (
            lex.LENGTH_UNITS,
            """distance height width depth altitude elevation diameter thickness entfernung höhe
            breite tiefe durchmesser länge longueur hauteur altura anchura""",
        ),
        (lex.WEIGHT_UNITS, "weight mass gewicht masse poids peso masa"),
        (lex.SPEED_UNITS, "speed geschwindigkeit vitesse velocidad"),
        (
            frozenset(("celsius", "fahrenheit", "degree")),
            "temperature temperatur température temperatura",
        ),
    )
)
