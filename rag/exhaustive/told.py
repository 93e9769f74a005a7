"""Reads the numbers, dates and names that a text tells of something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from rag.cite.facts import analyse
from rag.cite.quantities import UNITS
from rag.exhaustive import lexicon
from rag.exhaustive.amounts import MONEY, Amount, amounts_in, converted
from rag.exhaustive.days import days_of
from rag.exhaustive.folding import fold, key_set, root
from rag.exhaustive.layout import Field
from rag.exhaustive.subject import Statement, Subject, label_score
from rag.exhaustive.synonyms import meant_by
from rag.exhaustive.terms import Term

_HEAD_CHARS = 600  # of a document, where its date stands
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_SUBTOTAL = regex.compile(
    r"\b(?:sub-?total|net|netto|zwischensumme|vat|tax|mwst|tva|iva|discount)\b"
)
_TOTAL = Term(
    "total",
    (
        "total", "total amount", "amount due", "total due", "grand total", "gesamtbetrag",
        "rechnungsbetrag", "gesamtsumme", "montant total", "importe total", "总计",
    ),
)  # fmt: skip
_INCLUDING = regex.compile(r"\b(?:incl|brutto|gross)")
_THOUSANDS = regex.compile(r"\b(?:thousands?|tausend|000s|t€|k€|milliers|miles de)\b")
_MILLIONS = regex.compile(r"\b(?:millions?|mio|mill?iones|millionen)\b")
_BRACKETS = regex.compile(r"[(\[]([^)\]]{1,12})[)\]]|(?<=\b(?:in|en) )(\S{1,10})$")
_PAUSES = regex.compile(r"[,;(]")
_JOINING = regex.compile(r"\b(?:and|und|et|y|while|whereas)\b")
# Words of an attribute that sentences leave out: "60 days' notice" tells a notice period.
_GENERAL = key_set("""period amount number rate level value size sum total dauer betrag""")
_FARTHEST = 160.0  # a number from the words that name it
_MOST_READ = 20_000  # characters of a thing that names no total
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
    if not items or (items[0].quantity is None and not amounts_in(told.text[:24])):
        return told
    quantity = items[0].quantity
    if quantity is not None and quantity.is_date and not quantity.unit:
        if not quantity.year or len(items) > 2:
            return told
        first, last = days_of(quantity)
        return replace(told, first=first, last=last, number=float(first.toordinal()))
    amounts = amounts_in(told.text)
    if len(amounts) != 1 or amounts[0].weak or (len(items) > 1 and not amounts[0].unit):
        return told
    unit = amounts[0].unit or unit_of_label(told.label)
    number = amounts[0].value * _scale_of(told.label)
    return replace(told, number=number, unit=unit, is_number=True)


def numbers_told(attribute: Sequence[Term], subject: Subject, unit: str) -> list[Told]:
    """The numbers that `subject` tells of `attribute`, in order; `unit` as typed, or empty.

    Without an attribute: what has that unit, its total, or the largest amount in it.
    """
    if not attribute:
        return list(_with_unit(subject, unit)) or _totals(subject, unit)
    telling = [term for term in attribute if term.text.lower() not in _GENERAL] or attribute
    typed = [replace(term, forms=term.forms[:1]) for term in attribute]
    return (
        list(_in_fields(attribute, subject, unit))
        or list(_in_sentences(typed, subject, unit))
        or (list(_in_sentences((_TOTAL,), subject, unit)) if _means_total(attribute) else [])
        or list(_in_sentences(attribute, subject, unit))
        or (list(_in_sentences(telling, subject, unit)) if telling != list(attribute) else [])
    )


def _means_total(attribute: Sequence[Term]) -> bool:
    return len(attribute) == 1 and "total" in attribute[0].forms


def _in_fields(attribute: Sequence[Term], subject: Subject, unit: str) -> Iterator[Told]:
    for one in subject.fields:
        score = attribute_score(attribute, one.label)
        if score >= 1 and subject.is_inside(one.start, one.end):
            yield from _number_of(subject, one, unit, score)


def _with_unit(subject: Subject, unit: str) -> Iterator[Told]:
    """The numbers of fields that are called by the unit: "Kilometres"."""
    for one in subject.fields if unit and unit not in MONEY else ():
        if unit_of_label(one.label, whole=True) == unit:
            yield from _number_of(subject, one, unit, 3.0)


def _number_of(subject: Subject, one: Field, unit: str, score: float) -> Iterator[Told]:
    """The first number of a field that may be told in `unit`, as it is in `unit`."""
    text = subject.page.text[one.start : one.end]
    for amount in amounts_in(text):
        own = amount.unit or unit_of_label(one.label)
        number = converted(amount.value * _scale_of(one.label), own, unit)
        if number is not None:
            yield Told(
                _trimmed(text[amount.start : amount.end]),
                min(one.label_start, one.start),
                one.start + amount.end,
                one.label,
                score,
                number,
                own,
                is_number=True,
            )
            return


def _trimmed(text: str) -> str:
    return " ".join(text.split())


def unit_of_label(label: str, *, whole: bool = False) -> str:
    """The unit that a label tells: "Rent (EUR)"; where it `whole` is one, that: "kilometres"."""
    if whole and label.split()[-1:] and label.rsplit(maxsplit=1)[-1] in UNITS:
        return UNITS[label.rsplit(maxsplit=1)[-1]]
    for groups in _BRACKETS.findall(label):
        word = "".join(groups).strip()
        if word in UNITS:
            return UNITS[word]
    return ""


def _scale_of(label: str) -> float:
    if _THOUSANDS.search(label):
        return 1e3
    return 1e6 if _MILLIONS.search(label) else 1.0


def _in_sentences(attribute: Sequence[Term], subject: Subject, unit: str) -> Iterator[Told]:
    for statement, spots in statements_with(attribute, subject):
        text = subject.page.text[statement.start : statement.end]
        best: tuple[float, float, Amount] | None = None
        for amount in amounts_in(text):
            number = converted(amount.value, amount.unit, unit)
            if number is None or (unit and not amount.unit):
                continue
            distance = _distance(text, statement, amount, spots)
            if not amount.unit:
                distance += 40  # a plain number is less likely an amount
            if amount.weak:
                distance += 60  # as "one" is less likely a number at all
            if best is None or distance < best[0]:
                best = distance, number, amount
        if best is not None and best[0] < _FARTHEST:
            words = _trimmed(text[best[2].start : best[2].end])
            yield Told(
                words, statement.start, statement.end, "", 0.5, best[1], best[2].unit,
                is_number=True,
            )  # fmt: skip


def _distance(
    text: str, statement: Statement, amount: Amount, spots: Sequence[tuple[int, int]]
) -> float:
    """How far a number stands from the words that name it: behind them counts as nearer."""
    least = 1e9
    for start, end in spots:
        low, high = start - statement.start, end - statement.start
        behind = amount.start >= high
        gap = text[high : amount.start] if behind else text[amount.end : low]
        distance = len(gap) * (1.0 if behind else 1.6)
        distance += 30 * len(_PAUSES.findall(gap)) + 60 * len(_JOINING.findall(gap))
        least = min(least, distance)
    return least


def statements_with(
    attribute: Sequence[Term], subject: Subject
) -> Iterator[tuple[Statement, list[tuple[int, int]]]]:
    """The sentences that hold all words of `attribute`, with where these stand."""
    places = [list(subject.matches(term))[:_MOST_STATEMENTS] for term in attribute]
    if not places or not all(places):
        return
    seen: set[int] = set()
    for start, end in min(places, key=len):
        statement = subject.statement_at(start, end)
        if statement.start in seen or (statement.label and not subject.row):
            continue
        seen.add(statement.start)
        held = [[spot for spot in spots if statement.holds(*spot)] for spots in places]
        if all(held):
            yield statement, [spot for spots in held for spot in spots]


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
    """The number of a thing that has one: its total, or the largest amount in it."""
    found: list[Told] = []
    for one in subject.fields:
        score = max(
            label_score(meant_by("total"), one.label),
            label_score(meant_by("price"), one.label) - 1,
            label_score(meant_by("value"), one.label) - 1,
        )
        if _SUBTOTAL.search(one.label) and not _INCLUDING.search(one.label):
            score -= 2
        if score >= 1:
            found += _number_of(subject, one, unit, score)
    if found:
        best = max(one.score for one in found)
        return [[one for one in found if one.score == best][-1]]
    stated = list(_in_sentences((_TOTAL,), subject, unit)) or list(
        _in_sentences((Term("total", meant_by("total")),), subject, unit)
    )
    if stated:
        return [max(stated, key=lambda one: one.number)]
    amounts = list(_amounts(subject, unit))
    return [max(amounts, key=lambda one: one.number)] if amounts else []


def _amounts(subject: Subject, unit: str) -> Iterator[Told]:
    """Every amount of money, or with `unit`, that stands in a thing."""
    text = subject.page.text[subject.start : subject.end][:_MOST_READ]
    for amount in amounts_in(text):
        number = converted(amount.value, amount.unit, unit)
        if number is None or not amount.unit or (not unit and amount.unit not in MONEY):
            continue
        start = subject.start + amount.start
        statement = subject.statement_at(start, subject.start + amount.end)
        yield Told(
            _trimmed(text[amount.start : amount.end]), statement.start, statement.end,
            statement.label, 0.2, number, amount.unit, is_number=True,
        )  # fmt: skip


# ---------------------------------------------------------------- dates


def dates_told(
    attribute: Sequence[Term], subject: Subject, *, of_itself: bool = False
) -> list[Told]:
    """The dates that `subject` tells of `attribute`, of itself without one; in order.

    `of_itself`: the attribute is what the subject is, which its sentences may say of others.
    """
    if of_itself:
        return list(_dated_fields(attribute, subject)) or _own_dates(subject)
    if attribute:
        return list(_dates_of(attribute, subject)) or _own_dates(subject)
    return _own_dates(subject)


def _dates_of(attribute: Sequence[Term], subject: Subject) -> Iterator[Told]:
    yield from _dated_fields(attribute, subject)
    for statement, _ in statements_with(attribute, subject):
        yield from _dates_in(subject, statement.start, statement.end, "", 0.8, statement.start)


def _dated_fields(attribute: Sequence[Term], subject: Subject) -> Iterator[Told]:
    for one in subject.fields:
        score = attribute_score(attribute, one.label)
        if score >= 1:
            yield from _dates_in(subject, one.start, one.end, one.label, score, one.label_start)


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
