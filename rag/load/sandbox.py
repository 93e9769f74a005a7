"""Killable parser processes: what a file can break is one of these, never the engine."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import (
    Cancelled,
    CorruptFile,
    EncryptedFile,
    FileNotReadable,
    ReaderCrashed,
    ReadingTookTooLong,
    SourceChanged,
    UnknownFormat,
    WrongPassword,
)
from rag.load import FORMATS, Format, readable, scratch
from rag.load.costs import FileCost, TimeBudget
from rag.load.how import PLAINLY, HowToRead
from rag.load.messages import (
    Batch,
    Boxes,
    DrawPage,
    Failure,
    FindBoxes,
    GiveUp,
    GoOn,
    ReadFile,
    Reply,
)
from rag.load.process import WorkerProcess
from rag.long_paths import for_system
from rag.records import Box, DocumentInfo, Page, PagePicture

FILES_PER_WORKER = 200  # then it is replaced: native parsers leak
WATCH_SECONDS = 0.1
COSTS_KEPT = 10_000
BOXES_PATIENCE_S = 2.0  # an answer waits no longer while a hard page is being drawn


def _go_on() -> None:
    """Let every batch be read at once."""


class ParserPool:
    """Killable parser processes, reused.

    One is replaced after a crash, a broken limit or 200 files; they start when they are first
    needed. Safe to use from several threads.
    """

    def __init__(
        self,
        workers: int,
        idle_seconds: float,
        memory_mb: int,
        formats: Sequence[Format] = FORMATS,
        scratch_folder: Path | None = None,
    ) -> None:
        """`scratch_folder` is the pool's own: cleared now, it never keeps what was read."""
        self._formats = formats
        self._scratch_folder = scratch_folder
        self._numbers = itertools.count(1)
        if scratch_folder is not None:
            scratch.clear(scratch_folder)
        self._idle_seconds = idle_seconds
        self._memory_mb = memory_mb
        self._free: list[WorkerProcess | None] = [None] * max(1, workers)
        self._changed = threading.Condition()
        self._busy: set[WorkerProcess] = set()
        self._closed = False
        self._watch: threading.Thread | None = None
        self._viewer: WorkerProcess | None = None
        self._viewer_lock = threading.Lock()
        self._passwords: tuple[str, ...] = ()
        self.costs: deque[FileCost] = deque(maxlen=COSTS_KEPT)
        """What the last files cost."""

    def offer_passwords(self, passwords: Sequence[str]) -> None:
        """Try these on locked files from now on, besides those before; they are kept nowhere."""
        self._passwords = tuple(dict.fromkeys((*self._passwords, *passwords)))

    def read(
        self,
        path: Path,
        cancel: CancelToken,
        before_batch: Callable[[], None] = _go_on,
        how: HowToRead = PLAINLY,
    ) -> Generator[DocumentInfo | Page, None, None]:
        """Yield the file's `DocumentInfo`, then its pages in order.

        At most one batch is read ahead. `before_batch` is called before each batch is read and
        may block; that time counts against no limit. Raises `UnreadableFile` with the true
        reason, or `Cancelled`; closing the generator stops the reading.
        """
        found = readable(path, self._formats)
        if found is None:
            raise UnknownFormat(path)
        worker = self._take(path, cancel, is_new=how.is_second_try)
        waiting = False  # for our next word, so that it can be used again
        budget = TimeBudget(path, self._idle_seconds)

        def check() -> None:
            cancel.check()
            budget.check()

        try:
            worker.wait_until_started(path, cancel.check)
            before_batch()
            how = replace(how, scratch=worker.scratch_folder, passwords=self._passwords)
            worker.send(ReadFile(for_system(path), found.reader, how))
            while True:
                with budget.running():
                    reply = worker.receive(path, self._idle_seconds, check)
                waiting = True
                if not isinstance(reply, Batch):
                    raise self._reason(reply, path)
                budget.pages += len(reply.items)
                if not reply.last:
                    before_batch()
                    cancel.check()
                    worker.send(GoOn())
                    waiting = False
                yield from reply.items
                if reply.last:
                    return
        except (ReaderCrashed, FileNotReadable):
            if self._closed:
                raise Cancelled from None
            raise
        finally:
            self.costs.append(FileCost(path, budget.spent_s, budget.pages, worker.measured_mb()))
            self._give_back(worker, reusable=waiting)

    def render(self, path: Path, page: int, scale: float) -> PagePicture:
        """Draw a page at `scale` pixels per point, fewer where the page is enormous.

        Raises `SourceChanged` when the file or the page is gone, else `UnreadableFile`.
        """
        reply = self._view(path, DrawPage(for_system(path), page, scale, self._passwords))
        if isinstance(reply, PagePicture):
            return reply
        raise self._reason(reply, path)

    def boxes(self, path: Path, page: int, glyphs: Sequence[int]) -> tuple[Box, ...]:
        """Where characters of a page are as it is shown, one box per line; raises as `render`."""
        wanted = tuple(int(glyph) for glyph in glyphs if glyph >= 0)
        if not wanted:
            return ()
        reply = self._view(
            path, FindBoxes(for_system(path), page, wanted, self._passwords), BOXES_PATIENCE_S
        )
        if isinstance(reply, Boxes):
            return reply.boxes
        raise self._reason(reply, path)

    def close(self) -> None:
        """End every process; readings in work end as `Cancelled`."""
        with self._changed:
            self._closed = True
            busy = list(self._busy)
            idle = [worker for worker in self._free if worker is not None]
            self._free = []
            self._changed.notify_all()
        for worker in busy:
            worker.kill()
        for worker in idle:
            worker.discard()
        with self._viewer_lock:
            if self._viewer is not None:
                self._viewer.discard()
                self._viewer = None
        if self._watch is not None:
            self._watch.join()
        if self._scratch_folder is not None:
            scratch.clear(self._scratch_folder)

    def _take(self, path: Path, cancel: CancelToken, *, is_new: bool) -> WorkerProcess:
        """Wait for a free place and its process, started or replaced where needed."""
        with self._changed:
            while not self._free and not self._closed:
                cancel.check()
                self._changed.wait(WATCH_SECONDS)
            if self._closed:
                raise Cancelled
            cancel.check()
            place = max(range(len(self._free)), key=lambda i: self._free[i] is not None)
            worker = self._free.pop(place)
            if self._watch is None:
                self._watch = threading.Thread(target=self._watch_memory, daemon=True)
                self._watch.start()
        if worker is not None and (is_new or not worker.alive):
            worker.discard()
            worker = None
        if worker is None:
            try:
                folder = self._scratch_folder and self._scratch_folder / str(next(self._numbers))
                worker = WorkerProcess(self._memory_mb, background=True, scratch_folder=folder)
            except OSError as error:
                with self._changed:
                    self._free.append(None)
                raise FileNotReadable(path, f"no parser process could start: {error}") from error
        with self._changed:
            self._busy.add(worker)
        return worker

    def _give_back(self, worker: WorkerProcess, *, reusable: bool) -> None:
        worker.files_read += 1
        if reusable:
            worker.send(GiveUp())  # a worker that is at no file ignores it
        keep = reusable and worker.files_read < FILES_PER_WORKER and not self._closed
        if not keep:
            worker.discard()
        with self._changed:
            self._busy.discard(worker)
            self._free.append(worker if keep else None)
            self._changed.notify()

    def _watch_memory(self) -> None:
        """Kill what grows over the limit, also while nobody waits for it."""
        with self._changed:
            while not self._closed:
                for worker in self._busy:
                    worker.check_memory()
                self._changed.wait(WATCH_SECONDS)

    def _view(self, path: Path, request: DrawPage | FindBoxes, patience_s: float = -1) -> Reply:
        """Ask the viewing worker, which does nothing else and so never waits for a reading."""
        if not for_system(path).is_file():
            raise SourceChanged(path)
        if not self._viewer_lock.acquire(timeout=patience_s):
            raise ReadingTookTooLong(path, patience_s)
        try:
            if self._closed:
                raise Cancelled
            if self._viewer is not None and not self._viewer.alive:
                self._viewer.discard()
                self._viewer = None
            if self._viewer is None:
                self._viewer = WorkerProcess(self._memory_mb, background=False)
            viewer = self._viewer
            try:
                viewer.send(request)
                return viewer.receive(path, self._idle_seconds, viewer.check_memory)
            except BaseException:
                viewer.discard()
                self._viewer = None
                raise
        except OSError as error:  # no process could be started
            raise ReaderCrashed(path) from error
        finally:
            self._viewer_lock.release()

    def _reason(self, reply: Reply, path: Path) -> Exception:
        """The error a reply stands for that is not what was asked for."""
        if not isinstance(reply, Failure):
            return CorruptFile(path)
        error = reply.error()
        return WrongPassword(path) if type(error) is EncryptedFile and self._passwords else error
