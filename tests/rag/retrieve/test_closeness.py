"""A passage is close to a question that finds its rare words in it, and finds them together."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from rag.protocols import Candidate, EmbeddedQuestion
from rag.retrieve.closeness import TokenReranker, WeighedQuestion, sentence_starts
from rag.traces import TokenVectors, pack

DIMENSION = 251  # so many that no two words are alike
QUESTION = "may the tenant keep pets"
RARITY = {"may": 0.5, "the": 0.1, "tenant": 3.0, "keep": 2.0, "pets": 5.0}

TOGETHER = "Rent is due in May. The tenant must not keep pets. Snow is cleared by noon."
APART = "The tenant pays rent. Snow is cleared by noon. You keep the keys. Nobody has pets."
FREQUENT = "The rent may rise. The snow may fall. The keys may rust. The bins may overflow."
NOTHING = "Apples ripen in autumn. Plums follow soon. Pears come last. Figs never grow here."


def tokens_of(text: str) -> TokenVectors:
    """A token for each word, whose vector is the word's own."""
    words = list(re.finditer(r"\w+", text.casefold()))
    rows = [
        np.random.default_rng(zlib.crc32(word[0].encode())).normal(size=DIMENSION) for word in words
    ]
    starts = np.array([word.start() for word in words], np.int64)
    return TokenVectors(starts, np.array(rows, np.float32))


def embedded(question: str, times: float = 1.0) -> EmbeddedQuestion:
    tokens = tokens_of(question)
    return EmbeddedQuestion(
        tokens.vectors[0], TokenVectors(tokens.starts, tokens.vectors * np.float32(times)), 1.0
    )


def weighed(question: str = QUESTION) -> WeighedQuestion:
    places = [(question.index(word), question.index(word) + len(word)) for word in RARITY]
    words = [(start, end, RARITY[question[start:end]]) for start, end in places]
    return WeighedQuestion.of(embedded(question), words)


def candidate(chunk_id: int, text: str) -> Candidate:
    return Candidate(chunk_id, 1, "", "", text, dense=0.0, lexical=0.0, fused=0.0)


def scores(*texts: str, question: WeighedQuestion | None = None) -> list[float]:
    traces = {number: pack(tokens_of(text)) for number, text in enumerate(texts)}
    candidates = [candidate(number, text) for number, text in enumerate(texts)]
    return TokenReranker(question or weighed(), traces).rerank(QUESTION, candidates)


def test_rare_words_in_one_sentence_are_closer_than_far_apart() -> None:
    together, apart = scores(TOGETHER, APART)

    assert together > apart


def test_rare_words_in_two_sentences_that_touch_are_closer_than_far_apart() -> None:
    touching, apart = scores(
        "Snow is cleared by noon. The tenant may keep them. Pets are such. Rent is due.",
        "The tenant may keep them. Snow is cleared by noon. Rent is due. Pets are such.",
    )

    assert touching > apart


def test_rare_words_count_more_than_frequent_ones() -> None:
    apart, frequent, nothing = scores(APART, FREQUENT, NOTHING)

    assert apart > frequent > nothing


def test_scores_lie_between_nothing_and_one() -> None:
    alike, nothing = scores(QUESTION, NOTHING)

    assert 0 <= nothing < alike <= 1


def test_a_passage_without_a_trace_scores_nothing() -> None:
    traces = {1: pack(tokens_of(TOGETHER)), 2: b""}
    candidates = [candidate(number, TOGETHER) for number in (1, 2, 3)]

    known, empty, missing = TokenReranker(weighed(), traces).rerank(QUESTION, candidates)

    assert known > 0
    assert (empty, missing) == (0, 0)


def test_a_question_none_of_whose_words_count_is_close_to_nothing() -> None:
    unweighed = WeighedQuestion.of(embedded(QUESTION), [])

    assert scores(TOGETHER, question=unweighed) == [0]


def test_a_word_of_several_tokens_counts_as_one_of_its_rarity() -> None:
    vectors = np.eye(3, dtype=np.float32) * 4
    question = EmbeddedQuestion(vectors[0], TokenVectors(np.array([0, 3, 8]), vectors), 1.0)

    made = WeighedQuestion.of(question, [(0, 7, 1.0), (8, 12, 1.0)])

    assert made.weights.tolist() == pytest.approx([0.25, 0.25, 0.5])
    assert np.linalg.norm(made.vectors, axis=1).tolist() == pytest.approx([1, 1, 1])


def test_the_length_of_a_token_s_vector_does_not_matter() -> None:
    words = [(4, 7, 1.0), (8, 14, 3.0)]

    (short,) = scores(TOGETHER, question=WeighedQuestion.of(embedded(QUESTION), words))
    (long,) = scores(TOGETHER, question=WeighedQuestion.of(embedded(QUESTION, times=9), words))

    assert long == pytest.approx(short)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One only", ["One only"]),
        ("Really? Yes! It is.", ["Really? ", "Yes! ", "It is."]),
        ("He said “Go.” Then left.", ["He said “Go.” ", "Then left."]),
        ("A heading\n\nIts text", ["A heading\n\n", "Its text"]),
        ("租约三月结束。押金退还！", ["租约三月结束。", "押金退还！", ""]),
        ("It costs 3.5 euros.", ["It costs 3.5 euros."]),
    ],
)
def test_sentences_begin_where_others_end(text: str, sentences: Sequence[str]) -> None:
    starts = sentence_starts(text)

    ends = [*starts[1:], len(text)]
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == sentences
