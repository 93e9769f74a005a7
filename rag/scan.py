"""Walks the folders that the user added and says of every path what is to be done with it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.errors import FileNotReadable, UnknownFormat
from rag.records import FileRecord, FileState

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

    def as_file(self) -> FileRecord:
        """Its line in the ledger as long as nothing was read."""
        return FileRecord(
            path=self.path,
            root=self.root,
            state=self.state,
            reason=self.reason,
            size_bytes=self.size_bytes,
            modified_ns=self.modified_ns,
        )


def absolute(path: Path) -> Path:
    """`path` as the library knows it: from the root, with "~" and ".." resolved, links kept."""
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - Path.absolute keeps ".."


def exists(path: Path) -> bool:
    """Whether `path` can be seen; what the system hides counts as not there."""
    try:
        return path.exists()
    except OSError:
        return False


def scan(root: Path, is_readable: Callable[[Path], bool]) -> Iterator[FoundPath]:
    """Every file under `root` (or `root` itself), and each folder that is not entered.

    `is_readable` tells whether a reader knows the file's type. Links to folders are not followed.
    """
    if not root.is_dir():
        yield from _file(root, root, is_readable)
        return
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(folder, root, error)
            continue
        for entry in entries:
            path = Path(entry.path)
            if not _is_folder(entry):
                yield from _file(path, root, is_readable)
            elif _is_hidden(entry):
                yield FoundPath(path, root, FileState.SKIPPED, "Hidden folders are left out.")
            else:
                pending.append(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder of its own, not a link or a junction to another."""
    try:
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
        return entry.is_dir(follow_symlinks=False) and not (
            attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
        )
    except OSError:
        return False


def _file(path: Path, root: Path, is_readable: Callable[[Path], bool]) -> Iterator[FoundPath]:
    """The line of a file; none for one that is gone by now."""
    try:
        facts = path.stat()
    except FileNotFoundError as error:
        if not path.is_symlink():
            return
        yield _unreadable(path, root, error)
    except OSError as error:
        yield _unreadable(path, root, error)
    else:
        reason = _reason_to_skip(path, facts, is_readable)
        state = FileState.SKIPPED if reason else FileState.WAITING
        yield FoundPath(path, root, state, reason, facts.st_size, facts.st_mtime_ns)


def _unreadable(path: Path, root: Path, error: OSError) -> FoundPath:
    reason = str(FileNotReadable(path, error.strerror or "no access"))
    return FoundPath(path, root, FileState.FAILED, reason)


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
    if path.name.startswith(".") or _has_hidden_flag(facts):
        return "Hidden files are left out."
    if not is_readable(path):
        return str(UnknownFormat(path))
    return ""


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.name.startswith(".") or _has_hidden_flag(entry.stat(follow_symlinks=False))
    except OSError:
        return False


def _has_hidden_flag(facts: os.stat_result) -> bool:
    """Whether Windows hides the file."""
    flag = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 0)
    return bool(getattr(facts, "st_file_attributes", 0) & flag)
