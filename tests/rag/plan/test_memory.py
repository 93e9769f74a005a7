"""How much memory contexts take, held to what llama.cpp says of its buffers and to a process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.plan import context_bytes, machine_now, peak_bytes
from rag.plan.memory import PASSAGES_CONTEXT, cache_bytes, model_bytes
from rag.records import ContextShape, KvType, ModelShape
from tests.benchmarks.memory import KINDS, measured
from tests.rag.plan.table import PHI, SMOL

_MIB = 2**20
TWO_LAYERS = replace(PHI, layers=2, weights_bytes=627_889_536)


@pytest.mark.parametrize(
    ("n_ctx", "kind", "gib"),
    [(32768, KvType.F16, 4.0), (131072, KvType.F16, 16.0), (131072, KvType.Q8_0, 8.5)],
)
def test_a_cache_has_its_known_size(n_ctx: int, kind: KvType, gib: float):
    assert cache_bytes(PHI, ContextShape(n_ctx, kind)) == gib * 2**30


# The compute and output buffers that llama.cpp logs when it makes such a context.
LOGGED = [
    (TWO_LAYERS, ContextShape(4096, KvType.F16, 128, flash_attention=True), 17.50 + 1.53),
    (TWO_LAYERS, ContextShape(32768, KvType.F16, 512, flash_attention=True), 98.01 + 1.53),
    (TWO_LAYERS, ContextShape(131072, KvType.Q8_0, 128, flash_attention=True), 48.58 + 1.53),
    (TWO_LAYERS, ContextShape(4096, KvType.F16, 128), 55.50 + 1.53),
    (TWO_LAYERS, ContextShape(32768, KvType.F16, 512), 1622.01 + 1.53),
    (SMOL, ContextShape(8192, KvType.F16, 128, flash_attention=True), 5.38 + 0.38),
    (SMOL, ContextShape(8192, KvType.F16, 512), 166.38 + 0.38),
]


@pytest.mark.parametrize(("model", "shape", "logged_mib"), LOGGED)
def test_buffers_are_never_larger_than_said_and_not_much_smaller(
    model: ModelShape, shape: ContextShape, logged_mib: float
):
    beside = context_bytes(model, shape) - cache_bytes(model, shape)

    assert logged_mib <= beside / _MIB <= logged_mib * 1.6 + 20


def test_a_process_takes_its_base_the_model_and_each_context():
    shape = ContextShape(16384, flash_attention=True)

    peak = peak_bytes(PHI, (PASSAGES_CONTEXT, shape), 100 * _MIB)

    contexts = context_bytes(PHI, PASSAGES_CONTEXT) + context_bytes(PHI, shape)
    assert peak == 100 * _MIB + model_bytes(PHI) + contexts


def test_of_a_loaded_model_all_but_the_weights_is_taken():
    resident = peak_bytes(PHI, (PASSAGES_CONTEXT,), 300 * _MIB)

    now = machine_now(PHI, 8 * 10**9, resident, None, loaded=True)

    assert (now.free_bytes, now.base_bytes) == (8 * 10**9, 300 * _MIB)
    assert now.taken_bytes == resident - PHI.weights_bytes


def test_before_a_model_is_loaded_only_the_base_is_taken():
    now = machine_now(PHI, 8 * 10**9, 300 * _MIB, None, loaded=False)

    assert now.taken_bytes == now.base_bytes == 300 * _MIB


def test_an_open_context_makes_room_for_the_next():
    shape = ContextShape(16384, flash_attention=True)
    resident = peak_bytes(PHI, (PASSAGES_CONTEXT, shape), 300 * _MIB)

    now = machine_now(PHI, 3 * 10**9, resident, None, loaded=True, open_context=shape)

    assert now.free_bytes == 3 * 10**9 + context_bytes(PHI, shape)
    assert now.base_bytes == 300 * _MIB
    assert now.open == shape


@pytest.mark.models
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n_ctx", [4096, 8192, 16384])
def test_the_memory_that_is_predicted_is_what_a_process_takes(
    shape_model: Path, n_ctx: int, kind: str
):
    one = measured(shape_model, replace(KINDS[kind], n_ctx=n_ctx))

    assert one.ratio == pytest.approx(1, abs=0.05)
    assert one.peak_bytes - one.base_bytes > 600 * _MIB
