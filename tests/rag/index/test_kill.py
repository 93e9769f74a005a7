"""A process that is killed while it writes the catalog and the vector index."""

from __future__ import annotations

import multiprocessing
import random
from contextlib import closing
from pathlib import Path

import pytest

from rag.database import Database
from rag.index.catalog import Catalog
from rag.index.reconcile import SafeIndex
from rag.index.schema import FILE_NAME, MIGRATIONS
from tests.rag.index.filling import DIMENSION, begin, record, vectors_of

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

KILLS = 20
CHUNKS = 30
SETTLE_S = 200.0


def text_of(number: int) -> str:
    return "\n".join(f"document{number} line {n}" for n in range(CHUNKS))


def path_of(folder: Path, number: int) -> Path:
    return folder.parent / "docs" / f"{number}.txt"


def write_for_ever(folder: Path, first: int, finished) -> None:
    """Add a document, change the one before it and forget the one before that, over and over."""
    catalog = Catalog.open(folder)
    index = SafeIndex(catalog, folder, DIMENSION)
    gone = catalog.drop_incomplete()
    index.open()
    index.delete(gone)
    index.wait_until_settled(SETTLE_S)
    finished.send(None)
    for number in range(first, first + 100_000):
        texts = [(number, text_of(number)), (number - 1, text_of(number - 1) + " changed")]
        for changed, text in texts:
            document_id, ids = begin(catalog, text)
            index.upsert(ids, [document_id] * CHUNKS, vectors_of(text.split("\n")))
            index.delete(catalog.finish_document(document_id, record(path_of(folder, changed))))
        index.delete(catalog.forget_files([path_of(folder, number - 2)]))
        finished.send(number)


def run_and_kill(folder: Path, first: int, moment_s: float) -> list[int]:
    """The numbers of the documents that were finished before the kill."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=write_for_ever, args=(folder, first, sender))
    process.start()
    sender.close()
    numbers: list[int] = []
    with receiver:
        assert receiver.recv() is None
        process.join(moment_s)
        process.kill()
        process.join()
        try:
            while True:
                numbers.append(receiver.recv())
        except EOFError:
            process.close()
            return numbers


def check_whole(folder: Path, finished: list[int]) -> None:
    with closing(Database.open(folder / FILE_NAME, MIGRATIONS)) as database:
        with database.reading() as connection:
            counts = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("chunk", "passage", "vector", "words")
            ]
            connection.execute("SELECT doc FROM vocabulary").fetchall()
        with database.writing() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        assert database.put_aside == ""
    assert len(set(counts)) == 1
    with closing(Catalog.open(folder)) as catalog:
        shown = [f.path for f in catalog.files()]
        documents = [catalog.document_of(path) for path in shown]
        assert all(catalog.count_chunks({document}) == CHUNKS for document in documents)
        assert catalog.count_chunks() == CHUNKS * len(shown)
        if finished:  # the next one may already have changed it, and forgotten the one before
            assert catalog.document_of(path_of(folder, finished[-1])) is not None
            assert catalog.document_of(path_of(folder, finished[-1] - 2)) is None
            before = catalog.document_of(path_of(folder, finished[-1] - 1))
            assert before is None or catalog.document_text(before).text.endswith("changed")


def test_killed_at_any_moment_nothing_is_half_there_and_nothing_finished_is_lost(folder: Path):
    moments = random.Random(7)
    first = 10

    for kill in range(KILLS):
        finished = run_and_kill(folder, first, moments.uniform(0, 0.7))
        with closing(Catalog.open(folder)) as catalog:
            assert catalog.notice == ""
            catalog.drop_incomplete()
        check_whole(folder, finished)
        first += len(finished) + 10
        if kill % 5 == 4:
            check_index(folder)


def check_index(folder: Path) -> None:
    """Chroma is brought to hold what the catalog holds, and finds each of it."""
    with closing(Catalog.open(folder)) as catalog:
        index = SafeIndex(catalog, folder, DIMENSION)
        index.open()
        assert index.wait_until_settled(SETTLE_S)
        stored = catalog.vectors()
        held = index._chroma.ids().tolist()
        found = [index.query(v, 1, None)[0].chunk_id for v in stored.matrix[::7].astype("f4")]
        index.close()
    assert held == stored.ids.tolist()
    assert found == stored.ids[::7].tolist()
