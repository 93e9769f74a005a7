"""Finds what two things, or two times, have of the same, so that code can compare it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from rag.exhaustive.amounts import amounts_in
from rag.exhaustive.folding import any_form, fold
from rag.exhaustive.pairs import Pair
from rag.exhaustive.subject import Subject, label_score
from rag.exhaustive.terms import Term
from rag.exhaustive.told import Told, attribute_score, numbers_told

_HEAD_CHARS = 300
_NEAR_CHARS = 300  # between what is compared and the year
_RATE = regex.compile(r"rate|ratio|share|margin|percent|quote|anteil|taux|tasa")
_TOTALS = frozenset(("total", "totals", "amount", "amounts", "sum", "summe", "betrag", "montant"))


@dataclass(frozen=True, slots=True)
class Side:
    """A number that is told of one of the two."""

    index: int  # 0 or 1
    told: Told
    surely: int  # 2 where the thing is called so, or tells it of the year; 1 where it is mentioned


def sides_told(pair: Pair, subject: Subject) -> list[Side]:
    """What `subject` tells of either side."""
    if pair.years is not None:
        return [
            Side(index, told, 2)
            for index, year in enumerate(pair.years)
            for told in _of_year(pair.what, year, subject)
        ]
    return [
        Side(index, told, surely)
        for index, name in enumerate(pair.names)
        if (surely := _is_about(name, subject))
        for told in _best(pair.what, subject)
    ]


def _is_about(name: str, subject: Subject) -> int:
    """2 where a thing is named so or begins so, 1 where it only mentions the name, else 0."""
    pattern = any_form((" ".join(fold(name).split()),), exact=True)
    if pattern.search(subject.name) or pattern.search(subject.page.folded[:_HEAD_CHARS]):
        inside = not subject.row or pattern.search(subject.page.folded, subject.start, subject.end)
        return 2 if inside else 0
    return int(bool(pattern.search(subject.page.folded, subject.start, subject.end)))


def _best(what: tuple[Term, ...], subject: Subject) -> list[Told]:
    if len(what) == 1 and fold(what[0].text) in _TOTALS:
        return numbers_told((), subject, "")[:1]
    told = numbers_told(what, subject, "")
    best = max((one.score for one in told), default=0.0)
    return [one for one in told if one.score == best][:1]


def _of_year(what: tuple[Term, ...], year: int, subject: Subject) -> Iterator[Told]:
    """The numbers of a year: in a column of that year, a field, or a sentence that names it."""
    number = regex.compile(rf"(?<!\d){year}(?!\d)")
    page = subject.page
    for row in page.layout.rows:
        first = row.fields[0]
        if attribute_score(what, page.folded[first.start : first.end]) < 3:
            continue
        for one in row.fields[1:]:
            if number.search(one.label):
                yield from _cell(subject, one.start, one.end, row.start, row.end)
    for one in subject.fields:
        if number.search(one.label) and label_score(what[0].forms, one.label) >= 1:
            yield from _cell(subject, one.start, one.end, one.label_start, one.end)
    yield from _in_sentences(what, number, subject)


def _in_sentences(
    what: tuple[Term, ...], year: regex.Pattern[str], subject: Subject
) -> Iterator[Told]:
    """The amount nearest to the year, in sentences that name what is compared in one phrase."""
    page = subject.page
    phrase = any_form((" ".join(fold(term.text) for term in what),))
    of_shares = any(_RATE.search(fold(term.text)) for term in what)
    for found in phrase.finditer(page.folded, subject.start, subject.end):
        near = max(0, found.start() - _NEAR_CHARS), found.end() + _NEAR_CHARS
        if not year.search(page.text, *near):
            continue
        statement = subject.statement_at(*found.span())
        text = page.text[statement.start : statement.end]
        years = [place.start() for place in year.finditer(text)]
        amounts = [
            one for one in amounts_in(text) if one.unit and (one.unit != "percent" or of_shares)
        ]
        if years and amounts:
            best = min(amounts, key=lambda one: min(_gap(one.start, one.end, at) for at in years))
            words = " ".join(text[best.start : best.end].split())
            yield Told(
                words, statement.start, statement.end, "", 0.5, best.value, best.unit,
                is_number=True,
            )  # fmt: skip


def _gap(start: int, end: int, at: int) -> int:
    """How far a year stands from an amount; before it counts as farther: "$5 in 2021"."""
    return at - end if at >= end else 2 * (start - at)


def _cell(subject: Subject, start: int, end: int, quoted: int, until: int) -> Iterator[Told]:
    text = subject.page.text[start:end]
    for amount in amounts_in(text)[:1]:
        yield Told(text.strip(), quoted, until, "", 3.0, amount.value, amount.unit, is_number=True)
