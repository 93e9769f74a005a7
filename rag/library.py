"""The user's folders and files, kept in line with the disk: add, refresh, remove, status."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import Cancelled, NotInLibrary, PathNotFound
from rag.events import FilesChanged, IngestEvent
from rag.gate import ReadingGate
from rag.index.catalog import Catalog
from rag.ingest import Indexer
from rag.load import readable
from rag.protocols import Embedder, VectorIndex
from rag.read_ahead import PageReader
from rag.records import FileRecord, FileState, IngestSummary
from rag.scan import FoundPath, absolute, exists, scan

_REMOVED = "removed"  # the setting that keeps them
_READ = {FileState.READY, FileState.PARTIAL}


class Library:
    """What was added, read and indexed; one thread at a time may change it."""

    def __init__(
        self,
        catalog: Catalog,
        vectors: VectorIndex,
        reader: PageReader,
        embedder: Callable[[], Embedder],
        parser_threads: int,
    ) -> None:
        """`embedder` is called when there is something to embed, and may take its time."""
        self.gate = ReadingGate()
        self._removed = _RemovedPaths(catalog)
        self._catalog = catalog
        self._vectors = vectors
        self._reader = reader
        self._embedder = embedder
        self._parser_threads = parser_threads

    def files(self) -> list[FileRecord]:
        """Every line of the ledger, by path."""
        return self._catalog.files()

    def add(
        self, roots: Sequence[Path], cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Add or refresh `roots`, never drop others; when cancelled the finished documents stay.

        Raises `PathNotFound` before anything is added, `DiskFull`.
        """
        paths = [absolute(root) for root in roots]
        for path in paths:
            if not exists(path):
                raise PathNotFound(path)
        known = self._catalog.roots()
        for path in paths:
            if not any(path.is_relative_to(root) for root in known):
                self._catalog.add_root(path)
                known.append(path)
        self._removed.let_in(paths)
        return (yield from self._bring_in_line(paths, cancel, retry=True))

    def refresh(
        self, paths: Sequence[Path], cancel: CancelToken, *, retry: bool = True
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Read what changed under `paths`, or in the whole library when there are none.

        `retry` also tries again what could not be read before. Raises `NotInLibrary`, `DiskFull`.
        """
        wanted = [absolute(path) for path in paths]
        for path in wanted:
            self._root_of(path)
        return (
            yield from self._bring_in_line(wanted or self._catalog.roots(), cancel, retry=retry)
        )

    def remove(self, paths: Sequence[Path]) -> FilesChanged:
        """Forget `paths` and all below them, never the files; raises `NotInLibrary` before any.

        What lies in a folder that stays in the library is left out from now on, until it is added.
        """
        files = self._catalog.files()
        roots = self._catalog.roots()
        wanted = [absolute(path) for path in paths]
        gone: list[Path] = []
        for path in wanted:
            below = [file.path for file in files if file.path.is_relative_to(path)]
            if not below and path not in roots:
                raise NotInLibrary(path)
            gone += below
        self._vectors.delete(self._catalog.forget_files(gone))
        for root in roots:
            if any(root.is_relative_to(path) for path in wanted):
                self._catalog.remove_root(root)
        self._removed.forget_below(wanted)
        remaining = self._catalog.roots()
        self._removed.keep_out(
            path for path in wanted if any(path.is_relative_to(root) for root in remaining)
        )
        return FilesChanged((), tuple(dict.fromkeys(gone)))

    def _root_of(self, path: Path) -> Path:
        for root in self._catalog.roots():
            if path.is_relative_to(root):
                return root
        raise NotInLibrary(path)

    def _bring_in_line(
        self, paths: Sequence[Path], cancel: CancelToken, *, retry: bool
    ) -> Generator[IngestEvent, None, IngestSummary]:
        begun = time.monotonic()
        ledger = {file.path: file for file in self._catalog.files()}
        found, vanished = self._compare(paths, ledger, cancel)
        settled: list[FileRecord] = []
        waiting: list[FoundPath] = []
        unchanged = 0
        for item in found:
            before = ledger.get(item.path)
            if before is not None and _is_unchanged(before, item, retry=retry):
                unchanged += 1
            elif item.state is FileState.WAITING:
                waiting.append(item)
            else:
                settled.append(item.as_file())
        self._vectors.delete(self._catalog.forget_files([line.path for line in settled]))
        lines = [*settled, *(item.as_file() for item in waiting)]
        self._catalog.save_files(lines)
        yield FilesChanged(tuple(lines))
        try:
            read, failed, cancelled = yield from self._read(waiting, cancel)
        finally:
            missing, deleted = self._let_go(vanished, ledger, settled)
            self._catalog.erase_leftovers()
        if missing or deleted:
            yield FilesChanged(missing, deleted)
        return IngestSummary(
            read=read,
            unchanged=unchanged,
            failed=failed + sum(line.state is FileState.FAILED for line in settled),
            removed=len(deleted),
            seconds=time.monotonic() - begun,
            cancelled=cancelled,
        )

    def _compare(
        self, paths: Sequence[Path], ledger: dict[Path, FileRecord], cancel: CancelToken
    ) -> tuple[list[FoundPath], list[Path]]:
        """What is on the disk now, and which paths of the ledger are not there any more."""
        found: dict[Path, FoundPath] = {}
        vanished: list[Path] = []
        for path in paths:
            root = self._root_of(path)
            if exists(path):
                for item in scan(path, lambda file: readable(file) is not None):
                    cancel.check()
                    if not self._removed.covers(item.path):
                        found[item.path] = replace(item, root=root)
            vanished += [file for file in ledger if file.is_relative_to(path) and file not in found]
        return list(found.values()), list(dict.fromkeys(vanished))

    def _read(
        self, waiting: Sequence[FoundPath], cancel: CancelToken
    ) -> Generator[IngestEvent, None, tuple[int, int, bool]]:
        if not waiting:
            return 0, 0, False
        indexer = Indexer(
            catalog=self._catalog,
            vectors=self._vectors,
            embedder=self._embedder(),
            reader=self._reader,
            gate=self.gate,
            threads=self._parser_threads,
        )
        try:
            read, failed = yield from indexer.read(waiting, cancel)
        except Cancelled:
            done = [self._catalog.file(item.path) for item in waiting]
            read = sum(file is not None and file.state in _READ for file in done)
            failed = sum(file is not None and file.state is FileState.FAILED for file in done)
            return read, failed, True
        return read, failed, False

    def _let_go(
        self,
        vanished: Sequence[Path],
        ledger: dict[Path, FileRecord],
        settled: Sequence[FileRecord],
    ) -> tuple[tuple[FileRecord, ...], tuple[Path, ...]]:
        """Forget deleted files, but keep as missing those of a folder that cannot be reached."""
        closed = [line.path for line in settled if line.state is FileState.FAILED]
        missing: list[FileRecord] = []
        deleted: list[Path] = []
        for path in vanished:
            root = ledger[path].root
            folder = next((folder for folder in closed if path.is_relative_to(folder)), None)
            if folder is None and not exists(root.parent if path == root else root):
                folder = root.parent if path == root else root
            if folder is None:
                deleted.append(path)
            else:
                reason = f"“{folder}” cannot be reached. Connect its drive, or remove it here."
                missing.append(replace(ledger[path], state=FileState.MISSING, reason=reason))
        self._catalog.save_files(missing)
        self._vectors.delete(self._catalog.forget_files(deleted))
        return tuple(missing), tuple(deleted)


class _RemovedPaths:
    """What the user removed from folders that stay in the library; kept with the library."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._paths = {Path(path) for path in json.loads(catalog.setting(_REMOVED) or "[]")}

    def covers(self, path: Path) -> bool:
        """Whether `path` or a folder above it was removed."""
        return bool(self._paths) and not self._paths.isdisjoint((path, *path.parents))

    def keep_out(self, paths: Iterable[Path]) -> None:
        """Leave `paths` out from now on."""
        self._save(self._paths | set(paths))

    def let_in(self, paths: Sequence[Path]) -> None:
        """Let `paths` in again, which may lie below what was removed."""
        self._save({k for k in self._paths if not any(p.is_relative_to(k) for p in paths)})

    def forget_below(self, folders: Sequence[Path]) -> None:
        """Keep nothing about what lies in folders that leave the library as a whole."""
        self._save({k for k in self._paths if not any(k.is_relative_to(f) for f in folders)})

    def _save(self, paths: set[Path]) -> None:
        if paths != self._paths:
            self._paths = paths
            self._catalog.set_setting(_REMOVED, json.dumps(sorted(str(path) for path in paths)))


def _is_unchanged(before: FileRecord, now: FoundPath, *, retry: bool) -> bool:
    """Whether a `stat` shows that there is nothing new about a file."""
    if now.state is not FileState.WAITING:
        return before.state is now.state and before.reason == now.reason
    return (
        (before.state in _READ or (before.state is FileState.FAILED and not retry))
        and before.size_bytes == now.size_bytes
        and before.modified_ns == now.modified_ns
    )
