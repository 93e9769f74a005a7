"""The fast embedder: a model's graph in onnxruntime, with weights of 8 bits and without torch."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import onnxruntime as ort  # pyright: ignore[reportMissingTypeStubs]
import psutil
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.embed.fast_copy import GRAPH, INPUT, OUTPUT, TOKENIZER, FastCopy
from rag.embed.source import Prefixes, fingerprint
from rag.errors import NoEmbedder
from rag.protocols import EmbedderIdentity, FloatMatrix


class OnnxEmbedder:
    """An `Embedder` over a fast copy; a text's vector depends on that text alone.

    Raises `NoEmbedder` when the copy cannot be loaded. Safe to use from any thread: each text is
    computed by one core, as many texts at once as there are cores, and a question waits for none.
    """

    def __init__(self, folder: Path, prefixes: Prefixes | None = None, name: str = "") -> None:
        """`prefixes` are the model's own unless told otherwise; `name` is what it is chosen by."""
        try:
            self._copy = FastCopy.read(folder)
            self._tokenizer = _tokenizer(folder)
            self._cutting = _tokenizer(folder)
            self._session = _session(folder / GRAPH)
        except Exception as error:  # the libraries raise whatever they meet
            raise NoEmbedder from error
        self._cutting.enable_truncation(self._copy.max_tokens)  # pyright: ignore[reportUnknownMemberType]
        self._prefixes = self._copy.prefixes if prefixes is None else prefixes
        self._cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
        self._identity = EmbedderIdentity(
            name=name or folder.name,
            dimension=self._copy.dimension,
            max_tokens=self._copy.max_tokens,
            fingerprint=fingerprint(self._copy.source_sha256, self._copy.precision, self._prefixes),
        )

    @property
    def identity(self) -> EmbedderIdentity:
        """What a vector must share to be compared."""
        return self._identity

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Shape (len(texts), dimension), rows of length 1, in the order of `texts`."""
        vectors = np.empty((len(texts), self._identity.dimension), np.float32)
        wanted = self._tokens([self._prefixes.passage + text for text in texts])
        longest_first = sorted(range(len(texts)), key=lambda index: -len(wanted[index]))

        def embed(index: int) -> None:
            vectors[index] = self._vector(wanted[index])

        with ThreadPoolExecutor(self._cores, "footnote-embed") as pool:
            for _ in pool.map(embed, longest_first):
                pass
        return vectors

    def embed_question(self, text: str) -> FloatMatrix:
        """Shape (dimension,), length 1."""
        return self._vector(self._tokens([self._prefixes.question + text])[0])

    def token_starts(self, text: str) -> Sequence[int]:
        """The offset in code points where each token of `text` begins, rising."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return [start for start, _ in encoding.offsets]

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._cutting.encode_batch_fast(list(texts))]

    def _vector(self, tokens: Sequence[int]) -> FloatMatrix:
        # Alone, since a number of 8 bits is scaled by the largest of all that is computed with it:
        # together with others a text would get another vector each time.
        found = self._session.run([OUTPUT], {INPUT: np.array([tokens], np.int64)})
        return found[0][0]


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class _Settings(Protocol):
    intra_op_num_threads: int
    inter_op_num_threads: int
    log_severity_level: int


class _Session(Protocol):
    """What is used of onnxruntime, which has no types."""

    def run(
        self, outputs: Sequence[str], inputs: Mapping[str, NDArray[np.int64]]
    ) -> Sequence[FloatMatrix]: ...


def _session(graph: Path) -> _Session:
    settings = cast("_Settings", ort.SessionOptions())  # pyright: ignore[reportUnknownMemberType]
    settings.intra_op_num_threads = 1
    settings.inter_op_num_threads = 1
    settings.log_severity_level = 3  # errors alone
    session = ort.InferenceSession(graph, settings, providers=["CPUExecutionProvider"])
    return cast("_Session", session)
