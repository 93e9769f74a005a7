"""Lets one engine at a time open a library's folder."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import LibraryLocked, LibraryUnwritable


def locked(folder: Path) -> FileLock:
    """The lock of `folder`, which is made where it is not there, held.

    Raises `LibraryLocked`, `LibraryUnwritable`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise LibraryLocked(folder) from error
    except OSError as error:
        raise LibraryUnwritable(folder, error.strerror or str(error)) from error
    return lock
