"""The ten lines that a tutorial calls hybrid search: windows of tokens, BM25 and vectors, halves.

What `retrieval` compares with: it knows no titles, headings, sentences, pages or languages.
"""

from __future__ import annotations

import collections
import math
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import numpy as np

from rag.index import words
from rag.protocols import Embedder, ScoredChunk
from rag.records import DocumentText, Hit
from rag.retrieve.fuse import fuse

WINDOW_TOKENS = 200
OVERLAP_TOKENS = 50
DENSE_WEIGHT = 0.5
DEPTH = 100
_AT_ONCE = 256
_K1, _B = 1.2, 0.75


class PlainHybrid:
    """Searches windows of texts by words and vectors, half and half."""

    def __init__(self, documents: Sequence[tuple[Path, DocumentText]], embedder: Embedder) -> None:
        self._embedder = embedder
        self._windows = [
            hit for path, document in documents for hit in windows(path, document, embedder)
        ]
        texts = [window.text for window in self._windows]
        self._vectors = np.concatenate(
            [
                embedder.embed_passages(texts[first : first + _AT_ONCE]).vectors
                for first in range(0, len(texts), _AT_ONCE)
            ]
        )
        self._words = [collections.Counter(words.index_text(text).split()) for text in texts]
        self._lengths = [sum(counted.values()) for counted in self._words]
        self._frequency = collections.Counter(word for counted in self._words for word in counted)

    def hits(self, question: str, top_k: int) -> list[Hit]:
        """The `top_k` best windows, best first."""
        similar = self._vectors @ self._embedder.embed_question(question).vector
        fused = fuse(_best(similar), _best(self._bm25(question)), DEPTH, DENSE_WEIGHT)
        return [self._windows[chunk.chunk_id] for chunk in fused[:top_k]]

    def _bm25(self, question: str) -> np.ndarray:
        total, mean = len(self._words), sum(self._lengths) / len(self._lengths)
        scores = np.zeros(total)
        for word in set(words.index_text(question).split()) & self._frequency.keys():
            holding = self._frequency[word]
            rarity = math.log(1 + (total - holding + 0.5) / (holding + 0.5))
            for row, counted in enumerate(self._words):
                if times := counted[word]:
                    spread = _K1 * (1 - _B + _B * self._lengths[row] / mean)
                    scores[row] += rarity * times * (_K1 + 1) / (times + spread)
        return scores


def windows(path: Path, document: DocumentText, embedder: Embedder) -> Iterator[Hit]:
    """The windows of a document as hits without a rank or score."""
    text = document.text
    starts = embedder.token_starts(text)
    for first in count(0, WINDOW_TOKENS - OVERLAP_TOKENS):
        last = first + WINDOW_TOKENS >= len(starts)
        start = starts[first] if starts else 0
        end = len(text) if last else starts[first + WINDOW_TOKENS]
        body = text[start:end].rstrip()
        yield Hit(0, 0.0, 0.0, 0.0, 0, 0, path, "", start, start + len(body), body, "", "", None)
        if last:
            return


def _best(scores: np.ndarray) -> list[ScoredChunk]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [ScoredChunk(int(row), float(scores[row])) for row in order if scores[row] > 0]
