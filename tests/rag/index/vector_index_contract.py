"""What every vector index must do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rag.protocols import ChunkSet, FloatMatrix, VectorIndex

DIMENSION = 24


def random_vectors(count: int, seed: int = 0) -> FloatMatrix:
    """Unit vectors that point every way."""
    matrix = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def nearest(vectors: FloatMatrix, question: FloatMatrix, top_k: int) -> list[int]:
    return [int(row) for row in np.argsort(-(vectors @ question))[:top_k]]


class VectorIndexContract:
    """Inherit it, and give an empty `index`."""

    def fill(self, index: VectorIndex, count: int, ids: Sequence[int] | None = None) -> FloatMatrix:
        vectors = random_vectors(count)
        ids = list(range(count)) if ids is None else list(ids)
        index.upsert(ids, [chunk_id % 7 for chunk_id in ids], vectors)
        return vectors

    def test_an_empty_index_finds_nothing(self, index: VectorIndex):
        assert index.count() == 0
        assert index.query(random_vectors(1)[0], 5, None) == []

    def test_the_nearest_come_first_with_their_cosine(self, index: VectorIndex):
        vectors = self.fill(index, 300)
        question = random_vectors(1, seed=1)[0]

        hits = index.query(question, 10, None)

        assert [hit.chunk_id for hit in hits] == nearest(vectors, question, 10)
        cosines = [float(vectors[hit.chunk_id] @ question) for hit in hits]
        assert [hit.score for hit in hits] == pytest.approx(cosines, abs=1e-3)

    def test_every_vector_finds_itself(self, index: VectorIndex):
        vectors = self.fill(index, 600)

        found = [index.query(vector, 1, None)[0].chunk_id for vector in vectors[::20]]

        assert found == list(range(0, 600, 20))

    def test_a_search_stays_within_the_chunks_it_was_given(self, index: VectorIndex):
        vectors = self.fill(index, 300)
        question = random_vectors(1, seed=2)[0]
        inside = [n for n in range(300) if n % 7 in {2, 5}]

        hits = index.query(question, 8, ChunkSet.of(inside))

        assert [hit.chunk_id for hit in hits] == [
            inside[row] for row in nearest(vectors[inside], question, 8)
        ]
        assert index.query(question, 8, ChunkSet.of([])) == []
        assert index.query(question, 8, ChunkSet.of([999])) == []

    def test_no_more_is_found_than_there_is(self, index: VectorIndex):
        vectors = self.fill(index, 3)

        assert len(index.query(vectors[0], 10, None)) == 3
        assert index.query(vectors[0], 0, None) == []

    def test_an_id_that_comes_again_replaces_its_vector(self, index: VectorIndex):
        vectors = self.fill(index, 50)

        index.upsert([10, 11], [0, 0], -vectors[[10, 11]])

        assert index.count() == 50
        assert index.query(-vectors[10], 1, None)[0].chunk_id == 10
        assert index.query(vectors[10], 1, None)[0].chunk_id != 10

    def test_what_is_deleted_is_found_no_more(self, index: VectorIndex):
        vectors = self.fill(index, 50)

        index.delete([3, 4, 999])
        index.delete([])

        assert index.count() == 48
        assert not {3, 4} & {hit.chunk_id for hit in index.query(vectors[3], 50, None)}

    def test_what_comes_later_is_found_among_the_rest(self, index: VectorIndex):
        vectors = random_vectors(40)

        index.upsert(list(range(20, 40)), [0] * 20, vectors[20:])
        index.upsert(list(range(20)), [1] * 20, vectors[:20])
        index.upsert([], [], vectors[:0])

        assert index.count() == 40
        assert [index.query(vector, 1, None)[0].chunk_id for vector in vectors] == list(range(40))

    def test_the_length_of_a_vector_does_not_matter(self, index: VectorIndex):
        vectors = random_vectors(20)
        index.upsert(list(range(20)), [0] * 20, vectors * np.linspace(0.5, 3, 20)[:, None])

        hits = index.query(vectors[7] * 5, 1, None)

        assert hits[0].chunk_id == 7
        assert hits[0].score == pytest.approx(1, abs=1e-3)
