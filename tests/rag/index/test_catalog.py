"""What a search asks the catalog for: traces, the places of words, a document's chunks, titles."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rag.database import Database
from rag.index.catalog import Catalog
from rag.index.embedders import DROPPED_AT_ONCE
from rag.index.schema import FILE_NAME, MIGRATIONS
from rag.protocols import EmbedderIdentity
from tests.rag.index.filling import add, begin, key, made_of, record

OTHER = EmbedderIdentity("other", 8, 256, "another fingerprint")


def in_use(catalog: Catalog) -> str:
    known = catalog.embedders.in_use()
    assert known is not None
    return known.fingerprint


def trace_rows(folder: Path) -> int:
    with (
        closing(Database.open(folder / FILE_NAME, MIGRATIONS)) as database,
        database.reading() as connection,
    ):
        return connection.execute("SELECT count(*) FROM trace").fetchone()[0]


def embed_anew(catalog: Catalog) -> None:
    coming = catalog.embedders.expect("other@int8", OTHER)
    chunks = catalog.embedders.unembedded(coming, 10_000)
    keys = [key(f"new {chunk.text}") for chunk in chunks]
    made = made_of([f"new {chunk.text}" for chunk in chunks], coming.dimension)
    catalog.embedders.write_vectors(coming, chunks, keys, made)


# ---------------------------------------------------------------- traces


def test_a_chunk_s_trace_is_kept_with_its_vector(catalog: Catalog, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "one\ntwo\nthree")
    ids = catalog.vectors().ids.tolist()

    found = catalog.traces([*ids[::2], 999], in_use(catalog))

    assert found == {ids[0]: b"one", ids[2]: b"three"}


def test_a_chunk_that_was_not_embedded_has_no_trace(catalog: Catalog, tmp_path: Path) -> None:
    catalog.embedders.adopt("other@int8", OTHER)
    document_id, ids = begin(catalog, "some words", vectors=False)
    catalog.finish_document(document_id, record(tmp_path / "a.pdf"))

    assert catalog.traces(ids, OTHER.fingerprint) == {}


def test_each_embedder_has_traces_of_its_own(catalog: Catalog, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "one")
    (chunk,) = catalog.vectors().ids.tolist()
    before = in_use(catalog)

    embed_anew(catalog)

    assert catalog.traces([chunk], before) == {chunk: b"one"}
    assert catalog.traces([chunk], OTHER.fingerprint) == {chunk: b"new one"}


def test_of_a_forgotten_file_no_trace_stays(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "one\ntwo")
    add(catalog, tmp_path / "b.pdf", "three")
    gone = catalog.forget_files([tmp_path / "a.pdf"])

    assert len(gone) == 2
    assert catalog.traces(gone, in_use(catalog)) == {}
    assert trace_rows(folder) == 1


def test_of_a_dropped_embedder_no_trace_stays(
    catalog: Catalog, folder: Path, tmp_path: Path
) -> None:
    lines = "\n".join(str(n) for n in range(DROPPED_AT_ONCE + 1))
    add(catalog, tmp_path / "a.pdf", lines)
    embed_anew(catalog)
    assert trace_rows(folder) == 2 * (DROPPED_AT_ONCE + 1)
    assert catalog.embedders.take_over()

    catalog.embedders.drop_past()

    assert trace_rows(folder) == DROPPED_AT_ONCE + 1
    (chunk,) = catalog.vectors().ids.tolist()[:1]
    assert catalog.traces([chunk], OTHER.fingerprint) == {chunk: b"new 0"}


def test_a_chunk_that_is_gone_gets_no_trace(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "one")
    add(catalog, tmp_path / "b.pdf", "two")
    coming = catalog.embedders.expect("other@int8", OTHER)
    chunks = catalog.embedders.unembedded(coming, 10)
    catalog.forget_files([tmp_path / "a.pdf"])

    catalog.embedders.write_vectors(coming, chunks, ["k", "l"], made_of(["one", "two"], 8))

    assert trace_rows(folder) == 2


def test_what_is_known_of_a_text_includes_its_trace(catalog: Catalog, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "one")

    ((_, trace),) = catalog.known_vectors([key("one"), key("never")]).values()

    assert trace == b"one"


# ---------------------------------------------------------------- places of words


def test_words_are_placed_with_the_number_of_chunks_that_hold_them(
    catalog: Catalog, tmp_path: Path
) -> None:
    add(catalog, tmp_path / "a.pdf", "the lease ends\nthe rent rises\nthe end")

    places, chunks = catalog.word_places("Does the LEASE rise?")

    assert chunks == 3
    assert places == [(0, 4, 0), (5, 8, 3), (9, 14, 1), (15, 19, 1)]


def test_places_are_counted_in_code_points(catalog: Catalog, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "Straße 12")

    places, _ = catalog.word_places("🎉 Straße 12")

    assert [(start, end) for start, end, _ in places] == [(2, 8), (9, 11)]
    assert [frequency for *_, frequency in places] == [1, 1]


def test_words_without_spaces_are_placed_in_pairs(catalog: Catalog, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "租约的通知期限")

    places, _ = catalog.word_places("通知期限")

    assert places == [(0, 2, 1), (1, 3, 1), (2, 4, 1)]


def test_a_text_without_words_has_no_places(catalog: Catalog) -> None:
    assert catalog.word_places(" …? ") == ([], 0)


# ---------------------------------------------------------------- documents


def test_the_chunks_of_documents_are_theirs_alone(catalog: Catalog, tmp_path: Path) -> None:
    first = add(catalog, tmp_path / "a.pdf", "one\ntwo")
    add(catalog, tmp_path / "b.pdf", "three")
    third = add(catalog, tmp_path / "c.pdf", "four")

    marks = catalog.chunks_of({first, third}).marks

    chunks = catalog.chunks(marks.nonzero()[0].tolist())
    assert [chunk.chunk.text for chunk in chunks] == ["one", "two", "four"]


def test_no_documents_have_no_chunks(catalog: Catalog, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "one")

    assert len(catalog.chunks_of(())) == 0
    assert len(catalog.chunks_of({77})) == 0


def test_chunks_written_since_are_seen(catalog: Catalog, tmp_path: Path) -> None:
    first = add(catalog, tmp_path / "a.pdf", "one")
    assert len(catalog.chunks_of({first})) == 1
    second = add(catalog, tmp_path / "b.pdf", "two\nthree")

    assert len(catalog.chunks_of({first, second})) == 3


def test_titles_are_of_files_that_can_be_searched(catalog: Catalog, tmp_path: Path) -> None:
    add(catalog, tmp_path / "a.pdf", "one", title="The Lease")
    document_id = add(catalog, tmp_path / "b.pdf", "two", title="")
    catalog.link_file(record(tmp_path / "copy.pdf"), document_id)
    begin(catalog, "three", title="Unfinished")
    catalog.save_files([record(tmp_path / "unread.pdf")])

    titles = sorted(catalog.titles())

    assert titles == [
        (tmp_path / "a.pdf", "The Lease"),
        (tmp_path / "b.pdf", ""),
        (tmp_path / "copy.pdf", ""),
    ]
