"""A look at Chroma's folder from a child process: a damaged one can kill whoever opens it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import numpy as np

from rag.index.exact import ExactIndex, Ids
from rag.index.vectors import ChromaIndex, IndexBroken
from rag.protocols import FloatMatrix

NEIGHBOURS = 10
SOUND_RECALL = 0.95  # of the true neighbours, over all samples; HNSW alone loses less than 1%
SAME_COSINE = 0.999  # float16 turns a vector less than this
GET_BATCH = 2000
POLL_S = 0.05


class Receiver(Protocol):
    """The end of a pipe that takes out what was sent."""

    def recv(self) -> object:
        """Wait for the next object; `EOFError` when the sender is gone."""
        ...

    def poll(self, timeout: float) -> bool:
        """Whether `recv` would return at once, within `timeout` seconds."""
        ...


class Sender(Protocol):
    """The end of a pipe that objects are put in."""

    def send(self, obj: object) -> None:
        """Put `obj` in."""
        ...


@dataclass(frozen=True, slots=True)
class Sighting:
    """What Chroma holds for some chunks, and what it finds near each."""

    ids: Ids
    vectors: FloatMatrix
    found: tuple[tuple[int, ...], ...]  # one for each of `ids` where it was asked, else empty


@dataclass(frozen=True, slots=True)
class AllSeen:
    """Nothing more comes, and Chroma was closed without trouble."""


def is_sound(
    folder: Path,
    dimension: int,
    origin: str,
    truth: ExactIndex,
    *,
    samples: int,
    every_vector: bool,
    limit_s: float,
    closing: threading.Event,
) -> bool:
    """Whether Chroma opens in `folder`, holds true vectors and finds the nearest ones.

    Looks at `samples` random chunks, and at the vector of each one with `every_vector`. False too
    when that takes longer than `limit_s`, or `closing` is set meanwhile.
    """
    context = multiprocessing.get_context("spawn")
    results, sender = context.Pipe(duplex=False)
    lifeline, held = context.Pipe(duplex=False)
    child = context.Process(
        target=_look,
        args=(folder, dimension, origin, samples),
        kwargs={"every_vector": every_vector, "sender": sender, "lifeline": lifeline},
        name="footnote-probe",
        daemon=True,
    )
    with results, held:
        with sender, lifeline:  # the child has its own copies
            child.start()
        try:
            return _judge(results, truth, time.monotonic() + limit_s, closing)
        finally:
            child.kill()
            child.join()
            child.close()


def _judge(results: Receiver, truth: ExactIndex, deadline: float, closing: threading.Event) -> bool:
    recalls: list[float] = []
    shared: ExactIndex | None = None
    while time.monotonic() < deadline and not closing.is_set():
        if not results.poll(POLL_S):
            continue
        try:
            sighting: object = results.recv()
        except (EOFError, OSError):
            return False  # it died
        match sighting:
            case AllSeen():
                return not recalls or sum(recalls) / len(recalls) >= SOUND_RECALL
            case np.ndarray():
                shared = truth.only(cast("Ids", sighting))
            case Sighting() if shared is not None and _same_vectors(shared, sighting):
                known = dict(zip(sighting.ids.tolist(), sighting.found, strict=False))
                recalls += [_recall(shared, chunk_id, found) for chunk_id, found in known.items()]
            case _:
                return False
    return False


def _same_vectors(truth: ExactIndex, sighting: Sighting) -> bool:
    known, _, vectors = truth.take(sighting.ids)
    seen = sighting.vectors[np.isin(sighting.ids, known)]
    with np.errstate(all="ignore"):  # garbage gives anything, and is then not the same
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(seen, axis=1)
        cosines = (vectors * seen).sum(axis=1) / lengths
    return bool((cosines >= SAME_COSINE).all())


def _recall(truth: ExactIndex, chunk_id: int, found: tuple[int, ...]) -> float:
    """The share of the chunks nearest to one that was found; of equally near ones any will do."""
    ids, _, vectors = truth.take(np.array([chunk_id], np.int64))
    if not len(ids):
        return 1.0  # the catalog has forgotten it
    best = truth.query(vectors[0], NEIGHBOURS, None)
    floor = best[-1].score - (1 - SAME_COSINE)
    return sum(hit.score >= floor for hit in truth.rescore(vectors[0], found)) / len(best)


def _look(
    folder: Path,
    dimension: int,
    origin: str,
    samples: int,
    *,
    every_vector: bool,
    sender: Sender,
    lifeline: Receiver,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who then ends this
    threading.Thread(target=_die_with, args=(lifeline,), daemon=True).start()
    try:
        index = ChromaIndex(folder, dimension, origin)
        ids: Ids = index.ids()
        sender.send(ids)
        chosen = random.sample(range(len(ids)), min(samples, len(ids)))
        sender.send(_sight(index, ids[chosen], ask=True))
        for first in range(0, len(ids) if every_vector else 0, GET_BATCH):
            sender.send(_sight(index, ids[first : first + GET_BATCH], ask=False))
        index.close()
        sender.send(AllSeen())
    except IndexBroken:
        os._exit(1)


def _sight(index: ChromaIndex, ids: Ids, *, ask: bool) -> Sighting:
    seen, vectors = index.vectors(ids.tolist())
    if len(seen) != len(ids):
        raise IndexBroken("it lists chunks that it has no vector of")
    found = [[hit.chunk_id for hit in index.query(v, NEIGHBOURS, None)] for v in vectors if ask]
    return Sighting(seen, vectors, tuple(tuple(near) for near in found))


def _die_with(lifeline: Receiver) -> None:
    """Leave when the other end is gone: two processes in one folder lose vectors."""
    try:
        lifeline.recv()
    except (EOFError, OSError):
        os._exit(1)
