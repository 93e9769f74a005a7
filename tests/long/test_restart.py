"""A document of 16,384 tokens in Phi-4-mini's shape: estimated, read, and asked about again."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.long import timing
from tests.long.asked_again import LENGTH, SHAPE, document, question
from tests.long.reading import desk_of, loaded

pytestmark = [pytest.mark.models, pytest.mark.timeout(1800)]

CALIBRATION = 1024  # tokens read before the estimate
ESTIMATED = (2048, 4096, 8192, LENGTH)
OFF_AT_MOST = 0.25
SOONER = 20  # with 2 layers: what does not grow with them weighs more than with 32
OVERHEAD_S = 3.0


@dataclass(frozen=True, slots=True)
class Cold:
    """A document's first reading, and a question behind it."""

    states: Path
    estimated: dict[int, float]  # what was told of so many tokens, in references
    took: dict[int, float]
    first_token_s: float  # from the model being loaded, by the clock
    logits: NDArray[np.float32]  # after the second question


@pytest.fixture(scope="module")
def cold(shape_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Cold:
    folder = tmp_path_factory.mktemp("cold")
    with loaded(shape_model, folder / "hashes.json") as model:
        with desk_of(model, folder / "calibration", SHAPE) as desk:
            calibration = timing.read_timed(desk, document(CALIBRATION, seed=1))
        curve = model.curve_of(SHAPE.kv_type, flash_attention=SHAPE.flash_attention)
        assert curve is not None
        estimated = timing.estimated_efforts(curve, calibration, ESTIMATED)
        begun = time.perf_counter()
        with desk_of(model, folder / "states", SHAPE) as desk:
            opened_s = time.perf_counter() - begun
            stretches = timing.read_timed(desk, document())
            asked_s = desk.ask([*document(), *question(1)]).first_token_s
            logits = desk.logits([*document(), *question(2)])
            assert desk.computed == LENGTH + 2 * len(question(1))
    took = {tokens: timing.effort(stretches, tokens) for tokens in ESTIMATED}
    first_token_s = opened_s + timing.clock_s(stretches, LENGTH) + asked_s
    return Cold(folder / "states", estimated, took, first_token_s, logits)


@pytest.fixture(scope="module")
def again(cold: Cold, shape_model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    out = tmp_path_factory.mktemp("again") / "told.npz"
    command = [sys.executable, "-m", "tests.long.asked_again", shape_model, cold.states, out]
    subprocess.run(list(map(str, command)), check=True, timeout=300)
    with np.load(out) as told:
        return dict(told)


def test_after_a_restart_a_question_costs_its_own_tokens_and_three_seconds_at_most(
    cold: Cold, again: dict[str, NDArray[np.float64]]
) -> None:
    first_token_s, question_s = float(again["first_token_s"]), float(again["question_s"])

    assert int(again["computed"]) == len(question(2))
    assert first_token_s <= OVERHEAD_S + question_s
    assert cold.first_token_s / first_token_s >= SOONER


def test_after_a_restart_the_model_thinks_the_same_to_the_bit(
    cold: Cold, again: dict[str, NDArray[np.float32]]
) -> None:
    assert np.array_equal(again["logits"], cold.logits)


@pytest.mark.parametrize("tokens", ESTIMATED)
def test_the_estimate_is_right_within_a_quarter(tokens: int, cold: Cold) -> None:
    off = cold.estimated[tokens] / cold.took[tokens] - 1

    assert abs(off) <= OFF_AT_MOST
