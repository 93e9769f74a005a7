"""The last good copy of a SQLite file, which takes its place when it is damaged or lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from rag.cancel import CancelToken

PAGES_AT_ONCE = 2_000  # 8 MB; between them a copy can be given up
ROOM_LEFT_BYTES = 500_000_000  # for everything else, once there is a copy


class LastCopy:
    """The copy of the SQLite file `original`, kept beside it."""

    def __init__(self, original: Path) -> None:
        self._original = original
        self.path = original.with_name(f"{original.stem}.copy{original.suffix}")

    @property
    def made_at(self) -> datetime | None:
        """When it was made, by the local clock; None where there is none."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime).astimezone()
        except OSError:
            return None

    def make(self, connection: sqlite3.Connection, cancel: CancelToken) -> bool:
        """Copy what `connection` sees; False where there is no room for it, or it is damaged.

        An earlier copy stays until the new one is whole and was checked. Raises `Cancelled`,
        `sqlite3.Error`, `OSError`.
        """

        def check(_status: int, _remaining: int, _total: int) -> None:
            cancel.check()

        needed = self._original.stat().st_size + ROOM_LEFT_BYTES
        if shutil.disk_usage(self.path.parent).free < needed:
            return False
        fresh = self.path.with_name(self.path.name + ".new")
        try:
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600)
            with closing(sqlite3.connect(fresh)) as target:
                connection.backup(target, pages=PAGES_AT_ONCE, progress=check, sleep=0)
                target.execute("PRAGMA journal_mode = DELETE").fetchall()
            if not _is_sound(fresh):
                return False
            with fresh.open("r+b") as file:
                os.fsync(file.fileno())
            fresh.replace(self.path)
        finally:
            fresh.unlink(missing_ok=True)
        return True

    def agrees(self, connection: sqlite3.Connection, query: str) -> bool:
        """Whether `query` finds the same in the copy as `connection` does."""
        if not self.path.exists():
            return False
        with suppress(sqlite3.Error), closing(sqlite3.connect(self.path)) as copy:
            return copy.execute(query).fetchall() == connection.execute(query).fetchall()
        return False

    def put_in_place(self) -> bool:
        """Let a copy of it be the original, which must be gone; False where it is of no use."""
        if not self.path.exists():
            return False
        if not _is_sound(self.path):
            self.forget()
            return False
        fresh = self._original.with_name(self._original.name + ".new")
        shutil.copyfile(self.path, fresh)
        fresh.replace(self._original)
        return True

    def forget(self) -> None:
        """Delete it: it holds what is to be nowhere any more. Raises `OSError`."""
        self.path.unlink(missing_ok=True)


def _is_sound(path: Path) -> bool:
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return version > 0 and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    return False
