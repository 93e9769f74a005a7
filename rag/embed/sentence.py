"""The reference embedder: any model folder that sentence-transformers can load."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.errors import NoEmbedder
from rag.protocols import EmbedderIdentity, FloatMatrix

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
# Padded. On a processor more gains nothing and delays a pause (0.1 s per batch on two cores).
_PROCESSOR_BATCH_TOKENS, _GPU_BATCH_TOKENS = 2048, 16384


class SentenceEmbedder:
    """An `Embedder` over a sentence-transformers folder, in 32-bit floats; never goes online.

    Loading imports torch and takes seconds. Raises `NoEmbedder` when the folder is incomplete.
    Safe to use from any thread: a question waits for one batch of passages at most.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            fingerprint = _fingerprint(folder / "model.safetensors")
            self._model = _load(folder)
        except Exception as error:  # the libraries raise whatever they meet
            raise NoEmbedder from error
        self._turn = threading.Lock()
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        dimension = self._model.get_embedding_dimension() or 0
        self._identity = EmbedderIdentity(
            name=f"{self._model.config.model_type}-{dimension}",  # the folder's could change
            dimension=dimension,
            max_tokens=self._model.max_seq_length or 512,
            fingerprint=fingerprint,
        )

    @property
    def identity(self) -> EmbedderIdentity:
        """What a vector must share to be compared."""
        return self._identity

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Shape (len(texts), dimension), rows of length 1, in the order of `texts`.

        Texts of like length are computed together, so that there is little padding.
        """
        on_processor = self._model.device.type == "cpu"
        limit = _PROCESSOR_BATCH_TOKENS if on_processor else _GPU_BATCH_TOKENS
        vectors = np.empty((len(texts), self._identity.dimension), np.float32)
        for batch in batches(self._sizes(texts), limit):
            with self._turn:
                vectors[batch] = self._model.encode_document(
                    [texts[index] for index in batch],
                    batch_size=len(batch),
                    show_progress_bar=False,
                    normalize_embeddings=True,
                )
        return vectors

    def embed_question(self, text: str) -> FloatMatrix:
        """Shape (dimension,), length 1."""
        with self._turn:
            return self._model.encode_query(
                text, show_progress_bar=False, normalize_embeddings=True
            )

    def token_starts(self, text: str) -> Sequence[int]:
        """The offset in code points where each token of `text` begins, rising."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return [start for start, _ in encoding.offsets]

    def _sizes(self, texts: Sequence[str]) -> list[int]:
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        return [min(len(encoding), self._identity.max_tokens) for encoding in encodings]


class _Config(Protocol):
    model_type: str


class _Device(Protocol):
    type: str


class _SentenceModel(Protocol):
    """What is used of a SentenceTransformer, whose own types are not complete."""

    config: _Config
    device: _Device
    max_seq_length: int | None

    def get_embedding_dimension(self) -> int | None: ...

    def encode_document(
        self,
        inputs: list[str],
        *,
        batch_size: int,
        show_progress_bar: bool,
        normalize_embeddings: bool,
    ) -> NDArray[np.float32]: ...

    def encode_query(
        self, inputs: str, *, show_progress_bar: bool, normalize_embeddings: bool
    ) -> NDArray[np.float32]: ...


def _load(folder: Path) -> _SentenceModel:
    os.environ.update(_OFFLINE)  # before the import, which reads them
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - loads torch
    from transformers.utils import logging  # noqa: PLC0415 - the same

    logging.disable_progress_bar()
    model = SentenceTransformer(str(folder), local_files_only=True).float().eval()
    return cast("_SentenceModel", cast("object", model))


def batches(sizes: Sequence[int], limit_tokens: int) -> list[list[int]]:
    """The indices of `sizes`, the longest first, in groups of `limit_tokens` when padded.

    A text that alone is longer makes a group of its own.
    """
    groups: list[list[int]] = []
    for index in sorted(range(len(sizes)), key=lambda index: -sizes[index]):
        if groups and sizes[groups[-1][0]] * (len(groups[-1]) + 1) <= limit_tokens:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _fingerprint(weights: Path) -> str:
    """The hash of the weights with the precision they are computed in."""
    with weights.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}-float32"
