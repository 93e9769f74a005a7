"""Lets reading wait while the user paused it or a question is being answered."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

from rag.cancel import CancelToken

_POLL_S = 0.1  # how soon a cancelled wait ends


class ReadingGate:
    """Passed by reading at each batch border; closed by a pause or by questions in work."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._questions = 0
        self._paused = False

    @property
    def paused(self) -> bool:
        """Whether the user paused reading."""
        return self._paused

    def pause(self) -> None:
        """Hold reading until `resume`."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Let reading go on."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    @contextmanager
    def question(self) -> Generator[None, None, None]:
        """Hold reading while a question is in work."""
        with self._changed:
            self._questions += 1
        try:
            yield
        finally:
            with self._changed:
                self._questions -= 1
                self._changed.notify_all()

    def wait(self, cancel: CancelToken) -> None:
        """Return once reading may go on; raises `Cancelled`."""
        with self._changed:
            while self._paused or self._questions:
                cancel.check()
                self._changed.wait(_POLL_S)
        cancel.check()
