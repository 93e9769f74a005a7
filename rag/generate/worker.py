"""The one thread in which all contexts of a model compute."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from rag.cancel import CancelToken
from rag.errors import GenerationFailed
from rag.generate.binding import Aborted, StopFlag

E = TypeVar("E")
R = TypeVar("R")
_POLL_S = 0.05
_END_S = 0.7


@dataclass(slots=True, eq=False)
class _Job:
    """Work on its way through the thread."""

    flag: StopFlag  # of the context it works in
    is_urgent: bool
    stopped: bool = False  # by who asked for it, or because its context is closed


class Worker:
    """Runs jobs one after the other; any thread may ask for one and wait.

    Urgent ones go before the others, which are short steps of something long: a step that runs
    is stopped, and done again after them.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llama")
        self._turn = threading.Lock()
        self._running: _Job | None = None
        self._jobs: set[_Job] = set()  # that run or wait
        self._closed = False

    @property
    def is_idle(self) -> bool:
        """Nothing runs or waits."""
        return not self._jobs

    def check_open(self) -> None:
        """Raise `GenerationFailed` after `close`."""
        if self._closed:
            raise GenerationFailed("the model was closed")

    def close(self, last: Callable[[], None]) -> None:
        """Stop what computes and waits, do `last` in the thread, and end it."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            for job in self._jobs:
                self._halt(job)
            self._thread.submit(last)
        self._thread.shutdown(wait=True)

    def stop(self, flag: StopFlag) -> None:
        """Stop what computes or waits in the context with `flag`."""
        with self._turn:
            for job in self._jobs:
                if job.flag is flag:
                    self._halt(job)

    def stream(
        self, flag: StopFlag, work: Callable[[Callable[[E], None]], R], cancel: CancelToken
    ) -> Generator[E, None, R]:
        """Yield what `work`, an urgent job, tells and return what it returns; `flag` stops it.

        Raises `Cancelled` within a second, `GenerationFailed` when it is closed meanwhile.
        """
        events: queue.SimpleQueue[E | None] = queue.SimpleQueue()  # None comes last

        def run() -> R:
            try:
                return work(events.put)
            finally:
                events.put(None)

        job = _Job(flag, is_urgent=True)
        future = self._submit(job, run)
        try:
            while True:
                cancel.check()
                try:
                    event = events.get(timeout=_POLL_S)
                except queue.Empty:
                    if future.done():
                        break
                    continue
                if event is None:
                    break
                yield event
            return _result(future)
        finally:
            self._end(job, future)

    def step(
        self,
        flag: StopFlag,
        work: Callable[[], R],
        cancel: CancelToken,
        *,
        is_urgent: bool = False,
    ) -> R:
        """Do `work`, which `flag` stops, and again where it had to wait for an urgent job.

        Raises `Cancelled` within a second, `GenerationFailed` when it is closed meanwhile.
        """
        while True:
            cancel.check()
            job = _Job(flag, is_urgent)
            future = self._submit(job, work)
            try:
                while not future.done():
                    cancel.check()
                    wait([future], _POLL_S)
                if job.stopped or self._closed or not isinstance(future.exception(), Aborted):
                    return _result(future)
            finally:
                self._end(job, future)

    def later(self, work: Callable[[], R]) -> Future[R]:
        """Do `work`, which nothing stops, after all that was asked for so far."""
        with self._turn:
            self.check_open()
            return self._thread.submit(work)

    # ------------------------------------------------------------ the thread's side

    def _submit(self, job: _Job, work: Callable[[], R]) -> Future[R]:
        with self._turn:
            self.check_open()
            self._jobs.add(job)
            if job.is_urgent and self._running and not self._running.is_urgent:
                self._running.flag.set()
            future = self._thread.submit(self._run, job, work)
        future.add_done_callback(lambda _: self._forget(job))
        return future

    def _forget(self, job: _Job) -> None:
        with self._turn:
            self._jobs.discard(job)

    def _run(self, job: _Job, work: Callable[[], R]) -> R:
        with self._turn_of(job):
            return work()

    @contextmanager
    def _turn_of(self, job: _Job) -> Generator[None]:
        with self._turn:
            waiting = not job.is_urgent and any(other.is_urgent for other in self._jobs)
            if job.stopped or self._closed or waiting:
                raise Aborted
            job.flag.clear()
            self._running = job
        try:
            yield
        finally:
            with self._turn:
                self._running = None

    def _halt(self, job: _Job) -> None:
        job.stopped = True
        if self._running is job:
            job.flag.set()

    def _end(self, job: _Job, future: Future[R]) -> None:
        if not future.cancel():
            with self._turn:
                self._halt(job)
            wait([future], _END_S)  # what cannot be stopped in time ends behind the caller's back


def _result(future: Future[R]) -> R:
    try:
        return future.result()
    except Aborted as error:
        raise GenerationFailed("the model was closed") from error
