"""What is kept at half the size is loaded as near to what was read as 8-bit numbers can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.generate.context import NativeContext
from rag.generate.kvcache import SavedReadings
from rag.generate.native import NativeModel
from rag.models.discover import trial_model
from rag.records import ContextShape
from tests.rag.generate.spans import IDENTITY, LABEL, ROOM, some_tokens

pytestmark = pytest.mark.models

FLASH = ContextShape(4352, n_ubatch=256, flash_attention=True)
PLAIN = ContextShape(4352, n_ubatch=256)  # keeps its values transposed
SENTENCE = (
    "The harbour of the town was built of granite in 1871, and its yard employs forty people."
)


@pytest.fixture(scope="module")
def tiny(tiny_phi3: Path) -> Iterator[NativeModel]:
    with closing(NativeModel(tiny_phi3, "Tiny")) as opened:
        yield opened


def context_of(model: NativeModel, shape: ContextShape = FLASH) -> NativeContext:
    return NativeContext(model, shape, 2, spans=True)


def read(context: NativeContext, tokens: list[int]) -> None:
    """Read on until all `tokens` are in the context."""
    for start in range(len(context.read), len(tokens), context.shape.n_ubatch):
        context.decode(tokens[start : start + context.shape.n_ubatch])


def kept(folder: Path, context: NativeContext, *, halve: bool) -> SavedReadings:
    """What `context` has read, kept."""
    caches = SavedReadings(folder, ROOM, 0, halve=halve)
    count = len(context.read)
    assert caches.keep(IDENTITY, LABEL, context.read, count, context) == count
    return caches


def load(caches: SavedReadings, context: NativeContext, tokens: list[int]) -> None:
    *_, loaded = [0, *caches.restore(IDENTITY, tokens, context)]
    assert context.read == tokens[:loaded]


def asked(
    context: NativeContext, caches: SavedReadings, tokens: list[int], question: list[int]
) -> NDArray[np.float32]:
    """What the model thinks after a question, with all before it loaded anew."""
    context.keep(0)
    load(caches, context, tokens)
    assert context.read == tokens
    context.decode(question)
    return context.logits()


def test_a_halved_reading_answers_alike_and_takes_half_the_room(tmp_path: Path):
    path = trial_model()
    assert path is not None, "the trial model's package is not installed"
    with closing(NativeModel(path, "Trial")) as trial, closing(context_of(trial)) as context:
        text = " ".join(f"{SENTENCE} Page {number}." for number in range(60))
        tokens = trial.tokenize(text)[:1100]
        question = trial.tokenize("\nHow many people does the yard employ? It employs")
        read(context, tokens)
        whole = kept(tmp_path / "whole", context, halve=False)
        halved = kept(tmp_path / "halved", context, halve=True)

        exact = asked(context, whole, tokens, question)
        near = asked(context, halved, tokens, question)

    assert near.argmax() == exact.argmax()
    assert halved.size_bytes < 0.55 * whole.size_bytes
    assert 0 < np.abs(exact - near).max() < 0.05 * (exact.max() - exact.min())
    assert not list(tmp_path.rglob("*.part"))


def test_values_that_lie_across_are_kept_whole_and_to_the_bit(tiny: NativeModel, tmp_path: Path):
    tokens = some_tokens(2_200)
    with closing(context_of(tiny, PLAIN)) as context:
        read(context, tokens)
        whole = kept(tmp_path / "whole", context, halve=False)
        not_halved = kept(tmp_path / "halved", context, halve=True)

        exact = asked(context, whole, tokens, [1, 2, 3])
        same = asked(context, not_halved, tokens, [1, 2, 3])

    assert np.array_equal(exact, same)
    assert abs(not_halved.size_bytes - whole.size_bytes) < 100


def test_what_was_halved_before_the_setting_changed_is_loaded_with_what_came_after(
    tiny: NativeModel, tmp_path: Path
):
    tokens = some_tokens(3_700)
    with closing(context_of(tiny)) as context:
        read(context, tokens[:2_200])
        caches = kept(tmp_path, context, halve=True)
        caches.use(ROOM, 0, halve=False)
        context.keep(0)
        load(caches, context, tokens)
        read(context, tokens)
        before = caches.size_bytes
        assert caches.keep(IDENTITY, LABEL, tokens, len(tokens), context) == len(tokens)

        context.keep(0)
        load(caches, context, tokens)

        assert context.read == tokens
    halved_bytes, whole_bytes = before / 2_200, (caches.size_bytes - before) / 1_652
    assert halved_bytes < 0.7 * whole_bytes


def test_a_halved_file_that_is_damaged_is_never_unfolded(tiny: NativeModel, tmp_path: Path):
    tokens = some_tokens(2_200)
    with closing(context_of(tiny)) as context:
        read(context, tokens)
        caches = kept(tmp_path, context, halve=True)
        for path in tmp_path.glob("*.kv"):
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)

        context.keep(0)
        load(caches, context, tokens)

    assert context.read == []
    assert list(tmp_path.iterdir()) == []
