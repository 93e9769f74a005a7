"""Whether the passages answer the question is told by what they share with it."""

from __future__ import annotations

import pytest

from rag.retrieve.answerable import THRESHOLD, Signals, probability, rarity, signals


def test_rare_words_weigh_more_than_frequent_ones() -> None:
    assert rarity(1, 1000) > rarity(900, 1000) > 0


def test_coverage_counts_words_by_their_rarity() -> None:
    seen = signals(0.5, 0.4, {"lease": 3.0, "the": 1.0}, [{"the"}, {"lease"}])

    assert seen.best_coverage == pytest.approx(0.75)
    assert seen.joint_coverage == pytest.approx(1.0)


def test_a_question_without_words_is_covered_by_nothing() -> None:
    assert signals(0.1, 0.2, {}, [{"a"}]) == Signals(0.1, 0.2, 0.0, 0.0)


def test_more_of_anything_makes_an_answer_likelier() -> None:
    base = probability(Signals(0.3, 0.4, 0.4, 0.4))

    assert probability(Signals(0.6, 0.6, 0.4, 0.4)) > base
    assert probability(Signals(0.3, 0.4, 0.8, 0.8)) > base


def test_passages_that_share_nothing_with_the_question_do_not_answer_it() -> None:
    assert probability(Signals(0.1, 0.1, 0.0, 0.0)) < THRESHOLD


def test_passages_that_share_all_with_the_question_may_answer_it() -> None:
    assert probability(Signals(0.7, 0.8, 1.0, 1.0)) > THRESHOLD
