"""How long reading texts in sections takes: told before it begins, and of what is left of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rag.records import ModelShape, PrefillCurve

SECTION_TOKENS = 3200
"""Of text, in a section of a context of 4,096, as they mostly come out."""

SAID_TOKENS = 170
"""What a model mostly says of a section."""

JOINED_TOKENS = 320
"""What it says of a group of statements."""

GROUP_TOKENS = 3000
"""Of statements in a group."""

_RULES_TOKENS = 80  # around a section; the rest stands before all of them, and is read once
_WRITES_SLOWER = 6.0  # than it reads: writing waits for the memory, reading for the processor


def summaries_of(name: str, shape: ModelShape | None) -> str:
    """What summaries by a model are kept under: those by another one say something else."""
    return f"{name} {shape}"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a model reads, and how many tokens it writes in a second."""

    curve: PrefillCurve
    writes: float

    def seconds(self, prompts: int, read: float, written: float) -> float:
        """What so many prompts take in all, `read` and `written` being the tokens of one."""
        return prompts * (self.curve.seconds(0, round(read)) + written / self.writes)


def pace_of(curve: PrefillCurve | None, writes: float | None) -> Pace | None:
    """The pace as far as it is known; None where reading is not."""
    if curve is None:
        return None
    return Pace(curve, writes or curve.tokens_per_s / _WRITES_SLOWER)


def sections_seconds(tokens: int, tokens_kept: int, pace: Pace) -> float:
    """What summarising texts of so many `tokens` takes, of which sections of some are kept.

    For before anything is cut; whatever is kept of the joining is not known then.
    """
    sections = math.ceil(tokens / SECTION_TOKENS)
    left = max(0, tokens - tokens_kept)
    to_read = math.ceil(left / SECTION_TOKENS)
    reading = to_read * section_seconds(left // to_read, pace) if to_read else 0.0
    return reading + joining_seconds(sections * SAID_TOKENS, pace)


def section_seconds(tokens: int, pace: Pace) -> float:
    """What summarising one section of so many tokens takes."""
    return pace.seconds(1, tokens + _RULES_TOKENS, SAID_TOKENS)


def joining_seconds(tokens: int, pace: Pace) -> float:
    """What joining statements of so many tokens to one page takes."""
    seconds = 0.0
    while tokens > GROUP_TOKENS:
        groups = math.ceil(tokens / GROUP_TOKENS)
        seconds += pace.seconds(groups, tokens / groups + _RULES_TOKENS, JOINED_TOKENS)
        tokens = groups * JOINED_TOKENS
    return seconds + pace.seconds(1, tokens, JOINED_TOKENS)
