"""Chroma on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.index.vectors import ChromaIndex, IndexBroken
from tests.rag.index.vector_index_contract import (
    DIMENSION,
    VectorIndexContract,
    nearest,
    random_vectors,
)

pytestmark = pytest.mark.faults  # not that it fails here, but Chroma takes a second to import


class TestChromaIndex(VectorIndexContract):
    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[ChromaIndex]:
        index = ChromaIndex(tmp_path / "chröma folder", DIMENSION)
        yield index
        index.close()


def test_what_was_closed_is_there_again(tmp_path: Path):
    vectors = random_vectors(1200)
    index = ChromaIndex(tmp_path, DIMENSION, "me")
    index.upsert(list(range(1200)), [0] * 1200, vectors)
    index.close()

    index = ChromaIndex(tmp_path, DIMENSION, "me")

    assert index.count() == 1200
    assert index.ids().tolist() == list(range(1200))
    assert index.query(vectors[7], 1, None)[0].chunk_id == 7
    ids, stored = index.vectors([5, 1100, 7777])
    np.testing.assert_allclose(stored, vectors[ids], atol=1e-6)
    assert sorted(ids.tolist()) == [5, 1100]
    index.close()


@pytest.mark.parametrize(("dimension", "origin"), [(DIMENSION, "other"), (8, "me")])
def test_another_catalogs_index_is_not_used(tmp_path: Path, dimension: int, origin: str):
    ChromaIndex(tmp_path, DIMENSION, "me").close()

    with pytest.raises(IndexBroken, match="another catalog"):
        ChromaIndex(tmp_path, dimension, origin)


def test_a_folder_that_chroma_cannot_open_is_broken(tmp_path: Path):
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 1000)

    with pytest.raises(IndexBroken):
        ChromaIndex(tmp_path, DIMENSION)


def test_a_vector_of_another_length_is_refused(tmp_path: Path):
    index = ChromaIndex(tmp_path, DIMENSION)
    index.upsert([1], [1], random_vectors(1))

    with pytest.raises(IndexBroken):
        index.upsert([2], [1], np.ones((1, 3), np.float32))
    index.close()


def test_no_text_is_stored(tmp_path: Path):
    index = ChromaIndex(tmp_path, DIMENSION)
    index.upsert([1], [1], random_vectors(1))
    stored = index._collection.get(include=["documents", "metadatas"])
    index.close()

    assert stored["documents"] == [None]
    assert stored["metadatas"] == [{"document": 1}]


def test_the_nearest_50_of_20000_are_found(tmp_path: Path):
    vectors = random_vectors(20_000)
    index = ChromaIndex(tmp_path, DIMENSION)
    index.upsert(list(range(20_000)), [n // 20 for n in range(20_000)], vectors)

    shares = []
    for question in random_vectors(30, seed=3):
        found = {hit.chunk_id for hit in index.query(question, 50, None)}
        shares.append(len(found & set(nearest(vectors, question, 50))) / 50)
    index.close()

    assert np.mean(shares) >= 0.99
