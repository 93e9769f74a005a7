"""Fuses the dense and the lexical list by a convex combination of min-max normalised scores.

After Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.protocols import ScoredChunk

DENSE_WEIGHT = 0.4  # in a language that the embedder's vocabulary was made for


@dataclass(frozen=True, slots=True)
class FusedChunk:
    """A chunk's id, its fused score (0..1) and the parts it is made of."""

    chunk_id: int
    score: float
    dense: float  # cosine; for a chunk outside the dense list the list's lowest
    lexical: float  # BM25; 0 for a chunk outside the lexical list


def fuse(
    dense: Sequence[ScoredChunk],
    lexical: Sequence[ScoredChunk],
    depth: int,
    dense_weight: float = DENSE_WEIGHT,
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
            score=dense_weight * _share(dense_scores.get(chunk_id), dense_low, dense_high)
            + (1 - dense_weight) * _share(lexical_scores.get(chunk_id), lexical_low, lexical_high),
            dense=dense_scores.get(chunk_id, dense_low),
            lexical=lexical_scores.get(chunk_id, 0.0),
        )
        for chunk_id in dict.fromkeys([*dense_scores, *lexical_scores])
    ]
    return sorted(fused, key=lambda chunk: -chunk.score)


def best_of(lists: Sequence[Sequence[FusedChunk]]) -> list[FusedChunk]:
    """Several fused lists as one: each chunk with its best score, the best first."""
    best: dict[int, FusedChunk] = {}
    for chunk in (chunk for fused in lists for chunk in fused):
        known = best.get(chunk.chunk_id)
        if known is None or chunk.score > known.score:
            best[chunk.chunk_id] = chunk
    return sorted(best.values(), key=lambda chunk: -chunk.score)


def _range(scored: Sequence[ScoredChunk]) -> tuple[float, float]:
    return (scored[-1].score, scored[0].score) if scored else (0.0, 0.0)


def _share(score: float | None, low: float, high: float) -> float:
    """Where `score` lies between `low` and `high`; 0 for a missing one."""
    if score is None:
        return 0.0
    return 1.0 if high <= low else (score - low) / (high - low)
