"""Reads the numbers of a text with their units, currencies before them included."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from rag.cite.facts import analyse
from rag.cite.items import Item, Quantity
from rag.cite.quantities import UNITS
from rag.exhaustive.folding import key_set

_CURRENCY_BEFORE = regex.compile(
    r"(?:^|(?<=[\s(|:]))(?P<code>EUR|USD|GBP|CHF|JPY|CNY|RMB|INR|SEK|NOK|DKK|Rs\.?)\s?$"
)
_COMMA_DECIMALS = regex.compile(r"\d,\d{1,2}(?!\d)")
MONEY = key_set("usd eur pound yen yuan rupee rouble won franc mark cent krona")
# How many of the second unit one of the first is.
_FACTORS = {
    ("year", "month"): 12.0, ("year", "week"): 52.0, ("year", "day"): 365.0,
    ("month", "week"): 30 / 7, ("month", "day"): 30.0, ("week", "day"): 7.0,
    ("decade", "year"): 10.0, ("century", "year"): 100.0,
    ("day", "hour"): 24.0, ("day", "minute"): 1440.0, ("hour", "minute"): 60.0,
    ("hour", "second"): 3600.0, ("minute", "second"): 60.0,
    ("kilometre", "metre"): 1000.0, ("metre", "centimetre"): 100.0, ("metre", "millimetre"): 1000.0,
    ("centimetre", "millimetre"): 10.0, ("mile", "kilometre"): 1.609344, ("foot", "inch"): 12.0,
    ("yard", "foot"): 3.0, ("metre", "foot"): 3.28084,
    ("ton", "kilogram"): 1000.0, ("kilogram", "gram"): 1000.0, ("gram", "milligram"): 1000.0,
    ("megawatt", "kilowatt"): 1000.0, ("kilowatt", "watt"): 1000.0,
    ("gigawatt", "megawatt"): 1000.0,
    ("gigabyte", "megabyte"): 1000.0, ("terabyte", "gigabyte"): 1000.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text: `text[start:end]` with its unit, if it has one."""

    start: int
    end: int
    value: float
    unit: str  # as `rag.cite.quantities` names it
    weak: bool  # "one": it may be no number at all


def amounts_in(text: str) -> list[Amount]:
    """The numbers of `text` in order, without dates and ordinals."""
    continental = _COMMA_DECIMALS.search(text) is not None
    found: list[Amount] = []
    for item in analyse(text):
        quantity = item.quantity
        if quantity is None or quantity.ordinal or quantity.month or quantity.day:
            continue
        start, unit = item.start, quantity.unit
        if not unit and (code := _CURRENCY_BEFORE.search(text, 0, item.start)):
            start, unit = code.start("code"), UNITS.get(code["code"].lower().strip("."), "")
        if quantity.is_date and not unit:
            continue  # a year
        value = _value(item, quantity, unit, continental=continental)
        found.append(Amount(start, item.end, value, unit, quantity.weak))
    return found


def _value(item: Item, quantity: Quantity, unit: str, *, continental: bool) -> float:
    """The reading of a number that its text suggests: 1.234 is 1,234 where commas part decimals."""
    first, *others = quantity.values
    plain = unit in MONEY or continental or "." not in item.token.word
    value = first if plain or not others else others[-1]
    return -value if quantity.negative else value


def converted(value: float, unit: str, wanted: str) -> float | None:
    """`value` in the unit `wanted`; None where that cannot be."""
    if not wanted or not unit or unit == wanted:
        return value
    if (unit, wanted) in _FACTORS:
        return value * _FACTORS[unit, wanted]
    if (wanted, unit) in _FACTORS:
        return value / _FACTORS[wanted, unit]
    return None
