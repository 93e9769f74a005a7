"""Reads times of day, in twelve hours or twenty-four."""

from __future__ import annotations

from collections.abc import Sequence

from rag.cite.items import Quantity
from rag.cite.words import Token

_HALVES = {"am": 0, "pm": 12}
_HOUR_WORDS = frozenset(("clock", "uhr"))  # "nine o'clock", "21 Uhr"


def clock_at(tokens: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """The time of day that the numeral at `index` begins, and its tokens; None where it is none."""
    written = tokens[index].word
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    near = after is not None and after.start - tokens[index].end <= 2
    half = _HALVES.get(after.word) if after is not None and near else None
    is_hour = after is not None and near and after.word in _HOUR_WORDS
    if ":" not in written and half is None and not is_hour:
        return None
    parts = _parts(written)
    if not parts:
        return None
    hours = parts[0] + (parts[1] / 60 if len(parts) > 1 else 0.0)
    if half is not None:
        return _clock(hours % 12 + half), 2
    if is_hour and after is not None and after.word == "uhr":
        return _clock(hours), 2
    readings = (hours, hours + 12) if 0 < hours <= 12 and written[0] != "0" else (hours,)
    return _clock(*readings), 1 + is_hour


def _clock(*hours: float) -> Quantity:
    return Quantity(hours, unit="clock", digits=9)


def _parts(written: str) -> list[int]:
    """The hours, minutes and seconds of "9", "9:30" or "9.30"."""
    parts = written.replace(".", ":").split(":")
    return [int(part) for part in parts] if all(part.isdigit() for part in parts) else []
