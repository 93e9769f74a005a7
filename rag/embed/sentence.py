"""The reference embedder: any model folder that sentence-transformers can load."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.embed import source
from rag.embed.precision import multiplies_bfloat16
from rag.embed.source import Prefixes
from rag.errors import NoEmbedder
from rag.protocols import EmbedderIdentity, FloatMatrix

Precision = Literal["float32", "bfloat16"]

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
# Padded. On a processor more gains nothing and delays a pause (0.1 s per batch on two cores);
# bfloat16, being faster, wants twice as many.
_PROCESSOR_BATCH_TOKENS = {"float32": 2048, "bfloat16": 4096}
_GPU_BATCH_TOKENS = 16384


class SentenceEmbedder:
    """An `Embedder` over a sentence-transformers folder; never goes online.

    Loading imports torch and takes seconds. Raises `NoEmbedder` when the folder is incomplete, or
    the processor is not made for the precision. Safe to use from any thread: a question waits for
    one batch of passages at most.
    """

    def __init__(
        self,
        folder: Path,
        prefixes: Prefixes | None = None,
        precision: Precision = "float32",
        name: str = "",
    ) -> None:
        """`prefixes` are the folder's own unless told otherwise; `name` is what it is chosen by."""
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            sha256 = source.weights_sha256(folder)
            self._model = load_model(folder, precision)
        except Exception as error:  # the libraries raise whatever they meet
            raise NoEmbedder from error
        on_processor = self._model.device.type == "cpu"
        self._batch_tokens = (
            _PROCESSOR_BATCH_TOKENS[precision] if on_processor else _GPU_BATCH_TOKENS
        )
        self._turn = threading.Lock()
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._prefixes = source.prefixes(folder) if prefixes is None else prefixes
        self._identity = EmbedderIdentity(
            name=name or folder.name,
            dimension=self._model.get_embedding_dimension() or 0,
            max_tokens=self._model.max_seq_length or 512,
            fingerprint=source.fingerprint(sha256, precision, self._prefixes),
        )

    @property
    def identity(self) -> EmbedderIdentity:
        """What a vector must share to be compared."""
        return self._identity

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Shape (len(texts), dimension), rows of length 1, in the order of `texts`.

        Texts of like length are computed together, so that there is little padding.
        """
        vectors = np.empty((len(texts), self._identity.dimension), np.float32)
        for batch in batches(self._sizes(texts), self._batch_tokens):
            with self._turn:
                vectors[batch] = self._vectors([texts[n] for n in batch], self._prefixes.passage)
        return vectors

    def embed_question(self, text: str) -> FloatMatrix:
        """Shape (dimension,), length 1."""
        with self._turn:
            return self._vectors([text], self._prefixes.question)[0]

    def token_starts(self, text: str) -> Sequence[int]:
        """The offset in code points where each token of `text` begins, rising."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return [start for start, _ in encoding.offsets]

    def _vectors(self, texts: list[str], prefix: str) -> FloatMatrix:
        found = self._model.encode(
            texts,
            prompt=prefix,
            batch_size=len(texts),
            show_progress_bar=False,
            convert_to_numpy=False,
            convert_to_tensor=True,
        )
        vectors = found.float().cpu().numpy()
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)

    def _sizes(self, texts: Sequence[str]) -> list[int]:
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        return [min(len(encoding), self._identity.max_tokens) for encoding in encodings]


class _Device(Protocol):
    type: str


class _Tensor(Protocol):
    def float(self) -> _Tensor: ...

    def cpu(self) -> _Tensor: ...

    def numpy(self) -> NDArray[np.float32]: ...


class SentenceModel(Protocol):
    """What is used of a SentenceTransformer, whose own types are not complete."""

    device: _Device
    max_seq_length: int | None

    def get_embedding_dimension(self) -> int | None:  # noqa: D102 - as the library says
        ...

    def encode(  # noqa: D102 - the same
        self,
        inputs: list[str],
        *,
        prompt: str,
        batch_size: int,
        show_progress_bar: bool,
        convert_to_numpy: bool,
        convert_to_tensor: bool,
    ) -> _Tensor: ...


def load_model(
    folder: Path, precision: Precision = "float32", *, plain_attention: bool = False
) -> SentenceModel:
    """The model in `folder`, with attention in plain operations where that is asked for."""
    os.environ.update(_OFFLINE)  # before the import, which reads them
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds
    from transformers.utils import logging  # noqa: PLC0415 - the same

    logging.disable_progress_bar()
    attention = {"attn_implementation": "eager"} if plain_attention else {}
    model = SentenceTransformer(str(folder), local_files_only=True, model_kwargs=attention).eval()
    if precision == "float32":
        model = model.float()
    elif model.device.type == "cpu" and not multiplies_bfloat16():
        raise NoEmbedder  # up to a hundred times slower than with 32 bits
    else:
        model = model.bfloat16()
    return cast("SentenceModel", cast("object", model))


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
