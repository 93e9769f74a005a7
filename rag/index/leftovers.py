"""Knows, over restarts, that Chroma's files still hold vectors that were deleted."""

from __future__ import annotations

import threading
import time
from pathlib import Path

LOOK_S = 1.0


class Leftovers:
    """What is left in Chroma's `folder`: a mark beside it, which outlives the process."""

    def __init__(self, folder: Path) -> None:
        self._mark = folder.with_name(folder.name + ".leftovers")
        self._declared: float | None = None

    @property
    def exist(self) -> bool:
        """Whether the folder is to be made anew."""
        return self._mark.exists()

    def declare(self) -> None:
        """Note that vectors are about to be deleted. Raises `OSError`."""
        self._mark.touch(mode=0o600)
        self._declared = time.monotonic()

    def are_gone(self) -> None:
        """Note that the folder was emptied. Raises `OSError`."""
        self._declared = None
        self._mark.unlink(missing_ok=True)

    def wait(self, quiet_s: float, closing: threading.Event) -> bool:
        """Wait until there are some and none came for `quiet_s`; False once `closing` is set."""
        while not closing.wait(min(quiet_s, LOOK_S)):
            declared = self._declared
            if declared is not None and time.monotonic() - declared >= quiet_s:
                return True
        return False
