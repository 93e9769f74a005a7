"""Reading long texts ahead: kept on disk, paused, stopped, and gone on with."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, QuestionTooLong
from rag.events import PrefillProgress
from rag.generate.kvcache import SavedReadings
from rag.generate.llama import LlamaModel
from rag.models.discover import trial_model
from rag.protocols import SEGMENT_TOKENS, ChatMessage
from rag.records import ContextShape, KvType
from tests import tiny_phi3
from tests.rag.generate.long_texts import (
    LABEL,
    SHAPE,
    logits_after,
    read_all,
    result_of,
    saved,
    text,
)

pytestmark = pytest.mark.models


# -------------------------------------------------------------------- reading


def test_each_step_reads_one_slice_up_to_all(tiny: LlamaModel):
    context = tiny.open_long(SHAPE, None)
    tokens = text(tiny._native, 1000)

    run = list(context.read(tokens, LABEL, CancelToken()))

    assert [progress.tokens_done for progress in run] == [0, 256, 512, 768, 1000]
    assert all(progress.tokens_total == 1000 for progress in run)
    assert run[0].seconds_left > 0
    assert run[-1] == PrefillProgress(1000, 1000, 0.0)


def test_a_question_after_what_was_read_costs_its_own_tokens_alone(tiny: LlamaModel):
    context = tiny.open_long(SHAPE, None)
    secret = tiny_phi3.needle(0, 3)
    prompt = tiny.encode_chat(
        [
            ChatMessage("system", "words " * 400 + secret + " more words" * 300),
            ChatMessage("user", "What?"),
        ]
    )
    prefix = prompt[:-9]
    read_all(context, prefix)

    answer = result_of(context.generate(prompt, 10, CancelToken()))

    assert answer.text == secret.strip()
    assert answer.reused_tokens == len(prefix)
    assert context.n_ctx == 8192
    assert context.count_tokens("abc") == tiny.count_tokens("abc")
    assert context.encode_chat([ChatMessage("user", "x")]) == tiny.encode_chat(
        [ChatMessage("user", "x")]
    )


def test_what_was_read_is_loaded_after_a_restart_and_answers_equally(
    tiny: LlamaModel, tiny_phi3: Path, caches: SavedReadings
):
    tokens = text(tiny._native, 3000)
    context = tiny.open_long(SHAPE, caches)
    steps = read_all(context, tokens)
    expected = logits_after(context, [*tokens, 5, 6, 7])
    tiny.close()

    again = LlamaModel(tiny_phi3)
    context = again.open_long(SHAPE, caches)
    loading = read_all(context, tokens)
    logits = logits_after(context, [*tokens, 5, 6, 7])
    again.close()

    assert len(steps) > 12
    assert loading == [0, 1024, 2048, 3000]
    assert np.array_equal(logits, expected)


def test_stretches_are_kept_as_soon_as_they_are_read(tiny: LlamaModel, caches: SavedReadings):
    tokens = text(tiny._native, 3000)
    context = tiny.open_long(SHAPE, caches)

    for progress in context.read(tokens, LABEL, CancelToken()):
        whole = progress.tokens_done // SEGMENT_TOKENS * SEGMENT_TOKENS
        assert saved(caches, tiny, tokens) == (3000 if progress.tokens_done == 3000 else whole)


def test_a_text_that_goes_on_differently_is_read_from_there(
    tiny: LlamaModel, caches: SavedReadings
):
    tokens = text(tiny._native, 3000)
    other = [*tokens[:1500], *text(tiny._native, 1000, "other")]
    context = tiny.open_long(SHAPE, caches)
    read_all(context, tokens)
    alone = tiny.open_long(SHAPE, None)
    read_all(alone, other)
    expected = logits_after(alone, [*other, 5])

    context = tiny.open_long(SHAPE, caches)
    steps = read_all(context, other)

    assert steps[:3] == [0, 1024, 1500]
    assert steps[-1] == 2500
    # The slice that was loaded in part is read in two, which rounds otherwise.
    assert np.abs(logits_after(context, [*other, 5]) - expected).max() < 1e-2


def test_a_text_that_does_not_fit_is_refused(tiny: LlamaModel):
    context = tiny.open_long(SHAPE, None)

    with pytest.raises(QuestionTooLong):
        next(context.read([5] * 8193, LABEL, CancelToken()))
    with pytest.raises(QuestionTooLong):
        next(context.generate([5] * 8192, 1, CancelToken()))


def test_the_trial_model_answers_in_the_longest_context_that_it_has():
    path = trial_model()
    assert path is not None
    model = LlamaModel(path)
    context = model.open_long(ContextShape(9000, n_ubatch=256, flash_attention=True), None)
    prompt = model.encode_chat(
        [
            ChatMessage("system", "It rained. " * 200 + "The harbour was built by Mara Lind."),
            ChatMessage("user", "Who built the harbour?"),
        ]
    )
    read_all(context, prompt[:-12])

    answer = result_of(context.generate(prompt, 20, CancelToken()))
    model.close()

    assert context.n_ctx == 8192
    assert answer.reused_tokens == answer.prompt_tokens - 12 > 500
    assert "Mara Lind" in answer.text


# -------------------------------------------------------------------- side by side


def test_a_question_is_answered_while_a_long_text_is_paused(
    tiny: LlamaModel, caches: SavedReadings
):
    tokens = text(tiny._native, 2000)
    question = tiny.encode_chat([ChatMessage("user", f"A fact:{tiny_phi3.needle(0, 5)}")])
    context = tiny.open_long(SHAPE, caches)
    run = context.read(tokens, LABEL, CancelToken())
    done = [next(run).tokens_done for _ in range(3)]

    answer = result_of(tiny.generate(question, 10, CancelToken()))
    done += [progress.tokens_done for progress in run]

    assert answer.text == tiny_phi3.needle(0, 5).strip()
    assert done == [0, 256, 512, 768, 1024, 1280, 1536, 1792, 2000]


def test_an_answer_in_the_long_context_does_not_lose_what_a_paused_reading_has(
    tiny: LlamaModel, caches: SavedReadings
):
    tokens, other = text(tiny._native, 3000), text(tiny._native, 600, "other")
    context = tiny.open_long(SHAPE, caches)
    run = context.read(tokens, LABEL, CancelToken())
    while next(run).tokens_done < 2304:
        pass

    result_of(context.generate(other, 3, CancelToken()))
    done = [progress.tokens_done for progress in run]
    logits = logits_after(context, [*tokens, 5])
    alone = tiny.open_long(SHAPE, None)
    read_all(alone, tokens)

    assert done == [0, 1024, 2048, 2304, 2560, 2816, 3000]
    assert np.array_equal(logits, logits_after(alone, [*tokens, 5]))


def test_two_readings_that_take_turns_both_end(tiny: LlamaModel, caches: SavedReadings):
    texts = [text(tiny._native, 1500, seed) for seed in ("first", "second")]
    context = tiny.open_long(SHAPE, caches)
    runs = [context.read(tokens, LABEL, CancelToken()) for tokens in texts]

    for _ in range(5):
        for run in runs:
            next(run)
    ends = [list(run)[-1].tokens_done for run in runs]

    assert ends == [1500, 1500]
    assert [saved(caches, tiny, tokens) for tokens in texts] == [1500, 1500]


def test_a_question_does_not_wait_for_a_slice(shape_model: Path):
    model = LlamaModel(shape_model)
    shape = ContextShape(8192, KvType.F16, 512, flash_attention=True)
    context, cancel = model.open_long(shape, None), CancelToken()
    tokens, steps = text(model._native, 2000), list[int]()

    def read() -> None:
        with suppress(Cancelled):
            steps.extend(read_all(context, tokens, cancel))

    reading = threading.Thread(target=read)
    reading.start()
    while context._worker._running is None:  # the slice
        pass

    started = time.perf_counter()
    run = model.generate(tokens[:4], 1, CancelToken())
    next(run)
    seconds = time.perf_counter() - started
    run.close()
    read_meanwhile = len(context._context.read)
    cancel.cancel()
    reading.join()
    model.close()

    assert seconds < 1
    assert read_meanwhile < 512


# -------------------------------------------------------------------- stopping


def test_a_cancelled_reading_is_kept_and_gone_on_with_where_it_stopped(
    tiny: LlamaModel, tiny_phi3: Path, caches: SavedReadings
):
    tokens = text(tiny._native, 3000)
    context, cancel = tiny.open_long(SHAPE, caches), CancelToken()
    run = context.read(tokens, LABEL, cancel)
    while next(run).tokens_done < 1792:
        pass
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(run)
    tiny.close()

    again = LlamaModel(tiny_phi3)
    context = again.open_long(SHAPE, caches)
    steps = read_all(context, tokens)
    resumed = logits_after(context, [*tokens, 5])
    whole = again.open_long(SHAPE, None)
    read_all(whole, tokens)
    at_once = logits_after(whole, [*tokens, 5])
    again.close()

    assert steps == [0, 1024, 1792, 2048, 2304, 2560, 2816, 3000]
    assert np.array_equal(resumed, at_once)


@pytest.mark.parametrize("stopped_after", range(0, 9, 2))
def test_wherever_it_is_closed_it_goes_on_in_memory(
    tiny: LlamaModel, caches: SavedReadings, stopped_after: int
):
    tokens = text(tiny._native, 2000)
    context = tiny.open_long(SHAPE, caches)
    run = context.read(tokens, LABEL, CancelToken())
    done = [next(run).tokens_done for _ in range(stopped_after + 1)][-1]
    run.close()

    steps = read_all(context, tokens)

    assert steps[0] == done == stopped_after * 256 if done < 2000 else steps == [2000]
    assert saved(caches, tiny, tokens) == 2000


def test_cancelling_in_the_middle_of_a_slice_takes_less_than_a_second(shape_model: Path):
    model = LlamaModel(shape_model)
    context = model.open_long(ContextShape(8192, KvType.F16, 512, flash_attention=True), None)
    tokens, cancel = text(model._native, 2000), CancelToken()
    run = context.read(tokens, LABEL, cancel)
    next(run)
    cancelled: list[float] = []

    def stop() -> None:
        cancelled.append(time.perf_counter())
        cancel.cancel()

    timer = threading.Timer(0.2, stop)
    timer.start()
    with pytest.raises(Cancelled):
        next(run)
    seconds = time.perf_counter() - cancelled[0]
    timer.join()
    model.close()

    assert seconds < 1


def test_a_full_disk_or_no_budget_only_means_that_nothing_is_kept(tiny: LlamaModel, tmp_path: Path):
    nothing = SavedReadings(tmp_path / "states", 0, 0)
    tokens = text(tiny._native, 1500)

    steps = read_all(tiny.open_long(SHAPE, nothing), tokens)

    assert steps[-1] == 1500
    assert saved(nothing, tiny, tokens) == 0
