"""Candidates are put in order by both scores, and by what they tell of each other."""

from __future__ import annotations

import pytest

from rag.retrieve.fuse import FusedChunk
from rag.retrieve.rank import Ranked, follow, raise_named, rank


def fused(*scores: float) -> list[FusedChunk]:
    return [FusedChunk(n, score, score / 2, 3.0) for n, score in enumerate(scores, 1)]


def ranked(**scores: float) -> list[Ranked]:
    """Chunks named by letters, in order: a is 1, b is 2."""
    return [Ranked(ord(name) - 96, score, 0.0, 0.0, 0.0) for name, score in scores.items()]


def order(chunks: list[Ranked]) -> str:
    return "".join(chr(96 + chunk.chunk_id) for chunk in chunks)


def score_of(name: str, chunks: list[Ranked]) -> float:
    return next(chunk.score for chunk in chunks if order([chunk]) == name)


OWN_DOCUMENTS = {1: 1, 2: 2, 3: 3, 4: 4}


def test_the_reranker_s_order_outweighs_the_fused_one() -> None:
    assert order(rank(fused(0.9, 0.6, 0.5), [0.1, 0.2, 0.9])) == "cab"


def test_each_score_keeps_its_share_and_its_parts_are_told() -> None:
    first, second = rank(fused(0.9, 0.6), [0.8, 0.2], weight=2.0)

    assert (first.score, first.rerank) == (pytest.approx((0.9 + 2) / 3), 1.0)
    assert (second.score, second.rerank) == (pytest.approx(0.6 / 3), 0.0)
    assert (second.dense, second.lexical) == (0.3, 3.0)


@pytest.mark.parametrize("scale", [0.001, 7.0, 1000.0])
@pytest.mark.parametrize("shift", [-5.0, 0.0, 3.0])
def test_the_reranker_s_scale_does_not_matter(scale: float, shift: float) -> None:
    given = [0.3, 0.7, 0.1, 0.65]
    moved = [scale * one + shift for one in given]

    plain = rank(fused(0.9, 0.6, 0.5, 0.2), given)
    scaled = rank(fused(0.9, 0.6, 0.5, 0.2), moved)

    assert order(scaled) == order(plain)
    assert [one.score for one in scaled] == pytest.approx([one.score for one in plain])


@pytest.mark.parametrize("same", [0.0, 0.5, -3.0])
def test_a_reranker_that_thinks_all_alike_leaves_order_and_scores(same: float) -> None:
    left = rank(fused(0.9, 0.6, 0.5), [same] * 3)

    assert [(one.chunk_id, one.score) for one in left] == [(1, 0.9), (2, 0.6), (3, 0.5)]


def test_a_reranker_without_weight_leaves_the_order() -> None:
    assert order(rank(fused(0.9, 0.6, 0.5), [0.1, 0.2, 0.9], weight=0.0)) == "abc"


def test_nothing_ranks_to_nothing() -> None:
    assert rank([], []) == []


def test_a_document_that_the_question_names_moves_up_a_little() -> None:
    raised = raise_named(ranked(a=0.9, b=0.6, c=0.55), OWN_DOCUMENTS, frozenset({3}))

    assert order(raised) == "acb"


def test_no_score_is_raised_over_one() -> None:
    raised = raise_named(ranked(a=0.97), OWN_DOCUMENTS, frozenset({1}))

    assert raised[0].score == 1.0


def test_a_document_that_a_passage_names_rises_but_never_past_it() -> None:
    chunks = ranked(a=0.8, b=0.7, c=0.6)

    followed = follow(chunks, OWN_DOCUMENTS, [(chunks[0], frozenset({3}))], {})

    assert order(followed) == "acb"
    assert score_of("c", followed) < score_of("a", followed)


def test_a_named_document_that_was_not_found_comes_behind_the_passage_that_names_it() -> None:
    chunks = ranked(a=0.8, b=0.3)

    followed = follow(chunks, OWN_DOCUMENTS, [(chunks[0], frozenset({4}))], {4: 4})

    assert order(followed) == "adb"


def test_the_weaker_the_passage_the_less_it_lifts() -> None:
    chunks = ranked(a=0.9, b=0.2, c=0.15)

    followed = follow(chunks, OWN_DOCUMENTS, [(chunks[1], frozenset({4}))], {4: 4})

    assert order(followed)[0] == "a"
    assert score_of("d", followed) < score_of("b", followed)


def test_a_document_that_already_stands_higher_is_not_pulled_down() -> None:
    chunks = ranked(a=0.9, b=0.5)

    followed = follow(chunks, OWN_DOCUMENTS, [(chunks[1], frozenset({1}))], {})

    assert followed == chunks


def test_of_several_passages_that_name_a_document_the_best_one_lifts_it() -> None:
    chunks = ranked(a=0.9, b=0.5, c=0.1)
    both = [(chunks[1], frozenset({3})), (chunks[0], frozenset({3}))]

    followed = follow(chunks, OWN_DOCUMENTS, both, {})

    assert score_of("c", followed) > score_of("c", follow(chunks, OWN_DOCUMENTS, both[:1], {}))


def test_only_the_best_chunk_of_a_named_document_is_lifted() -> None:
    chunks = ranked(a=0.9, b=0.5, c=0.4, d=0.3)

    followed = follow(chunks, {1: 1, 2: 2, 3: 3, 4: 3}, [(chunks[0], frozenset({3}))], {})

    assert order(followed) == "acbd"
    assert score_of("d", followed) == 0.3


def test_a_named_document_without_a_chunk_to_show_is_left_out() -> None:
    chunks = ranked(a=0.9, b=0.5)

    assert follow(chunks, OWN_DOCUMENTS, [(chunks[0], frozenset({7}))], {}) == chunks
