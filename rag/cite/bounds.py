"""Reads the words before an amount that make it a bound: "at least", "up to", "no more than"."""

from __future__ import annotations

from collections.abc import Sequence

from rag.cite.quantities import LOWER_BOUNDS, UPPER_BOUNDS
from rag.cite.wordlist import words

_THAN = words("than als de que of")
_NOT = words("no not nicht pas")
# Two words that would each say something else.
_PAIRS = {("up", "to"): -1, ("bis", "zu"): -1, ("au", "moins"): 1, ("au", "plus"): -1}


def bound_after(before: Sequence[str]) -> int:
    """1 where the words before an amount make it a lower bound, -1 an upper one, 0 neither."""
    last, second, third = ["", "", "", *before][:-4:-1]
    if (second, last) in _PAIRS:
        return _PAIRS[second, last]
    word, denied = (second, third in _NOT) if last in _THAN else (last, second in _NOT)
    side = (word in LOWER_BOUNDS) - (word in UPPER_BOUNDS)
    return -side if denied else side
