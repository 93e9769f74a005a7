"""A parser process as its pool sees it: started, asked, watched, killed."""

from __future__ import annotations

import multiprocessing
import pickle
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import cast

import psutil

from rag.errors import (
    FileNotReadable,
    ReaderCrashed,
    ReaderFailed,
    ReadingTookTooLong,
    ReadingTookTooMuchMemory,
    UnreadableFile,
)
from rag.load import scratch
from rag.load.messages import OutOfMemory, Ready, Reply, Request
from rag.load.worker import serve

POLL_SECONDS = 0.05
START_SECONDS = 60.0  # a busy computer may need long to start a process; no file's fault
CHILDREN_SECONDS = 0.5  # looking for them costs some milliseconds
MAX_REPLY_BYTES = 1 << 29  # no worker that keeps its own limits sends as much
_SPAWN = multiprocessing.get_context("spawn")
_START_LOCK = threading.Lock()


class WorkerProcess:
    """One parser process; used by one thread at a time."""

    def __init__(
        self, memory_mb: int, *, background: bool, scratch_folder: Path | None = None
    ) -> None:
        """`scratch_folder` is the process's own, made here; it goes when the process does."""
        self.scratch_folder = scratch_folder
        if scratch_folder is not None:
            scratch.make(scratch_folder)
        self._memory_mb = memory_mb
        self._peak_mb = 0.0
        self._children_seen = 0.0
        self._started = False
        self.files_read = 0
        ours, theirs = _SPAWN.Pipe(duplex=True)
        lifeline, self._lifeline = _SPAWN.Pipe(duplex=False)
        self._pipe = cast("Connection", ours)  # on Windows another class with the same methods
        self._process = _SPAWN.Process(
            target=serve, args=(theirs, lifeline, memory_mb, background), daemon=True
        )
        with _START_LOCK:  # one at a time: starting inherits handles
            self._process.start()
        theirs.close()
        lifeline.close()
        self._stats = psutil.Process(self._process.pid) if self._process.pid else None

    @property
    def pid(self) -> int:
        """The process's number, 0 when it could not start."""
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def send(self, request: Request) -> None:
        """Ask; a dead process shows at `receive`."""
        with suppress(OSError):
            self._pipe.send(request)

    def wait_until_started(self, path: Path, check: Callable[[], None]) -> None:
        """Wait until it can be asked, calling `check` meanwhile; raises as `receive`.

        Whatever goes wrong up to here is not the fault of `path`: `FileNotReadable`.
        """
        if self._started:
            return
        try:
            self.receive(path, START_SECONDS, check, wanted=Ready)
        except ReaderFailed as error:
            raise FileNotReadable(path, "no parser process could start") from error

    def receive(
        self,
        path: Path,
        idle_seconds: float,
        check: Callable[[], None],
        wanted: type[Reply] | None = None,
    ) -> Reply:
        """Wait for the reply to a request about `path`, calling `check` meanwhile.

        Raises what `check` raises, or the reason why no reply will come; after either the
        process is in an unknown state and must be discarded.
        """
        patience = idle_seconds if self._started else max(idle_seconds, START_SECONDS)
        deadline = time.monotonic() + patience
        while True:
            check()
            ready = wait([self._pipe, self._process.sentinel], POLL_SECONDS)
            if self._pipe in ready:
                reply = self._reply(path)
                self._started = True
                if not isinstance(reply, Ready) or wanted is Ready:
                    return reply
                deadline = time.monotonic() + idle_seconds
                continue
            if ready:
                raise self._death(path)
            if time.monotonic() > deadline:
                raise ReadingTookTooLong(path, idle_seconds)

    def measured_mb(self) -> float:
        """The most memory that it ever held, with the programs that it started."""
        self.over_memory()
        return self._peak_mb

    def over_memory(self) -> bool:
        """Whether it ever held more memory than it may; to be asked several times a second."""
        if self._stats is not None:
            with suppress(psutil.Error):
                self._peak_mb = max(self._peak_mb, _peak_mb(self._stats))
                now = time.monotonic()
                if now - self._children_seen > CHILDREN_SECONDS:
                    self._children_seen = now
                    own = self._stats.memory_info().rss
                    self._peak_mb = max(self._peak_mb, _children_mb(self._stats) + own / 2**20)
        return self._peak_mb > self._memory_mb

    def check_memory(self) -> None:
        """End it when it holds more memory than it may."""
        if self.over_memory():
            self.kill()

    def kill(self) -> None:
        """End it at once with all that it started; whoever waits for it learns that it died."""
        children: list[psutil.Process] = []
        if self._stats is not None:
            with suppress(psutil.Error):
                children = self._stats.children(recursive=True)
        with suppress(OSError, ValueError):
            self._process.kill()
        for child in children:
            with suppress(psutil.Error):
                child.kill()

    def discard(self) -> None:
        """End it at once and free what belongs to it; it cannot be used any more."""
        self.kill()
        self._process.join(5)
        self._pipe.close()
        self._lifeline.close()
        if self.scratch_folder is not None:
            scratch.clear(self.scratch_folder)

    def _reply(self, path: Path) -> Reply:
        try:
            message = self._pipe.recv_bytes(MAX_REPLY_BYTES)
            reply = cast("Reply", pickle.loads(message))  # noqa: S301 - our own process wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            raise self._death(path) from None
        if isinstance(reply, OutOfMemory):
            raise ReadingTookTooMuchMemory(path, self._memory_mb)
        return reply

    def _death(self, path: Path) -> UnreadableFile:
        """A parser that is refused memory mostly aborts: tell that from a plain crash."""
        if self._peak_mb > 0.7 * self._memory_mb:
            return ReadingTookTooMuchMemory(path, self._memory_mb)
        return ReaderCrashed(path)


def _peak_mb(process: psutil.Process) -> float:
    """The most memory that a process ever held, as far as the system knows."""
    if sys.platform == "win32":
        return process.memory_info().peak_wset / 2**20
    peak = process.memory_info().rss / 2**20
    with suppress(OSError, ValueError):  # where there is no such file: it is looked at often
        for line in Path(f"/proc/{process.pid}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return max(peak, int(line.split()[1]) / 2**10)
    return peak


def _children_mb(process: psutil.Process) -> float:
    held = 0.0
    for child in process.children(recursive=True):
        with suppress(psutil.Error):
            held += child.memory_info().rss / 2**20
    return held
