"""A reading that is stopped, or killed, goes on where it was."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled
from rag.protocols import SEGMENT_TOKENS
from rag.records import ContextShape
from tests.long import positions
from tests.long.reading import opened

LENGTH = 12_000
SHAPE = ContextShape(12_544, n_ubatch=128, flash_attention=True)
_DRAW = random.Random(7)
STOPS = sorted(_DRAW.sample(range(1, LENGTH // SHAPE.n_ubatch), 6))  # after that many slices
KILLS = 4


@pytest.mark.models
def test_a_reading_stopped_at_any_slice_goes_on_there_and_thinks_the_same(
    tiny_phi3: Path, tmp_path: Path
) -> None:
    tokens, done = positions.text(LENGTH), 0
    straight = thoughts(tiny_phi3, tmp_path / "straight", tokens, computes=LENGTH)

    for number, stop in enumerate(STOPS):  # each time in a new context, as after a restart
        with opened(tiny_phi3, tmp_path / "kept", SHAPE) as desk:
            cancel = CancelToken()
            steps = desk.steps(tokens, cancel)
            while next(steps).tokens_done < stop * SHAPE.n_ubatch:
                pass
            if number % 2:
                cancel.cancel()
                with pytest.raises(Cancelled):
                    next(steps)
        assert desk.computed == stop * SHAPE.n_ubatch - done
        done = stop * SHAPE.n_ubatch
    resumed = thoughts(tiny_phi3, tmp_path / "kept", tokens, computes=LENGTH - done)

    assert np.array_equal(resumed, straight)


@pytest.mark.faults
def test_a_kill_loses_at_most_one_interval_and_reading_goes_on_from_there(
    tiny_phi3: Path, tmp_path: Path
) -> None:
    tokens, kept = positions.text(LENGTH), 0
    straight = thoughts(tiny_phi3, tmp_path / "straight", tokens, computes=LENGTH)

    for kill in range(KILLS):
        reached = kill_reading(tiny_phi3, tmp_path / "kept", LENGTH * (kill + 1) // (2 * KILLS))
        with opened(tiny_phi3, tmp_path / "kept", SHAPE) as desk:
            before, kept = kept, desk.saved(tokens)
        assert reached - SEGMENT_TOKENS < kept < LENGTH
        assert kept > before
    resumed = thoughts(tiny_phi3, tmp_path / "kept", tokens, computes=LENGTH - kept)

    assert np.array_equal(resumed, straight)
    assert not list((tmp_path / "kept").glob("*.part"))


def thoughts(model: Path, states: Path, tokens: list[int], computes: int) -> positions.Logits:
    """What is thought after `tokens`, most of which may be kept: so many are to be computed."""
    with opened(model, states, SHAPE) as desk:
        desk.read(tokens)
        assert desk.computed == computes
        return positions.asked_last(desk, len(tokens), 0)


def kill_reading(model: Path, states: Path, after: int) -> int:
    """Kill a process that reads when it says that `after` tokens are done; what it said last."""
    command = [sys.executable, "-m", "tests.long.slowly", model, states, LENGTH, SHAPE.n_ubatch]
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        reached = next((int(line) for line in reader.stdout if int(line) >= after), 0)
        reader.kill()
        reached = max([reached, *(int(line) for line in reader.stdout if line.endswith("\n"))])
    assert reader.returncode != 0, "it was done before it could be killed"
    return reached
