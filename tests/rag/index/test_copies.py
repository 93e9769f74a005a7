"""The catalog's copy: made in quiet moments, put in place of a damaged catalog, never a leak."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.database import Database
from rag.errors import Cancelled
from rag.index.catalog import Catalog
from rag.index.schema import FILE_NAME, MIGRATIONS
from tests.rag.index.filling import add

COPY = "library.copy.sqlite3"


def make_library(folder: Path, documents: int = 30) -> str:
    """A library with a copy of it; returns the catalog's name."""
    catalog = Catalog.open(folder)
    catalog.add_root(folder.parent / "docs")
    for n in range(documents):
        add(catalog, folder.parent / "docs" / f"{n}.txt", f"words {n} " * 50)
    catalog.keep_copy(CancelToken())
    name = catalog.identity
    catalog.close()
    return name


@pytest.mark.parametrize("damage", ["head", "middle", "cut", "emptied", "deleted"])
def test_the_copy_takes_the_place_of_a_damaged_or_lost_catalog(folder: Path, damage: str):
    name = make_library(folder)
    file = folder / FILE_NAME
    content = file.read_bytes()
    match damage:
        case "head":
            file.write_bytes(b"\xff" * 200 + content[200:])
        case "middle":
            file.write_bytes(content[:20_000] + os.urandom(60_000) + content[80_000:])
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "emptied":
            file.write_bytes(b"")
        case _:
            file.unlink()

    catalog = Catalog.open(folder)

    assert "Its copy of 20" in catalog.notice
    assert len(catalog.files()) == 30
    assert len(catalog.search_words("words", 50, None)) == 30
    assert catalog.identity != name, "chunk ids are used a second time"
    assert (folder / COPY).exists()
    catalog.close()


def test_folders_added_after_the_copy_was_made_are_known(folder: Path):
    make_library(folder)
    catalog = Catalog.open(folder)
    catalog.add_root(folder.parent / "later")
    catalog.close()
    (folder / FILE_NAME).write_bytes(b"nothing of a database")

    catalog = Catalog.open(folder)

    assert catalog.roots() == [folder.parent / "docs", folder.parent / "later"]
    catalog.close()


def test_a_damaged_copy_is_of_no_use(folder: Path):
    make_library(folder)
    for name in (FILE_NAME, COPY):
        (folder / name).write_bytes(os.urandom(9000))

    catalog = Catalog.open(folder)

    assert "will be read again" in catalog.notice
    assert catalog.files() == []
    assert not (folder / COPY).exists()
    catalog.close()


def test_a_copy_is_made_again_only_after_changes_and_some_time(folder: Path):
    make_library(folder)
    catalog = Catalog.open(folder)
    made = (folder / COPY).stat().st_mtime_ns

    catalog.keep_copy(CancelToken())
    unchanged = (folder / COPY).stat().st_mtime_ns
    add(catalog, folder / "new.txt", "words")
    os.utime(folder / COPY, (1e9, 1e9))
    catalog.keep_copy(CancelToken())

    assert unchanged == made
    with closing(sqlite3.connect(folder / COPY)) as copy:
        assert copy.execute("SELECT count(*) FROM file").fetchone() == (31,)
    catalog.close()


def test_an_old_copy_of_what_has_not_changed_since_is_not_made_again(folder: Path):
    make_library(folder)
    os.utime(folder / COPY, (1e9, 1e9))

    catalog = Catalog.open(folder)
    catalog.keep_copy(CancelToken())

    assert (folder / COPY).stat().st_mtime == 1e9
    catalog.close()


def test_a_copy_that_is_given_up_leaves_the_earlier_one(folder: Path):
    make_library(folder)
    catalog = Catalog.open(folder)
    add(catalog, folder / "new.txt", "words")
    os.utime(folder / COPY, (1e9, 1e9))
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        catalog.keep_copy(cancel)

    assert (folder / COPY).stat().st_mtime == 1e9
    assert not (folder / f"{COPY}.new").exists()
    catalog.close()


def test_what_is_removed_is_in_no_file_of_the_library(folder: Path):
    docs = folder.parent / "docs"
    make_library(folder)
    (folder / FILE_NAME).write_bytes(os.urandom(9000))  # what is put aside is to go as well
    catalog = Catalog.open(folder)
    add(catalog, docs / "secret.txt", "The xylographer's password is quetzalcoatl. " * 30)
    os.utime(folder / COPY, (1e9, 1e9))
    catalog.keep_copy(CancelToken())
    assert holding(folder, b"quetzalcoatl") == {f"{FILE_NAME}-wal", COPY}

    catalog.forget_files([docs / "secret.txt"])

    assert holding(folder, b"quetzalcoatl") == set()
    assert holding(folder, b"secret.txt") == set()
    assert not list(folder.glob("*.damaged-*"))
    catalog.close()
    assert holding(folder, b"quetzalcoatl") == set()


def holding(folder: Path, words: bytes) -> set[str]:
    return {p.name for p in folder.rglob("*") if p.is_file() and words in p.read_bytes()}


def test_an_older_library_is_copied_before_it_is_brought_up_to_date(folder: Path):
    old = Database.open(folder / FILE_NAME, MIGRATIONS[:5])
    old.close()

    Catalog.open(folder).close()

    with closing(sqlite3.connect(folder / COPY)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (5,)
