"""Two lists of scores become one ranking."""

from __future__ import annotations

from rag.protocols import ScoredChunk
from rag.retrieve.fuse import DENSE_WEIGHT, FusedChunk, best_of, fuse


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


def test_an_embedder_that_is_not_trusted_leaves_the_order_to_the_words() -> None:
    dense, lexical = scored((1, 0.9), (2, 0.5)), scored((2, 7.0), (1, 3.0))

    fused = fuse(dense, lexical, depth=100, dense_weight=0.0)

    assert [(chunk.chunk_id, chunk.score) for chunk in fused] == [(2, 1.0), (1, 3 / 7)]


def test_the_less_the_embedder_is_trusted_the_more_the_words_count() -> None:
    dense, lexical = scored((1, 0.9), (2, 0.5)), scored((3, 7.0), (4, 3.0))

    fused = fuse(dense, lexical, depth=2, dense_weight=0.1)

    assert {chunk.chunk_id: chunk.score for chunk in fused} == {1: 0.1, 2: 0.0, 3: 0.9, 4: 0.0}


def chunk(chunk_id: int, score: float) -> FusedChunk:
    return FusedChunk(chunk_id, score, score / 2, score * 3)


def test_of_several_lists_each_chunk_is_kept_once_with_its_best_score() -> None:
    first = [chunk(1, 0.9), chunk(2, 0.3)]
    second = [chunk(2, 0.8), chunk(3, 0.5), chunk(1, 0.1)]

    assert best_of([first, second]) == [chunk(1, 0.9), chunk(2, 0.8), chunk(3, 0.5)]


def test_one_list_stays_as_it_is() -> None:
    only = [chunk(4, 0.9), chunk(2, 0.9), chunk(3, 0.1)]

    assert best_of([only]) == only


def test_no_lists_are_an_empty_one() -> None:
    assert best_of([]) == best_of([[], []]) == []
