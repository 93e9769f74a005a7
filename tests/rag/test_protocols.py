"""Sets of chunks."""

from __future__ import annotations

import numpy as np
import pytest

from rag.protocols import ChunkSet


def among(chunks: ChunkSet, *chunk_ids: int) -> list[bool]:
    return chunks.among(np.array(chunk_ids, np.int64)).tolist()


def test_a_set_of_chunks_holds_what_it_was_made_of_once():
    chunks = ChunkSet.of([7, 2, 7])

    assert len(chunks) == 2
    assert among(chunks, 1, 2, 3, 7) == [False, True, False, True]
    assert among(chunks) == []


def test_chunks_that_came_later_are_not_in_the_set():
    assert among(ChunkSet.of([2]), 3, 2, 1_000_000) == [False, True, False]


@pytest.mark.parametrize("none", [[], np.empty(0, np.int64)], ids=["list", "array"])
def test_an_empty_set_holds_nothing(none):
    chunks = ChunkSet.of(none)

    assert not chunks
    assert among(chunks, 0, 1) == [False, False]
