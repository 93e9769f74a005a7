"""What becomes of saved readings when programs die, disks fill up and files are damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.generate.context import NativeContext
from rag.generate.kvcache import SavedReadings
from rag.generate.native import NativeModel
from rag.protocols import SEGMENT_TOKENS, CacheIdentity
from rag.records import ContextShape, KvType
from tests import tiny_phi3
from tests.faults import disk, keeping
from tests.rag.generate.cache_damage import (
    MANIFEST_CASES,
    SEGMENT_CASES,
    TOKENS,
    Case,
    Damaged,
    check_possible,
)
from tests.rag.generate.spans import IDENTITY, LABEL, ROOM, restored, some_tokens

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

SHAPE = ContextShape(4352, n_ubatch=256, flash_attention=True)
QUESTION = [9, 8, 7, 6, 5]
LONGER = 8_000  # tokens, of more segments than the disk has room for
FULL = (
    "There is no room to keep what was read: the disk is full. It is read again when it is needed."
)


# -------------------------------------------------------------------- killed


@pytest.mark.parametrize("moment", range(keeping.MOMENTS + 1))
def test_a_kill_while_keeping_leaves_whole_segments_and_nothing_else(tmp_path: Path, moment: int):
    states = tmp_path / "states"
    command = [sys.executable, "-m", "tests.faults.keeping", str(states), str(moment)]
    ended = subprocess.run(command, check=False, timeout=120, cwd=Path(__file__).parents[2])
    manifest_written = any(states.glob("*.json"))

    caches = SavedReadings(states, ROOM, 0)

    kept = caches.saved(IDENTITY, some_tokens(TOKENS))
    assert kept in (0, 1024, 2048, TOKENS)
    assert bool(kept) == manifest_written
    assert kept >= min(moment // keeping.MOMENTS_PER_SEGMENT * SEGMENT_TOKENS, TOKENS)
    assert ended.returncode or kept == TOKENS
    assert ended.returncode == 0 or moment < keeping.MOMENTS
    assert len(restored(caches, some_tokens(TOKENS)).states) == kept
    assert on_disk(states) == caches.size_bytes


def on_disk(states: Path) -> int:
    return sum(path.stat().st_size for path in states.iterdir()) if states.exists() else 0


# -------------------------------------------------------------------- with llama.cpp


@pytest.fixture(scope="module")
def model(tiny_phi3: Path) -> Iterator[NativeModel]:
    with closing(NativeModel(tiny_phi3, "Tiny")) as opened:
        yield opened


def context_of(model: NativeModel, shape: ContextShape = SHAPE) -> NativeContext:
    return NativeContext(model, shape, 2, spans=True)


def read_on(context: NativeContext, tokens: list[int]) -> None:
    """Read `tokens`, of which the first may be read already."""
    for start in range(len(context.read), len(tokens), SHAPE.n_ubatch):
        context.decode(tokens[start : start + SHAPE.n_ubatch])


def asked(context: NativeContext, tokens: list[int]) -> NDArray[np.float32]:
    """What the model thinks after `tokens` and a question, which is not read for others then."""
    read_on(context, tokens)
    context.decode(QUESTION)
    logits = context.logits()
    context.keep(len(tokens))
    return logits


def keep_all(
    model: NativeModel,
    caches: SavedReadings,
    tokens: list[int],
    shape: ContextShape = SHAPE,
    identity: CacheIdentity = IDENTITY,
) -> int:
    with closing(context_of(model, shape)) as context:
        read_on(context, tokens)
        return caches.keep(identity, LABEL, tokens, len(tokens), context)


def load(caches: SavedReadings, context: NativeContext, tokens: list[int]) -> int:
    *_, loaded = [0, *caches.restore(IDENTITY, tokens, context)]
    assert context.read == tokens[:loaded]
    return loaded


@pytest.fixture(scope="module")
def prepared(model: NativeModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two readings, and beside them what others would have kept of the first's tokens."""
    place = tmp_path_factory.mktemp("prepared")
    for seed in (1, 2):
        keep_all(model, SavedReadings(place / "states", ROOM, 0), some_tokens(TOKENS, seed))
    other_model = NativeModel(tiny_phi3.write(place / "other.gguf", seed=1), "Other")
    others = {
        "model": (other_model, SHAPE),
        "regime": (model, ContextShape(4096, n_ubatch=256, flash_attention=True)),
        "kv_type": (model, ContextShape(4352, KvType.Q8_0, 256, flash_attention=True)),
        "flash_attention": (model, ContextShape(4352, n_ubatch=256)),
    }
    for what, (of_model, shape) in others.items():
        keep_all(of_model, SavedReadings(place / what, ROOM, 0), some_tokens(TOKENS), shape)
    other_model.close()
    shutil.copytree(place / "states", place / "library")
    older = Damaged(place / "library", {}, place, IDENTITY).segment(1)
    older.write_bytes(older.read_bytes().replace(b"qsgg\3", b"qsgg\2", 1))  # the format's version
    return place


@pytest.fixture
def damaged(prepared: Path, tmp_path: Path) -> Damaged:
    shutil.copytree(prepared / "states", tmp_path / "states")
    kinds = ("model", "library", "regime", "kv_type", "flash_attention")
    foreign = {what: Damaged(prepared / what, {}, tmp_path, IDENTITY).segment(1) for what in kinds}
    (tmp_path / "outside").mkdir()
    shutil.copyfile(
        Damaged(prepared / "states", {}, tmp_path, IDENTITY).segment(1),
        tmp_path / "outside" / "second",
    )
    return Damaged(tmp_path / "states", foreign, tmp_path / "outside" / "second", IDENTITY)


@pytest.fixture(scope="module")
def thought(model: NativeModel) -> NDArray[np.float32]:
    """What the model thinks after all tokens, without any file."""
    with closing(context_of(model)) as context:
        return asked(context, some_tokens(TOKENS))


@pytest.mark.parametrize(
    "case", [*SEGMENT_CASES, *MANIFEST_CASES], ids=lambda case: case.name.replace(" ", "-")
)
def test_llama_never_sees_a_damaged_file_and_thinks_the_same_to_the_bit(
    damaged: Damaged, case: Case, model: NativeModel, thought: NDArray[np.float32]
):
    if why := check_possible(case):
        pytest.skip(why)
    case.change(damaged)
    tokens = some_tokens(TOKENS)
    caches = SavedReadings(damaged.folder, ROOM, 0)

    with closing(context_of(model)) as context:
        assert load(caches, context, tokens) == case.left
        assert on_disk(damaged.folder) == caches.size_bytes
        assert np.array_equal(asked(context, tokens), thought)
        assert caches.keep(IDENTITY, LABEL, tokens, TOKENS, context) == TOKENS

    with closing(context_of(model)) as context:
        assert load(SavedReadings(damaged.folder, ROOM, 0), context, tokens) == TOKENS
        assert np.array_equal(asked(context, tokens), thought)


# -------------------------------------------------------------------- a full disk


@pytest.mark.parametrize("room", [0.0, 0.5, 0.99, 1.01, 2.5])  # in segments
def test_a_disk_that_is_full_keeps_what_fits_and_goes_on_with_room(
    tmp_path: Path, model: NativeModel, room: float
):
    tokens = some_tokens(LONGER)
    shape = ContextShape(8192, n_ubatch=256, flash_attention=True)
    try:
        with disk.small_disk(tmp_path / "disk") as small:
            states, filler = small / "states", small / "filler"
            assert keep_all(model, SavedReadings(states, ROOM, 0), tokens[:2048], shape) == 2048
            segment = max(path.stat().st_size for path in states.iterdir())
            leave_free(filler, int(segment * room))

            caches = SavedReadings(states, ROOM, 0)
            kept = keep_all(model, caches, tokens, shape)

            assert 2048 <= kept <= 2048 + int(room) * SEGMENT_TOKENS
            assert caches.notice == FULL
            assert sum(path.stat().st_size for path in states.iterdir()) == caches.size_bytes
            with closing(context_of(model, shape)) as context:
                assert load(SavedReadings(states, ROOM, 0), context, tokens) == kept
            filler.unlink()
            assert keep_all(model, caches, tokens, shape) == LONGER
            assert caches.notice == ""
    except disk.NoDisk as error:
        pytest.skip(str(error))


def leave_free(filler: Path, room_bytes: int) -> None:
    """Fill the disk up but for so many bytes."""
    with filler.open("wb") as file:
        file.write(bytes(shutil.disk_usage(filler.parent).free - room_bytes))
        file.flush()
        os.fsync(file.fileno())
