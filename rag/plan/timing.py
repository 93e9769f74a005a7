"""How long reading takes, by how fast the model reads on this computer."""

from __future__ import annotations

from dataclasses import replace

from rag.plan.memory import cache_bytes
from rag.records import ContextShape, KvType, ModelShape, PrefillCurve

_OPENING_S = 1.5  # to make a context
_LOADED_BYTES_PER_S = 1e9  # of what is kept, checked on the way
# How much more than with a usual cache reading slows down with another (measured on two cores).
_FLASH_SLOWDOWN, _QUANTISED_SLOWDOWN = 0.75, 7.5


def first_word_s(
    curve: PrefillCurve | None, model: ModelShape, shape: ContextShape, kept: int, total: int
) -> float | None:
    """How long it takes until `total` tokens are read of which `kept` are kept.

    None where the speed is not known and there is something to read.
    """
    loading = _OPENING_S + cache_bytes(model, replace(shape, n_ctx=kept)) / _LOADED_BYTES_PER_S
    if curve is None:
        return None
    return loading + curve_of(curve, shape).seconds(kept, total)


def curve_of(curve: PrefillCurve, shape: ContextShape) -> PrefillCurve:
    """The curve of contexts of `shape`, from that of 16-bit ones without flash attention."""
    if shape.kv_type is not KvType.F16:
        return replace(curve, slowdown=curve.slowdown * _QUANTISED_SLOWDOWN)
    if shape.flash_attention:
        return replace(curve, slowdown=curve.slowdown * _FLASH_SLOWDOWN)
    return curve


def slice_s(curve: PrefillCurve, depth: int, tokens: int) -> float:
    """How long `tokens` more take after `depth`."""
    return curve.seconds(depth, depth + tokens)
