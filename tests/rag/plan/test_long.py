"""What the table of plans does not show: limits, contexts that are open, estimates, other PCs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.options import Options
from rag.plan import (
    Asked,
    Kept,
    LongDocument,
    Machine,
    plan_long,
    whole_estimate,
)
from rag.plan.long import LEAST_LONG_TOKENS
from rag.records import Breadth, ContextShape, KvType, Mode, PrefillCurve
from tests.rag.plan.table import PHI, SMOL

CURVE = PrefillCurve(30.0, 1.2)
ROOMY = Machine(60 * 10**9, curve=CURVE)
DEFAULTS = Options()


def _asked(tokens: int, read: Mode | None = Mode.WHOLE_DOCUMENT, **others: object) -> Asked:
    document = LongDocument(1, Path("a.pdf"), "A", 10, tokens)
    asked = Asked(
        Breadth.WHOLE, read, (document,), narrowed=True, answer_tokens=400, question_tokens=60
    )
    return replace(asked, **others)


# ---------------------------------------------------------------- the size of the context


@pytest.mark.parametrize("tokens", [1, 3_000, 3_693, 4_000, 16_384, 100_003, 130_000])
def test_a_context_holds_the_document_the_question_and_the_answer_and_little_more(tokens: int):
    asked = _asked(tokens)

    shape = plan_long(asked, ROOMY, PHI, DEFAULTS).shape

    assert shape is not None
    needed = tokens + asked.rules_tokens + asked.question_tokens + asked.answer_tokens
    assert needed <= shape.n_ctx < max(LEAST_LONG_TOKENS + 1, needed + 256)
    assert shape.n_ctx % 256 == 0


def test_a_text_that_just_fits_the_model_is_read_whole_and_one_token_more_is_not():
    room = PHI.context_tokens - 200 - 60 - 400

    fits, too_long = (
        plan_long(_asked(tokens), ROOMY, PHI, DEFAULTS) for tokens in (room, room + 1)
    )

    assert fits.shape is not None
    assert fits.shape.n_ctx == PHI.context_tokens
    assert too_long.mode is Mode.SECTIONS


def test_a_model_with_a_small_context_never_gets_a_larger_one():
    small = replace(SMOL, context_tokens=2048)

    shape = plan_long(_asked(1000), ROOMY, small, DEFAULTS).shape

    assert shape is not None
    assert shape.n_ctx == 2048


def test_an_answer_longer_than_the_context_leaves_no_room_for_reading_whole():
    made = plan_long(_asked(100, answer_tokens=10_000), ROOMY, SMOL, DEFAULTS)

    assert made.mode is Mode.SECTIONS


# ---------------------------------------------------------------- the memory


@pytest.mark.parametrize("share", [10, 50, 80, 95])
@pytest.mark.parametrize("free_gb", [0, 1, 3, 4, 5, 6, 8, 12, 24, 48])
@pytest.mark.parametrize("tokens", [500, 5_000, 20_000, 60_000, 120_000])
def test_no_context_takes_more_than_its_share_of_the_free_memory(
    share: int, free_gb: int, tokens: int
):
    machine = Machine(free_gb * 10**9, taken_bytes=300_000_000, curve=CURVE)

    made = plan_long(_asked(tokens), machine, PHI, Options(whole_memory_share=share))

    needed = made.memory_bytes - machine.taken_bytes
    if made.mode is Mode.WHOLE_DOCUMENT:
        assert needed <= machine.free_bytes * share / 100
    elif made.mode is Mode.SECTIONS:
        assert needed <= machine.free_bytes
        assert "Close other programs" in made.note
    else:
        assert made.mode is Mode.DECLINE
        assert needed > machine.free_bytes
        assert "Close other programs" in made.reason


def test_with_less_memory_steps_get_smaller_before_the_cache_gets_coarser():
    fast = replace(CURVE, tokens_per_s=2000.0)
    shapes: list[ContextShape | None] = []
    for free in range(4_000, 9_000, 10):
        machine = Machine(free * 10**6, curve=fast)
        shape = plan_long(_asked(16_384), machine, PHI, DEFAULTS).shape
        if shape not in shapes:
            shapes.append(shape)

    kinds = [shape and (shape.kv_type, shape.flash_attention, shape.n_ubatch) for shape in shapes]
    assert kinds == [
        None,
        (KvType.Q8_0, True, 128),
        (KvType.Q8_0, True, 256),
        (KvType.Q8_0, True, 512),
        (KvType.F16, True, 128),
        (KvType.F16, True, 256),
        (KvType.F16, True, 512),
        (KvType.F16, False, 128),
    ]


def test_an_open_context_that_is_large_enough_is_used_again():
    opened = ContextShape(20_480, KvType.F16, 256)
    machine = replace(ROOMY, open=opened)

    assert plan_long(_asked(16_384), machine, PHI, DEFAULTS).shape == opened
    assert plan_long(_asked(24_000), machine, PHI, DEFAULTS).shape != opened
    assert plan_long(_asked(3_000), machine, PHI, DEFAULTS).shape != opened  # far too large


# ---------------------------------------------------------------- the time


def test_only_what_is_not_kept_takes_time():
    kept = (Kept((Path("a.pdf"),), 15_000),)
    seconds = [
        plan_long(asked, ROOMY, PHI, DEFAULTS).seconds
        for asked in (_asked(16_000), _asked(16_000, kept=kept))
    ]

    assert seconds[0] == pytest.approx(CURVE.seconds(0, 16_260), abs=3)
    assert seconds[1] == pytest.approx(CURVE.seconds(15_200, 16_260) + 2, abs=3)


def test_a_coarser_cache_is_said_to_be_slower():
    roomy, tight = (
        plan_long(_asked(16_384), Machine(gb * 10**9, curve=CURVE), PHI, DEFAULTS) for gb in (12, 6)
    )

    assert tight.shape is not None
    assert tight.shape.kv_type is KvType.Q8_0
    assert roomy.seconds is not None
    assert tight.seconds is not None
    assert tight.seconds > 2.5 * roomy.seconds


def test_sections_that_are_kept_take_no_time():
    fresh, known = (
        plan_long(_asked(60_000, Mode.SECTIONS, tokens_kept_in_sections=kept), ROOMY, PHI, DEFAULTS)
        for kept in (0, 60_000)
    )

    assert fresh.seconds is not None
    assert known.seconds is not None
    assert known.seconds < fresh.seconds / 4


def test_nothing_is_promised_where_the_disk_may_keep_nothing():
    made = plan_long(_asked(5_000), ROOMY, PHI, Options(readings_gb=0.0))

    assert "later questions" not in made.reason


# ---------------------------------------------------------------- the estimate


def test_the_estimate_is_of_reading_whole_whatever_the_question_wants():
    fact = replace(_asked(5_000, None), breadth=Breadth.FACT)

    estimate = whole_estimate(fact, ROOMY, PHI, DEFAULTS)

    assert estimate is not None
    assert (estimate.mode, estimate.tokens, estimate.tokens_saved) == (
        Mode.WHOLE_DOCUMENT,
        5_000,
        0,
    )
    assert estimate == plan_long(fact, ROOMY, PHI, DEFAULTS).offer
    assert not estimate.is_ready


def test_what_was_read_before_is_estimated_to_be_ready():
    asked = _asked(5_000, None, kept=(Kept((Path("a.pdf"),), 5_000),))

    estimate = whole_estimate(asked, ROOMY, PHI, DEFAULTS)

    assert estimate is not None
    assert estimate.is_ready


def test_there_is_no_estimate_of_nothing():
    assert whole_estimate(_asked(0), ROOMY, PHI, DEFAULTS) is None
    assert whole_estimate(replace(_asked(1), documents=()), ROOMY, PHI, DEFAULTS) is None


# ---------------------------------------------------------------- another computer


def test_before_the_program_starts_it_has_taken_nothing():
    machine = Machine(1, taken_bytes=2, base_bytes=3, curve=CURVE, open=ContextShape(8192))

    other = machine.before_start(8 * 10**9)

    assert (other.free_bytes, other.taken_bytes, other.base_bytes) == (8 * 10**9, 0, 3)
    assert other.curve == CURVE
    assert other.open is None
