"""A second, closer look at what was found: any cross-encoder folder of sentence-transformers."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from rag.errors import RerankerBroken
from rag.protocols import Candidate

BUDGET_S = 1.0  # less than a language model needs to read one more passage on the same processor
MOST_TOKENS = 512  # a chunk rarely has more; a model that takes 8,000 must not be given them
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
_PROCESSOR_BATCH, _GPU_BATCH = 2, 32  # few, since on a busy computer each may take a second


class CrossEncoderReranker:
    """A `Reranker` over a model folder that scores pairs; never goes online.

    Loading imports torch and takes seconds. Raises `RerankerBroken` when the folder holds no such
    model. Safe to use from any thread: one waits for one small batch of another at most.
    """

    def __init__(
        self,
        folder: Path,
        *,
        precision: Literal["float32", "bfloat16"] = "float32",
        budget_s: float = BUDGET_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`budget_s` is what one call of `rerank` may take, its first batch apart.

        `rag.embed.precision` tells whether bfloat16 is the faster precision on this processor.
        """
        self._name = folder.name
        self._budget_s = budget_s
        self._clock = clock
        self._turn = threading.Lock()
        try:
            self._model = _load(folder, precision)
        except Exception as error:  # the libraries raise whatever they meet
            raise RerankerBroken(self._name, str(error) or type(error).__name__) from error
        if self._model.num_labels != 1:
            raise RerankerBroken(self._name, f"it gives {self._model.num_labels} scores, not one")
        self._model.max_seq_length = min(self._model.max_seq_length or MOST_TOKENS, MOST_TOKENS)

    def rerank(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        """How well each of `candidates` answers `question`, 0..1, in their order.

        They are read from the highest `fused` score down until the budget is used up. Those left
        get half of the lowest score given, times their `fused` score: they stay below, in the order
        that they had. Raises `RerankerBroken`; a search should then go on without it.
        """
        begun = self._clock()
        order = sorted(range(len(candidates)), key=lambda index: -candidates[index].fused)
        size = _PROCESSOR_BATCH if self._model.device.type == "cpu" else _GPU_BATCH
        scores: dict[int, float] = {}
        dearest_s = 0.0
        for first in range(0, len(order), size):
            batch_begun = self._clock()
            if first and batch_begun - begun + dearest_s > self._budget_s:
                break
            batch = order[first : first + size]
            pairs = [(question, _shown(candidates[index])) for index in batch]
            scores.update(zip(batch, self._scores(pairs), strict=True))
            dearest_s = max(dearest_s, self._clock() - batch_begun)
        lowest = min(scores.values(), default=0.0)
        return [
            scores.get(index, lowest / 2 * min(max(candidate.fused, 0.0), 1.0))
            for index, candidate in enumerate(candidates)
        ]

    def _scores(self, pairs: list[tuple[str, str]]) -> list[float]:
        try:
            with self._turn:
                logits = self._model.predict(
                    pairs, batch_size=len(pairs), show_progress_bar=False, activation_fn=_unchanged
                )
        except Exception as error:  # the libraries raise whatever they meet
            raise RerankerBroken(self._name, str(error) or type(error).__name__) from error
        values = np.asarray(logits, np.float64)
        if not np.isfinite(values).all():
            raise RerankerBroken(self._name, "it gives scores that are not numbers")
        # models differ in what they make of their last layer, so that is always done here
        return (1 / (1 + np.exp(-np.clip(values, -50, 50)))).tolist()


def _shown(candidate: Candidate) -> str:
    """What the model reads of a candidate."""
    header = " > ".join(part for part in (candidate.title, candidate.heading) if part)
    return f"{header}\n{candidate.text}"


def _unchanged(logits: object) -> object:
    return logits


class _Device(Protocol):
    type: str


class _PairModel(Protocol):
    """What is used of a CrossEncoder, whose own types are not complete."""

    device: _Device
    max_seq_length: int | None

    @property
    def num_labels(self) -> int: ...

    def predict(
        self,
        inputs: list[tuple[str, str]],
        *,
        batch_size: int,
        show_progress_bar: bool,
        activation_fn: Callable[[object], object],
    ) -> NDArray[np.float32]: ...


def _load(folder: Path, precision: Literal["float32", "bfloat16"]) -> _PairModel:
    os.environ.update(_OFFLINE)  # before the import, which reads them
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - loads torch
    from transformers.utils import logging  # noqa: PLC0415 - the same

    logging.disable_progress_bar()
    model = CrossEncoder(str(folder), local_files_only=True).eval()
    model = model.float() if precision == "float32" else model.bfloat16()
    return cast("_PairModel", cast("object", model))
