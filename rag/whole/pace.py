"""How fast a model reads here: what is left of a reading, and what is remembered between runs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import cast

from rag.generate.pace import PaceSample
from rag.records import KvType, PrefillCurve

_LATELY_S = 20.0  # over which the speed is told


def samples_text(samples: Iterable[PaceSample]) -> str:
    """`samples` as text, to be kept."""
    return json.dumps([astuple(sample) for sample in samples])


def samples_of(kept: str | None) -> tuple[PaceSample, ...]:
    """The samples that `samples_text` made text of; none of what another version kept."""
    try:
        rows = cast("list[tuple[int, int, float, str, bool]]", json.loads(kept or "[]"))
        return tuple(
            PaceSample(int(depth), int(tokens), float(seconds), KvType(kv_type), bool(flash))
            for depth, tokens, seconds, kv_type, flash in rows
            if depth >= 0 and tokens > 0 and seconds > 0
        )
    except (ValueError, TypeError):
        return ()


class Rate:
    """How fast a reading goes lately, and how long the rest of it will take."""

    def __init__(self) -> None:
        self._lately: list[tuple[int, int, float]] = []  # start, end, seconds of each slice

    def note(self, start: int, end: int, seconds: float) -> None:
        """Learn from a slice that was read."""
        self._lately.append((start, end, seconds))
        while sum(seconds for _, _, seconds in self._lately[1:]) > _LATELY_S:
            self._lately.pop(0)

    @property
    def tokens_per_s(self) -> float | None:
        """Lately; None until something was read."""
        taken = sum(seconds for _, _, seconds in self._lately)
        tokens = sum(end - start for start, end, _ in self._lately)
        return tokens / taken if taken > 0 else None

    def seconds_left(self, curve: PrefillCurve | None, done: int, total: int) -> float | None:
        """By `curve`, and by how much slower or faster it goes lately than that says."""
        if curve is None:
            return None
        usual = sum(curve.seconds(start, end) for start, end, _ in self._lately)
        taken = sum(seconds for _, _, seconds in self._lately)
        return curve.seconds(done, total) * (taken / usual if usual > 0 else 1.0)
