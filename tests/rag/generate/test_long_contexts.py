"""Contexts for long texts: opened and closed, told apart, and timed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psutil
import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, GenerationFailed, ModelTooBig
from rag.generate import context as contexts
from rag.generate.kvcache import SavedReadings
from rag.generate.llama import LlamaModel
from rag.generate.pace import PaceSample
from rag.records import ContextShape, KvType
from tests.rag.generate.long_texts import (
    LABEL,
    SHAPE,
    read_all,
    result_of,
    saved,
    text,
)

pytestmark = pytest.mark.models


# -------------------------------------------------------------------- opening and closing


def test_switching_between_the_contexts_takes_less_than_five_seconds(shape_model: Path):
    model = LlamaModel(shape_model)
    process, shape = psutil.Process(), ContextShape(32768, n_ubatch=256, flash_attention=True)
    question = text(model._native, 8)
    seconds: list[float] = []
    resident: list[int] = []

    for _ in range(2):
        started = time.perf_counter()
        context = model.open_long(shape, None)
        next(context.generate(question, 1, CancelToken()))
        seconds.append(time.perf_counter() - started)
        opened = process.memory_info().rss
        started = time.perf_counter()
        context.close()
        next(model.generate(question, 1, CancelToken()))
        seconds.append(time.perf_counter() - started)
        resident.append(opened - process.memory_info().rss)
    model.close()

    assert max(seconds) < 5
    assert min(resident) > 200 * 2**20  # of the 256 MiB that the cache took


def test_one_long_context_is_open_at_a_time_and_the_one_before_is_kept(
    tiny: LlamaModel, caches: SavedReadings
):
    tokens = text(tiny._native, 1500)
    first = tiny.open_long(SHAPE, caches)
    run = first.read(tokens, LABEL, CancelToken())
    next(run)
    next(run)

    second = tiny.open_long(SHAPE, caches)

    with pytest.raises(GenerationFailed, match="closed"):
        next(run)
    with pytest.raises(GenerationFailed, match="closed"):
        next(first.generate([5, 6], 1, CancelToken()))
    with pytest.raises(GenerationFailed, match="closed"):
        first.count_tokens("x")
    assert saved(caches, tiny, tokens) == 256
    assert read_all(second, tokens)[:2] == [0, 256]
    first.close()


def test_a_context_of_a_closed_model_is_closed_and_what_it_read_kept(
    tiny: LlamaModel, caches: SavedReadings
):
    tokens = text(tiny._native, 1500)
    context = tiny.open_long(SHAPE, caches)
    run = context.read(tokens, LABEL, CancelToken())
    next(run)
    next(run)

    tiny.close()
    context.close()

    with pytest.raises(GenerationFailed):
        next(run)
    with pytest.raises(GenerationFailed):
        tiny.open_long(SHAPE, None)
    assert saved(caches, tiny, tokens) == 256


def test_a_context_for_which_there_is_no_memory_is_refused_and_the_model_stays(
    tiny: LlamaModel, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patched:
        patched.setattr(contexts, "free_bytes", lambda _: 50 * 2**20)
        with pytest.raises(ModelTooBig):
            tiny.open_long(SHAPE, None)

    assert result_of(tiny.generate([5, 6, 7], 2, CancelToken())).prompt_tokens == 3
    assert tiny.open_long(SHAPE, None).n_ctx == 8192


def test_a_quantised_cache_without_flash_attention_is_a_mistake(tiny: LlamaModel):
    with pytest.raises(ValueError, match="flash attention"):
        tiny.open_long(ContextShape(8192, KvType.Q8_0), None)


# -------------------------------------------------------------------- identity and pace


def test_caches_of_another_kind_are_not_mixed_up(tiny: LlamaModel):
    kinds = [
        SHAPE,
        ContextShape(4096, flash_attention=True),
        ContextShape(8192, flash_attention=False),
        ContextShape(8192, KvType.Q8_0, flash_attention=True),
    ]

    identities = {tiny.cache_identity(kind) for kind in kinds}

    assert len(identities) == len(kinds)
    assert tiny.cache_identity(SHAPE) == tiny.cache_identity(
        ContextShape(131072, n_ubatch=64, flash_attention=True)
    )
    assert tiny.cache_identity(SHAPE).regime == "long"
    assert "llama-cpp-python" in tiny.cache_identity(SHAPE).library


def test_the_models_hash_is_asked_for_once(tiny_phi3: Path):
    asked: list[str] = []

    def sha256() -> str:
        asked.append("asked")
        return "0" * 64

    model = LlamaModel(tiny_phi3, sha256=sha256)
    before = list(asked)
    hashes = {model.cache_identity(SHAPE).model_sha256 for _ in range(3)}
    model.close()

    assert before == []
    assert asked == ["asked"]
    assert hashes == {"0" * 64}


def test_cancelling_does_not_wait_for_the_models_hash(tiny_phi3: Path, caches: SavedReadings):
    cancel, may_end = CancelToken(), threading.Event()

    def sha256() -> str:
        cancel.cancel()
        may_end.wait()
        return "0" * 64

    model = LlamaModel(tiny_phi3, sha256=sha256)
    run = model.open_long(SHAPE, caches).read([5] * 500, LABEL, cancel)

    with pytest.raises(Cancelled):
        next(run)
    may_end.set()
    model.close()


def test_the_pace_is_known_after_loading_and_learned_while_reading(tiny: LlamaModel):
    loaded = tiny.curve_of(KvType.F16, flash_attention=True)
    read_all(tiny.open_long(SHAPE, None), text(tiny._native, 2000))

    depths = {sample.depth for sample in tiny.pace.samples}
    learned = tiny.curve_of(KvType.F16, flash_attention=True)

    assert loaded is not None
    assert {256, 512, 1792} <= depths
    assert tiny.curve == tiny.curve_of(KvType.F16, flash_attention=False)
    assert learned != loaded


def test_what_was_learned_earlier_is_older_than_what_is_measured_now(tiny: LlamaModel):
    measured = tiny.pace.samples

    tiny.learn([PaceSample(8192, 256, 9.0), PaceSample(0, 128, 5.0)])

    assert tiny.pace.samples[0] == PaceSample(8192, 256, 9.0)
    assert tiny.pace.samples[-len(measured) :] == measured
