"""All 131,072 positions of a long context count: read, kept, loaded, and looked at."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from rag.generate.context import NativeContext
from rag.protocols import SEGMENT_TOKENS
from rag.records import ContextShape
from tests import tiny_phi3
from tests.long import positions
from tests.long.positions import ALL, PLACES, VALUES, WHOLE, Logits
from tests.long.reading import Desk, opened

pytestmark = [pytest.mark.models, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("states")


@pytest.fixture(scope="module")
def desk(tiny_phi3: Path, states: Path) -> Iterator[Desk]:
    """A context in which all but the last token are read, and kept in `states`."""
    with opened(tiny_phi3, states, WHOLE) as opened_desk:
        opened_desk.read(positions.text())
        assert opened_desk.computed == ALL - 1
        yield opened_desk


@pytest.fixture(scope="module")
def told(desk: Desk) -> dict[str, Logits]:
    """What the model thinks at the last position, of each needle."""
    return positions.all_asked(desk)


def test_what_stands_anywhere_is_found_from_the_last_position(told: dict[str, Logits]) -> None:
    found = {key: int(told[str(key)].argmax()) for key in PLACES}

    assert found == {key: positions.needle(key, VALUES[key]) for key in PLACES}


def test_the_last_position_is_number_131_071(desk: Desk, told: dict[str, Logits]) -> None:
    context = desk.context._context

    assert len(context.read) == ALL
    assert context._llama.llama_memory_seq_pos_max(context._memory, 0) == ALL - 1
    assert desk.context.n_ctx == desk.model.info.context_tokens == ALL


def test_a_new_process_loads_all_of_it_and_thinks_the_same_to_the_bit(
    told: dict[str, Logits], tiny_phi3: Path, states: Path, tmp_path: Path
) -> None:
    out = tmp_path / "told.npz"

    command = [sys.executable, "-m", "tests.long.positions", tiny_phi3, states, out]
    subprocess.run(list(map(str, command)), check=True, timeout=900)

    with np.load(out) as again:
        assert int(again["computed"]) == 0
        assert all(np.array_equal(again[key], logits) for key, logits in told.items())


@pytest.mark.parametrize("key", PLACES)
def test_another_token_at_its_place_changes_what_the_last_position_thinks(
    key: int, desk: Desk, told: dict[str, Logits], tmp_path: Path
) -> None:
    tokens, other = positions.text(), (VALUES[key] + 1) % tiny_phi3.VALUES
    spans = write_spans(desk.context._context, tokens, tmp_path)

    tokens[PLACES[key]] = positions.needle(key, other)
    exchange(desk.context._context, tokens, spans, PLACES[key])
    logits = positions.asked_last(desk, ALL - 1, key)

    assert int(logits.argmax()) == positions.needle(key, other)
    assert not np.array_equal(logits, told[str(key)])
    exchange(desk.context._context, positions.text(), spans, PLACES[key])
    assert np.array_equal(positions.asked_last(desk, ALL - 1, key), told[str(key)])


def test_spans_around_an_exchanged_one_are_as_if_read_with_it(
    tiny_phi3: Path, tmp_path: Path
) -> None:
    shape, length, place = ContextShape(6144, n_ubatch=512, flash_attention=True), 6000, 1500
    before, after = positions.text(length), positions.text(length)
    after[place] = positions.needle(9, 5)

    with opened(tiny_phi3, tmp_path / "states", shape) as desk:
        desk.read(before)
        spans = write_spans(desk.context._context, before, tmp_path)
        exchange(desk.context._context, after, spans, place)
        exchanged = positions.asked_last(desk, length, 9)
        desk.context._context.keep(0)
        desk.read(after)
        read = positions.asked_last(desk, length, 9)

    assert int(read.argmax()) == positions.needle(9, 5)
    assert np.array_equal(exchanged, read)


def test_a_long_context_has_other_position_factors_from_the_first_token_on(
    tiny_phi3: Path, tmp_path: Path
) -> None:
    tokens, told = positions.text(2000), dict[int, Logits]()

    for n_ctx in (4096, 4352, 8192):
        shape = ContextShape(n_ctx, n_ubatch=512, flash_attention=True)
        with opened(tiny_phi3, tmp_path / str(n_ctx), shape) as desk:
            told[n_ctx] = desk.logits(tokens)

    assert not np.allclose(told[4096], told[4352], rtol=1e-3)
    assert np.array_equal(told[4352], told[8192])


def write_spans(context: NativeContext, tokens: list[int], folder: Path) -> list[Path]:
    """The cache of `tokens`, which were read, in files of a segment each."""
    ends = [*range(0, len(tokens), SEGMENT_TOKENS), len(tokens)]
    files: list[Path] = []
    for start, end in pairwise(ends):
        files.append(folder / f"{start}.span")
        context.save_span(files[-1], start, end)
    return files


def exchange(context: NativeContext, tokens: list[int], spans: list[Path], place: int) -> None:
    """Have `tokens` in the cache, of which only the segment with `place` is read anew.

    In a model of one layer nothing in the others depends on it.
    """
    context.keep(0)
    for start, file in zip(range(0, len(tokens), SEGMENT_TOKENS), spans, strict=True):
        segment = tokens[start : start + SEGMENT_TOKENS]
        if place in range(start, start + SEGMENT_TOKENS):
            for first in range(0, len(segment), WHOLE.n_ubatch):
                context.decode(segment[first : first + WHOLE.n_ubatch])
        else:
            context.load_span(file, start, segment, len(segment))
