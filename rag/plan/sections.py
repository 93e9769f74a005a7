"""How long reading texts in sections takes: told before it begins, and of what is left of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

SECTION_TOKENS = 3400
"""Of text, in a section of a context of 4,096."""

SAID_TOKENS = 170
"""What a model mostly says of a section."""

JOINED_TOKENS = 320
"""What it says of a group of statements."""

GROUP_TOKENS = 3000
"""Of statements in a group."""

_RULES_TOKENS = 80  # around a section; the rest stands before all of them, and is read once
_WRITES_SLOWER = 6.0  # than it reads: writing waits for the memory, reading for the processor


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a model reads and writes, in tokens per second."""

    reads: float
    writes: float

    def seconds(self, read: float, written: float) -> float:
        """What reading and writing so many tokens takes."""
        return read / self.reads + written / self.writes


def pace_of(reads: float | None, writes: float | None) -> Pace | None:
    """The pace as far as it is known: both in tokens per second; None where reading is not."""
    if not reads:
        return None
    return Pace(reads, writes or reads / _WRITES_SLOWER)


def sections_seconds(tokens: int, tokens_kept: int, pace: Pace) -> float:
    """What summarising texts of so many `tokens` takes, of which sections of some are kept.

    For before anything is cut; whatever is kept of the joining is not known then.
    """
    sections = math.ceil(tokens / SECTION_TOKENS)
    left = max(0, tokens - tokens_kept)
    to_read = math.ceil(left / SECTION_TOKENS)
    reading = pace.seconds(left + to_read * _RULES_TOKENS, to_read * SAID_TOKENS)
    return reading + joining_seconds(sections * SAID_TOKENS, pace)


def section_seconds(tokens: int, pace: Pace) -> float:
    """What summarising one section of so many tokens takes."""
    return pace.seconds(tokens + _RULES_TOKENS, SAID_TOKENS)


def joining_seconds(tokens: int, pace: Pace) -> float:
    """What joining statements of so many tokens to one page takes."""
    seconds = 0.0
    while tokens > GROUP_TOKENS:
        groups = math.ceil(tokens / GROUP_TOKENS)
        seconds += pace.seconds(tokens + groups * _RULES_TOKENS, groups * JOINED_TOKENS)
        tokens = groups * JOINED_TOKENS
    return seconds + pace.seconds(tokens, JOINED_TOKENS)
