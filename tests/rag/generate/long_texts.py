"""Long texts and contexts for the tests of reading them."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.cancel import CancelToken
from rag.generate.context import NativeContext
from rag.generate.kvcache import SavedReadings
from rag.generate.llama import LlamaModel
from rag.generate.long import OpenContext
from rag.generate.native import NativeModel
from rag.protocols import Generated, ReadingLabel
from rag.records import ContextShape, KvType

LABEL = ReadingLabel((Path("harbour.txt"),), "The harbour", "a model")
SHAPE = ContextShape(8192, KvType.F16, 256, flash_attention=True)
SHAPES = [
    SHAPE,
    ContextShape(8192, KvType.F16, 128, flash_attention=False),
    ContextShape(8192, KvType.Q8_0, 256, flash_attention=True),
]
THREADS = 2


def text(model: NativeModel, tokens: int, seed: str = "") -> list[int]:
    """Words that never come twice, as a number of tokens."""
    words = " ".join(f"{seed} page {number} of the report." for number in range(tokens))
    return model.tokenize(words[: 8 * tokens])[:tokens]


def feed(context: NativeContext, tokens: list[int]) -> None:
    """Read all of `tokens` after what is there, in slices whose ends are multiples."""
    size = context.shape.n_ubatch
    done = len(context.read)
    tokens = [*context.read, *tokens]
    while done < len(tokens):
        end = min(len(tokens), (done // size + 1) * size)
        context.decode(tokens[done:end])
        done = end


def kept_in(folder: Path) -> SavedReadings:
    """Saved readings with all the room there is."""
    return SavedReadings(folder, 10**12, 0)


def result_of(run: Generator[object, None, Generated]) -> Generated:
    """What a generation returns."""
    while True:
        try:
            next(run)
        except StopIteration as stop:
            return stop.value


def saved(caches: SavedReadings, model: LlamaModel, tokens: list[int]) -> int:
    return caches.saved(model.cache_identity(SHAPE), tokens)


def read_all(
    context: OpenContext, tokens: list[int], cancel: CancelToken | None = None
) -> list[int]:
    """How many tokens were done after each step."""
    run = context.read(tokens, LABEL, cancel or CancelToken())
    return [progress.tokens_done for progress in run]


def logits_after(context: OpenContext, tokens: list[int]) -> NDArray[np.float32]:
    """What the model thinks after `tokens` of which all but the end are in the context."""
    result_of(context.generate(tokens, 1, CancelToken()))
    return context._context.logits()
