"""The SQLite file under the catalog and the conversations."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from rag.database import Database
from rag.errors import DiskFull, LibraryLocked, LibraryUnwritable

MIGRATIONS = ("CREATE TABLE t (x)",)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "d.sqlite3", MIGRATIONS)
    yield database
    database.close()


def values(database: Database) -> list[object]:
    with database.reading() as connection:
        return [x for (x,) in connection.execute("SELECT x FROM t ORDER BY rowid")]


def test_a_block_that_raises_leaves_nothing(database: Database):
    with pytest.raises(sqlite3.Error, match="no such table"):
        insert_and_fail(database)

    insert(database, 2)

    assert values(database) == [2]


def insert_and_fail(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO t VALUES (1)")
        connection.execute("INSERT INTO nowhere VALUES (1)")


def test_a_reader_sees_one_state_for_as_long_as_it_reads(database: Database):
    with database.reading() as reader:
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
        with database.writing() as writer:
            writer.execute("INSERT INTO t VALUES (1)")
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)

    assert values(database) == [1]


def test_writers_take_turns(database: Database):
    def count_up() -> None:
        for _ in range(25):
            with database.writing() as connection:
                n = connection.execute("SELECT count(*) FROM t").fetchone()[0]
                connection.execute("INSERT INTO t VALUES (?)", (n,))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert values(database) == list(range(100))


def test_an_older_file_is_brought_up_to_date_and_keeps_its_rows(tmp_path: Path):
    path = tmp_path / "d.sqlite3"
    old = Database.open(path, MIGRATIONS)
    with old.writing() as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    assert old.created
    old.close()

    new = Database.open(path, (*MIGRATIONS, "ALTER TABLE t ADD COLUMN y DEFAULT 7"))

    with new.reading() as connection:
        assert connection.execute("SELECT x, y FROM t").fetchall() == [(1, 7)]
    assert not new.created
    new.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path):
    path = tmp_path / "d.sqlite3"
    Database.open(path, MIGRATIONS).close()

    with pytest.raises(Exception, match="syntax error"):
        Database.open(path, (*MIGRATIONS, "CREATE TABLE u (x); NONSENSE"))

    again = Database.open(path, (*MIGRATIONS, "CREATE TABLE u (x)"))
    again.close()


def test_a_file_that_another_program_holds_is_said_to_be_in_use(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("rag.database.BUSY_TIMEOUT_S", 0.01)
    other = Database.open(database.path, MIGRATIONS)

    with database.writing(), pytest.raises(LibraryLocked), other.writing():
        pass
    other.close()


def test_a_file_that_may_only_be_read_is_said_to_be_so(tmp_path: Path):
    (tmp_path / "d.sqlite3").mkdir()

    with pytest.raises(LibraryUnwritable, match="permissions"):
        Database.open(tmp_path / "d.sqlite3", MIGRATIONS)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only the administrator of a Linux system can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody make a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill_up(disk: Path) -> Path:
    """A file that takes all the room that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        write_for_ever(file)
    return filler


def write_for_ever(file: IO[bytes]) -> None:
    while True:
        file.write(bytes(4096))


def insert(database: Database, *rows: object) -> None:
    with database.writing() as connection:
        connection.executemany("INSERT INTO t VALUES (?)", [(row,) for row in rows])


@pytest.mark.faults
def test_a_full_disk_is_said_to_be_full_and_nothing_is_lost(small_disk: Path):
    database = Database.open(small_disk / "d.sqlite3", MIGRATIONS)
    insert(database, "before")
    filler = fill_up(small_disk)

    with pytest.raises(DiskFull, match="free some space"):
        insert(database, "lost", b"x" * 500_000, "lost")

    assert values(database) == ["before"]
    database.close()
    filler.unlink()
    again = Database.open(small_disk / "d.sqlite3", MIGRATIONS)
    assert not again.created
    insert(again, "after")
    assert values(again) == ["before", "after"]
    again.close()


@pytest.mark.faults
def test_no_room_for_even_the_first_table_is_a_full_disk(small_disk: Path):
    filler = fill_up(small_disk)

    with pytest.raises(DiskFull):
        Database.open(small_disk / "d.sqlite3", MIGRATIONS)

    filler.unlink()
    Database.open(small_disk / "d.sqlite3", MIGRATIONS).close()
