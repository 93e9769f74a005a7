"""A library on a disk without room."""

from __future__ import annotations

import pytest

from rag.errors import DiskFull
from rag.index.catalog import Catalog
from rag.index.reconcile import SafeIndex
from tests.rag.index.filling import DIMENSION, begin, record, vectors_of
from tests.rag.test_database import small_disk

__all__ = ["small_disk"]

pytestmark = pytest.mark.faults


def test_reading_stops_with_what_is_wrong_and_goes_on_once_there_is_room(small_disk):
    folder = small_disk / "library"
    catalog = Catalog.open(folder)
    index = SafeIndex(catalog, folder, DIMENSION)
    index.open()
    filler = small_disk / "filler"
    filler.write_bytes(bytes(600_000))
    finished = []

    def read(number: int) -> None:
        text = "\n".join(f"document{number} line {n}" for n in range(100))
        document_id, ids = begin(catalog, text)
        index.upsert(ids, [document_id] * 100, vectors_of(text.split("\n")))
        index.delete(catalog.finish_document(document_id, record(folder / f"{number}.txt")))
        finished.append(number)

    def read_on() -> None:
        while True:
            read(len(finished))

    with pytest.raises(DiskFull):
        read_on()

    assert finished
    question = vectors_of(["document0 line 5"])[0]
    before = index.query(question, 1, None)
    assert before[0].score == pytest.approx(1, abs=1e-3)
    filler.unlink()
    read(len(finished))
    assert [f.path.stem for f in catalog.files()] == sorted(map(str, finished))
    index.close()
    catalog.close()

    catalog = Catalog.open(folder)
    assert catalog.notice == ""
    assert catalog.count_chunks() == 100 * len(finished)
    assert catalog.drop_incomplete() == []
    index = SafeIndex(catalog, folder, DIMENSION)
    index.open()
    assert index.query(question, 1, None) == before
    index.close()
    catalog.close()
