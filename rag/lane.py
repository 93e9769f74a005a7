"""A thread of the engine that does one job after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from rag.cancel import CancelToken

Job = Callable[[], None]


class Lane:
    """A thread that does one job after the other, all of which can be cancelled at once."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[tuple[Job, CancelToken] | None] = queue.SimpleQueue()
        self._tokens: set[CancelToken] = set()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Callable[[CancelToken], None]) -> None:
        """Do `job` after those before it."""
        cancel = CancelToken()
        self._tokens.add(cancel)
        self._jobs.put((lambda: job(cancel), cancel))

    def cancel(self) -> None:
        """Stop the job in hand and those that wait."""
        for cancel in list(self._tokens):
            cancel.cancel()

    @property
    def is_busy(self) -> bool:
        """Whether a job is in hand or waits."""
        return bool(self._tokens)

    @property
    def is_wanted(self) -> bool:
        """Whether a job waits for the one in hand."""
        return len(self._tokens) > 1

    def end(self, patience_s: float) -> bool:
        """Cancel everything; whether the thread ended in time."""
        self.cancel()
        self._jobs.put(None)
        self._thread.join(patience_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, cancel = item
            job()
            self._tokens.discard(cancel)
