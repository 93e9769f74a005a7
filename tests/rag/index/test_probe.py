"""Judging what a look at Chroma's folder saw."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from rag.index.exact import ExactIndex
from rag.index.probe import AllSeen, Sighting, _judge
from tests.rag.index.vector_index_contract import DIMENSION, random_vectors

COUNT = 200
VECTORS = random_vectors(COUNT)
IDS = np.arange(COUNT, dtype=np.int64)


class Replies:
    """The end of a pipe whose other end sent `objects` and died."""

    def __init__(self, *objects: object) -> None:
        self._objects = list(objects)

    def poll(self, timeout: float) -> bool:
        return True

    def recv(self) -> object:
        if not self._objects:
            raise EOFError
        return self._objects.pop(0)


@pytest.fixture
def truth() -> ExactIndex:
    index = ExactIndex(DIMENSION)
    index.upsert(IDS.tolist(), [0] * COUNT, VECTORS)
    return index


def sighting(truth: ExactIndex, ids=range(0, COUNT, 20)) -> Sighting:
    """What a sound index answers for `ids`."""
    found = [tuple(hit.chunk_id for hit in truth.query(VECTORS[n], 10, None)) for n in ids]
    return Sighting(IDS[list(ids)], VECTORS[list(ids)], tuple(found))


def judged(truth: ExactIndex, *replies: object, limit_s: float = 60.0) -> bool:
    return _judge(Replies(*replies), truth, time.monotonic() + limit_s, threading.Event())


def test_true_vectors_and_true_neighbours_are_sound(truth: ExactIndex):
    assert judged(truth, IDS, sighting(truth), AllSeen())


def test_an_index_of_nothing_is_sound(truth: ExactIndex):
    nothing = Sighting(IDS[:0], VECTORS[:0], ())

    assert judged(truth, IDS[:0], nothing, AllSeen())


def test_a_child_that_died_saw_no_sound_index(truth: ExactIndex):
    assert not judged(truth)
    assert not judged(truth, IDS, sighting(truth))


@pytest.mark.parametrize("value", [0.0, 0.3, np.nan, np.inf, 3e38])
def test_a_vector_that_is_not_the_catalogs_is_damage(truth: ExactIndex, value: float):
    seen = sighting(truth)
    vectors = seen.vectors.copy()
    vectors[3] = value

    assert not judged(truth, IDS, replace(seen, vectors=vectors), AllSeen())


def test_neighbours_that_are_not_near_are_damage(truth: ExactIndex):
    seen = sighting(truth)
    found = tuple((*near[:1], 1, 2, 3, 4, 5, 6, 7, 8, 9) for near in seen.found)

    assert not judged(truth, IDS, replace(seen, found=found), AllSeen())


def test_neighbours_that_are_held_back_are_damage(truth: ExactIndex):
    seen = sighting(truth)
    found = tuple(near[:5] for near in seen.found)

    assert not judged(truth, IDS, replace(seen, found=found), AllSeen())


def test_an_index_that_lacks_chunks_is_sound_in_what_it_has(truth: ExactIndex):
    half = truth.only(IDS[::2])

    assert judged(truth, IDS[::2], sighting(half, range(0, COUNT, 20)), AllSeen())


def test_chunks_that_the_catalog_forgot_are_no_damage(truth: ExactIndex):
    seen = sighting(truth)
    truth.delete([0, 20])

    assert judged(truth, IDS, seen, AllSeen())


def test_no_verdict_in_time_is_no_good_one(truth: ExactIndex):
    assert not judged(truth, IDS, sighting(truth), AllSeen(), limit_s=0.0)


def test_closing_ends_the_look(truth: ExactIndex):
    closing = threading.Event()
    closing.set()

    assert not _judge(Replies(IDS, AllSeen()), truth, time.monotonic() + 60, closing)
