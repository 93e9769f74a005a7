"""Tells whether one number or date bears out another."""

from __future__ import annotations

from collections.abc import Sequence

from rag.cite.items import Quantity

_SLACK = 0.02  # of a bound: "over 1 million" for 998,000
_FARTHEST = 2.0  # times a bound: "over 1 million" is not said of 5 million
_NEVER_SCALED = frozenset(["percent", "year", "month", "week", "day", "hour", "minute", "second"])
_ABOUT = 0.05  # of an amount: how far off "about" may be


def same_quantity(said: Quantity, found: Quantity, factors: Sequence[float] = (1.0,)) -> bool:
    """Whether `found` bears out `said`; `factors` are scales that the source states elsewhere."""
    if said.is_date:
        return _same_date(said, found)
    if said.unit and found.unit and said.unit != found.unit:
        return False
    if said.negative and not (found.negative or found.bracketed):
        return False
    if found.is_date and (said.unit or found.month or found.day):
        return False
    scales = factors[:1] if found.unit in _NEVER_SCALED else factors
    wanted = [factor * value for factor in scales for value in found.values]
    if said.bound:
        return any(_within(said, found, value, other) for value in said.values for other in wanted)
    return any(_same_value(said, value, other) for value in said.values for other in wanted)


def _within(said: Quantity, found: Quantity, value: float, other: float) -> bool:
    """Whether `other` keeps to the bound `value`, and near enough for it to be meant."""
    if found.bound:
        return said.bound == found.bound and _same_value(said, value, other)
    if abs(value - other) <= _SLACK * abs(value):
        return True
    low, high = sorted((value, other))
    return (other > value) == (said.bound > 0) and high <= _FARTHEST * low


def _same_value(said: Quantity, value: float, other: float) -> bool:
    if abs(value - other) <= 1e-9 * max(1.0, abs(other)):
        return True
    if said.is_date or said.ordinal or not value or not other:
        return False
    if said.loose and abs(value - other) <= _ABOUT * abs(other):
        return True
    if not (said.loose or (said.digits >= 2 and abs(value) >= 1e5) or said.digits >= 3):
        return False
    if abs(value - int(value)) < 1e-9 and abs(value) < 1e5 and not said.loose:
        return False
    return f"{value:.{said.digits - 1}e}" == f"{other:.{said.digits - 1}e}"


def _same_date(said: Quantity, found: Quantity) -> bool:
    if not found.is_date:
        plain = said.year and not said.month and not said.day and not said.unit
        return bool(plain) and not found.unit and float(said.year) in found.values
    if said.unit and said.unit != found.unit:
        return False
    if said.year and found.year != said.year:
        return False
    direct = said.month in (0, found.month) and said.day in (0, found.day)
    turned = (said.swapped or found.swapped) and (said.month, said.day) == (found.day, found.month)
    return direct or turned
