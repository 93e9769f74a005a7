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

from rag.generate.llama import LlamaModel
from tests.long.asked_again import LENGTH, SHAPE, document, question
from tests.long.reading import Desk, desk_of, loaded

pytestmark = [pytest.mark.models, pytest.mark.timeout(900)]

CALIBRATION = 1024  # tokens read before the estimate
ESTIMATED = (2048, 4096, 8192, LENGTH)
OFF_AT_MOST = 0.25
SOONER = 20  # with 2 layers: what does not grow with them weighs more than with 32
OVERHEAD_S = 3.0
_REFERENCE_TOKENS, _REFERENCE_EVERY = 128, 1024


@dataclass(frozen=True, slots=True)
class Cold:
    """A document's first reading, and a question behind it."""

    states: Path
    estimated_s: dict[int, float]
    took_s: dict[int, float]  # had the computer been as busy all the time as at the estimate
    first_token_s: float  # from the model being loaded, by the clock
    logits: NDArray[np.float32]  # after the second question


@pytest.fixture(scope="module")
def cold(shape_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Cold:
    folder = tmp_path_factory.mktemp("cold")
    with loaded(shape_model, folder / "hashes.json") as model:
        with desk_of(model, folder / "calibration", SHAPE) as desk:
            desk.read(document(CALIBRATION, seed=1))
        curve = model.curve
        assert curve is not None
        estimated = {tokens: curve.seconds(0, tokens) for tokens in ESTIMATED}
        begun = time.perf_counter()
        with desk_of(model, folder / "states", SHAPE) as desk:
            took, spent_on_reference_s = read_timed(desk, model)
            desk.ask([*document(), *question(1)])
            first_token_s = time.perf_counter() - begun - spent_on_reference_s
            logits = desk.logits([*document(), *question(2)])
            assert desk.computed == LENGTH + 2 * len(question(1))
    return Cold(folder / "states", estimated, took, first_token_s, logits)


def read_timed(desk: Desk, model: LlamaModel) -> tuple[dict[int, float], float]:
    """Read the document and tell what each of `ESTIMATED` tokens took, and the references.

    Other programs come and go: beside every 1,024 tokens the same 128 are read at the beginning of
    another context, and what these take longer than at first is not held against the estimate.
    """
    references = [reference_s(model)]
    clock, took, total = time.perf_counter(), dict[int, float](), 0.0
    stretch = 0.0
    for told in desk.steps(document()):
        stretch += time.perf_counter() - clock
        if told.tokens_done and told.tokens_done % _REFERENCE_EVERY == 0:
            references.append(reference_s(model))
            total += stretch * 2 * references[0] / (references[-1] + references[-2])
            took[told.tokens_done], stretch = total, 0.0
        clock = time.perf_counter()
    return {tokens: took[tokens] for tokens in ESTIMATED}, sum(references)


def reference_s(model: LlamaModel) -> float:
    """What reading a few tokens takes now, the middle of three times."""
    context, tokens, times = model._context, document(_REFERENCE_TOKENS, seed=2), list[float]()
    for _ in range(3):
        context.keep(0)
        begun = time.perf_counter()
        context.decode(tokens)
        times.append(time.perf_counter() - begun)
    return sorted(times)[1]


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
    estimated, took = cold.estimated_s[tokens], cold.took_s[tokens]

    assert abs(estimated - took) <= OFF_AT_MOST * took, f"told {estimated:.1f} s, took {took:.1f} s"
