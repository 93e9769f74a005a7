"""Vectors in memory, compared one by one: always right, and fast up to some hundred thousand."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.protocols import ChunkSet, FloatMatrix, ScoredChunk

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
HalfMatrix = NDArray[np.float16]

BLOCK_ROWS = 512  # turned into float32 at a time: what stays in a processor's cache
COPIED_ROWS = 10_000
FIRST_CAPACITY = 1024
SIGN_AND_HALF = np.uint32(0x8FFFE000).view(np.int32)
HALF_SCALE = np.float32(2.0**112)
MARGIN = 16  # more rows than asked are scored with care, lest rounding decides who is in


class ExactIndex:
    """A matrix of float16, 2 bytes a number; safe to use from any thread.

    Vectors may have any length and are compared by cosine. They are kept as they came, so that one
    that went through the catalog scores the same to the last bit.
    """

    def __init__(self, dimension: int) -> None:
        self._lock = threading.RLock()
        self._size = 0
        self._ids: Ids = np.empty(FIRST_CAPACITY, np.int64)
        self._documents: Ids = np.empty(FIRST_CAPACITY, np.int64)
        self._matrix = np.empty((FIRST_CAPACITY, dimension), np.float16)
        self._lengths: Scores = np.empty(FIRST_CAPACITY, np.float32)

    def upsert(
        self,
        chunk_ids: Sequence[int],
        document_ids: Sequence[int],
        vectors: FloatMatrix | HalfMatrix,
    ) -> None:
        """Add or replace vectors, shape (len(chunk_ids), dimension)."""
        if not len(chunk_ids):
            return
        order = np.argsort(np.asarray(chunk_ids, np.int64), kind="stable")
        ids = np.asarray(chunk_ids, np.int64)[order]
        with self._lock:
            if self._size and ids[0] <= self._ids[self._size - 1]:
                self.delete(chunk_ids)
            end = self._size + len(ids)
            if end > len(self._ids):
                self.make_room(max(end, len(self._ids) * 3 // 2))
            self._ids[self._size : end] = ids
            self._documents[self._size : end] = np.asarray(document_ids, np.int64)[order]
            self._matrix[self._size : end] = vectors[order]
            kept = self._matrix[self._size : end].astype(np.float32)
            self._lengths[self._size : end] = _lengths(kept)
            self._size = end
            if end > len(ids) and ids[0] < self._ids[end - len(ids) - 1]:
                self._keep(np.argsort(self._ids[:end], kind="stable"))

    def make_room(self, count: int) -> None:
        """Take the memory for `count` vectors in all, at once instead of by and by."""
        with self._lock:
            more = count - len(self._ids)
            if more <= 0:
                return
            self._ids = np.concatenate([self._ids, np.empty(more, np.int64)])
            self._documents = np.concatenate([self._documents, np.empty(more, np.int64)])
            self._lengths = np.concatenate([self._lengths, np.empty(more, np.float32)])
            self._matrix = np.concatenate(
                [self._matrix, np.empty((more, self._matrix.shape[1]), np.float16)]
            )

    def delete(self, chunk_ids: Sequence[int]) -> None:
        """Forget vectors; unknown ids are ignored."""
        with self._lock:
            gone = np.isin(self._ids[: self._size], np.asarray(chunk_ids, np.int64))
            if gone.any():
                self._keep(np.flatnonzero(~gone))

    def query(self, vector: FloatMatrix, top_k: int, within: ChunkSet | None) -> list[ScoredChunk]:
        """The `top_k` most similar chunks, best first, of those `within` only unless None."""
        if top_k < 1:
            return []
        question = _unit(vector)
        with self._lock:
            rows = np.arange(self._size)
            if within is not None:
                rows = rows[within.among(self._ids[: self._size])]
            scores = self._rough_scores(question, rows)
            keep = min(top_k + MARGIN, len(rows))
            if keep < len(rows):
                rows = rows[np.argpartition(-scores, keep - 1)[:keep]]
            return self._ranked(question, rows)[:top_k]

    def rescore(self, vector: FloatMatrix, chunk_ids: Sequence[int]) -> list[ScoredChunk]:
        """Those of `chunk_ids` that it holds, best first, with the scores that `query` gives."""
        question = _unit(vector)
        with self._lock:
            return self._ranked(question, self._rows(np.asarray(chunk_ids, np.int64)))

    def count(self) -> int:
        """How many vectors it holds."""
        return self._size

    def ids(self) -> Ids:
        """Every chunk it holds, rising."""
        with self._lock:
            return self._ids[: self._size].copy()

    def take(self, chunk_ids: Ids) -> tuple[Ids, Ids, FloatMatrix]:
        """Ids, documents and vectors of those of `chunk_ids` that it holds."""
        with self._lock:
            rows = self._rows(chunk_ids)
            return self._ids[rows], self._documents[rows], self._matrix[rows].astype(np.float32)

    def only(self, chunk_ids: Ids) -> ExactIndex:
        """An index of those of `chunk_ids` that it holds; itself when that is all."""
        with self._lock:
            rows = self._rows(np.sort(chunk_ids))
            if len(rows) == self._size:
                return self
            part = ExactIndex(self._matrix.shape[1])
            part.make_room(len(rows))
            for first in range(0, len(rows), COPIED_ROWS):
                block = rows[first : first + COPIED_ROWS]
                vectors = self._matrix[block].astype(np.float32)
                part.upsert(self._ids[block].tolist(), self._documents[block].tolist(), vectors)
            return part

    def _rows(self, chunk_ids: Ids) -> Ids:
        known = self._ids[: self._size]
        if not len(known):
            return np.empty(0, np.int64)
        rows = np.minimum(np.searchsorted(known, chunk_ids), len(known) - 1)
        return rows[known[rows] == chunk_ids]

    def _rough_scores(self, question: FloatMatrix, rows: Ids) -> Scores:
        """The cosines of `rows`, which rise, but for rounding."""
        scores = np.empty(len(rows), np.float32)
        for first in range(0, len(rows), BLOCK_ROWS):
            block = slice(first, first + BLOCK_ROWS)
            some = rows[block]
            low, high = int(some[0]), int(some[-1]) + 1
            part = self._matrix[low:high] if high - low == len(some) else self._matrix[some]
            scores[block] = widened(part) @ question
        return scores / self._lengths[rows]

    def _ranked(self, question: FloatMatrix, rows: Ids) -> list[ScoredChunk]:
        # Row by row, not as a matrix product: there a row's last bit depends on its neighbours, and
        # equal vectors would change places with the candidates around them.
        products = (self._matrix[rows].astype(np.float32) * question).sum(axis=1)
        scores = np.clip(products / self._lengths[rows], -1.0, 1.0)
        ids = self._ids[rows]
        return [
            ScoredChunk(int(ids[place]), float(scores[place]))
            for place in np.lexsort((ids, -scores))
        ]

    def _keep(self, rows: Ids) -> None:
        self._ids[: len(rows)] = self._ids[rows]
        self._documents[: len(rows)] = self._documents[rows]
        self._matrix[: len(rows)] = self._matrix[rows]
        self._lengths[: len(rows)] = self._lengths[rows]
        self._size = len(rows)


def widened(halves: NDArray[np.float16]) -> FloatMatrix:
    """Finite `halves` as float32, twice as fast as NumPy, which goes number by number.

    The bits of a half, moved up by 13, are those of a float that is 2**112 times too small.
    """
    bits = halves.view(np.int16).astype(np.int32)  # the sign fills the upper bits …
    bits <<= 13
    bits &= SIGN_AND_HALF  # … and is left in the first alone
    floats = bits.view(np.float32)
    floats *= HALF_SCALE
    return floats


def _unit(vector: FloatMatrix) -> FloatMatrix:
    return np.asarray(vector, np.float32) / _lengths(np.asarray(vector, np.float32)[None])


def _lengths(matrix: FloatMatrix) -> Scores:
    """The rows' lengths, never 0."""
    return np.maximum(np.sqrt((matrix * matrix).sum(axis=1)), np.float32(1e-12))
