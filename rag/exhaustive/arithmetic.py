"""Adds, averages and compares numbers that were found, and writes down how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.exhaustive.merging import Found
from rag.exhaustive.wording import Wording

_SIGNS = {"usd": "$", "eur": "€", "pound": "£", "yen": "¥", "rupee": "₹", "percent": "%"}
_MOST_TERMS = 12  # longer sums are told by their list
_BEHIND = frozenset(("eur", "percent"))


@dataclass(frozen=True, slots=True)
class Computed:
    """A number that code made of others."""

    formula: str
    value: float
    unit: str
    used: tuple[Found, ...]
    left_out: tuple[Found, ...]  # of another unit


def total(found: Sequence[Found], words: Wording) -> Computed | None:
    """The sum of what has the most frequent unit; None without numbers."""
    unit, used, left_out = _of_one_unit(found)
    if not used:
        return None
    value = _clean(sum(one.number or 0.0 for one in used))
    said = amount(value, unit, words)
    formula = f"{_terms(used, unit, words)} = {said}" if 1 < len(used) <= _MOST_TERMS else said
    return Computed(formula, value, unit, tuple(used), tuple(left_out))


def mean(found: Sequence[Found], words: Wording) -> Computed | None:
    """The average of what has the most frequent unit; None without numbers."""
    unit, used, left_out = _of_one_unit(found)
    if not used:
        return None
    whole = _clean(sum(one.number or 0.0 for one in used))
    value = _clean(whole / len(used))
    terms = _terms(used, unit, words) if len(used) <= _MOST_TERMS else amount(whole, unit, words)
    bracketed = f"({terms})" if 1 < len(used) <= _MOST_TERMS else terms
    formula = f"{bracketed} ÷ {len(used)} = {amount(value, unit, words)}"
    return Computed(formula, value, unit, tuple(used), tuple(left_out))


def difference(one: Found, other: Found, words: Wording) -> Computed:
    """What `other` is more than `one`, the larger number first where no time is told."""
    first, second = one.number or 0.0, other.number or 0.0
    value = _clean(second - first)
    formula = (
        f"{amount(second, one.unit, words)} − {amount(first, one.unit, words)}"
        f" = {amount(value, one.unit, words)}"
    )
    return Computed(formula, value, one.unit, (one, other), ())


def change(one: Found, other: Found, words: Wording) -> Computed | None:
    """By what share `other` is more than `one`; None where that is nothing."""
    first, second = one.number or 0.0, other.number or 0.0
    if not first:
        return None
    value = round(100 * (second - first) / first, 2)
    signed = amount(abs(value), "percent", words)
    formula = (
        f"({amount(second, one.unit, words)} − {amount(first, one.unit, words)})"
        f" ÷ {amount(first, one.unit, words)} = {'−' if value < 0 else '+'}{signed}"
    )
    return Computed(formula, value, "percent", (one, other), ())


def _of_one_unit(found: Sequence[Found]) -> tuple[str, list[Found], list[Found]]:
    """The unit that most numbers have, what has it or none, and what has another."""
    counts = Counter(one.unit for one in found if one.number is not None and one.unit)
    unit = counts.most_common(1)[0][0] if counts else ""
    used = [one for one in found if one.number is not None and one.unit in ("", unit)]
    return unit, used, [one for one in found if one not in used]


def _terms(used: Sequence[Found], unit: str, words: Wording) -> str:
    return " + ".join(amount(one.number or 0.0, unit, words) for one in used)


def _clean(value: float) -> float:
    """`value` without what binary fractions add to it."""
    return round(value, 6)


def amount(value: float, unit: str, words: Wording) -> str:
    """A number with its unit as it is written in the language of `words`."""
    is_money = unit in _SIGNS and unit != "percent"
    if value < 0:
        return f"−{amount(-value, unit, words)}"
    whole = value == int(value)
    text = f"{value:,.0f}" if whole else f"{value:,.2f}"
    if not is_money and not whole:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", "\0").replace(".", words.decimal).replace("\0", words.thousands)
    if not unit:
        return text
    sign = _SIGNS.get(unit, unit)
    if unit in _BEHIND or words.decimal == "," or not is_money:
        return f"{text} {sign}"
    return f"{sign}{text}"
