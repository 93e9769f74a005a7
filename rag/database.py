"""A SQLite file: readers never wait, writers take turns, failures are worded for the user."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rag.cancel import CancelToken
from rag.database_copy import LastCopy
from rag.errors import (
    DiskFull,
    LibraryDamaged,
    LibraryFromTheFuture,
    LibraryLocked,
    LibraryUnwritable,
)

Connection = sqlite3.Connection
Row = tuple[object, ...]

BUSY_TIMEOUT_S = 10.0
ROOM_NEEDED_BYTES = 1 << 20  # below this an unnamed I/O error means: the disk is full


class Database:
    """A file with its schema up to date; safe to share between threads.

    `put_aside` is the name that a damaged predecessor was given, or empty; `restored` is when the
    copy was made that took its place; `created` is True when there was nothing to open; `commits`
    rises with every transaction that was kept.
    """

    def __init__(self, path: Path, *, durable: bool = False) -> None:
        self.path = path
        self.put_aside = ""
        self.restored: datetime | None = None
        self.created = False
        self.commits = 0
        self._durable = durable
        self._copy = LastCopy(path)
        self._write_lock = threading.RLock()
        self._idle: list[Connection] = []
        self._idle_lock = threading.Lock()
        self._closed = False

    @classmethod
    def open(cls, path: Path, migrations: Sequence[str], *, durable: bool = False) -> Database:
        """Open or create `path`; `migrations[n]` brings schema n to n + 1.

        `durable` commits survive a power cut, others may lose the last seconds. A damaged file is
        put aside, and its last copy takes its place, as that of a lost one does. Raises
        `LibraryUnwritable`, `LibraryFromTheFuture`, `DiskFull`.
        """
        make_private_folder(path.parent)
        database = cls(path, durable=durable)
        try:
            if database._damage_mark.exists():
                database._move_aside()
            if not path.exists() or not path.stat().st_size:
                database._restore()
            try:
                database._prepare(migrations)
            except LibraryDamaged:
                database._move_aside()
                database._restore()
                database._prepare(migrations)
        except OSError as error:
            database.close()
            raise disk_error(path.parent, error) from error
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Release the file; nothing may be using it any more."""
        self._closed = True
        self._close_idle()

    @contextmanager
    def reading(self) -> Generator[Connection, None, None]:
        """A connection that sees one state of the file for as long as the block lasts."""
        with self._borrowed() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Generator[Connection, None, None]:
        """A transaction: all of the block is kept, or none of it when it raises."""
        with self._write_lock, self._borrowed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
                self.commits += 1
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def checkpoint(self) -> bool:
        """Move what was written into the file, so that nothing forgotten stays in its log.

        False where a reader was in the way for too long.
        """
        with self._write_lock, self._borrowed() as connection:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def keep_copy(self, cancel: CancelToken) -> bool:
        """Keep a copy of what the file holds now; False where there is no room for it.

        Raises `Cancelled`, and when it cannot be written, which leaves an earlier copy as it was.
        """
        try:
            with self.reading() as connection:
                return self._copy.make(connection, cancel)
        except OSError as error:
            raise disk_error(self.path.parent, error) from error

    def copy_agrees(self, query: str) -> bool:
        """Whether `query` finds the same in the copy as here."""
        with self.reading() as connection:
            return self._copy.agrees(connection, query)

    def forget_copies(self) -> None:
        """Delete the copy, and what was put aside: they hold what was removed from the file."""
        try:
            self._copy.forget()
            for aside in self.path.parent.glob(f"{self.path.stem}.damaged-*"):
                aside.unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(self.path.parent, error) from error

    @property
    def copied_at(self) -> datetime | None:
        """When the copy was made that there is."""
        return self._copy.made_at

    @property
    def _damage_mark(self) -> Path:
        return self.path.with_name(self.path.name + ".damaged")

    @contextmanager
    def _borrowed(self) -> Generator[Connection, None, None]:
        try:
            connection = self._take()
            failed = False
            try:
                yield connection
            except sqlite3.Error:
                failed = True
                raise
            finally:
                self._give_back(connection, failed)
        except sqlite3.Error as error:
            raise self._worded(error) from error

    def _take(self) -> Connection:
        with self._idle_lock:
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(
            self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            connection.execute(f"PRAGMA synchronous = {'FULL' if self._durable else 'NORMAL'}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _give_back(self, connection: Connection, failed: bool) -> None:  # noqa: FBT001
        with self._idle_lock:
            if failed or self._closed:
                connection.close()
            else:
                self._idle.append(connection)

    def _close_idle(self) -> None:
        with self._idle_lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _prepare(self, migrations: Sequence[str]) -> None:
        with self._borrowed() as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(migrations):
                raise LibraryFromTheFuture(self.path.parent)
            if version and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise LibraryDamaged(self.path.parent)
            self.created = version == 0
            if 0 < version < len(migrations):
                with contextlib.suppress(OSError):  # no room: the migration is one step or none
                    self._copy.make(connection, CancelToken())
            for number, script in enumerate(migrations[version:], version + 1):
                connection.executescript(
                    f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;"
                )

    def _move_aside(self) -> None:
        """Rename the file and its logs; the file goes last, so that none of it is taken for new."""
        self._close_idle()  # Windows renames no open file
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        aside = self.path.with_name(f"{self.path.stem}.damaged-{stamp}{self.path.suffix}")
        try:
            for suffix in ("-wal", "-shm", ""):
                part = self.path.with_name(self.path.name + suffix)
                if part.exists():
                    part.replace(aside.with_name(aside.name + suffix))
                    self.put_aside = aside.name
            self._damage_mark.unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(self.path.parent, error) from error

    def _restore(self) -> None:
        made_at = self._copy.made_at
        if self._copy.put_in_place():
            self.restored = made_at

    def _worded(self, error: sqlite3.Error) -> Exception:  # noqa: PLR0911
        code: int | None = getattr(error, "sqlite_errorcode", None)
        if code is None:
            return error
        folder = self.path.parent
        match code & 0xFF:  # the rest of the number is a detail of the same failure
            case sqlite3.SQLITE_FULL:
                return DiskFull(folder)
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                with contextlib.suppress(OSError):
                    self._damage_mark.touch()
                return LibraryDamaged(folder)
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return LibraryLocked(folder)
            case sqlite3.SQLITE_IOERR if shutil.disk_usage(folder).free < ROOM_NEEDED_BYTES:
                return DiskFull(folder)
            case (
                sqlite3.SQLITE_IOERR
                | sqlite3.SQLITE_CANTOPEN
                | sqlite3.SQLITE_READONLY
                | sqlite3.SQLITE_PERM
            ):
                return LibraryUnwritable(folder, str(error))
            case _:
                return error


def open_in_memory() -> Connection:
    """A database of its own, gone when it is closed; any thread may use it, one at a time."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def make_private_folder(folder: Path) -> None:
    """Create `folder`, for the user alone, and its parents; raises as `disk_error` says."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(folder, error) from error


def disk_error(folder: Path, error: OSError) -> DiskFull | LibraryUnwritable:
    """What to tell the user when the system refuses to write into `folder`."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(folder)
    return LibraryUnwritable(folder, error.strerror or str(error))
