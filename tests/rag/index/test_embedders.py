"""The catalog knows which embedder made its vectors, and never mixes those of two."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rag.database import Database
from rag.index.catalog import Catalog
from rag.index.embedders import DROPPED_AT_ONCE
from rag.index.rows import half_bytes
from rag.index.schema import FILE_NAME, MIGRATIONS
from rag.protocols import EmbedderIdentity
from tests.rag.index.filling import DIMENSION, add, begin, key, made_of, record, vectors_of

OTHER = EmbedderIdentity("other", 8, 256, "another fingerprint")


def embed_all(catalog: Catalog) -> None:
    """Make the vectors that the coming embedder lacks."""
    coming = catalog.embedders.coming()
    assert coming is not None
    while chunks := catalog.embedders.unembedded(coming, 2):
        vectors = made_of([chunk.text for chunk in chunks], coming.dimension)
        keys = [key(f"new {chunk.text}") for chunk in chunks]
        catalog.embedders.write_vectors(coming, chunks, keys, vectors)


def rows(folder: Path, table: str) -> int:
    with (
        closing(Database.open(folder / FILE_NAME, MIGRATIONS)) as database,
        database.reading() as connection,
    ):
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_the_first_embedder_of_a_library_is_in_use(catalog: Catalog):
    known = catalog.embedders.adopt("model@int8", OTHER)

    assert (known.name, known.fingerprint, known.dimension) == ("model@int8", OTHER.fingerprint, 8)
    assert catalog.embedders.in_use() == known
    assert catalog.embedders.adopt("second@int8", OTHER) == known


def test_vectors_of_another_embedder_are_never_mixed_in(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "one")

    with pytest.raises(ValueError, match="another fingerprint"):
        catalog.write_chunks(1, [], [], made_of(["two"]), OTHER.fingerprint)


def test_a_document_can_be_read_without_vectors(catalog: Catalog, tmp_path):
    catalog.embedders.adopt("model@int8", OTHER)
    document_id, _ = begin(catalog, "some words", vectors=False)
    catalog.finish_document(document_id, record(tmp_path / "a.pdf"))

    assert len(catalog.search_words("words", 10, None)) == 1
    assert catalog.count_vectors() == 0


def test_until_all_is_embedded_anew_the_old_vectors_are_found(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "one\ntwo\nthree")
    before = catalog.identity
    coming = catalog.embedders.expect("other@int8", OTHER)
    first = catalog.embedders.unembedded(coming, 2)
    catalog.embedders.write_vectors(coming, first, ["k1", "k2"], made_of(["x", "y"], 8))

    assert not catalog.embedders.take_over()
    assert catalog.identity == before
    np.testing.assert_allclose(
        catalog.vectors().matrix, vectors_of(["one", "two", "three"]), atol=1e-3
    )
    assert catalog.embedders.count_unembedded(coming) == 1


def test_the_coming_embedder_takes_over_at_once(catalog: Catalog, folder: Path, tmp_path):
    add(catalog, tmp_path / "a.pdf", "one\ntwo\nthree")
    before = catalog.identity
    coming = catalog.embedders.expect("other@int8", OTHER)
    embed_all(catalog)

    assert catalog.embedders.take_over()

    assert catalog.embedders.in_use() == coming
    assert catalog.embedders.coming() is None
    assert catalog.identity != before
    stored = catalog.vectors()
    np.testing.assert_allclose(stored.matrix, vectors_of(["one", "two", "three"], 8), atol=1e-3)
    catalog.embedders.drop_past()
    assert rows(folder, "vector") == 3
    assert rows(folder, "embedder") == 1


def test_all_old_vectors_go_however_many(catalog: Catalog, folder: Path, tmp_path):
    lines = "\n".join(str(n) for n in range(DROPPED_AT_ONCE + 1))
    add(catalog, tmp_path / "a.pdf", lines)
    coming = catalog.embedders.expect("other@int8", OTHER)
    chunks = catalog.embedders.unembedded(coming, 2 * DROPPED_AT_ONCE)
    keys = [chunk.text for chunk in chunks]
    catalog.embedders.write_vectors(
        coming, chunks, keys, made_of([chunk.text for chunk in chunks], 8)
    )
    assert catalog.embedders.take_over()

    catalog.embedders.drop_past()

    assert rows(folder, "vector") == DROPPED_AT_ONCE + 1


def test_a_change_goes_on_where_it_was(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "one\ntwo")
    coming = catalog.embedders.expect("other@int8", OTHER)
    first = catalog.embedders.unembedded(coming, 1)
    catalog.embedders.write_vectors(coming, first, ["k"], made_of(["x"], 8))

    again = catalog.embedders.expect("other@int8", OTHER)

    assert again == coming
    assert catalog.embedders.count_unembedded(again) == 1


def test_another_wish_starts_over(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "one\ntwo")
    catalog.embedders.expect("other@int8", OTHER)
    embed_all(catalog)

    third = catalog.embedders.expect("third@int8", EmbedderIdentity("third", 8, 256, "third"))

    assert catalog.embedders.count_unembedded(third) == 2
    assert not catalog.embedders.take_over()
    catalog.embedders.expect_none()
    assert catalog.embedders.coming() is None


def test_a_file_read_meanwhile_holds_the_change_up(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.pdf", "one")
    catalog.embedders.expect("other@int8", OTHER)
    embed_all(catalog)
    add(catalog, tmp_path / "b.pdf", "two")

    assert not catalog.embedders.take_over()

    embed_all(catalog)
    assert catalog.embedders.take_over()


def test_what_was_never_finished_holds_nothing_up(catalog: Catalog):
    begin(catalog, "unfinished")
    catalog.embedders.expect("other@int8", OTHER)

    assert catalog.embedders.take_over()


def test_the_vector_of_a_chunk_that_is_gone_is_not_kept(catalog: Catalog, folder: Path, tmp_path):
    add(catalog, tmp_path / "a.pdf", "one")
    coming = catalog.embedders.expect("other@int8", OTHER)
    chunks = catalog.embedders.unembedded(coming, 1)
    catalog.forget_files([tmp_path / "a.pdf"])

    catalog.embedders.write_vectors(coming, chunks, ["k"], made_of(["x"], 8))

    assert rows(folder, "vector") == 0


def make_first_schema(folder: Path, texts: list[str]) -> None:
    """A library as it was written before embedders were told apart."""
    vectors = half_bytes(vectors_of(texts))
    with (
        closing(Database.open(folder / FILE_NAME, MIGRATIONS[:1])) as database,
        database.writing() as connection,
    ):
        connection.execute(
            "INSERT INTO document (sha256, complete, title, page_count, paged, format)"
            " VALUES ('s', 1, 't', 1, 0, 'text')"
        )
        for number, text in enumerate(texts, 1):
            connection.execute("INSERT INTO chunk VALUES (?, 1, 0, 3, 1, 1)", (number,))
            connection.execute("INSERT INTO passage VALUES (?, ?, '', '', '')", (number, text))
            connection.execute(
                "INSERT INTO vector VALUES (?, 1, ?, ?)", (number, key(text), vectors[number - 1])
            )


def test_a_library_of_the_first_version_keeps_its_vectors(folder: Path):
    make_first_schema(folder, ["one", "two"])

    with closing(Catalog.open(folder)) as catalog:
        known = catalog.embedders.in_use()
        assert known is not None
        assert (known.name, known.fingerprint) == ("all-MiniLM-L6-v2@float32", "")
        assert known.dimension == DIMENSION
        stored = catalog.vectors()
        assert stored.ids.tolist() == [1, 2]
        np.testing.assert_allclose(stored.matrix, vectors_of(["one", "two"]), atol=1e-3)
        assert {row[0] for row in catalog.embedders.some_keys(known)} == {key("one"), key("two")}
        assert not catalog.known_vectors([key("one")])  # it left no trace to look at closely


def test_an_empty_library_of_the_first_version_has_no_embedder_yet(folder: Path):
    make_first_schema(folder, [])

    with closing(Catalog.open(folder)) as catalog:
        assert catalog.embedders.in_use() is None
