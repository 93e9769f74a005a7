"""Keeps a reading, and dies at a moment of it: `python -m tests.faults.keeping FOLDER MOMENT`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from rag.generate.kvcache import SavedReadings
from tests.rag.generate.spans import ROOM, Spans, read_and_kept, some_tokens

TOKENS = 2_500
MOMENTS_PER_SEGMENT = 8  # fewer where the system has no folder to be synchronised
MOMENTS = 3 * MOMENTS_PER_SEGMENT


class Countdown:
    """Kills this process, as `kill -9` does, when so many moments went by."""

    def __init__(self, moments: int) -> None:
        self._left = moments

    def pass_by(self) -> None:
        """It was one of them."""
        if not self._left:
            psutil.Process().kill()
        self._left -= 1

    def before(self, call: Callable) -> Callable:
        """`call`, with a moment before it."""

        def counted(*arguments, **named):
            self.pass_by()
            return call(*arguments, **named)

        return counted


def main(folder: Path, moments: int) -> None:
    """Read and keep, with a moment at each thing that is done to the disk."""
    countdown = Countdown(moments)
    save_span = Spans.save_span

    def saved_slowly(context: Spans, file: Path, start: int, end: int) -> None:
        save_span(context, file, start, end)
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        countdown.pass_by()
        file.write_bytes(whole)

    Spans.save_span = saved_slowly
    os.fsync = countdown.before(os.fsync)
    Path.replace = countdown.before(Path.replace)
    unlink = Path.unlink

    def unlinked(path: Path, *, missing_ok: bool) -> None:
        if path.exists():
            countdown.pass_by()
        unlink(path, missing_ok=missing_ok)

    Path.unlink = unlinked
    read_and_kept(SavedReadings(folder, ROOM, 0), some_tokens(TOKENS))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
