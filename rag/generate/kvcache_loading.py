"""Checks the files of a saved reading ahead of their being loaded."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from rag.cancel import CancelToken
from rag.generate import halving
from rag.generate.kvcache_files import PART, StateFiles
from rag.generate.kvcache_manifest import Segment
from rag.generate.kvcache_shelf import SEGMENT

_UNFOLDED = ".whole" + PART


class BadSegment(Exception):
    """A segment's file is missing, or not what was written."""


class Checked:
    """The files of `segments`, each checked in a thread while the one before is loaded."""

    def __init__(self, files: StateFiles, segments: Sequence[Segment]) -> None:
        self._files, self._left = files, deque(segments)
        self._stop = CancelToken()
        # Unfolding takes longer than loading, so two threads do it.
        threads = 2 if any(segment.halved for segment in segments) else 1
        self._ahead = 1 + threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="checking")
        self._coming: deque[tuple[Segment, Future[str]]] = deque()

    @contextmanager
    def next(self) -> Generator[Path]:
        """The next segment's file, which holds what llama.cpp wrote.

        Raises `BadSegment`, and `OSError` where there is no room to unfold a halved one.
        """
        while self._left and len(self._coming) < self._ahead:
            segment = self._left.popleft()
            self._coming.append((segment, self._pool.submit(self._check, segment)))
        segment, checking = self._coming.popleft()
        name = checking.result()
        try:
            yield self._files.path(name)
        finally:
            if segment.halved:
                self._files.remove(name)

    def close(self) -> None:
        """End the checking."""
        self._stop.cancel()
        self._pool.shutdown(cancel_futures=True)
        for segment, _ in self._coming:
            self._files.remove(segment.name + _UNFOLDED)

    def _check(self, segment: Segment) -> str:
        """The name of the file to load."""
        name = segment.name + SEGMENT
        try:
            size, total = self._files.size(name), self._files.crc32(name, self._stop)
        except OSError as error:
            raise BadSegment(name) from error
        if (size, total) != (segment.size_bytes, segment.crc32):
            raise BadSegment(name)
        return self._unfold(segment) if segment.halved else name

    def _unfold(self, segment: Segment) -> str:
        unfolded = segment.name + _UNFOLDED
        target = self._files.create(unfolded)
        try:
            halving.unfold(self._files.path(segment.name + SEGMENT), target)
        except ValueError as error:
            self._files.remove(unfolded)
            raise BadSegment(segment.name) from error
        except OSError:
            self._files.remove(unfolded)
            raise
        return unfolded
