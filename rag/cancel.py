"""How long work is told to stop."""

from __future__ import annotations

import threading

from rag.errors import Cancelled


class CancelToken:
    """A flag that any thread may set and long work polls."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it does so within a second."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` once the work was asked to stop."""
        if self._event.is_set():
            raise Cancelled
