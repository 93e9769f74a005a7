"""Exact search in memory."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from rag.index.exact import ExactIndex, widened
from rag.protocols import ChunkSet
from tests.rag.index.vector_index_contract import (
    DIMENSION,
    VectorIndexContract,
    random_vectors,
)


class TestExactIndex(VectorIndexContract):
    @pytest.fixture
    def index(self) -> ExactIndex:
        return ExactIndex(DIMENSION)


@pytest.fixture
def filled() -> ExactIndex:
    index = ExactIndex(DIMENSION)
    index.upsert(list(range(2000)), [n // 10 for n in range(2000)], random_vectors(2000))
    return index


def test_candidates_get_the_scores_that_a_search_gives(filled: ExactIndex):
    question = random_vectors(1, seed=5)[0]
    hits = filled.query(question, 40, None)
    candidates = [hit.chunk_id for hit in hits] + [99_999]

    assert filled.rescore(question, candidates[::-1]) == hits


def test_vectors_as_they_were_stored_score_the_same(filled: ExactIndex):
    question = random_vectors(1, seed=5)[0]
    half = random_vectors(2000).astype(np.float16)
    loaded = ExactIndex(DIMENSION)
    loaded.make_room(2000)
    for first in (0, 1000):
        ids = list(range(first, first + 1000))
        loaded.upsert(ids, [n // 10 for n in ids], half[first : first + 1000])

    assert loaded.query(question, 40, None) == filled.query(question, 40, None)


def test_a_part_holds_what_it_was_asked_for_and_no_more(filled: ExactIndex):
    part = filled.only(np.array([7, 3, 5000], np.int64))

    assert part.ids().tolist() == [3, 7]
    assert filled.only(filled.ids()[::-1]) is filled
    question = random_vectors(1, seed=5)[0]
    assert part.query(question, 2, None) == filled.rescore(question, [3, 7])


def test_equal_vectors_come_in_the_order_of_their_ids():
    index = ExactIndex(DIMENSION)
    vector = random_vectors(1)
    index.upsert([9, 3, 7], [0, 0, 0], np.repeat(vector, 3, axis=0))

    assert [hit.chunk_id for hit in index.query(vector[0], 3, None)] == [3, 7, 9]


def test_a_vector_that_went_through_float16_scores_the_same(filled: ExactIndex):
    ids, documents, vectors = filled.take(filled.ids())
    again = ExactIndex(DIMENSION)
    again.upsert(ids.tolist(), documents.tolist(), vectors)
    question = random_vectors(1, seed=6)[0]

    assert again.query(question, 50, None) == filled.query(question, 50, None)


def test_a_part_holds_only_what_was_asked(filled: ExactIndex):
    part = filled.only(np.array([5, 3, 88_888], np.int64))

    assert part.ids().tolist() == [3, 5]
    assert filled.only(filled.ids()) is filled


def test_searching_while_another_thread_adds_and_deletes(filled: ExactIndex):
    vectors = random_vectors(500, seed=9)
    failures: list[str] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            scores = [hit.score for hit in filled.query(vectors[0], 20, None)]
            if len(scores) != 20 or scores != sorted(scores, reverse=True):
                failures.append(str(scores))

    thread = threading.Thread(target=search)
    thread.start()
    for first in range(3000, 6000, 500):
        filled.upsert(list(range(first, first + 500)), [0] * 500, vectors)
        filled.delete(list(range(first, first + 250)))
    done.set()
    thread.join()

    assert failures == []
    assert filled.count() == 2000 + 6 * 250


def test_every_number_is_widened_to_what_it_is():
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    finite = halves[np.isfinite(halves)]

    assert np.array_equal(widened(finite), finite.astype(np.float32))


@pytest.mark.parametrize(
    "inside",
    [range(700, 1900), range(0, 2000, 3), [n for n in range(2000) if n != 1000], [5]],
    ids=["a folder", "every third", "all but one", "one"],
)
def test_a_search_within_chunks_gives_what_is_left_of_a_search_of_all(filled: ExactIndex, inside):
    question = random_vectors(1, seed=6)[0]
    everything = filled.query(question, 2000, None)

    found = filled.query(question, 30, ChunkSet.of(list(inside)))

    assert found == [hit for hit in everything if hit.chunk_id in inside][:30]
