"""Contexts in llama.cpp: their caches in files, their regime, their memory."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from rag.errors import Cancelled, ModelTooBig
from rag.generate import context as contexts
from rag.generate.binding import Aborted
from rag.generate.context import NativeContext, Row
from rag.generate.native import NativeModel
from rag.models.discover import trial_model
from rag.records import ContextShape, KvType
from tests.rag.generate.long_texts import SHAPE, SHAPES, THREADS, feed, text

pytestmark = pytest.mark.models

# Reads a text, writes its cache to a file, and what comes after its end to another.
WRITER = """
import sys
from pathlib import Path
import numpy as np
from rag.generate.context import NativeContext
from rag.generate.native import NativeModel
from tests.rag.generate.long_texts import SHAPES, THREADS, feed, text
model = NativeModel(Path(sys.argv[1]), "model")
context = NativeContext(model, SHAPES[int(sys.argv[2])], THREADS, spans=True)
tokens = text(model, 330)
feed(context, tokens[:300])
context.save_span(Path(sys.argv[3], "first"), 0, 200)
context.save_span(Path(sys.argv[3], "second"), 200, 300)
feed(context, tokens[300:])
np.save(Path(sys.argv[3], "logits.npy"), context.logits())
context.close()
model.close()
"""


@pytest.fixture(scope="module")
def shape(shape_model: Path) -> Iterator[NativeModel]:
    model = NativeModel(shape_model, "Shape")
    yield model
    model.close()


@pytest.fixture
def tiny(tiny_phi3: Path) -> Iterator[NativeModel]:
    model = NativeModel(tiny_phi3, "Tiny")
    yield model
    model.close()


@pytest.fixture
def context(tiny: NativeModel) -> Iterator[NativeContext]:
    context = NativeContext(tiny, SHAPE, THREADS, spans=True)
    yield context
    context.close()


# -------------------------------------------------------------------- what a model is


def test_a_models_shape_is_told_from_its_file(shape: NativeModel, shape_model: Path):
    told = asdict(shape.shape)
    weights = told.pop("weights_bytes")

    assert told == {
        "layers": 2,
        "heads": 24,
        "kv_heads": 8,
        "head_size": 128,
        "hidden": 3072,
        "feed_forward": 8192,
        "vocabulary": 200064,
        "context_tokens": 131072,
    }
    assert weights == pytest.approx(shape_model.stat().st_size, rel=0.02)


def test_the_trial_models_shape_is_told_too():
    path = trial_model()
    assert path is not None
    model = NativeModel(path, "Trial")

    shape = model.shape
    model.close()

    assert (shape.layers, shape.heads, shape.kv_heads, shape.head_size) == (30, 9, 3, 64)
    assert (shape.hidden, shape.feed_forward) == (576, 1536)
    assert shape.context_tokens == 8192


# -------------------------------------------------------------------- regimes


def test_4096_tokens_are_read_with_other_position_factors_than_more(tiny: NativeModel):
    tokens = text(tiny, 300)
    logits = []

    for n_ctx in (2048, 4096, 4352, 131072):
        context = NativeContext(tiny, ContextShape(n_ctx, flash_attention=True), THREADS)
        feed(context, tokens)
        logits.append(context.logits())
        context.close()

    assert np.array_equal(logits[0], logits[1])
    assert np.array_equal(logits[2], logits[3])
    assert np.abs(logits[1] - logits[2]).max() > 0.01


@pytest.mark.parametrize("texts", [2, 4])
def test_texts_side_by_side_are_read_with_the_short_factors_to_the_bit(
    shape: NativeModel, texts: int
):
    tokens = text(shape, 150)
    kind = ContextShape(4096, flash_attention=True)
    alone = NativeContext(shape, kind, THREADS)
    feed(alone, tokens)
    together = NativeContext(shape, kind, THREADS, texts=texts)
    last = len(tokens) - 1

    for number in range(texts):
        for start in range(0, len(tokens), 128):
            rows = list(enumerate(tokens))[start : start + 128]
            together.decode_rows([Row(number, at, token, at == last) for at, token in rows])

        assert np.array_equal(together.logits(), alone.logits())
    together.close()
    alone.close()


# -------------------------------------------------------------------- stretches in files


@pytest.mark.parametrize("kind", range(len(SHAPES)))
def test_a_cache_of_another_process_goes_on_with_equal_logits_to_the_bit(
    shape: NativeModel, shape_model: Path, tmp_path: Path, kind: int
):
    subprocess.run(
        [sys.executable, "-c", WRITER, str(shape_model), str(kind), str(tmp_path)], check=True
    )
    tokens = text(shape, 330)
    context = NativeContext(shape, SHAPES[kind], THREADS, spans=True)

    context.load_span(tmp_path / "first", 0, tokens[:200], 200)
    context.load_span(tmp_path / "second", 200, tokens[200:300], 100)
    read = list(context.read)
    feed(context, tokens[300:])
    logits = context.logits()
    context.close()

    assert read == tokens[:300]
    assert np.array_equal(logits, np.load(tmp_path / "logits.npy"))


def test_the_beginning_of_a_stretch_can_be_taken_alone(
    tiny: NativeModel, context: NativeContext, tmp_path: Path
):
    tokens = text(tiny, 1100)
    feed(context, tokens[:1000])
    context.save_span(tmp_path / "span", 0, 1000)
    context.keep(512)
    feed(context, tokens[1000:])
    expected = context.logits()
    context.keep(0)

    context.load_span(tmp_path / "span", 0, tokens[:1000], 512)
    read = list(context.read)
    feed(context, tokens[1000:])

    assert read == tokens[:512]
    assert np.array_equal(context.logits(), expected)


def test_what_was_dropped_and_saved_again_leaves_nothing_of_the_old(
    tiny: NativeModel, context: NativeContext, tmp_path: Path
):
    old, new = text(tiny, 900, "old"), text(tiny, 900, "new")
    feed(context, old)
    context.save_span(tmp_path / "old", 0, 900)
    context.keep(0)
    feed(context, new)
    context.save_span(tmp_path / "new", 0, 900)
    expected = context.logits()

    context.keep(0)
    context.load_span(tmp_path / "new", 0, new, 900)
    context.keep(768)
    feed(context, new[768:])

    assert np.array_equal(context.logits(), expected)


def test_a_stretch_that_is_not_the_right_one_leaves_all_as_it_was(
    tiny: NativeModel, context: NativeContext, tmp_path: Path
):
    tokens, others = text(tiny, 1100), text(tiny, 1100, "other")
    feed(context, tokens[:600])
    context.save_span(tmp_path / "span", 256, 512)
    feed(context, tokens[600:900])
    expected = context.logits()
    context.keep(512)
    file = tmp_path / "span"

    for start, wrong in [
        (512, tokens[512:768]),  # others than in the file
        (512, tokens[256:512]),  # the file's, but it has them elsewhere
        (256, tokens[256:512]),  # not where what is read ends
        (512, others[256:500]),  # too few
        (512, others[256:600]),  # too many
        (512, []),
    ]:
        with pytest.raises(ValueError):  # noqa: PT011 - llama.cpp's own words
            context.load_span(file, start, wrong, len(wrong))
    feed(context, tokens[512:900])

    assert context.read == tokens[:900]
    assert np.array_equal(context.logits(), expected)


def test_a_stretch_that_does_not_fit_is_refused(
    tiny: NativeModel, context: NativeContext, tmp_path: Path
):
    tokens = text(tiny, 1024)
    feed(context, tokens)
    context.save_span(tmp_path / "span", 0, 1024)
    small = NativeContext(tiny, ContextShape(512, flash_attention=True), THREADS, spans=True)

    with pytest.raises(ValueError, match="1024 tokens"):
        small.load_span(tmp_path / "span", 0, tokens, 300)
    small.close()

    assert small.read == []


def test_a_stretch_that_cannot_be_written_says_so(
    tiny: NativeModel, context: NativeContext, tmp_path: Path
):
    feed(context, text(tiny, 100))

    with pytest.raises(OSError):  # noqa: PT011 - llama.cpp tells no number
        context.save_span(tmp_path / "no folder" / "span", 0, 100)
    with pytest.raises(ValueError, match="100 tokens"):
        context.save_span(tmp_path / "span", 0, 101)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_noticed(tiny: NativeModel, context: NativeContext):
    feed(context, text(tiny, 100))

    with pytest.raises(OSError):  # noqa: PT011 - llama.cpp tells no number
        context.save_span(Path("/dev/full"), 0, 100)


def test_stopped_work_neither_saves_nor_loads(
    tiny: NativeModel, context: NativeContext, tmp_path: Path
):
    tokens = text(tiny, 100)
    feed(context, tokens)
    context.save_span(tmp_path / "span", 0, 100)
    context.keep(0)
    context.stop.set()

    with pytest.raises(Cancelled):
        context.load_span(tmp_path / "span", 0, tokens, 100)
    with pytest.raises(Cancelled):
        context.save_span(tmp_path / "more", 0, 1)

    assert context.read == []


# -------------------------------------------------------------------- stopping


@pytest.mark.parametrize("kind", range(len(SHAPES)))
@pytest.mark.parametrize("slices", [0, 1, 3])
def test_an_aborted_slice_is_read_again_with_equal_logits(
    shape: NativeModel, kind: int, slices: int
):
    context = NativeContext(shape, replace(SHAPES[kind], n_ubatch=64), THREADS, spans=True)
    tokens = text(shape, 230)
    feed(context, tokens)
    expected = context.logits()
    context.keep(slices * 64)

    abort_in(context, tokens[slices * 64 :][:64])
    after = list(context.read)
    feed(context, tokens[len(after) :])
    logits = context.logits()
    context.close()

    assert after == tokens[: slices * 64]
    assert np.array_equal(logits, expected)


def abort_in(context: NativeContext, tokens: list[int]) -> None:
    """Read a slice again and again until that is aborted in the middle."""
    before = len(context.read)
    timer = threading.Timer(0.05, context.stop.set)
    timer.start()
    with pytest.raises(Aborted):  # noqa: PT012 - who knows how fast it is
        while True:
            context.decode(tokens)
            context.keep(before)
    timer.join()
    context.stop.clear()


# -------------------------------------------------------------------- memory


def test_a_context_opens_at_once_and_gives_its_memory_back(shape: NativeModel):
    process = psutil.Process()
    before, started = process.memory_info().rss, time.perf_counter()
    context = NativeContext(shape, replace(SHAPE, n_ctx=32768), THREADS, spans=True)
    opened, seconds = process.memory_info().rss, time.perf_counter() - started

    context.close()

    assert seconds < 5
    assert opened - before > 256 * 2**20  # the cache alone, all of it at once
    assert process.memory_info().rss - before < 16 * 2**20


def test_a_context_that_would_have_to_swap_is_refused(
    tiny: NativeModel, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(contexts, "free_bytes", lambda _: 100 * 2**20)

    with pytest.raises(ModelTooBig, match=r"0\.1 GB are free"):
        NativeContext(tiny, SHAPE, THREADS)


def test_what_a_context_takes_grows_with_its_cache(shape: NativeModel):
    def megabytes(shape_of: ContextShape) -> float:
        return contexts.context_bytes(shape.shape, shape_of) / 2**20

    exact, halved = (
        megabytes(ContextShape(32768, kind, 128, flash_attention=True)) for kind in KvType
    )

    assert exact - halved == pytest.approx(32768 * 2 * 2 * 8 * 128 * (2 - 34 / 32) / 2**20)
    assert megabytes(ContextShape(32768, n_ubatch=256)) > megabytes(ContextShape(32768)) + 300


# -------------------------------------------------------------------- few tokens after many


def test_a_few_tokens_after_many_are_read_as_others_would_read_them(
    tiny: NativeModel, context: NativeContext
):
    tokens = text(tiny, 2600)
    feed(context, tokens[:2560])
    padded, alone = list[int](), list[float]()

    context.decode(tokens[2560:2600])  # 40, in a block with others that are dropped
    together, padded = context.logits(), list(context.read)
    context.keep(2560)
    for start in range(2560, 2600, 8):  # too few to be filled up
        context.decode(tokens[start : start + 8])
    alone = context.logits()

    assert padded == tokens
    assert np.abs(together - alone).max() < 0.02
    context.decode(tokens[:5])
    assert len(context.read) == 2605


def test_the_last_tokens_that_fit_are_read_without_others(tiny: NativeModel):
    context = NativeContext(tiny, ContextShape(4352, n_ubatch=64, flash_attention=True), THREADS)
    tokens = text(tiny, 4352)
    feed(context, tokens[:4320])

    context.decode(tokens[4320:])
    read = list(context.read)
    context.close()

    assert read == tokens
