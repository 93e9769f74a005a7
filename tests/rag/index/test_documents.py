"""Writing documents into the catalog and reading them back."""

from __future__ import annotations

import numpy as np

from rag.index.catalog import Catalog
from rag.protocols import ChunkSet
from rag.records import Chunk, DocumentInfo, Page, PageKind, Scope
from tests.rag.index.filling import (
    DIMENSION,
    add,
    begin,
    content_hash,
    key,
    made_of,
    record,
    vectors_of,
)

TEXTS = ("§ One\nfirst words\nsecond words", "", "§ Three\nüber 😀 third words")


def test_a_document_comes_back_as_it_was_written(catalog: Catalog, tmp_path):
    document_id = add(catalog, tmp_path / "a.pdf", *TEXTS, title="Report")

    text = catalog.document_text(document_id)

    assert text.text == "\f".join(TEXTS)
    assert text.title == "Report"
    assert text.page_labels == ("p1", "p2", "p3")
    assert [h.title for h in text.headings] == ["§ One", "§ Three"]
    assert all(text.text[h.start : h.end] == h.title for h in text.headings)
    assert [catalog.page_glyphs(document_id, n)[0] for n in (1, 2, 3)] == [b"\1", b"\2", b"\3"]


def test_a_chunks_text_is_the_documents_between_its_offsets(catalog: Catalog, tmp_path):
    document_id = add(catalog, tmp_path / "a.pdf", *TEXTS)
    text = catalog.document_text(document_id).text
    ids = catalog.vectors().ids.tolist()

    stored = catalog.chunks(ids)

    assert [s.chunk.text for s in stored] == [line for t in TEXTS for line in t.split("\n") if line]
    assert all(s.chunk.text == text[s.chunk.start : s.chunk.end] for s in stored)
    assert {(s.path, s.title, s.paged) for s in stored} == {(tmp_path / "a.pdf", "A title", True)}


def test_pages_may_come_in_batches(catalog: Catalog, tmp_path):
    info = DocumentInfo("Long", 3, paged=True, format="PDF")
    document_id = catalog.start_document("h", info)

    catalog.write_pages(document_id, [Page(1, "i", "one"), Page(2, "ii", "two")])
    catalog.write_pages(document_id, [Page(3, "iii", "three", PageKind.SCANNED)])

    assert catalog.document_text(document_id).text == "one\ftwo\fthree"


def test_chunks_come_in_the_order_asked_and_unknown_ones_are_left_out(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", *TEXTS)
    first, second, *_ = catalog.vectors().ids.tolist()

    found = catalog.chunks([second, 999_999, first])

    assert [chunk.chunk_id for chunk in found] == [second, first]


def test_neighbours_stop_at_the_borders_of_the_document(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "a1\na2\na3\na4")
    add(catalog, tmp_path / "b.pdf", "b1\nb2")
    ids = catalog.vectors().ids.tolist()

    def around(place: int, before: int, after: int) -> list[str]:
        return [n.chunk.text for n in catalog.neighbours(ids[place], before, after)]

    assert around(1, 1, 1) == ["a1", "a2", "a3"]
    assert around(3, 1, 5) == ["a3", "a4"]
    assert around(4, 5, 0) == ["b1"]
    assert catalog.neighbours(999_999, 1, 1) == []


def test_neighbours_are_the_documents_own_when_two_are_written_in_turn(catalog: Catalog, tmp_path):
    info = DocumentInfo("T", 1, paged=False, format="text")
    documents = [catalog.start_document(name, info) for name in "ab"]
    written = []
    for n in range(3):
        for document_id in documents:
            chunk = Chunk(n, n + 1, str(n), 1, 1, "", "", "")
            written += catalog.write_chunks(document_id, [chunk], ["k"], made_of(["x"]))
    for document_id, name in zip(documents, "ab", strict=True):
        catalog.finish_document(document_id, record(tmp_path / name))

    found = catalog.neighbours(written[2], 1, 1)

    assert {n.document_id for n in found} == {documents[0]}
    assert [n.chunk.text for n in found] == ["0", "1", "2"]


def test_an_unfinished_document_is_never_found(catalog: Catalog, tmp_path):
    _, ids = begin(catalog, "unfinished words")
    catalog.save_files([record(tmp_path / "a.pdf")])

    assert catalog.find_document(content_hash("unfinished words")) is None
    assert catalog.chunks(ids) == []
    assert catalog.neighbours(ids[0], 1, 1) == []
    assert catalog.search_words("unfinished words", 10, None) == []
    assert catalog.search_words("unfinished words", 10, ChunkSet.of(ids)) == []
    assert catalog.count_chunks() == 0
    assert len(catalog.vectors().ids) == 0
    assert catalog.complete_among(ids) == set()
    assert catalog.documents_in(Scope((tmp_path / "a.pdf",))) == frozenset()


def test_all_of_a_document_is_seen_at_once(catalog: Catalog, tmp_path):
    document_id, ids = begin(catalog, "some words\nmore words")

    catalog.finish_document(document_id, record(tmp_path / "a.pdf"))

    assert catalog.find_document(content_hash("some words\nmore words")) == document_id
    assert [s.chunk_id for s in catalog.chunks(ids)] == ids
    assert {hit.chunk_id for hit in catalog.search_words("words", 10, None)} == set(ids)
    assert catalog.vectors().ids.tolist() == ids
    assert catalog.count_chunks() == catalog.count_chunks({document_id}) == 2


def test_reading_starts_over_where_it_was_left_unfinished(catalog: Catalog, tmp_path):
    _, old = begin(catalog, "the same words")

    document_id = add(catalog, tmp_path / "a.pdf", "the same words")

    assert catalog.drop_incomplete() == []
    found = catalog.search_words("words", 10, None)
    assert len(found) == 1
    assert found[0].chunk_id not in old
    assert catalog.document_of(tmp_path / "a.pdf") == document_id


def test_what_was_left_unfinished_is_dropped_with_its_words(catalog: Catalog):
    _, ids = begin(catalog, "left over words")

    assert catalog.drop_incomplete() == ids
    assert catalog.document_frequency(["words"]) == ([0], 0)
    assert catalog.count_vectors() == 0


def test_a_chunks_number_is_never_used_again(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "first")
    gone = catalog.forget_files([tmp_path / "a.pdf"])

    add(catalog, tmp_path / "b.pdf", "second")

    assert catalog.vectors().ids.min() > max(gone)


def test_a_changed_file_finds_the_vectors_of_what_stayed(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "stays\nchanges")

    known = catalog.known_vectors([key("stays"), key("new")])

    assert list(known) == [key("stays")]
    assert known[key("stays")][0].dtype == np.float32
    np.testing.assert_allclose(known[key("stays")][0], vectors_of(["stays"])[0], atol=1e-3)
    assert known[key("stays")][1] == b"stays"


def test_vectors_come_as_rows_beside_their_chunks_and_documents(catalog: Catalog, tmp_path):
    one = add(catalog, tmp_path / "a.pdf", "a1\na2")
    two = add(catalog, tmp_path / "b.pdf", "b1")

    stored = catalog.vectors()

    assert stored.matrix.dtype == np.float16
    assert stored.matrix.shape == (3, DIMENSION)
    assert stored.document_ids.tolist() == [one, one, two]
    np.testing.assert_allclose(stored.matrix, vectors_of(["a1", "a2", "b1"]), atol=1e-3)


def test_vectors_come_in_blocks_that_follow_each_other(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "a1\na2\na3")
    begin(catalog, "b1\nb2")

    blocks = list(catalog.vector_blocks(2))

    assert [len(block.ids) for block in blocks] == [2, 2, 1]
    ids = [chunk_id for block in blocks for chunk_id in block.ids.tolist()]
    assert ids == sorted(ids)
    assert catalog.count_vectors() == 5


def test_text_that_is_no_valid_unicode_keeps_its_length(catalog: Catalog, tmp_path):
    document_id = add(catalog, tmp_path / "a.txt", "odd \ud800 words\x00 here")

    text = catalog.document_text(document_id).text

    assert text == "odd \ufffd words\x00 here"
    assert catalog.chunks(catalog.vectors().ids.tolist())[0].chunk.text == text
