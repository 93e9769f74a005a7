"""Finds what a text says of time: years, months, days, and spans told from today."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import regex

from rag.understand.lexicon import calendar as table
from rag.understand.words import fold


@dataclass(frozen=True, slots=True)
class Time:
    """A stretch of days that a text names: `text[start:end]`, first and last day included."""

    start: int
    end: int
    first: date
    last: date
    is_relative: bool = False  # told from today, as in "last week"


_MONTH_NUMBERS = {
    fold(name): number
    for number, names in enumerate(table.MONTHS.split(";"), 1)
    for name in names.split()
}
_QUARTER_NUMBERS = {
    fold(name.strip()): number
    for number, names in enumerate(table.QUARTERS.split("|"), 1)
    for name in names.split(";")
}


def _one_of(choices: Sequence[str]) -> str:
    """A pattern for whole words, the longest first."""
    ordered = sorted({c.strip() for c in choices if c.strip()}, key=len, reverse=True)
    inner = "|".join(regex.escape(c).replace(r"\ ", r"\s+").replace("'", "['’]") for c in ordered)
    return rf"(?<![\p{{L}}\p{{N}}])(?:{inner})(?![\p{{L}}\p{{N}}])"


_MONTH = _one_of(table.MONTHS.replace(";", " ").split())
_QUARTER = _one_of(table.QUARTERS.replace("|", ";").split(";"))
_LINK = rf"(?:\s+(?:{'|'.join(table.LINKS.split())}))?"
_YEAR = r"(?<![\p{N}$€£.,])(?<year>[12]\d{3})(?![\p{N}%]|[.,]\d)"
_ABSOLUTE = regex.compile(
    rf"""(?<iso>(?<![\p{{N}}-])[12]\d{{3}}-[01]\d-[0-3]\d(?![\p{{N}}-]))
    |(?<numeric>(?<![\p{{N}}./])[0-3]?\d(?<sep>[./])[0-3]?\d(?P=sep)[12]\d{{3}}(?![\p{{N}}]))
    |(?<han>[12]\d{{3}}\s?年(?:\s?(?<hm>1[0-2]|0?[1-9])\s?月
     (?:\s?(?<hd>[12]\d|3[01]|0?[1-9])\s?[日号])?)?)
    |(?:(?<day>(?<!\d)(?:[12]\d|3[01]|0?[1-9]))(?:st|nd|rd|th|er|º|\.)?{_LINK}\s+)?
     (?<month>{_MONTH})\.?(?:\s+(?<day2>(?:[12]\d|3[01]|0?[1-9])(?!\d))(?:st|nd|rd|th)?,?)?
     {_LINK},?\s*{_YEAR}
    |(?<quarter>(?<![\p{{L}}\p{{N}}])Q[1-4]|{_QUARTER}){_LINK}(?:\s+the)?\s+{_YEAR}
    |{_YEAR}(?:\s+(?<quarter2>Q[1-4])(?![\p{{L}}\p{{N}}]))?""",
    regex.VERBOSE | regex.IGNORECASE,
)


def is_month(key: str) -> bool:
    """Whether a folded word is a month's name."""
    return key in _MONTH_NUMBERS


def is_part_of_year(key: str) -> bool:
    """Whether a folded word is a month or a quarter, which needs a year to be a time."""
    return is_month(key) or regex.fullmatch(r"q[1-4]", key) is not None


def hangs_on_another(text: str) -> bool:
    """Whether `text` names a time only by another one, as in "the year before"."""
    return any(pattern.search(text) for pattern, _ in _HANGING)


def years_from_another(text: str) -> int:
    """How many years before or after another time `text` names one; 0 where it does not."""
    return next((years for pattern, years in _HANGING if pattern.search(text)), 0)


@lru_cache(maxsize=64)
def times_in(text: str, today: date) -> tuple[Time, ...]:
    """The times that `text` names, in order; none overlap."""
    found = [time for m in _ABSOLUTE.finditer(text) if (time := _absolute(m))]
    for pattern, span in _RELATIVE:
        found += [Time(m.start(), m.end(), *span(today), True) for m in pattern.finditer(text)]
    for m in _SEVERAL.finditer(text):
        if first := _several(int(m["count"]), fold(m["unit"]), today):
            found.append(Time(m.start(), m.end(), first, today, is_relative=True))
    return tuple(sorted(found, key=lambda time: time.start))


def _absolute(m: regex.Match[str]) -> Time | None:
    try:
        first, last = _days(m)
    except ValueError:  # such as 31 February
        return None
    return Time(m.start(), m.end(), first, last)


def _days(m: regex.Match[str]) -> tuple[date, date]:
    """First and last day of what was matched; raises ValueError where there is no such day."""
    if m["iso"]:
        day = date.fromisoformat(m["iso"])
        return day, day
    if m["numeric"]:
        d, month, year = (int(part) for part in regex.split(r"[./]", m["numeric"]))
        if month > 12:
            d, month = month, d
        day = date(year, month, d)
        return day, day
    if m["han"]:
        year, month = int(m["han"][:4]), int(m["hm"] or 0)
        d = int(m["hd"] or 0)
    else:
        year = int(m["year"])
        quarter = fold(m["quarter"] or m["quarter2"] or "")
        if quarter:
            number = _QUARTER_NUMBERS.get(" ".join(quarter.split())) or int(quarter[-1])
            return date(year, 3 * number - 2, 1), _end_of_month(year, 3 * number)
        month = _MONTH_NUMBERS[fold(m["month"])] if m["month"] else 0
        d = int(m["day"] or m["day2"] or 0)
    if month and d:
        return date(year, month, d), date(year, month, d)
    if month:
        return date(year, month, 1), _end_of_month(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _pattern(listing: str) -> regex.Pattern[str]:
    return regex.compile(_one_of(listing.split(";")), regex.IGNORECASE)


_RELATIVE: tuple[tuple[regex.Pattern[str], Callable[[date], tuple[date, date]]], ...] = (
    (_pattern(table.TODAY), lambda t: (t, t)),
    (_pattern(table.YESTERDAY), lambda t: (t - timedelta(days=1), t - timedelta(days=1))),
    (_pattern(table.THIS_WEEK), lambda t: (_monday(t), t)),
    (
        _pattern(table.LAST_WEEK),
        lambda t: (_monday(t) - timedelta(days=7), _monday(t) - timedelta(days=1)),
    ),
    (_pattern(table.THIS_MONTH), lambda t: (t.replace(day=1), t)),
    (_pattern(table.LAST_MONTH), _last_month),
    (_pattern(table.THIS_YEAR), lambda t: (date(t.year, 1, 1), t)),
    (_pattern(table.LAST_YEAR), lambda t: (date(t.year - 1, 1, 1), date(t.year - 1, 12, 31))),
)
_HANGING = (
    (_pattern(table.YEAR_BEFORE), -1),
    (_pattern(table.YEAR_AFTER), 1),
    (_pattern(table.MONTH_BEFORE_OR_AFTER), 0),
)
_UNIT_DAYS = {
    fold(unit): days
    for units, days in (
        (table.DAYS, 1), (table.WEEKS, 7), (table.MONTHS_LONG, 30), (table.YEARS, 365),
    )
    for unit in units.split()
}  # fmt: skip
_SEVERAL = regex.compile(
    rf"{_one_of(table.LAST_SEVERAL.split())}\s+(?<count>\d{{1,3}})\s+(?<unit>[\p{{L}}]+)"
    rf"|(?<count>\d{{1,3}})\s+(?<unit>[\p{{L}}]+)\s+{_one_of(['ago', 'passati', 'atrás'])}",
    regex.IGNORECASE,
)


def _several(count: int, unit: str, today: date) -> date | None:
    days = _UNIT_DAYS.get(unit)
    if days is None or count * days > 365 * 100:
        return None
    return today - timedelta(days=count * days)
