"""Fuses the dense and the lexical list by a convex combination of min-max normalised scores.

After Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.protocols import ChunkSet, Embedder, LexicalIndex, ScoredChunk, VectorIndex

DENSE_WEIGHT = 0.4
_CANDIDATES = 100  # taken from each list


@dataclass(frozen=True, slots=True)
class FusedChunk:
    """A chunk's id, its fused score (0..1) and the parts it is made of."""

    chunk_id: int
    score: float
    dense: float  # cosine; for a chunk outside the dense list the list's lowest
    lexical: float  # BM25; 0 for a chunk outside the lexical list


@dataclass(frozen=True, slots=True)
class Retriever:
    """Searches an embedder's vectors and the words of the same chunks."""

    embedder: Embedder
    vectors: VectorIndex
    words: LexicalIndex

    def search(self, question: str, top_k: int, within: ChunkSet | None = None) -> list[FusedChunk]:
        """At most `top_k` chunks, best first, of those `within` only unless that is None."""
        depth = max(_CANDIDATES, 2 * top_k)
        dense = self.vectors.query(self.embedder.embed_question(question), depth, within)
        lexical = self.words.search_words(question, depth, within)
        return fuse(dense, lexical, depth)[:top_k]


def fuse(
    dense: Sequence[ScoredChunk], lexical: Sequence[ScoredChunk], depth: int
) -> list[FusedChunk]:
    """Both lists (best first) as one, best first; equal scores keep the dense order.

    A lexical list shorter than `depth` holds every chunk with a matching word, so its scores are
    measured from 0; a full one from its last score.
    """
    dense_scores = {scored.chunk_id: scored.score for scored in dense}
    lexical_scores = {scored.chunk_id: scored.score for scored in lexical}
    dense_low, dense_high = _range(dense)
    lexical_low, lexical_high = _range(lexical)
    if len(lexical) < depth:
        lexical_low = 0.0
    fused = [
        FusedChunk(
            chunk_id=chunk_id,
            score=DENSE_WEIGHT * _share(dense_scores.get(chunk_id), dense_low, dense_high)
            + (1 - DENSE_WEIGHT) * _share(lexical_scores.get(chunk_id), lexical_low, lexical_high),
            dense=dense_scores.get(chunk_id, dense_low),
            lexical=lexical_scores.get(chunk_id, 0.0),
        )
        for chunk_id in dict.fromkeys([*dense_scores, *lexical_scores])
    ]
    return sorted(fused, key=lambda chunk: -chunk.score)


def _range(scored: Sequence[ScoredChunk]) -> tuple[float, float]:
    return (scored[-1].score, scored[0].score) if scored else (0.0, 0.0)


def _share(score: float | None, low: float, high: float) -> float:
    """Where `score` lies between `low` and `high`; 0 for a missing one."""
    if score is None:
        return 0.0
    return 1.0 if high <= low else (score - low) / (high - low)
