"""What was read of large files is kept, and goes with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.index.catalog import Catalog
from rag.index.drafts import DraftOf, Interrupted
from rag.protocols import ChunkVectors
from rag.records import DocumentInfo, DocumentText, FileRecord, FileState, Page
from tests.rag.index.filling import chunks_of, pages_of

INFO = DocumentInfo("Report", 3, paged=True, format="PDF")
PAGES = [Page(n, str(n), f"Rowan page {n}") for n in (1, 2, 3)]
FILE = Path("/files/report.pdf")
OF = DraftOf(FILE, 10, 20, "sha", "ocr automatic")


def waiting(path: Path = FILE) -> FileRecord:
    return FileRecord(path, path.parent, FileState.WAITING, size_bytes=10, modified_ns=20)


def vectors(count: int) -> ChunkVectors:
    return ChunkVectors(np.eye(count, 4, dtype=np.float32), tuple(b"t" for _ in range(count)))


@pytest.fixture
def draft(catalog: Catalog) -> int:
    """A draft with two pages of a file that waits."""
    catalog.save_files([waiting()])
    document_id = catalog.drafts.start(OF, INFO)
    catalog.drafts.write_pages(document_id, PAGES[:2])
    return document_id


def test_a_draft_is_found_by_its_content_with_its_pages(catalog: Catalog, draft: int):
    found = catalog.drafts.find("sha", "ocr automatic")

    assert found is not None
    assert (found.document_id, found.info, list(found.pages)) == (draft, INFO, PAGES[:2])
    assert catalog.find_document("sha") is None


def test_what_is_to_be_read_otherwise_does_not_go_on_with_a_draft(catalog: Catalog, draft: int):
    assert catalog.drafts.find("sha", "no ocr") is None
    assert catalog.drafts.find("other", "ocr automatic") is None


def test_a_file_has_one_draft(catalog: Catalog, draft: int):
    catalog.drafts.start(replace(OF, sha256="changed"), INFO)

    assert catalog.drafts.find("sha", OF.made) is None
    assert catalog.drafts.find("changed", OF.made) is not None


def test_vectors_of_a_draft_are_known(catalog: Catalog, draft: int):
    catalog.drafts.keep_vectors(draft, ["a", "b"], vectors(2))

    known = catalog.known_vectors(["a", "b", "c"])

    assert set(known) == {"a", "b"}
    assert known["b"][0].tolist() == [0, 1, 0, 0]
    assert known["b"][1] == b"t"


def test_vectors_come_too_late_for_a_draft_that_is_gone(catalog: Catalog, draft: int):
    catalog.drafts.drop(FILE)

    catalog.drafts.keep_vectors(draft, ["a"], vectors(1))

    assert catalog.known_vectors(["a"]) == {}


def test_a_draft_survives_the_start_while_its_file_waits(catalog: Catalog, draft: int):
    catalog.drafts.keep_vectors(draft, ["a"], vectors(1))

    assert catalog.drop_incomplete() == []

    found = catalog.drafts.find("sha", OF.made)
    assert found is not None
    assert len(found.pages) == 2
    assert set(catalog.known_vectors(["a"])) == {"a"}


def test_chunks_that_were_half_written_go_at_the_start_but_not_the_pages(
    catalog: Catalog, draft: int
):
    chunks = chunks_of(DocumentText.from_pages(INFO, pages_of("rowan berries\nare red")))
    ids = catalog.write_chunks(draft, chunks, ["a", "b"], vectors(2), "f")

    assert catalog.drop_incomplete() == ids

    found = catalog.drafts.find("sha", OF.made)
    assert found is not None
    assert catalog.document_frequency(["rowan"]) == ([0], 0)


@pytest.mark.parametrize(
    "line",
    [
        replace(waiting(), state=FileState.READY),
        replace(waiting(), size_bytes=11),
        replace(waiting(), modified_ns=21),
    ],
)
def test_a_draft_goes_at_the_start_when_its_file_does_not_wait_for_it(
    catalog: Catalog, draft: int, line: FileRecord
):
    catalog.save_files([line])

    catalog.drop_incomplete()

    assert catalog.drafts.find("sha", OF.made) is None


def test_a_removed_file_leaves_no_draft(catalog: Catalog, draft: int, tmp_path: Path):
    catalog.drafts.keep_vectors(draft, ["a"], vectors(1))
    catalog.drafts.note_in_work(FILE)

    catalog.forget_files([FILE])

    assert catalog.drafts.find("sha", OF.made) is None
    assert catalog.known_vectors(["a"]) == {}
    assert catalog.drafts.interrupted() == []


def test_a_finished_draft_is_a_document_like_any_other(catalog: Catalog, draft: int):
    catalog.drafts.keep_vectors(draft, ["a"], vectors(1))
    chunks = chunks_of(DocumentText.from_pages(INFO, pages_of("rowan")))
    catalog.write_chunks(draft, chunks, ["a"], vectors(1), "f")

    catalog.finish_document(draft, replace(waiting(), state=FileState.READY))

    assert catalog.find_document("sha") == draft
    assert catalog.drafts.find("sha", OF.made) is None
    assert catalog.drafts.drop(FILE) == []
    assert catalog.document_of(FILE) == draft


def test_what_was_in_work_is_told_until_it_is_done(catalog: Catalog):
    other = Path("/files/other.pdf")
    catalog.drafts.note_in_work(FILE)
    catalog.drafts.note_in_work(other)

    catalog.drafts.note_done(other)

    assert catalog.drafts.interrupted() == [Interrupted(FILE, has_progressed=False)]
    catalog.drafts.note_all_done()
    assert catalog.drafts.interrupted() == []


def test_a_file_whose_draft_grew_while_it_was_in_work_has_progressed(catalog: Catalog, draft: int):
    catalog.drafts.note_in_work(FILE)
    assert catalog.drafts.interrupted() == [Interrupted(FILE, has_progressed=False)]

    catalog.drafts.write_pages(draft, PAGES[2:])

    assert catalog.drafts.interrupted() == [Interrupted(FILE, has_progressed=True)]
