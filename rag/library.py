"""The user's folders and files, kept in line with the disk: add, refresh, remove, status."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import Cancelled, NotInLibrary, PathNotFound
from rag.events import FilesChanged, IngestEvent
from rag.gate import ReadingGate
from rag.index.catalog import Catalog
from rag.ingest import Indexer
from rag.load import format_of
from rag.protocols import Embedder, VectorIndex
from rag.read_ahead import PageReader
from rag.records import FileRecord, FileState, IngestSummary
from rag.scan import FoundPath, scan

_SETTLED = {FileState.READY, FileState.PARTIAL, FileState.FAILED, FileState.SKIPPED}
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
        absolute = [root.expanduser().absolute() for root in roots]
        for root in absolute:
            if not root.exists():
                raise PathNotFound(root)
        known = self._catalog.roots()
        for root in absolute:
            if not any(root.is_relative_to(other) for other in known):
                self._catalog.add_root(root)
                known.append(root)
        return (yield from self._bring_in_line(absolute, cancel))

    def refresh(
        self, paths: Sequence[Path], cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Read what changed under `paths`, or in the whole library when there are none.

        A file that is named itself is read again in any case. Raises `NotInLibrary`, `DiskFull`.
        """
        for path in paths:
            self._root_of(path)
        return (yield from self._bring_in_line(paths or self._catalog.roots(), cancel))

    def remove(self, paths: Sequence[Path]) -> FilesChanged:
        """Forget `paths` and all below them, never the files; raises `NotInLibrary`."""
        absolute = [path.expanduser().absolute() for path in paths]
        files = self._catalog.files()
        roots = self._catalog.roots()
        gone: list[Path] = []
        for path in absolute:
            below = [file.path for file in files if file.path.is_relative_to(path)]
            if not below and path not in roots:
                raise NotInLibrary(path)
            gone += below
            for root in roots:
                if root.is_relative_to(path):
                    self._catalog.remove_root(root)
        self._vectors.delete(self._catalog.forget_files(gone))
        return FilesChanged((), tuple(dict.fromkeys(gone)))

    def _root_of(self, path: Path) -> Path:
        for root in self._catalog.roots():
            if path.is_relative_to(root):
                return root
        raise NotInLibrary(path)

    def _bring_in_line(
        self, paths: Sequence[Path], cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        begun = time.monotonic()
        ledger = {file.path: file for file in self._catalog.files()}
        found, vanished = self._compare(paths, ledger, cancel)
        asked_for = set(paths)
        settled: list[FileRecord] = []
        waiting: list[FoundPath] = []
        unchanged = 0
        for item in found:
            before = ledger.get(item.path)
            if before is not None and item.path not in asked_for and _is_unchanged(before, item):
                unchanged += 1
            elif item.state is FileState.WAITING:
                waiting.append(item)
            else:
                settled.append(_line(item))
        self._vectors.delete(self._catalog.forget_files([line.path for line in settled]))
        lines = [*settled, *(_line(item) for item in waiting)]
        self._catalog.save_files(lines)
        yield FilesChanged(tuple(lines))
        read, failed, cancelled = yield from self._read(waiting, cancel)
        yield from self._let_go(vanished, ledger)
        failed += sum(line.state is FileState.FAILED for line in settled)
        return IngestSummary(
            read=read,
            unchanged=unchanged,
            failed=failed,
            removed=len(vanished),
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
            if path.exists():
                for item in scan(path, lambda file: format_of(file) is not None):
                    cancel.check()
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
        self, vanished: Sequence[Path], ledger: dict[Path, FileRecord]
    ) -> Generator[IngestEvent, None, None]:
        """Forget deleted files; those of a folder that is gone as a whole are kept as missing."""
        deleted = [path for path in vanished if ledger[path].root.exists()]
        missing = [
            replace(
                ledger[path],
                state=FileState.MISSING,
                reason=f"“{ledger[path].root}” is not there. Connect its drive, or remove it.",
            )
            for path in vanished
            if not ledger[path].root.exists()
        ]
        self._catalog.save_files(missing)
        self._vectors.delete(self._catalog.forget_files(deleted))
        if deleted or missing:
            yield FilesChanged(tuple(missing), tuple(deleted))


def _is_unchanged(before: FileRecord, now: FoundPath) -> bool:
    """Whether a `stat` shows that there is nothing new about a file."""
    if now.state is not FileState.WAITING:
        return before.state is now.state and before.reason == now.reason
    return (
        before.state in _SETTLED
        and before.state is not FileState.SKIPPED
        and before.size_bytes == now.size_bytes
        and before.modified_ns == now.modified_ns
    )


def _line(item: FoundPath) -> FileRecord:
    return FileRecord(
        path=item.path,
        root=item.root,
        state=item.state,
        reason=item.reason,
        size_bytes=item.size_bytes,
        modified_ns=item.modified_ns,
    )
