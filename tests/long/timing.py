"""Times a long reading against what was estimated, also while other programs come and go.

Clock times say little on a busy computer. So processor times are compared, in shares of what the
same few tokens take at the beginning of another context, measured again and again beside the
reading: what slows both down is not held against the estimate.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from rag.generate.llama import LlamaModel
from rag.records import PrefillCurve
from tests.long.reading import Desk

_REFERENCE_TOKENS, _REFERENCES = 128, 3
_EVERY_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that were read in a row."""

    end: int
    clock_s: float
    processor_s: float
    reference_s: float  # processor time of the same few tokens, about then

    @property
    def effort(self) -> float:
        """What they took, in references."""
        return self.processor_s / self.reference_s


def read_timed(desk: Desk, tokens: Sequence[int]) -> list[Stretch]:
    """Read `tokens`, a multiple of 1,024; the stretches of 1,024 that they were read in."""
    stretches: list[Stretch] = []
    before = _reference_s(desk.model, tokens)
    steps, end = desk.steps(tokens), 0
    while end < len(tokens):
        clock, processor = time.perf_counter(), time.process_time()
        while end < _EVERY_TOKENS * (len(stretches) + 1):
            end = next(steps).tokens_done
        clock_s, processor_s = time.perf_counter() - clock, time.process_time() - processor
        after = _reference_s(desk.model, tokens)
        stretches.append(Stretch(end, clock_s, processor_s, (before + after) / 2))
        before = after
    steps.close()
    return stretches


def effort(stretches: Sequence[Stretch], tokens: int) -> float:
    """What reading the first `tokens` took, in references."""
    return sum(stretch.effort for stretch in stretches if stretch.end <= tokens)


def clock_s(stretches: Sequence[Stretch], tokens: int) -> float:
    """The same by the clock."""
    return sum(stretch.clock_s for stretch in stretches if stretch.end <= tokens)


def estimated_efforts(
    curve: PrefillCurve, calibration: Sequence[Stretch], lengths: Sequence[int]
) -> dict[int, float]:
    """What a model's curve tells for each length, in references.

    `calibration` is what the curve has learned from: how much of a second by the clock was a
    reference then.
    """
    per_second = sum(s.effort for s in calibration) / sum(s.clock_s for s in calibration)
    return {tokens: curve.seconds(0, tokens) * per_second for tokens in lengths}


def _reference_s(model: LlamaModel, tokens: Sequence[int]) -> float:
    """Processor time of reading a few tokens now, the least of some times."""
    context, times = model._context, list[float]()
    for _ in range(_REFERENCES):
        context.keep(0)
        begun = time.process_time()
        context.decode(tokens[:_REFERENCE_TOKENS])
        times.append(time.process_time() - begun)
    return min(times)
