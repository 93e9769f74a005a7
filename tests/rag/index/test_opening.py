"""Opening the catalog: newer, damaged, lost or not to be written."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from rag.errors import LibraryDamaged, LibraryFromTheFuture, LibraryUnwritable
from rag.index.catalog import Catalog
from rag.index.schema import MIGRATIONS
from tests.rag.index.filling import add


def make_library(folder: Path, documents: int = 40) -> None:
    catalog = Catalog.open(folder)
    catalog.add_root(folder.parent / "docs")
    catalog.set_setting("samples", "removed")
    for n in range(documents):
        add(catalog, folder.parent / "docs" / f"{n}.txt", f"words {n} " * 50)
    catalog.close()


def test_the_folder_is_the_users_alone(catalog: Catalog, folder: Path):
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_catalog_comes_back_as_it_was_closed(folder: Path):
    make_library(folder, documents=2)

    catalog = Catalog.open(folder)

    assert catalog.notice == ""
    assert catalog.roots() == [folder.parent / "docs"]
    assert catalog.count_chunks() == 2
    catalog.close()


def test_closing_leaves_one_file_and_no_log(folder: Path):
    make_library(folder, documents=2)

    assert sorted(p.name for p in folder.iterdir()) == ["library.json", "library.sqlite3"]


@pytest.mark.parametrize("damage", ["head", "middle", "whole", "cut", "wal"])
def test_a_damaged_catalog_is_put_aside_and_its_folders_are_remembered(folder: Path, damage: str):
    make_library(folder)
    file = folder / "library.sqlite3"
    content = file.read_bytes()
    match damage:
        case "head":
            file.write_bytes(b"\xff" * 200 + content[200:])
        case "middle":
            file.write_bytes(content[:20_000] + os.urandom(60_000) + content[80_000:])
        case "whole":
            file.write_bytes(os.urandom(len(content)))
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "wal":
            file.write_bytes(b"not a database at all")
            (folder / "library.sqlite3-wal").write_bytes(os.urandom(9000))

    catalog = Catalog.open(folder)

    aside = next(folder.glob("library.damaged-*.sqlite3"))
    assert catalog.notice == (
        f"The library's catalog was damaged and was put aside as “{aside.name}”. "
        "Your files are untouched and will be read again."
    )
    assert catalog.roots() == [folder.parent / "docs"]
    assert catalog.setting("samples") == "removed"
    assert catalog.files() == []
    add(catalog, folder / "a.txt", "words")
    assert len(catalog.search_words("words", 5, None)) == 1
    catalog.close()


def test_without_the_side_copy_the_user_is_asked_to_add_the_folders(folder: Path):
    make_library(folder, documents=1)
    (folder / "library.sqlite3").write_bytes(b"\0" * 5000)
    (folder / "library.json").write_text('{"roots": 3')

    catalog = Catalog.open(folder)

    assert "add the folders again" in catalog.notice
    assert catalog.roots() == []
    catalog.close()


@pytest.mark.parametrize("lost", ["deleted", "emptied"])
def test_a_lost_catalog_starts_again_from_its_folders(folder: Path, lost: str):
    make_library(folder, documents=1)
    file = folder / "library.sqlite3"
    file.unlink() if lost == "deleted" else file.write_bytes(b"")

    catalog = Catalog.open(folder)

    assert catalog.notice.startswith("The library's catalog was missing.")
    assert catalog.roots() == [folder.parent / "docs"]
    catalog.close()


def test_a_fresh_catalog_has_another_identity(folder: Path):
    catalog = Catalog.open(folder)
    first = catalog.identity
    catalog.add_root(folder)
    catalog.close()
    (folder / "library.sqlite3").unlink()

    catalog = Catalog.open(folder)

    assert catalog.identity != first
    catalog.close()


def test_damage_found_while_in_use_is_said_and_repaired_at_the_next_start(folder: Path):
    make_library(folder)
    catalog = Catalog.open(folder)
    file = folder / "library.sqlite3"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + os.urandom(len(content) - 4096))

    with (
        catalog._database.reading(),  # keeps the connection that has the pages in its cache
        pytest.raises(LibraryDamaged, match="start it again"),
    ):
        catalog.files()
    catalog.close()
    file.write_bytes(content)

    catalog = Catalog.open(folder)
    assert "was put aside" in catalog.notice
    assert catalog.roots() == [folder.parent / "docs"]
    catalog.close()


def test_a_newer_footnotes_catalog_is_left_alone(folder: Path):
    make_library(folder, documents=1)
    connection = sqlite3.connect(folder / "library.sqlite3")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = (folder / "library.sqlite3").read_bytes()

    with pytest.raises(LibraryFromTheFuture, match="Update Footnote"):
        Catalog.open(folder)

    assert (folder / "library.sqlite3").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(LibraryUnwritable, match="library"):
        Catalog.open(tmp_path / "file" / "library")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write everywhere"
)
def test_a_folder_without_permission_is_named(tmp_path: Path):
    folder = tmp_path / "library"
    folder.mkdir(mode=0o500)

    with pytest.raises(LibraryUnwritable, match="permissions"):
        Catalog.open(folder)
