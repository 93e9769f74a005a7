"""Finds the spans of a text that are of the sort that a question asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from rag.cite.items import Item, Quantity
from rag.cite.lexicon import PRONOUNS, TITLES
from rag.cite.prepared import Name, Prepared
from rag.cite.quantities import MONTHS, UNITS
from rag.extract import lexicon as lex
from rag.extract.sorts import Sort
from rag.extract.wanted import Wanted
from rag.extract.written import WRITTEN, code_fit

_FROM = regex.compile(rf"\b(?:{'|'.join(sorted(lex.FROM))})\b", regex.I)
_SOURCE_LOSS = 0.5
_NAME_LOSS = 0.7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a text that may answer: items `first` to `last`, both included."""

    start: int
    end: int
    first: int
    last: int
    fit: float  # -1..1, how well it is of the sort asked for
    number: float | None = None
    unit: str = ""


def candidates(wanted: Wanted, text: Prepared) -> list[Candidate]:
    """The spans of `text` that may answer, in order; they may overlap."""
    if not text.items:
        return []
    return [
        _where_from(wanted, text, one)
        for one in _candidates(wanted, text)
        if one.last < len(text.items)
    ]


def _where_from(wanted: Wanted, text: Prepared, one: Candidate) -> Candidate:
    """“From here to there”: what `from` stands before answers a question that has it too."""
    before = text.items[one.first - 1].token.word if one.first else ""
    if before not in lex.FROM or regex.search(_FROM, wanted.question):
        return one
    return replace(one, fit=one.fit - _SOURCE_LOSS)


def _candidates(wanted: Wanted, text: Prepared) -> list[Candidate]:
    sort = wanted.sort
    if sort.is_named:
        return list(_names(sort, text))
    if sort is Sort.DATE:
        return list(_dates(wanted, text))
    if sort.is_number:
        return list(_numbers(wanted, text))
    pattern = WRITTEN.get(sort)
    if pattern is None:
        return []
    found = [(f.start(), f.end()) for f in pattern.finditer(text.text)]
    if sort is Sort.CODE:
        return [_over(text, a, b, code_fit(text.text[a:b])) for a, b in found]
    return [_over(text, a, b, 1.0) for a, b in found]


def _over(text: Prepared, start: int, end: int, fit: float) -> Candidate:
    first = text.item_at(start)
    last = max(first, text.item_at(end) - 1)
    return Candidate(start, end, first, last, fit)


# ---------------------------------------------------------------- numbers


_UNSPACED = "|".join(
    sorted(
        (u for u in UNITS if not u.isascii() and regex.match(r"[\p{Han}\p{Katakana}]", u)),
        key=len,
        reverse=True,
    )
)
_PERCENT = regex.compile(r"\s?[%％]")
_UNIT_SIGN = regex.compile(rf"\s?(?:[%％€£$](?!\s?\d)|(?:平方|立方)?(?:{_UNSPACED}))")


def _numbers(wanted: Wanted, text: Prepared) -> Iterator[Candidate]:
    for at, item in enumerate(text.items):
        quantity = item.quantity
        if quantity is None or quantity.month or quantity.day:
            continue
        if not quantity.unit and _PERCENT.match(text.text, item.end):  # in a row of shares
            quantity = replace(quantity, unit="percent")
        fit = _number_fit(wanted, quantity, text, at)
        if fit > -1:
            end = _number_end(text, item)
            yield Candidate(item.start, end, at, at, fit, quantity.values[0], quantity.unit)


def _number_fit(wanted: Wanted, quantity: Quantity, text: Prepared, at: int) -> float:
    """How well a quantity is of the sort asked for; -1 where it is not."""
    unit = quantity.unit.removeprefix("square ").removeprefix("cubic ")
    is_bare = quantity.year or quantity.weak
    if quantity.ordinal:
        fit = -1.0
    elif wanted.sort is Sort.COUNT:
        fit = _count_fit(wanted, quantity, text, at)
    elif wanted.units:
        is_age = wanted.sort is Sort.AGE and not unit and not quantity.year
        fit = 1.0 if unit in wanted.units else 0.2 if is_age and quantity.values[0] < 130 else -1.0
    elif wanted.sort is Sort.MONEY:
        fit = 1.0 if unit in lex.MONEY_UNITS else -1.0 if unit or is_bare else -0.3
    elif unit:
        fit = -0.5 if unit in lex.TIME_UNITS else 0.7
    else:
        fit = -0.9 if is_bare else -0.4
    return fit


_STOP = regex.compile(r"[.;:!?。；！？]\s|\n")


def _count_fit(wanted: Wanted, quantity: Quantity, text: Prepared, at: int) -> float:
    if quantity.unit in ("percent", "point", *lex.MONEY_UNITS):
        return -1.0
    following = text.items[at + 1 : at + (3 if quantity.year else 5)]
    end = text.items[at].end
    counts = bool(wanted.counted) and any(
        item.token.stem == wanted.counted and not _STOP.search(text.text, end, item.start)
        for item in following
    )
    if counts:
        return 1.0
    if quantity.year or quantity.unit:
        return -0.9
    if quantity.weak:
        return -0.6
    return 0.0


def _number_end(text: Prepared, item: Item) -> int:
    """Where a quantity ends with its unit, which may be a sign or stand without a space."""
    found = _UNIT_SIGN.match(text.text, item.end)
    return found.end() if found else item.end


# ---------------------------------------------------------------- dates

_SPAN_OF_TIME = regex.compile(r"\s?(?:–|—|-|to|until|till|bis|au|à|hasta|至|到|から)\s?", regex.I)
_DATE_SIGN = regex.compile(r"\s?[年月日号]")
_WORD = regex.compile(r"\p{L}+")


def _dates(wanted: Wanted, text: Prepared) -> Iterator[Candidate]:
    previous: Candidate | None = None
    for at, item in enumerate(text.items):
        found = _date(wanted.grain, text, at, item)
        if found is None:
            continue
        if previous is None or not _runs_to(text, previous, found):
            if previous is not None:
                yield previous
            previous = found
            continue
        yield from _stretch(wanted, previous, found)
        previous = None
    if previous is not None:
        yield previous


def _date(grain: str, text: Prepared, at: int, item: Item) -> Candidate | None:
    quantity = item.quantity
    if quantity is None:
        return None
    end = item.end
    if quantity.unit in ("decade", "century"):
        if quantity.unit == "decade" and not _is_decade(text, item):
            return None
        fit = 1.0 if grain == quantity.unit else 0.3 if not grain else -0.6
        return Candidate(item.start, end, at, at, fit)
    if not quantity.is_date or (quantity.year and quantity.year < 100):
        return None
    fit, year = _date_fit(grain, quantity), float(quantity.year) or None
    if _is_part_of_a_name(text, at):
        fit -= _NAME_LOSS
    if grain == "year" and quantity.month:
        start = text.text.find(str(quantity.year), item.start, end)
        return Candidate(start, start + 4, at, at, fit, year) if year and start >= 0 else None
    sign = _DATE_SIGN.match(text.text, end)
    return Candidate(item.start, sign.end() if sign else end, at, at, fit, year)


def _is_part_of_a_name(text: Prepared, at: int) -> bool:
    """Whether a year only names something: “the Exchange Act of 1934”."""
    if at < 2 or text.items[at - 1].token.word != "of":
        return False
    named = text.items[at - 2].token
    return named.capital and named.word not in MONTHS


def _runs_to(text: Prepared, first: Candidate, last: Candidate) -> bool:
    """Whether two dates are the ends of one stretch of time."""
    return _SPAN_OF_TIME.fullmatch(text.text, first.end, last.start) is not None


def _stretch(wanted: Wanted, first: Candidate, last: Candidate) -> Iterator[Candidate]:
    """From when to when something was; a question may ask for one end of it."""
    asked = {token.casefold() for token in _WORD.findall(wanted.question)}
    begins, ends = bool(asked & lex.BEGINNINGS), bool(asked & lex.ENDINGS)
    yield replace(first, fit=first.fit - (0.6 if ends else 0.0 if begins else 0.2))
    yield replace(last, fit=last.fit - (0.6 if begins else 0.0 if ends else 0.3))
    if not begins and not ends and not wanted.grain:
        yield Candidate(first.start, last.end, first.first, last.last, first.fit)


def _is_decade(text: Prepared, item: Item) -> bool:
    return regex.search(r"\d0['’]?s|\p{L}", text.text[item.start : item.end]) is not None


def _date_fit(grain: str, quantity: Quantity) -> float:
    full = quantity.year and quantity.month and quantity.day
    if grain == "year":
        return 1.0 if quantity.year else -1.0
    if grain == "month":
        return 1.0 if quantity.month else -0.8
    if grain == "day":
        return 1.0 if quantity.day else -0.5
    if grain:
        return -0.6
    return 1.0 if full else 0.8 if quantity.year else 0.2


# ---------------------------------------------------------------- names


def _names(sort: Sort, text: Prepared) -> Iterator[Candidate]:
    for first, last, weak in _joined_names(text):
        fit = _name_fit(sort, text, first, last)
        if weak:
            fit -= 0.5
        if fit > -1:
            start, end = text.items[first].start, text.items[last].end
            yield Candidate(start, end, first, last, fit)


def _joined_names(text: Prepared) -> Iterator[tuple[int, int, bool]]:
    """The names of a text, those that small words hold together as one."""
    items = text.items
    names = [part for name in text.names for part in _parted(text, name)]
    at = 0
    while at < len(names):
        first, last, weak = names[at].first, names[at].last, names[at].weak
        while at + 1 < len(names) and _links(text, last, names[at + 1].first):
            at += 1
            last, weak = names[at].last, False
        at += 1
        while first < last and items[first].token.word in PRONOUNS:
            first += 1
        if items[last].token.word in MONTHS and last == first:
            continue
        yield first, last, weak


def _parted(text: Prepared, name: Name) -> list[Name]:
    """A name cut where a sentence ends in it: “… named Bowman. Bowman was …”."""
    parts: list[Name] = []
    first = name.first
    for at in range(name.first, name.last):
        stopped = "." in text.gap(at, at + 1)
        word = text.items[at].token.word
        if stopped and len(word) > 2 and word not in TITLES:
            parts.append(Name(first, at, weak=False))
            first = at + 1
    return [*parts, Name(first, name.last, name.weak or bool(parts))]


def _links(text: Prepared, last: int, following: int) -> bool:
    """Whether the words between two names belong to one: “Guy de Lusignan”, “Duke of York”."""
    between = text.items[last + 1 : following]
    gap = text.text[text.items[last].end : text.items[following].start]
    if len(between) > 2 or regex.search(r"[^\s\p{L}'’-]|\n", gap):
        return False
    if not between:  # an ordinal or a letter stood here: “Louis XIV.”
        return gap in ("-", "’", "'")
    words = [item.token.word for item in between]
    return all(word in lex.NAME_LINKS for word in words) and words[0] not in ("the", "for", "el")


def _name_fit(sort: Sort, text: Prepared, first: int, last: int) -> float:
    """How well a name is one of the sort asked for, by its words and what stands before it."""
    words = [text.items[at].token.word for at in range(first, last + 1)]
    before = text.items[first - 1].token.word if first else ""
    titled = before in TITLES or bool(TITLES.intersection(words[:1]))
    placed = before in lex.BEFORE_PLACES
    of_place = bool(lex.PLACE_WORDS.intersection(words))
    of_body = bool(lex.ORGANISATION_WORDS.intersection(words))
    no_person = bool(lex.NO_PERSON_WORDS.intersection(words))
    demonym = first == last and words[0].endswith(lex.DEMONYM_ENDINGS)
    acronym = first == last and text.items[first].token.acronym
    size = last - first + 1
    if sort is Sort.PERSON:
        fit = 0.2 + 0.6 * titled + 0.3 * (1 < size < 5) + 0.3 * (before in lex.BY)
        return (
            fit
            - 0.7 * no_person
            - 0.5 * of_place
            - 0.4 * of_body
            - 0.5 * placed
            - 0.3 * acronym
            - 0.3 * demonym
        )
    if sort is Sort.PLACE:
        fit = 0.1 + 0.6 * placed + 0.5 * of_place
        return fit - 0.7 * titled - 0.5 * no_person - 0.3 * of_body - 0.5 * demonym - 0.4 * acronym
    if sort is Sort.ORGANISATION:
        return (
            0.1
            + 0.7 * of_body
            + 0.3 * acronym
            + 0.2 * (size > 1)
            - 0.5 * titled
            - 0.5 * no_person
            - 0.3 * placed
        )
    return 0.1 + 0.2 * (size > 1) - 0.3 * placed
