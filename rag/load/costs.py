"""What reading a file costs its parser process, and when that is too much."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ReadingTookTooLong

ALLOWED_S = 10.0  # times the limit of one without progress: for a file as a whole,
ALLOWED_S_PER_PAGE = 1.0  # and for each page more. A scan takes some seconds, many when busy
MOST_ALLOWED_S = 1500.0  # half a day with the usual limit: some thousand scanned pages


@dataclass(frozen=True, slots=True)
class FileCost:
    """What one file cost: the record that limits are held to."""

    path: Path
    seconds: float  # without the time that it was made to wait
    pages: int
    peak_mb: float  # the most that its process held up to its end, with what it started


class TimeBudget:
    """The time that a file may take in all: it grows with the pages that were read.

    What makes each page just before its time is over ends here. Used by one thread.
    """

    def __init__(self, path: Path, idle_seconds: float) -> None:
        self.pages = 0
        self.spent_s = 0.0
        self._path = path
        self._idle_seconds = idle_seconds
        self._since = 0.0

    @property
    def allowed_s(self) -> float:
        """How long the file may take up to the page in work."""
        times = min(MOST_ALLOWED_S, ALLOWED_S + ALLOWED_S_PER_PAGE * self.pages)
        return self._idle_seconds * times

    @contextmanager
    def running(self) -> Generator[None, None, None]:
        """The reader works while the block lasts."""
        self._since, before_s = time.monotonic(), self.spent_s
        try:
            yield
        finally:
            self.spent_s = before_s + time.monotonic() - self._since

    def check(self) -> None:
        """Raise `ReadingTookTooLong` once it is spent; for within `running`."""
        if self.spent_s + time.monotonic() - self._since > self.allowed_s:
            raise ReadingTookTooLong(self._path, self.allowed_s, in_all=True)
