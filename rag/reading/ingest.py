"""Brings files into the library: parsed ahead, embedded as they come, written beside that.

Small files go first, and of those of like size the last changed; what costs minutes goes last, and
while it is embedded small files overtake it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.cancel import CancelToken
from rag.disk.scan import FoundPath
from rag.events import FilesChanged, IngestEvent, ReadingProgress
from rag.index.catalog import Catalog
from rag.load.how import PLAINLY, HowToRead
from rag.protocols import Embedder, VectorIndex
from rag.reading.counting import OpenCounter, no_counter
from rag.reading.embedding_desk import Desk, Share
from rag.reading.gate import ReadingGate
from rag.reading.pace import Begun, FileSize, Pace
from rag.reading.read_ahead import (
    InWork,
    Outcome,
    PageReader,
    ParsedFile,
    ReadAhead,
    TwinInWork,
)
from rag.reading.writer import EmbeddedFile, Writer, Written
from rag.records import FileRecord, FileState

_POLL_S = 0.1
_PROGRESS_S = 0.1
_WORTH_LEARNING_S = 10.0
_LONG_BYTES = 1_000_000
_TRIAL_TEXT = "The quick brown fox jumps over the lazy dog. " * 18
_TRIAL_TEXTS = 4
_DAY_NS = 86_400 * 10**9
_LEARNT = "pace"  # the setting that keeps how fast this computer reads
_READ = {FileState.READY, FileState.PARTIAL}


@dataclass(slots=True)
class _Tally:
    """What a reading has done so far."""

    total: int
    done: int = 0
    read: int = 0
    failed: int = 0

    def count(self, record: FileRecord) -> None:
        self.done += 1
        self.read += record.state in _READ
        self.failed += record.state is FileState.FAILED


@dataclass(slots=True)
class _Run:
    """A stretch of a reading, with all that is in work."""

    tally: _Tally
    cancel: CancelToken
    ahead: ReadAhead
    desk: Desk
    writer: Writer
    pace: Pace
    waited_before_s: float
    begun: float = field(default_factory=time.monotonic)
    shown: float = 0.0
    again: list[FoundPath] = field(default_factory=list[FoundPath])
    suspects: list[FoundPath] = field(default_factory=list[FoundPath])

    def close(self) -> None:
        self.ahead.close()
        self.writer.close()


@dataclass(frozen=True, slots=True)
class Indexer:
    """The parts that reading needs, and the order in which they are used."""

    catalog: Catalog
    vectors: VectorIndex
    embedder: Embedder
    reader: PageReader
    gate: ReadingGate
    threads: int
    how: HowToRead = PLAINLY
    open_counter: OpenCounter = no_counter

    def read(
        self, files: Sequence[FoundPath], cancel: CancelToken
    ) -> Generator[IngestEvent, None, tuple[int, int]]:
        """Read `files` in the order of `queue_key`; ends in how many were read and how many failed.

        What a reader did not survive for the first time is tried once more at the end, alone. When
        cancelled, what was finished stays and the rest keeps waiting. Raises `Cancelled`,
        `DiskFull`.
        """
        suspects = [found for found in files if found.failures]
        others = [found for found in files if not found.failures]
        rank = {root: -number for number, root in enumerate(self.catalog.roots())}
        others.sort(key=lambda found: (rank.get(found.root, 0), *queue_key(found)))
        tally = _Tally(len(files))
        while others:
            run = yield from self._read_all(others, tally, cancel, self.threads)
            suspects += run.suspects
            others = run.again
        for suspect in suspects:
            yield from self._read_all([suspect], tally, cancel, 1, is_second_try=True)
        return tally.read, tally.failed

    def _read_all(
        self,
        files: Sequence[FoundPath],
        tally: _Tally,
        cancel: CancelToken,
        threads: int,
        *,
        is_second_try: bool = False,
    ) -> Generator[IngestEvent, None, _Run]:
        """Read `files`, which may be a part of what is to be read."""
        cancel.check()
        run = self._begin(files, tally, cancel, threads, is_second_try=is_second_try)
        try:
            run.ahead.start(files)
            while not (run.ahead.is_done and run.desk.is_empty and not run.writer.is_busy):
                yield from self._rest(run)
                yield from self._settle(run, run.writer.take())
                self._fill_desk(run)
                if run.desk.is_empty:
                    yield from self._settle(run, run.writer.take(self._idle_s(run)))
                elif run.writer.is_full:
                    yield from self._settle(run, run.writer.take(_POLL_S))
                else:
                    yield from self._embed(run)
                yield from self._tell(run)
            yield self._progress(run)
        finally:
            run.close()
        if self._now_s(run) > _WORTH_LEARNING_S:
            self.catalog.set_setting(_LEARNT, run.pace.learnt())
        return run

    def _begin(
        self,
        files: Sequence[FoundPath],
        tally: _Tally,
        cancel: CancelToken,
        threads: int,
        *,
        is_second_try: bool,
    ) -> _Run:
        how = replace(self.how, is_second_try=is_second_try)
        pace = Pace(threads)
        pace.remember(self.catalog.setting(_LEARNT) or "")
        pace.expect(_size(found) for found in files)
        if not pace.knows_embedder and sum(found.size_bytes for found in files) > _LONG_BYTES:
            self._time_embedder(pace)
        identity = self.embedder.identity
        in_use = self.catalog.embedders.in_use()
        embeds = in_use is None or in_use.fingerprint == identity.fingerprint
        return _Run(
            tally=tally,
            cancel=cancel,
            ahead=ReadAhead(self.reader, self.catalog, self.gate, how, threads),
            desk=Desk(self.catalog, self.embedder if embeds else None, identity),
            writer=Writer(self.catalog, self.vectors, identity.fingerprint, self.open_counter),
            pace=pace,
            waited_before_s=self.gate.waited_s,
        )

    def _time_embedder(self, pace: Pace) -> None:
        """Learn its speed before there is anything to embed: a long file comes late to that."""
        begun = time.monotonic()
        self.embedder.embed_passages([_TRIAL_TEXT] * _TRIAL_TEXTS)
        pace.timed(_TRIAL_TEXTS, time.monotonic() - begun)

    def _rest(self, run: _Run) -> Iterator[IngestEvent]:
        """Wait at the gate, and tell why."""
        for _ in self.gate.rest(run.cancel):
            if self.gate.paused or self.gate.waits_for:
                yield self._progress(run)

    @staticmethod
    def _idle_s(run: _Run) -> float:
        """How long to wait for the writer where the desk is empty: not, while files are parsed."""
        return _POLL_S if run.ahead.is_done else 0.0

    def _fill_desk(self, run: _Run) -> None:
        """Take what was parsed, as long as there is room; wait a little where there is nothing."""
        while run.desk.has_room:
            wait_s = _POLL_S if run.desk.is_empty and not run.ahead.is_done else 0.0
            outcome = run.ahead.take(wait_s)
            if outcome is None:
                return
            self._take(run, outcome)

    def _take(self, run: _Run, outcome: Outcome) -> None:
        file = _size(outcome.found)
        run.pace.left_queue(file)
        if isinstance(outcome, ParsedFile):
            chunks = len(outcome.chunks)
            run.pace.parsed(file, len(outcome.pages), chunks, outcome.seconds)
            run.desk.put(outcome)
        elif isinstance(outcome, TwinInWork):
            run.again.append(outcome.found)
        else:
            run.writer.put(outcome)

    def _embed(self, run: _Run) -> Iterator[IngestEvent]:
        """Embed one portion of what lies on the desk, batch by batch."""
        begun, waited_s = time.monotonic(), self.gate.waited_s
        for share in run.desk.embed_portion():
            now = time.monotonic()
            spent = now - begun - (self.gate.waited_s - waited_s)
            self._count(run, share, spent)
            begun, waited_s = now, self.gate.waited_s
            yield from self._rest(run)
            yield from self._settle(run, run.writer.take())
            yield from self._tell(run)
        for finished in run.desk.take_finished():
            run.writer.put(finished)

    def _count(self, run: _Run, share: Share, seconds: float) -> None:
        if not share.was_known:
            run.pace.timed(share.chunks, seconds)
        run.pace.embedded(share.chunks, share.pages, self._now_s(run))

    def _settle(self, run: _Run, written: Sequence[Written]) -> Iterator[IngestEvent]:
        """Count and tell what is in the catalog now."""
        for one in written:
            if isinstance(one.source, EmbeddedFile):
                run.ahead.is_done_with(one.source.parsed)
            record = one.record
            if record is None:
                run.again.append(replace(one.source.found, document_id=None))
                continue
            if record.failures and not record.quarantined:
                run.suspects.append(
                    replace(one.source.found, failures=record.failures, reason=record.reason)
                )
            else:
                run.tally.count(record)
            yield FilesChanged((record,))

    def _tell(self, run: _Run) -> Iterator[IngestEvent]:
        """The progress, now and then."""
        now = time.monotonic()
        if now - run.shown > _PROGRESS_S:
            run.shown = now
            yield self._progress(run)

    def _now_s(self, run: _Run) -> float:
        """The seconds of reading so far, without pauses."""
        waited_s = self.gate.waited_s - run.waited_before_s
        return time.monotonic() - run.begun - waited_s

    def _progress(self, run: _Run) -> ReadingProgress:
        current, now_s = run.ahead.current, self._now_s(run)
        begun = [_begun(work) for work in run.ahead.in_work()]
        return ReadingProgress(
            files_done=run.tally.done,
            files_total=run.tally.total,
            current=current.found.path if current else None,
            page=current.page if current else 0,
            pages=current.pages if current else 0,
            seconds_left=run.pace.seconds_left(now_s, begun),
            paused=self.gate.paused,
            pages_per_minute=run.pace.pages_per_minute(now_s),
            waits_for=self.gate.waits_for,
        )


def queue_key(found: FoundPath) -> tuple[int, int, bytes]:
    """The order of reading: smaller files first, of like size those changed on the latest day.

    Sizes are alike within a factor of four, and all below 64 KB; then the path decides.
    """
    size_class = max(0, found.size_bytes.bit_length() - 15) // 2
    return size_class, -(found.modified_ns // _DAY_NS), os.fsencode(found.path)


def _size(found: FoundPath) -> FileSize:
    return FileSize(Path(found.path).suffix.lower(), found.size_bytes)


def _begun(work: InWork) -> Begun:
    return Begun(_size(work.found), work.page, work.pages, work.seconds)
