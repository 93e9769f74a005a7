"""The user's folders and files, kept in line with the disk: add, refresh, remove, status."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.cancel import CancelToken
from rag.disk.compare import READ, Comparison, Differences, expected_moves, is_new
from rag.disk.rules import BY_NAME, Rules
from rag.disk.scan import FoundPath, Scanner, absolute, exists
from rag.disk.vanished import Vanished
from rag.disk.watching import Watch
from rag.errors import Cancelled, NotInLibrary, PathNotFound
from rag.events import FilesChanged, IngestEvent
from rag.index.catalog import Catalog
from rag.load import readable
from rag.load.how import PLAINLY
from rag.long_paths import for_system
from rag.options import Options
from rag.outcome import Outcome
from rag.protocols import Embedder, VectorIndex
from rag.reading.counting import OpenCounter, TokenDesk, no_counter
from rag.reading.gate import ReadingGate
from rag.reading.ingest import Indexer
from rag.reading.read_ahead import PageReader
from rag.records import FileRecord, FileState, IngestSummary
from rag.remembered import RemovedPaths, ScanTimes


def _nothing(_folder: Path) -> None:
    """Tell nobody."""


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
        self.rules = Rules(Options())
        """What is left out, from the next scan on."""
        self.how = PLAINLY
        """How files are read, from the next reading on."""
        self.open_counter: OpenCounter = no_counter
        """Who counts the tokens of what is read, from the next reading on."""
        self._watch: Watch | None = None
        self._noticed: deque[Path] = deque()
        self._removed = RemovedPaths(catalog)
        self._scans = ScanTimes(catalog)
        self._catalog = catalog
        self._vectors = vectors
        self._reader = reader
        self._embedder = embedder
        self._parser_threads = parser_threads

    def files(self) -> list[FileRecord]:
        """Every line of the ledger, by path."""
        return [self._scans.brought_up(line) for line in self._catalog.files()]

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
            if not any(path.is_relative_to(root) for root in known) or self._is_left_out(path):
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

    def catch_up(
        self, paths: Sequence[Path], cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Read what changed by itself at or below `paths`, in the whole library without any.

        What is not in the library, or not any more, is nobody's business. Raises `DiskFull`.
        """
        roots = self._catalog.roots()
        wanted = [path for path in paths if not {path, *path.parents}.isdisjoint(roots)]
        if paths and not wanted:
            return IngestSummary(0, 0, 0, 0, 0.0)
        return (yield from self._bring_in_line(wanted or roots, cancel, retry=False))

    def notice(self, paths: Sequence[Path]) -> None:
        """Let a reading in hand forget what was deleted at or below `paths`; from any thread.

        The rest of what changed there waits for `catch_up`.
        """
        self._noticed.extend(paths)

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
        self._scans.note((), 0.0, remaining)
        self._removed.keep_out(
            path for path in wanted if any(path.is_relative_to(root) for root in remaining)
        )
        self._follow_changes(self._catalog.files())
        return FilesChanged((), tuple(dict.fromkeys(gone)))

    def count_tokens(self, cancel: CancelToken) -> Generator[None, None, None]:
        """Count the tokens of what was read before, or for another model; for quiet moments.

        A document with each `next`; questions go first. Raises `Cancelled`, `DiskFull`.
        """
        desk = TokenDesk(self._catalog, self.open_counter)
        try:
            for _ in desk.count_missing(cancel):
                for _ in self.gate.rest(cancel):
                    pass
                yield
        finally:
            desk.close()

    def begin_watching(self, watch: Watch) -> None:
        """Let `watch` notice changes; folders are watched once they were scanned."""
        self._watch = watch
        self._follow_changes(self._catalog.files())

    def stop_watching(self) -> None:
        """Notice nothing any more."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _follow_changes(self, lines: Sequence[FileRecord]) -> None:
        if self._watch is not None:
            self._watch.follow(self._catalog.roots(), lines)

    def _is_left_out(self, path: Path) -> bool:
        """Whether a rule for names keeps `path` out of the root that it lies in."""
        scanner = Scanner(_is_readable, self.rules)
        first = next(scanner.scan(path, self._root_of(path)), None)
        return first is not None and first.rule in BY_NAME and path.is_relative_to(first.path)

    def _root_of(self, path: Path) -> Path:
        """The innermost root that holds `path`."""
        holding = [root for root in self._catalog.roots() if path.is_relative_to(root)]
        if not holding:
            raise NotInLibrary(path)
        return max(holding, key=lambda root: len(root.parts))

    def _bring_in_line(
        self, paths: Sequence[Path], cancel: CancelToken, *, retry: bool
    ) -> Generator[IngestEvent, None, IngestSummary]:
        self._noticed.clear()  # what was noticed before is about to be seen
        known = {line.path: line for line in self._catalog.files()}
        run = _Run(time.monotonic(), known)
        differences = self._look(paths, known, cancel, retry=retry)
        self._vectors.delete(
            self._catalog.forget_files([line.path for line in differences.settled])
        )
        waiting = [item.as_file() for item in differences.waiting]
        lines = [*differences.settled, *waiting, *differences.missing]
        self._catalog.save_files([*lines, *differences.renewed])
        awaited, heirs, others = expected_moves(differences, known)
        at_once = sorted(set(differences.deleted).difference(awaited))
        yield from run.tell(lines, self._forget(at_once, run))
        try:
            yield from self._read(heirs, run, cancel)
            if not run.cancelled:  # else they wait for what may be them
                yield from run.tell((), self._forget(awaited, run))
                yield from self._read(others, run, cancel)
        finally:
            self._catalog.erase_leftovers()
        yield from self._drop_deleted(run)
        lines = self._catalog.files() if run.sent or run.gone else list(run.known.values())
        self._follow_changes(lines)
        yield from run.tell(_other_copies(lines, run))
        return IngestSummary(
            read=run.read,
            unchanged=differences.unchanged,
            failed=run.failed + sum(_failed(line) for line in differences.settled),
            removed=len(run.gone),
            seconds=time.monotonic() - run.begun,
            cancelled=run.cancelled,
        )

    def _look(
        self,
        paths: Sequence[Path],
        known: Mapping[Path, FileRecord],
        cancel: CancelToken,
        *,
        retry: bool,
    ) -> Differences:
        """Scan `paths` and the roots below them, and compare what is there with the ledger."""
        now = time.time()
        roots = self._catalog.roots()
        places = {path: self._root_of(path) for path in paths}
        places |= {r: r for r in roots if any(r.is_relative_to(path) for path in paths)}
        entering = _nothing
        if self._watch is not None:
            self._watch.cover(roots)
            entering = self._watch.enter
        scanner = Scanner(_is_readable, self.rules, entering)
        found: dict[Path, FoundPath] = {}
        for path, root in places.items():
            for item in scanner.scan(path, root, roots):
                cancel.check()
                if not self._removed.covers(item.path):
                    found[item.path] = item
        comparison = Comparison(now, retry, self._catalog.document_of, self._scans.last_seen)
        differences = comparison.of(found, known, _lines_below(places, known, roots))
        self._scans.note((path for path in places if path in roots), now, roots)
        return differences

    def _read(
        self, waiting: Sequence[FoundPath], run: _Run, cancel: CancelToken
    ) -> Generator[IngestEvent, None, None]:
        if not waiting:
            return
        indexer = Indexer(
            catalog=self._catalog,
            vectors=self._vectors,
            embedder=self._embedder(),
            reader=self._reader,
            gate=self.gate,
            threads=self._parser_threads,
            how=self.how,
            open_counter=self.open_counter,
        )
        reading = Outcome(indexer.read(waiting, cancel))
        try:
            for event in reading:
                run.note(event)
                yield event
                yield from self._let_go_of_noticed(run)
            read, failed = reading.result
        except Cancelled:
            run.cancelled = True
            done = [self._catalog.file(item.path) for item in waiting]
            read = sum(line is not None and line.state in READ for line in done)
            failed = sum(line is not None and _failed(line) for line in done)
        run.read += read
        run.failed += failed

    def _forget(self, deleted: Sequence[Path], run: _Run) -> Sequence[Path]:
        """Let go of deleted files; what took their place was first seen when they were."""
        if not deleted:
            return deleted
        heirs: list[FileRecord] = []
        gone = {path: line for path in deleted if (line := run.known.get(path)) is not None}
        by_document = {
            document_id: line.first_seen
            for path, line in gone.items()
            if (document_id := self._catalog.document_of(path)) is not None
        }
        for path in run.sent:
            if is_new(run.known.get(path)) and (document_id := self._catalog.document_of(path)):
                since = by_document.get(document_id)
                line = self._catalog.file(path)
                if since and line is not None:
                    heirs.append(replace(line, first_seen=min(since, line.first_seen)))
        self._vectors.delete(self._catalog.forget_files(deleted))
        self._catalog.save_files(heirs)
        return deleted

    def _let_go_of_noticed(self, run: _Run) -> Iterator[IngestEvent]:
        """Forget files that were deleted while others are read, unless they may have moved."""
        noticed = [self._noticed.popleft() for _ in range(len(self._noticed))]
        there = [path for path in noticed if os.path.lexists(for_system(path))]
        if len(there) == len(noticed) or any(path not in run.known for path in there):
            return
        gone = set(noticed).difference(there)
        judge = Vanished()
        deleted = [
            path
            for path, line in run.known.items()
            if not gone.isdisjoint((path, *path.parents))
            and path not in run.gone
            and not judge.reason_to_keep(line)
        ]
        yield from run.tell((), self._forget(deleted, run))

    def _drop_deleted(self, run: _Run) -> Iterator[IngestEvent]:
        """Forget what was deleted while it waited to be read."""
        judge = Vanished()
        deleted = [
            path
            for path, line in run.sent.items()
            if (line.state is FileState.FAILED or path in run.gone)
            and not os.path.lexists(for_system(path))
            and not judge.reason_to_keep(line)
        ]
        run.failed -= sum(run.sent[path].state is FileState.FAILED for path in deleted)
        yield from run.tell((), self._forget(deleted, run))


@dataclass(slots=True)
class _Run:
    """One reading: what the ledger said before it, and what was told of it since."""

    begun: float
    known: Mapping[Path, FileRecord]
    sent: dict[Path, FileRecord] = field(default_factory=dict[Path, FileRecord])
    gone: set[Path] = field(default_factory=set[Path])
    read: int = 0
    failed: int = 0
    cancelled: bool = False

    def tell(
        self, lines: Sequence[FileRecord], gone: Sequence[Path] = ()
    ) -> Iterator[FilesChanged]:
        """The event for new `lines` and for paths that are `gone`; none where there is neither."""
        if lines or gone:
            self.sent.update({line.path: line for line in lines})
            self.gone.update(gone)
            yield FilesChanged(tuple(lines), tuple(gone))

    def note(self, event: IngestEvent) -> None:
        """Remember what an event tells of files."""
        if isinstance(event, FilesChanged):
            self.sent.update({line.path: line for line in event.files})


def _other_copies(lines: Sequence[FileRecord], run: _Run) -> list[FileRecord]:
    """Those of `lines` that look otherwise now only because others came or went."""
    return [
        line
        for line in lines
        if (shown := run.sent.get(line.path) or run.known.get(line.path)) is not None
        and (shown.same_as, shown.like, shown.first_seen)
        != (line.same_as, line.like, line.first_seen)
    ]


def _lines_below(
    places: Collection[Path], known: Mapping[Path, FileRecord], roots: Sequence[Path]
) -> Collection[FileRecord]:
    """Those of the ledger's lines that are at and below `places`."""
    wanted = set(places)
    if wanted.issuperset(roots):
        return known.values()
    return [line for path, line in known.items() if not wanted.isdisjoint((path, *path.parents))]


def _is_readable(path: Path) -> bool:
    return readable(path) is not None


def _failed(line: FileRecord) -> bool:
    return line.state is FileState.FAILED
