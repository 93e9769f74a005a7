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

from rag.embed.fast_copy import GRAPH, INPUT, OUTPUT, TOKENS, FastCopy
from rag.embed.pieces import NOTHING, Piece, Pieces, PieceVectors, familiarity, joined
from rag.embed.source import Prefixes, fingerprint, tokenizer
from rag.errors import NoEmbedder
from rag.protocols import Embedded, EmbeddedQuestion, EmbedderIdentity, FloatMatrix


class OnnxEmbedder:
    """An `Embedder` over a fast copy; a text's vector depends on that text alone.

    Raises `NoEmbedder` when the copy cannot be loaded. Safe to use from any thread: each text is
    computed by one core, as many texts at once as there are cores, and a question waits for none.
    """

    def __init__(self, folder: Path, prefixes: Prefixes | None = None, name: str = "") -> None:
        """`prefixes` are the model's own unless told otherwise; `name` is what it is chosen by."""
        try:
            self._copy = FastCopy.read(folder)
            self._tokenizer = tokenizer(folder)
            self._session = _session(folder / GRAPH)
        except Exception as error:  # the libraries raise whatever they meet
            raise NoEmbedder from error
        self._prefixes = self._copy.prefixes if prefixes is None else prefixes
        self._pieces = Pieces(tokenizer(folder), self._copy.max_tokens)
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

    def embed_passages(self, texts: Sequence[str]) -> Embedded:
        """The vectors of `texts`, in their order."""
        pieces = self._pieces.of(self._prefixes.passage, texts)
        found = [NOTHING] * len(pieces)

        def embed(place: int) -> None:
            found[place] = self._run(pieces[place])

        longest_first = sorted(range(len(pieces)), key=lambda place: -len(pieces[place].ids))
        with ThreadPoolExecutor(self._cores, "footnote-embed") as pool:
            for _ in pool.map(embed, longest_first):
                pass
        return joined(pieces, found, len(texts), self._identity.dimension)

    def embed_question(self, text: str) -> EmbeddedQuestion:
        """The vectors of a question."""
        pieces = self._pieces.of(self._prefixes.question, [text])
        made = joined(pieces, [self._run(piece) for piece in pieces], 1, self._identity.dimension)
        known = familiarity(self._tokenizer, text)
        return EmbeddedQuestion(made.vectors[0], made.tokens[0], known)

    def token_starts(self, text: str) -> Sequence[int]:
        """The offset in code points where each token of `text` begins, rising."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return [start for start, _ in encoding.offsets]

    def _run(self, piece: Piece) -> PieceVectors:
        """The unit vector of a piece, and its tokens'."""
        # Alone, since a number of 8 bits is scaled by the largest of all that is computed with it:
        # together with others a text would get another vector each time.
        vector, tokens = self._session.run(
            [OUTPUT, TOKENS], {INPUT: np.array([piece.ids], np.int64)}
        )
        return vector[0], tokens[0]


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
