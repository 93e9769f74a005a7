"""The catalog knows how many tokens documents have, as each language model counts them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from rag.errors import NotInLibrary
from rag.index.catalog import Catalog
from rag.records import Scope
from tests.rag.index.filling import add, begin, record

ALL = Scope()
MIGRATIONS_BEFORE = 7


def test_a_document_is_listed_with_its_count_and_without_one(catalog: Catalog, tmp_path: Path):
    counted = add(catalog, tmp_path / "a.pdf", "one", "two", title="A")
    other = add(catalog, tmp_path / "b.pdf", "three", title="B")

    catalog.token_counts.keep(counted, "phi", 12)

    first, second = catalog.token_counts.of(ALL, "phi")
    assert (first.document_id, first.title, first.pages, first.tokens) == (counted, "A", 2, 12)
    assert first.path == tmp_path / "a.pdf"
    assert (second.document_id, second.tokens) == (other, None)


def test_each_vocabulary_has_its_own_counts(catalog: Catalog, tmp_path: Path):
    document = add(catalog, tmp_path / "a.txt", "one")

    catalog.token_counts.keep(document, "phi", 12)
    catalog.token_counts.keep(document, "llama", 15)

    assert [d.tokens for d in catalog.token_counts.of(ALL, "phi")] == [12]
    assert [d.tokens for d in catalog.token_counts.of(ALL, "llama")] == [15]
    assert catalog.token_counts.uncounted("qwen", 9) == [document]


def test_only_documents_in_the_scope_are_listed_by_their_file_there(
    catalog: Catalog, tmp_path: Path
):
    document = add(catalog, tmp_path / "one" / "a.txt", "same")
    catalog.link_file(record(tmp_path / "two" / "b.txt"), document)
    add(catalog, tmp_path / "one" / "c.txt", "other")

    found = catalog.token_counts.of(Scope(paths=(tmp_path / "two",)), "phi")

    assert [(d.document_id, d.path) for d in found] == [(document, tmp_path / "two" / "b.txt")]


def test_a_scope_outside_the_library_is_told(catalog: Catalog, tmp_path: Path):
    with pytest.raises(NotInLibrary):
        catalog.token_counts.of(Scope(paths=(tmp_path / "elsewhere",)), "phi")


def test_a_count_goes_with_its_document(catalog: Catalog, folder: Path, tmp_path: Path):
    document = add(catalog, tmp_path / "a.txt", "one")
    catalog.token_counts.keep(document, "phi", 12)

    catalog.forget_files([tmp_path / "a.txt"])
    catalog.token_counts.keep(document, "phi", 12)

    connection = sqlite3.connect(folder / "library.sqlite3")
    assert connection.execute("SELECT count(*) FROM token_count").fetchone() == (0,)
    connection.close()


def test_what_nobody_sees_yet_is_not_asked_for(catalog: Catalog, tmp_path: Path):
    begin(catalog, "half")
    older = add(catalog, tmp_path / "a.txt", "one")
    newer = add(catalog, tmp_path / "b.txt", "two")

    assert catalog.token_counts.uncounted("phi", 9) == [newer, older]
    assert catalog.token_counts.uncounted("phi", 1) == [newer]


def test_a_library_from_before_counts_is_taken_over(folder: Path, tmp_path: Path):
    catalog = Catalog.open(folder)
    document = add(catalog, tmp_path / "a.txt", "one")
    catalog.close()
    connection = sqlite3.connect(folder / "library.sqlite3")
    connection.execute("DROP TABLE token_count")
    connection.execute(f"PRAGMA user_version = {MIGRATIONS_BEFORE}")
    connection.close()

    catalog = Catalog.open(folder)

    assert catalog.token_counts.uncounted("phi", 9) == [document]
    catalog.token_counts.keep(document, "phi", 3)
    assert [d.tokens for d in catalog.token_counts.of(ALL, "phi")] == [3]
    catalog.close()
