"""Walks the folders that the user added and says of every path what is to be done with it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.disk.cloud import in_cloud, stands_for
from rag.disk.ignore_files import IgnoreFiles
from rag.disk.rules import (
    CLOUD,
    DEVICE,
    LINK_LOOP,
    LINKED_FOLDER,
    UNKNOWN_TYPE,
    LeftOut,
    Rule,
    Rules,
)
from rag.errors import FileNotReadable, UnknownFormat
from rag.long_paths import for_system
from rag.records import FileRecord, FileState

_LOOPS = (errno.ELOOP, 1921)  # the second is how Windows says it
_LINK_TAGS = (0xA000000C, 0xA0000003)  # of Windows: a symbolic link, and a junction


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A path met under a root; `state` is waiting for what can be read, else `reason` says why."""

    path: Path
    root: Path
    state: FileState
    reason: str = ""
    size_bytes: int = 0
    modified_ns: int = 0
    device: int = 0  # as in `FileRecord`
    first_seen: float = 0.0
    last_seen: float = 0.0
    rule: Rule | None = None  # that leaves it out
    is_refused: bool = False  # it is there, but the system does not show it
    document_id: int | None = None  # what it shows, where it did not change since it was read
    failures: int = 0  # as in `FileRecord`

    def as_file(self) -> FileRecord:
        """Its line in the ledger as long as nothing was read."""
        return FileRecord(
            path=self.path,
            root=self.root,
            state=self.state,
            reason=self.reason,
            size_bytes=self.size_bytes,
            modified_ns=self.modified_ns,
            device=self.device,
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            failures=self.failures,
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


def _nothing(_folder: Path) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Finds what lies under roots.

    `is_readable` tells whether a reader knows the file's type. `entering` is told every folder
    before it is listed, so that no later change of it is missed.
    """

    is_readable: Callable[[Path], bool]
    rules: Rules
    entering: Callable[[Path], None] = _nothing

    def scan(self, path: Path, root: Path, apart: Collection[Path] = ()) -> Iterator[FoundPath]:
        """Every file at or below `path`, and each folder that is not entered.

        `path` is `root` or lies below it; where a folder between them is left out, that folder is
        found and nothing else. What is gone is not found. Roots `apart` are passed by.
        """
        walk = _Walk(self, root, frozenset(apart) - {root})
        try:
            facts = root.stat()
            inner = path.relative_to(root).parts
            if not stat.S_ISDIR(facts.st_mode):
                if not inner:
                    yield walk.file(root, facts)
                return
            folder, ignores = root, self.rules.ignores_above(root)
            for name in inner:
                ignores = self.rules.ignores_in(folder, ignores)
                folder /= name
                found = walk.met(folder, for_system(folder).lstat(), ignores)
                if found is not None:
                    yield found
                    return
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            yield walk.unreadable(path, error)
            return
        yield from walk.below(folder, ignores)


@dataclass(frozen=True, slots=True)
class _Walk:
    """One way through a root."""

    scanner: Scanner
    root: Path
    apart: frozenset[Path]

    def below(self, folder: Path, ignores: IgnoreFiles) -> Iterator[FoundPath]:
        """What lies in `folder` and deeper."""
        pending = [(folder, ignores)]
        while pending:
            folder, above = pending.pop()
            self.scanner.entering(folder)
            try:
                device = for_system(folder).stat().st_dev
                with os.scandir(for_system(folder)) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                yield self.unreadable(folder, error)
                continue
            left_out = self._by_content(folder, entries)
            if left_out is not None:
                yield self._skipped(folder, left_out, device)
                continue
            ignores = self.scanner.rules.ignores_in(folder, above)
            for entry in entries:
                path = folder / entry.name
                if path in self.apart:
                    continue
                found = self._entry(path, entry, ignores, device)
                if isinstance(found, FoundPath):
                    yield found
                elif found:
                    pending.append((path, ignores))

    def _by_content(self, folder: Path, entries: list[os.DirEntry[str]]) -> LeftOut | None:
        if folder == self.root:
            return None
        return self.scanner.rules.of_content(folder, {entry.name for entry in entries})

    def _entry(
        self, path: Path, entry: os.DirEntry[str], ignores: IgnoreFiles, device: int
    ) -> FoundPath | bool:
        """The line of an entry, True for a folder to enter, False for what is gone by now."""
        try:
            found = self.met(path, entry.stat(follow_symlinks=False), ignores, device)
        except FileNotFoundError:
            return False
        except OSError as error:
            return self.unreadable(path, error)
        return True if found is None else found

    def met(
        self, path: Path, facts: os.stat_result, ignores: IgnoreFiles, device: int = 0
    ) -> FoundPath | None:
        """The line of a path below the root, by its own `facts`; None for a folder to enter.

        Raises `OSError` where it cannot be seen.
        """
        device = facts.st_dev or device  # Windows tells the folder's alone when it lists one
        left_out = self.scanner.rules.of_path(path, self.root, facts, ignores)
        if left_out is not None:
            return self._skipped(path, left_out, device, facts)
        if stat.S_ISLNK(facts.st_mode) or getattr(facts, "st_reparse_tag", 0) in _LINK_TAGS:
            return self._link(path)
        return None if stat.S_ISDIR(facts.st_mode) else self.file(path, facts, device)

    def _link(self, path: Path) -> FoundPath:
        try:
            facts = for_system(path).stat()
        except OSError as error:
            if error.errno in _LOOPS or getattr(error, "winerror", None) in _LOOPS:
                return self._skipped(path, LeftOut.by(LINK_LOOP))
            return self.unreadable(path, error)
        if stat.S_ISDIR(facts.st_mode):
            return self._skipped(path, LeftOut.by(LINKED_FOLDER), facts.st_dev)
        return self.file(path, facts)

    def file(self, path: Path, facts: os.stat_result, device: int = 0) -> FoundPath:
        """The line of what is no folder, by the `facts` of what a link leads to."""
        left_out = None
        if in_cloud(facts):
            left_out = LeftOut.by(CLOUD)
        elif not stat.S_ISREG(facts.st_mode):
            left_out = LeftOut.by(DEVICE)
        elif not self.scanner.is_readable(path):
            left_out = LeftOut(UNKNOWN_TYPE, str(UnknownFormat(path)))
        if left_out is not None:
            return self._skipped(path, left_out, facts.st_dev or device, facts)
        return FoundPath(
            path,
            self.root,
            FileState.WAITING,
            size_bytes=facts.st_size,
            modified_ns=facts.st_mtime_ns,
            device=facts.st_dev or device,
        )

    def _skipped(
        self, path: Path, left_out: LeftOut, device: int = 0, facts: os.stat_result | None = None
    ) -> FoundPath:
        is_file = facts is not None and not stat.S_ISDIR(facts.st_mode)
        return FoundPath(
            (left_out.rule is CLOUD and stands_for(path)) or path,
            self.root,
            FileState.SKIPPED,
            left_out.reason,
            size_bytes=facts.st_size if facts is not None and is_file else 0,
            modified_ns=facts.st_mtime_ns if facts is not None and is_file else 0,
            device=device,
            rule=left_out.rule,
        )

    def unreadable(self, path: Path, error: OSError) -> FoundPath:
        """The line of what the system does not show."""
        reason = str(FileNotReadable(path, error.strerror or "no access"))
        is_refused = not isinstance(error, FileNotFoundError)
        return FoundPath(path, self.root, FileState.FAILED, reason, is_refused=is_refused)
