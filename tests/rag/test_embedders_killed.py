"""A process that is killed while the search model changes: nothing is lost, nothing is mixed."""

from __future__ import annotations

import multiprocessing
import random
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rag.events import EmbedderChanged
from rag.index.catalog import Catalog
from rag.index.reconcile import SafeIndex
from tests.fakes import FakeEmbedder, FakeEmbedders
from tests.rag.home import Home, many_sentences

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

KILLS = 8
PARCELS = 400
SETTLE_S = 200.0


def embedders() -> FakeEmbedders:
    return FakeEmbedders(small=FakeEmbedder("small", 32), large=FakeEmbedder("large", 96))


def real_index(catalog: Catalog, dimension: int, folder: Path) -> SafeIndex:
    return SafeIndex(catalog, folder / "library", dimension)


def home_in(folder: Path) -> Home:
    return Home(folder, embedders(), lambda catalog, size: real_index(catalog, size, folder))


def change_for_ever(folder: Path, told) -> None:
    """Change the search model to and fro, and tell how far each change is."""
    home = home_in(folder)
    told.send(None)
    while True:
        coming = home.embedders.state().coming
        wish = coming.id if coming else "large" if home.used == "small" else "small"
        home.embedders.use(wish)
        home.change(told.send)


def run_and_kill(folder: Path, events: int, then_s: float) -> list[EmbedderChanged]:
    """Kill it `then_s` after so many events; what it told."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=change_for_ever, args=(folder, sender))
    process.start()
    sender.close()
    with receiver:
        assert receiver.recv() is None
        states = [receiver.recv() for _ in range(events)]
        process.join(then_s)
        process.kill()
        process.join()
        process.close()
        try:
            while True:
                states.append(receiver.recv())
        except EOFError:
            return states


def check_whole(home: Home) -> None:
    """Every chunk has one vector by the embedder in use, made by it, and can be found by it."""
    embedder, vectors = home.embedders.searching()
    stored = home.catalog.vectors()
    chunks = home.catalog.chunks(stored.ids.tolist())
    assert len(chunks) == home.catalog.count_chunks() == vectors.count()
    texts = [f"{c.chunk.context}\n{c.chunk.text}" for c in chunks]
    made = embedder.embed_passages(texts).vectors
    np.testing.assert_allclose(stored.matrix, made, atol=2e-3)
    for place in range(0, len(chunks), 97):
        found = vectors.query(made[place], 1, None)
        assert found[0].score == pytest.approx(1.0, abs=1e-3)


def test_killed_at_any_moment_the_old_vectors_are_searched_and_the_change_goes_on(
    tmp_path: Path,
) -> None:
    with closing(home_in(tmp_path)) as home:
        home.add(many=many_sentences(PARCELS))
    moments = random.Random(7)
    for _ in range(KILLS):
        states = run_and_kill(tmp_path, moments.randint(1, 30), moments.uniform(0, 0.1))

        with closing(home_in(tmp_path)) as home:
            assert home.catalog.notice == ""
            check_whole(home)
            before, now = states[-1], home.embedders.state()
            if before.coming is not None and now.current == before.current:
                assert now.coming == before.coming
                assert now.chunks_done >= before.chunks_done
    with closing(home_in(tmp_path)) as home:
        home.change()
        check_whole(home)
        index = home.embedders.vectors.now
        assert isinstance(index, SafeIndex)
        assert index.wait_until_settled(SETTLE_S)
        check_whole(home)
