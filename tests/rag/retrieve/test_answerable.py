"""Whether the passages answer the question is told by what they share with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.retrieve.answerable import THRESHOLD, Signals, probability, rarity, signals


def test_rare_words_weigh_more_than_frequent_ones() -> None:
    assert rarity(1, 1000) > rarity(900, 1000) > 0


def test_coverage_counts_words_by_their_rarity_in_the_best_chunk() -> None:
    seen = signals(0.5, 0.4, 1.0, {"lease": 3.0, "the": 1.0}, [{"the"}, {"lease"}])

    assert seen.coverage == pytest.approx(0.75)


def test_a_question_without_words_is_covered_by_nothing() -> None:
    assert signals(0.1, 0.2, 0.9, {}, [{"a"}]) == Signals(0.1, 0.2, 0.0, 0.9)


@pytest.mark.parametrize("signal", ["similarity", "closeness", "coverage"])
def test_more_of_anything_makes_an_answer_likelier(signal: str) -> None:
    seen = Signals(0.3, 0.4, 0.4, 1.0)

    assert probability(replace(seen, **{signal: 0.6})) > probability(seen)


def test_passages_that_share_nothing_with_the_question_do_not_answer_it() -> None:
    assert probability(Signals(0.1, 0.1, 0.0, 1.0)) < THRESHOLD
    assert probability(Signals(0.1, 0.1, 0.0, 0.0)) < THRESHOLD


def test_passages_that_share_all_with_the_question_may_answer_it() -> None:
    assert probability(Signals(0.7, 0.8, 1.0, 1.0)) > THRESHOLD


def test_passages_close_in_other_words_may_answer_it() -> None:
    assert probability(Signals(0.7, 0.6, 0.2, 1.0)) > THRESHOLD


def test_in_a_language_that_the_embedder_does_not_know_only_words_count() -> None:
    near, far = Signals(0.9, 0.9, 0.1, 0.0), Signals(0.1, 0.1, 0.1, 0.0)

    assert probability(near) == probability(far) < THRESHOLD
    assert probability(replace(far, coverage=0.4)) > THRESHOLD
