"""How fast a model reads on this computer, told from the stretches that it has read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from rag.records import KvType, PrefillCurve

_SCALE = 32768 / 2  # a token's time has grown by the slowdown at this depth, see PrefillCurve
_SHALLOW_TOKENS = 1024  # up to which the cache's kind makes no difference
_BAND_TOKENS = 1024
_PER_BAND = 4  # samples kept of each band of depths, the latest
_FADING = 0.99  # a sample counts that much less for each that came after it
_TRUST = 0.015  # of the usual slowdown: as much as of samples spread over 7,000 tokens,
_TRUSTED_TOKENS = 4096  # and less when there are samples from beyond this depth
_STEEPEST = 60.0
# Measured with Phi-4-mini's shape on two cores, where slices of 128 tokens grow steeper than larger
# ones; a GPU is flatter. Samples of their own soon tell better.
_USUAL_SLOWDOWN = {
    (KvType.F16, True): 2.2,
    (KvType.F16, False): 3.0,
    (KvType.Q8_0, True): 18.0,
}


@dataclass(frozen=True, slots=True)
class PaceSample:
    """How long one stretch took to read."""

    depth: int  # tokens before it
    tokens: int
    seconds: float
    kv_type: KvType = KvType.F16
    flash_attention: bool = False

    @property
    def middle(self) -> float:
        """The mean number of tokens before each of its own."""
        return self.depth + self.tokens / 2


@dataclass(frozen=True, slots=True)
class Pace:
    """What was measured, the latest last; a few samples of each depth are enough."""

    samples: tuple[PaceSample, ...] = ()

    def with_samples(self, samples: Iterable[PaceSample]) -> Pace:
        """These and then `samples`, without those that newer ones of their kind replace."""
        counts: dict[tuple[int, KvType, bool], int] = {}
        kept: list[PaceSample] = []
        for sample in reversed((*self.samples, *samples)):
            band = (sample.depth // _BAND_TOKENS, sample.kv_type, sample.flash_attention)
            counts[band] = counts.get(band, 0) + 1
            if counts[band] <= _PER_BAND:
                kept.append(sample)
        return Pace(tuple(reversed(kept)))

    def curve(
        self, kv_type: KvType = KvType.F16, *, flash_attention: bool = False
    ) -> PrefillCurve | None:
        """How fast such a context reads; None until something was measured.

        As long as it was not itself, others tell the speed at the beginning of a text.
        """
        kind = (kv_type, flash_attention)
        of_kind = [s for s in self.samples if (s.kv_type, s.flash_attention) == kind]
        shallow = [replace(s, depth=0) for s in self.samples if s.depth < _SHALLOW_TOKENS]
        deep = [s for s in of_kind if s.depth >= _SHALLOW_TOKENS]
        # In a quantised cache already the beginning may take longer.
        near = [s for s in of_kind if s.depth < _SHALLOW_TOKENS] or shallow
        return fitted([*near, *deep], _USUAL_SLOWDOWN.get(kind, 3.0))


def fitted(samples: Sequence[PaceSample], usual_slowdown: float) -> PrefillCurve | None:
    """The curve nearest to `samples` (the latest last), weighted least squares of token times.

    A token at depth d takes (1 + 2 slowdown d / 32768) / tokens_per_s. Shallow samples say little
    of the slowdown: the usual one then holds. One that took far longer than its neighbours, as
    when the computer was busy for a moment, does not count.
    """
    total = sum_x = sum_y = sum_xx = sum_xy = 0.0
    for weight, x, y in _bands(samples):
        total += weight
        sum_x += weight * x
        sum_y += weight * y
        sum_xx += weight * x * x
        sum_xy += weight * x * y
    if total <= 0 or sum_y <= 0:
        return None
    # Least squares of y = base + slope x, with slope = usual x base as one more thing measured.
    deepest = max(sample.depth for sample in samples)
    usual = usual_slowdown
    # Where the slope is steep, it shows early, and being off by one of its tenths means more.
    trust = total * _TRUST / max(1.0, usual / 2) ** 2
    trust *= min(1.0, (_TRUSTED_TOKENS / max(1, deepest)) ** 2)
    a11, a12 = total + trust * usual**2, sum_x - trust * usual
    a22 = sum_xx + trust
    determinant = a11 * a22 - a12 * a12
    base = (a22 * sum_y - a12 * sum_xy) / determinant
    slope = (a11 * sum_xy - a12 * sum_y) / determinant
    if slope < 0 or base <= 0:  # noise: as fast at every depth, or as slow as ever
        slowdown = 0.0 if slope < 0 else _STEEPEST
    else:
        slowdown = min(slope / base, _STEEPEST)
    base = sum_y / (total + slowdown * sum_x)
    return PrefillCurve(tokens_per_s=1 / base, slowdown=slowdown)


def _bands(samples: Sequence[PaceSample]) -> Iterator[tuple[float, float, float]]:
    """The weight, the depth and a token's time of each band of depths: medians of its samples."""
    bands: dict[int, list[tuple[int, PaceSample]]] = {}
    for age, sample in enumerate(reversed(samples)):
        bands.setdefault(sample.depth // _BAND_TOKENS, []).append((age, sample))
    for aged in bands.values():
        of_band = [sample for _, sample in aged]
        yield (
            sum(sample.tokens for sample in of_band) * _FADING ** aged[0][0],
            median(sample.middle for sample in of_band) / _SCALE,
            median(sample.seconds / sample.tokens for sample in of_band),
        )
