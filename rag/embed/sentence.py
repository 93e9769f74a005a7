"""The reference embedder: any model folder that sentence-transformers can load."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, cast

import numpy as np

from rag.embed import source
from rag.embed.pieces import NOTHING, Piece, Pieces, PieceVectors, familiarity, joined
from rag.embed.precision import multiplies_bfloat16
from rag.embed.source import Prefixes
from rag.errors import NoEmbedder
from rag.protocols import Embedded, EmbeddedQuestion, EmbedderIdentity

if TYPE_CHECKING:
    import torch

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
            self._tokenizer = source.tokenizer(folder)
            sha256 = source.weights_sha256(folder)
            self._model = load_model(folder, precision)
        except Exception as error:  # the libraries raise whatever they meet
            raise NoEmbedder from error
        on_processor = self._model.device.type == "cpu"
        self._batch_tokens = (
            _PROCESSOR_BATCH_TOKENS[precision] if on_processor else _GPU_BATCH_TOKENS
        )
        self._turn = threading.Lock()
        self._prefixes = source.prefixes(folder) if prefixes is None else prefixes
        self._identity = EmbedderIdentity(
            name=name or folder.name,
            dimension=self._model.get_embedding_dimension() or 0,
            max_tokens=self._model.max_seq_length or 512,
            fingerprint=source.fingerprint(sha256, precision, self._prefixes),
        )
        self._pieces = Pieces(source.tokenizer(folder), self._identity.max_tokens)

    @property
    def identity(self) -> EmbedderIdentity:
        """What a vector must share to be compared."""
        return self._identity

    def embed_passages(self, texts: Sequence[str]) -> Embedded:
        """The vectors of `texts`, in their order.

        Pieces of like length are computed together, so that there is little padding.
        """
        pieces = self._pieces.of(self._prefixes.passage, texts)
        found = [NOTHING] * len(pieces)
        for batch in batches([len(piece.ids) for piece in pieces], self._batch_tokens):
            with self._turn:
                made = self._run([pieces[place] for place in batch])
            for place, vectors in zip(batch, made, strict=True):
                found[place] = vectors
        return joined(pieces, found, len(texts), self._identity.dimension)

    def embed_question(self, text: str) -> EmbeddedQuestion:
        """The vectors of a question."""
        pieces = self._pieces.of(self._prefixes.question, [text])
        with self._turn:
            found = self._run(pieces)
        made = joined(pieces, found, 1, self._identity.dimension)
        known = familiarity(self._tokenizer, text)
        return EmbeddedQuestion(made.vectors[0], made.tokens[0], known)

    def token_starts(self, text: str) -> Sequence[int]:
        """The offset in code points where each token of `text` begins, rising."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return [start for start, _ in encoding.offsets]

    def _run(self, pieces: Sequence[Piece]) -> list[PieceVectors]:
        """The unit vector of each piece, and its tokens'."""
        import torch  # noqa: PLC0415 - loaded with the model

        longest = max(len(piece.ids) for piece in pieces)
        tokens = torch.zeros(len(pieces), longest, dtype=torch.long)
        mask = torch.zeros_like(tokens)
        for row, piece in enumerate(pieces):
            tokens[row, : len(piece.ids)] = torch.tensor(piece.ids)
            mask[row, : len(piece.ids)] = 1
        device = self._model.device
        with torch.inference_mode():
            found = self._model({"input_ids": tokens.to(device), "attention_mask": mask.to(device)})
        vectors = found["sentence_embedding"].float().cpu().numpy()
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        token_vectors = found["token_embeddings"].float().cpu().numpy()
        return [
            (vector, own[: len(piece.ids)])
            for piece, vector, own in zip(pieces, vectors, token_vectors, strict=True)
        ]


class SentenceModel(Protocol):
    """What is used of a SentenceTransformer, whose own types are not complete."""

    device: torch.device
    max_seq_length: int | None

    def get_embedding_dimension(self) -> int | None:  # noqa: D102 - as the library says
        ...

    def __call__(  # noqa: D102 - the same
        self, features: Mapping[str, torch.Tensor]
    ) -> Mapping[str, torch.Tensor]: ...


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
