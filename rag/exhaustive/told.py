"""Reads the numbers, dates and names that a text tells of something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from rag.cite.facts import analyse
from rag.cite.items import Item, Quantity
from rag.exhaustive import lexicon
from rag.exhaustive.aim import Term
from rag.exhaustive.folding import fold, root
from rag.exhaustive.layout import Field
from rag.exhaustive.days import days_of
from rag.exhaustive.subject import Statement, Subject, label_score
from rag.exhaustive.synonyms import meant_by

_MONEY = frozenset("usd eur pound yen yuan rupee rouble won franc mark cent krona".split())
_HEAD_CHARS = 600  # of a document, where its date stands
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_TOTALS = ("total", "total amount", "amount due", "grand total", "gesamtbetrag", "montant total")
_SUBTOTAL = regex.compile(
    r"\b(?:sub-?total|net|netto|zwischensumme|vat|tax|mwst|tva|iva|discount)\b"
)
_MOST_STATEMENTS = 40


@dataclass(frozen=True, slots=True)
class Told:
    """A value that a text tells: `start, end` is what is quoted, its label included."""

    text: str  # as it stands there
    start: int
    end: int
    label: str
    score: float  # how surely it is what was asked for; compare within one thing only
    number: float = 0.0
    unit: str = ""
    first: date | None = None  # of a date, the first and the last day that it may mean
    last: date | None = None
    is_number: bool = False


def as_value(told: Told) -> Told:
    """`told` with the number or date that its text is, where it is nothing else."""
    items = [item for item in analyse(told.text) if item.is_content]
    quantity = items[0].quantity if items else None
    if quantity is None or quantity.ordinal or quantity.weak:
        return told
    if quantity.is_date:
        if not quantity.year or len(items) > 2:
            return told
        first, last = days_of(quantity)
        return replace(told, first=first, last=last, number=float(first.toordinal()))
    if len(items) > 1 and not quantity.unit:
        return told
    return replace(
        told,
        number=quantity.values[0] * _scale_of(told.label),
        unit=unit_of(quantity, told.label),
        is_number=True,
    )


def numbers_told(attribute: Sequence[Term], subject: Subject, unit: str) -> list[Told]:
    """The numbers that `subject` tells of `attribute`, in order; `unit` as typed, or empty.

    Without an attribute: its total, or the only number with that unit.
    """
    if not attribute:
        return _totals(subject, unit)
    found = list(_in_fields(attribute, subject, unit))
    return found or list(_in_sentences(attribute, subject, unit))


def _in_fields(attribute: Sequence[Term], subject: Subject, unit: str) -> Iterator[Told]:
    for one in subject.fields:
        score = attribute_score(attribute, one.label)
        if score < 1 or not subject.is_inside(one.start, one.end):
            continue
        quantity = _first_number(subject, one, unit)
        if quantity is not None:
            yield _told(subject, quantity, one, score)


def _first_number(subject: Subject, one: Field, unit: str) -> Item | None:
    text = subject.page.text[one.start : one.end]
    for item in analyse(text):
        quantity = item.quantity
        if (
            quantity is None
            or quantity.ordinal
            or (quantity.is_date and (quantity.month or quantity.day))
        ):
            continue
        if (
            unit_of(quantity, one.label) in ("", unit)
            or not unit
            or _alike(unit, unit_of(quantity, one.label))
        ):
            return item
    return None


def _told(subject: Subject, item: Item, one: Field, score: float) -> Told:
    quantity = item.quantity
    assert quantity is not None
    text = subject.page.text[one.start + item.start : one.start + item.end]
    start = min(one.label_start, one.start)
    scale = _scale_of(one.label)
    number = quantity.values[0] * scale * (-1 if quantity.negative else 1)
    return Told(
        _trimmed(text),
        start,
        one.start + item.end,
        one.label,
        score,
        number,
        unit_of(quantity, one.label),
        is_number=True,
    )


def _trimmed(text: str) -> str:
    return " ".join(text.split())


def unit_of(quantity: Quantity, label: str) -> str:
    """The unit of a number: its own, or the one that its label tells: "Rent (EUR)"."""
    if quantity.unit:
        return quantity.unit
    for item in analyse(f"1 {' '.join(_brackets(label))}"):
        if item.quantity is not None and item.quantity.unit:
            return item.quantity.unit
    return ""


def _brackets(label: str) -> list[str]:
    return regex.findall(r"[(\[]([^)\]]{1,12})[)\]]", label) or regex.findall(
        r"\b(?:in|en) (\S{1,10})$", label
    )


def _scale_of(label: str) -> float:
    if regex.search(r"\b(?:thousands?|tausend|000s|t€|k€|milliers|miles)\b", label):
        return 1e3
    if regex.search(r"\b(?:millions?|mio|mill?iones|millionen)\b", label):
        return 1e6
    return 1.0


def _alike(one: str, other: str) -> bool:
    """Whether numbers with these units may be compared."""
    return one == other or not other


def _in_sentences(attribute: Sequence[Term], subject: Subject, unit: str) -> Iterator[Told]:
    for statement, spots in statements_with(attribute, subject):
        text = subject.page.text[statement.start : statement.end]
        best: tuple[float, Item] | None = None
        for item in analyse(text):
            quantity = item.quantity
            if quantity is None or quantity.ordinal or quantity.is_date:
                continue
            if unit and quantity.unit != unit:
                continue
            distance = _distance(text, statement, item, spots)
            if not quantity.unit and not unit:
                distance += 40  # a plain number is less likely an amount
            if quantity.weak:
                distance += 60  # as "one" is less likely a number at all
            if best is None or distance < best[0]:
                best = distance, item
        if best is not None and best[0] < 160:
            item = best[1]
            quantity = item.quantity
            assert quantity is not None
            yield Told(
                _trimmed(text[item.start : item.end]),
                statement.start,
                statement.end,
                "",
                0.5,
                quantity.values[0] * (-1 if quantity.negative else 1),
                quantity.unit,
                is_number=True,
            )


def _distance(
    text: str, statement: Statement, item: Item, spots: Sequence[tuple[int, int]]
) -> float:
    """How far a number stands from the words that name it: behind them counts as nearer."""
    least = 1e9
    for start, end in spots:
        low, high = start - statement.start, end - statement.start
        gap = text[high : item.start] if item.start >= high else text[item.end : low]
        distance = len(gap) * (1.0 if item.start >= high else 1.6)
        distance += 30 * len(regex.findall(r"[,;(]", gap)) + 60 * len(
            regex.findall(r"\b(?:and|und|et|y|while|whereas)\b", gap)
        )
        least = min(least, distance)
    return least


def statements_with(
    attribute: Sequence[Term], subject: Subject
) -> Iterator[tuple[Statement, list[tuple[int, int]]]]:
    """The statements that hold all words of `attribute`, with where these stand."""
    places = [list(subject.matches(term))[:_MOST_STATEMENTS] for term in attribute]
    if not places or not all(places):
        return
    rarest = min(places, key=len)
    seen: set[int] = set()
    for start, end in rarest:
        statement = subject.statement_at(start, end)
        if statement.start in seen or (statement.label and not subject.row):
            continue
        seen.add(statement.start)
        held = [[spot for spot in spots if statement.holds(*spot)] for spots in places]
        if all(held):
            yield statement, held[-1]


def attribute_score(attribute: Sequence[Term], label: str) -> float:
    """How well a label names an attribute of one or more words."""
    if len(attribute) == 1:
        return label_score(attribute[0].forms, label)
    whole = " ".join(fold(term.text) for term in attribute)
    best = label_score((whole, *meant_by(whole)[1:]), label)
    if best:
        return best
    words = {root(word) for word in _WORD.findall(label)}
    each = all(any(set(map(root, form.split())) <= words for form in t.forms) for t in attribute)
    return 2.0 if each else 0.0


def _totals(subject: Subject, unit: str) -> list[Told]:
    """The number of a thing that has one: its total, or the only amount in it."""
    found: list[Told] = []
    for one in subject.fields:
        score = max(
            label_score(meant_by("total"), one.label),
            label_score(meant_by("price"), one.label) - 1,
            label_score(meant_by("value"), one.label) - 1,
        )
        if _SUBTOTAL.search(one.label) and not regex.search(r"\b(?:incl|brutto|gross)", one.label):
            score -= 2
        if score >= 1 and (item := _first_number(subject, one, unit)):
            found.append(_told(subject, item, one, score))
    if found:
        best = max(one.score for one in found)
        return [[one for one in found if one.score == best][-1]]
    terms = (Term("total", meant_by("total")),)
    stated = list(_in_sentences(terms, subject, unit))
    if stated:
        return [max(stated, key=lambda one: one.number)]
    amounts = list(_amounts(subject, unit))
    return [max(amounts, key=lambda one: one.number)] if amounts else []


def _amounts(subject: Subject, unit: str) -> Iterator[Told]:
    """Every amount of money, or with `unit`, that stands in a thing."""
    text = subject.page.text[subject.start : subject.end]
    for item in analyse(text[:20_000]):
        quantity = item.quantity
        if quantity is None or quantity.is_date or not quantity.unit:
            continue
        if (unit and quantity.unit != unit) or (not unit and quantity.unit not in _MONEY):
            continue
        start = subject.start + item.start
        statement = subject.statement_at(start, subject.start + item.end)
        yield Told(
            _trimmed(text[item.start : item.end]), statement.start, statement.end, statement.label,
            0.2, quantity.values[0], quantity.unit, is_number=True,
        )  # fmt: skip


# ---------------------------------------------------------------- dates


def dates_told(attribute: Sequence[Term], subject: Subject) -> list[Told]:
    """The dates that `subject` tells of `attribute`, of itself without one; in order."""
    if attribute:
        return list(_dates_of(attribute, subject)) or _own_dates(subject)
    return _own_dates(subject)


def _dates_of(attribute: Sequence[Term], subject: Subject) -> Iterator[Told]:
    for one in subject.fields:
        score = attribute_score(attribute, one.label)
        if score >= 1:
            yield from _dates_in(subject, one.start, one.end, one.label, score, one.label_start)
    for statement, _ in statements_with(attribute, subject):
        yield from _dates_in(subject, statement.start, statement.end, "", 0.8, statement.start)


def _own_dates(subject: Subject) -> list[Told]:
    for one in subject.fields:
        if set(_WORD.findall(one.label)) & lexicon.DATE_LABELS:
            found = list(_dates_in(subject, one.start, one.end, one.label, 2.0, one.label_start))
            if found:
                return found[:1]
    limit = min(subject.end, subject.start + _HEAD_CHARS)
    head = [
        d
        for d in _dates_in(subject, subject.start, limit, "", 1.0, -1)
        if d.first != d.last or d.first
    ]
    whole = [d for d in head if d.first == d.last]
    if whole:
        return whole[:1]
    rest = list(
        _dates_in(subject, subject.start, min(subject.end, subject.start + 20_000), "", 0.5, -1)
    )
    return head[:1] or rest


def _dates_in(
    subject: Subject, start: int, end: int, label: str, score: float, quote_start: int
) -> Iterator[Told]:
    text = subject.page.text[start:end]
    for item in analyse(text):
        quantity = item.quantity
        if quantity is None or not quantity.year or quantity.unit:
            continue
        if quantity.swapped and "/" in item.token.word and subject.page.book.month_first:
            quantity = replace(quantity, month=quantity.day, day=quantity.month)
        first, last = days_of(quantity)
        if quote_start >= 0:
            quoted = (
                min(quote_start, start),
                max(start + item.end, end if not label else start + item.end),
            )
        else:
            statement = subject.statement_at(start + item.start, start + item.end)
            quoted = statement.start, statement.end
        yield Told(
            _trimmed(text[item.start : item.end]), *quoted, label, score,
            first=first, last=last, number=float(first.toordinal()),
        )  # fmt: skip
