"""Reads dates: in digits, with a month's name, and with 年, 月 and 日."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from rag.cite import quantities as q
from rag.cite.items import Item, Quantity
from rag.cite.wordlist import words
from rag.cite.words import Kind, Token


def with_year(text: str, token: Token, quantity: Quantity, taken: int) -> Quantity:
    """The quantity as the part of a date that its digits, or the character after them, tell."""
    written = token.word
    value = quantity.values[0]
    if (
        taken == 1
        and len(written) == 4
        and written.isdigit()
        and not quantity.unit
        and 1000 <= value < 2200
    ):
        return replace(quantity, year=int(value))
    after = text[token.end : token.end + 2].lstrip()[:1]
    whole = int(value) if value == int(value) else 0
    if after == "年" and whole >= 100:
        return replace(quantity, year=whole)
    if after == "月" and 1 <= whole <= 12:
        return replace(quantity, month=whole, unit="")
    if after in ("日", "号") and 1 <= whole <= 31:
        return replace(quantity, day=whole, unit="")
    return quantity


def numeric_date(written: str) -> Quantity | None:
    """The date that digits such as 2024-03-12 or 12.3.2024 write, None where they write none."""
    parts = regex.split(r"[-/.]", written)
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
        swapped = False
    else:
        day, month, year = numbers
        swapped = True
        if month > 12:
            day, month = month, day
            swapped = False
        if len(parts[2]) == 2:
            year += 1900 if year > 50 else 2000
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Quantity((float(year),), year=year, month=month, day=day, swapped=swapped and day <= 12)


def join_dates(text: str, items: list[Item]) -> list[Item]:
    """Dates written in several words, or with 年, 月 and 日, as one item each."""
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        month = _month(item)
        if month:
            taken, date = _around_month(text, joined, items, index, month)
            if date is not None:
                joined.append(date)
                index += taken
                continue
        previous = joined[-1] if joined else None
        dated = previous is not None and previous.quantity is not None and previous.quantity.is_date
        if dated and item.token.word in ("年", "月", "日", "号"):
            index += 1
            continue
        merged = _next_part(text, previous, item) if previous else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(item)
        index += 1
    return joined


def _month(item: Item) -> int:
    if item.token.kind in (Kind.GRAM, Kind.CODE, Kind.SIGN) or item.quantity is not None:
        return 0
    return q.MONTHS.get(item.token.word, 0)


def _whole(item: Item | None, low: int, high: int) -> int:
    if item is None or item.quantity is None or item.token.kind is not Kind.NUMERAL:
        return 0
    quantity = item.quantity
    value = quantity.values[0]
    plain = not quantity.unit and value == int(value) and not quantity.month and not quantity.day
    return int(value) if plain and low <= value <= high else 0


_BEFORE_MONTHS = words(
    "in im since until by early late last next of during from to mid seit bis ab anfang mitte ende"
)
_LINKS = frozenset(("of", "de", "del", "the", "di", "du"))


def _follows_month_word(before: Sequence[Item]) -> bool:
    return bool(before) and before[-1].token.word in _BEFORE_MONTHS


def _around_month(
    text: str, joined: list[Item], items: Sequence[Item], index: int, month: int
) -> tuple[int, Item | None]:
    """Take the day before or after a month's name and the year after it."""
    back = 2 if joined[-1:] and joined[-1].token.word in _LINKS else 1
    before = joined[-back] if len(joined) >= back else None
    near = before is not None and items[index].start - before.end <= 8
    day = (
        _whole(before, 1, 31)
        if near and (before is None or not before.quantity or not before.quantity.year)
        else 0
    )
    at = index + 1
    first, last = (before, items[index]) if day and before else (items[index], items[index])
    if not day and at < len(items) and items[at].start - last.end <= 2:
        day = _whole(items[at], 1, 31)
        if day:
            last = items[at]
            at += 1
    year_at = at
    while year_at < len(items) and items[year_at].token.word in _LINKS:
        year_at += 1
    year = 0
    if year_at < len(items) and items[year_at].start - last.end <= 8:
        gap = text[last.end : items[year_at].start]
        year = _whole(items[year_at], 100, 2200) if not regex.search(r"[.;:()]\s", gap[1:]) else 0
        if year:
            last = items[year_at]
            at = year_at + 1
    if (
        not day
        and not year
        and (
            not items[index].token.capital
            or (items[index].token.word in q.DOUBTFUL_MONTHS and not _follows_month_word(joined))
        )
    ):
        return 0, None
    if day and before is first:
        del joined[-back:]
    assert first is not None
    quantity = Quantity((float(year or day or month),), year=year, month=month, day=day)
    return at - index, Item(first.start, last.end, items[index].token, quantity)


def _next_part(text: str, previous: Item, item: Item) -> Item | None:
    """2008年2月28日: the next smaller part of the date that `previous` began."""
    known, more = previous.quantity, item.quantity
    if known is None or more is None or not known.is_date or not more.is_date:
        return None
    gap = text[previous.end : item.start].replace(" ", "")
    if gap not in ("年", "月"):
        return None
    if (gap == "年" and more.month and not known.month) or (
        gap == "月" and more.day and not known.day
    ):
        quantity = replace(known, month=known.month or more.month, day=known.day or more.day)
        return Item(previous.start, item.end, previous.token, quantity)
    return None
