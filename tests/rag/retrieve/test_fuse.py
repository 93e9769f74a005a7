"""Two lists of scores become one ranking."""

from __future__ import annotations

from rag.protocols import ScoredChunk
from rag.retrieve.fuse import DENSE_WEIGHT, fuse


def scored(*pairs: tuple[int, float]) -> list[ScoredChunk]:
    return [ScoredChunk(chunk_id, score) for chunk_id, score in pairs]


def test_a_chunk_that_leads_both_lists_scores_one() -> None:
    fused = fuse(scored((1, 0.9), (2, 0.5)), scored((1, 7.0), (2, 3.0)), depth=2)

    assert fused[0].chunk_id == 1
    assert fused[0].score == 1.0


def test_each_list_counts_by_its_weight() -> None:
    fused = fuse(scored((1, 0.9), (2, 0.5)), scored((3, 7.0), (4, 3.0)), depth=2)

    scores = {chunk.chunk_id: chunk.score for chunk in fused}
    assert scores == {1: DENSE_WEIGHT, 2: 0.0, 3: 1 - DENSE_WEIGHT, 4: 0.0}


def test_a_short_lexical_list_is_measured_from_zero() -> None:
    fused = fuse(scored((1, 0.9), (2, 0.5)), scored((3, 8.0), (4, 4.0)), depth=100)

    assert {chunk.chunk_id: chunk.score for chunk in fused}[4] == (1 - DENSE_WEIGHT) / 2


def test_without_any_matching_word_the_dense_order_stays() -> None:
    fused = fuse(scored((5, 0.9), (6, 0.8), (7, 0.1)), [], depth=100)

    assert [chunk.chunk_id for chunk in fused] == [5, 6, 7]


def test_nothing_found_fuses_to_nothing() -> None:
    assert fuse([], [], depth=10) == []
