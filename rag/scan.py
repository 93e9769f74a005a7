"""Walks the folders that the user added and says of every path what is to be done with it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.errors import FileNotReadable, UnknownFormat
from rag.records import FileState

_TEMPORARY_PREFIXES = ("~$", ".~lock.", "._")
_TEMPORARY_SUFFIXES = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".swp", "~")
_TEMPORARY_NAMES = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A path met under a root; `state` is waiting for what can be read, else `reason` says why."""

    path: Path
    root: Path
    state: FileState
    reason: str = ""
    size_bytes: int = 0
    modified_ns: int = 0


def scan(root: Path, is_readable: Callable[[Path], bool]) -> Iterator[FoundPath]:
    """Every file under `root` (or `root` itself), and each folder that is not entered.

    `is_readable` tells whether a reader knows the file's type. Links to folders are not followed.
    """
    if root.is_file():
        yield _file(root, root, is_readable)
        return
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            reason = str(FileNotReadable(folder, error.strerror or "no access"))
            yield FoundPath(folder, root, FileState.FAILED, reason)
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if _is_hidden(path):
                    yield FoundPath(path, root, FileState.SKIPPED, "Hidden folders are left out.")
                else:
                    pending.append(path)
            else:
                yield _file(path, root, is_readable)


def _file(path: Path, root: Path, is_readable: Callable[[Path], bool]) -> FoundPath:
    try:
        facts = path.stat()
    except OSError as error:
        reason = str(FileNotReadable(path, error.strerror or "no access"))
        return FoundPath(path, root, FileState.FAILED, reason)
    reason = _reason_to_skip(path, facts, is_readable)
    state = FileState.SKIPPED if reason else FileState.WAITING
    return FoundPath(path, root, state, reason, facts.st_size, facts.st_mtime_ns)


def _reason_to_skip(path: Path, facts: os.stat_result, is_readable: Callable[[Path], bool]) -> str:
    if stat.S_ISDIR(facts.st_mode):
        return "Links to folders are not followed. Add the folder itself."
    if not stat.S_ISREG(facts.st_mode):
        return "This is not a file but a device or a connection."
    name = path.name.lower()
    if (
        name.startswith(_TEMPORARY_PREFIXES)
        or name.endswith(_TEMPORARY_SUFFIXES)
        or name in _TEMPORARY_NAMES
    ):
        return "Temporary files of other programs are left out."
    if _is_hidden(path):
        return "Hidden files are left out."
    if not is_readable(path):
        return str(UnknownFormat(path))
    return ""


def _is_hidden(path: Path) -> bool:
    if path.name.startswith("."):
        return True
    attributes = getattr(path.lstat(), "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 0))
