"""A kill in the midst of a large file costs the batch in hand, and no file more than it should."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from rag.index.catalog import Catalog
from rag.records import FileState
from tests.fakes import DIMENSION

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

PAGES, LINES = 300, 40
LARGEST_BATCH = 256


@dataclass(frozen=True)
class Run:
    """How far a reading came."""

    first_page: int  # the first that was told
    embedded: int
    ended: bool


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "book.pdf"
    paper = canvas.Canvas(str(path))
    for page in range(PAGES):
        for line in range(LINES):
            text = f"Parcel {page}-{line} was seen at gate {page * line % 97} that day."
            paper.drawString(72, 780 - 14 * line, text)
        paper.showPage()
    paper.save()
    return path


def read(library: Path, file: Path, until: Callable[[int, int], bool]) -> Run:
    """Read `file` and kill the reader once `until` holds for the page and what is embedded."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.rag.reading_child", str(library), str(file)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    first, page, embedded, ended = 0, 0, 0, False
    with child:
        assert child.stdout is not None
        for told in child.stdout:
            place, count = told.split()
            embedded, ended = int(count), place == "end"
            page = 0 if ended else int(place)
            first = first or page
            if not ended and until(page, embedded):
                child.kill()
                break
    return Run(first, embedded, ended)


def count(library: Path, table: str) -> int:
    with closing(sqlite3.connect(library / "library.sqlite3")) as catalog:
        return catalog.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_large_file_goes_on_at_its_page_and_its_chunk(tmp_path: Path, book: Path):
    library = tmp_path / "library"

    first = read(library, book, lambda page, _: page > PAGES // 2)
    kept_pages = count(library, "page")
    second = read(library, book, lambda _, embedded: embedded > 100)
    kept_vectors = count(library, "draft_vector")
    third = read(library, book, lambda _, embedded: embedded > 100)
    last = read(library, book, lambda *_: False)

    assert (first.ended, second.ended, third.ended, last.ended) == (False, False, False, True)
    assert 0 < kept_pages < PAGES
    assert kept_pages <= second.first_page
    assert count(library, "page") == PAGES
    assert third.first_page == last.first_page == 0  # nothing was parsed again
    assert second.embedded - LARGEST_BATCH <= kept_vectors
    chunks = count(library, "chunk")
    everything = first.embedded + second.embedded + third.embedded + last.embedded
    assert chunks <= everything <= chunks + 2 * LARGEST_BATCH
    assert count(library, "vector") == chunks
    assert count(library, "draft_vector") == count(library, "draft") == 0
    with closing(Catalog.open(library)) as catalog:
        [record] = catalog.files()
        assert (record.state, record.pages, record.failures) == (FileState.READY, PAGES, 0)
        assert catalog.vectors().matrix.shape == (chunks, DIMENSION)


def test_a_draft_is_not_found_before_it_is_whole(tmp_path: Path, book: Path):
    library = tmp_path / "library"

    read(library, book, lambda _, embedded: embedded > 100)

    with closing(Catalog.open(library)) as catalog:
        assert catalog.search_words("parcel", 10, None) == []
        assert catalog.count_chunks() == 0
        [record] = catalog.files()
        assert record.state is FileState.WAITING
