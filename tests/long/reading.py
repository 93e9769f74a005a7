"""A model with a context for long texts and what it keeps of them, as tests of them use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.cancel import CancelToken
from rag.events import PrefillProgress
from rag.generate.kvcache import SavedReadings
from rag.generate.llama import LlamaModel
from rag.generate.long import OpenContext
from rag.models.fingerprint import sha256_of
from rag.protocols import Generated, ReadingLabel
from rag.records import ContextShape

LABEL = ReadingLabel((Path("report.pdf"),), "Report", "Model")
PLENTY_BYTES = 1 << 40


@dataclass(slots=True)
class Desk:
    """A model, a context of it for long texts, and the readings that this keeps."""

    model: LlamaModel
    context: OpenContext
    kept: SavedReadings
    computed: int = 0
    """How many tokens were read by the model, and not loaded."""

    def __post_init__(self) -> None:
        native = self.context._context
        decode = native.decode

        def counted(tokens: Sequence[int]) -> None:
            decode(tokens)
            self.computed += len(tokens)

        native.decode = counted

    def steps(
        self, tokens: Sequence[int], cancel: CancelToken | None = None
    ) -> Iterator[PrefillProgress]:
        """Read `tokens` slice by slice."""
        return self.context.read(tokens, LABEL, cancel or CancelToken())

    def read(self, tokens: Sequence[int]) -> list[int]:
        """Read `tokens`; how many were done at each step, those of loading included."""
        return [told.tokens_done for told in self.steps(tokens)]

    def ask(self, prompt: Sequence[int]) -> Generated:
        """Read the rest of `prompt` and write one token."""
        asking = self.context.generate(prompt, 1, CancelToken())
        while True:
            try:
                next(asking)
            except StopIteration as end:
                return end.value

    def logits(self, prompt: Sequence[int]) -> NDArray[np.float32]:
        """How probable each token is after `prompt`."""
        self.ask(prompt)
        return self.context._context.logits()

    def saved(self, tokens: Sequence[int]) -> int:
        """How many of the first `tokens` are kept."""
        return self.kept.saved(self.model.cache_identity(self.context.shape), tokens)


@contextmanager
def loaded(model_file: Path, hashes: Path) -> Iterator[LlamaModel]:
    """A model, whose hash is remembered in `hashes`."""
    model = LlamaModel(model_file, threads=2, sha256=lambda: sha256_of(model_file, hashes))
    with closing(model):
        yield model


@contextmanager
def desk_of(model: LlamaModel, states: Path, shape: ContextShape) -> Iterator[Desk]:
    """A desk of `model` whose readings lie in `states`."""
    kept = SavedReadings(states, PLENTY_BYTES, 0)
    with closing(model.open_long(shape, kept)) as context:
        yield Desk(model, context, kept)


@contextmanager
def opened(model_file: Path, states: Path, shape: ContextShape) -> Iterator[Desk]:
    """A desk of a model that is loaded for it, with the model's hash beside `states`."""
    with (
        loaded(model_file, states.with_name("hashes.json")) as model,
        desk_of(model, states, shape) as desk,
    ):
        yield desk
