"""Gathers changed paths until there is a moment of quiet, and merges them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

MOST_PATHS = 200  # more than this are told as the roots they lie in


class Gathering:
    """Changed paths, and when it is time to tell them; times are of one steady clock, seconds."""

    def __init__(self, quiet_s: float, longest_s: float) -> None:
        self._quiet_s = quiet_s
        self._longest_s = longest_s
        self._paths: set[Path] = set()
        self._first = self._last = 0.0

    def add(self, path: Path, now: float) -> None:
        """Note that something changed at `path`."""
        if not self._paths:
            self._first = now
        self._last = now
        self._paths.add(path)

    @property
    def due(self) -> float:
        """When `take` is due; infinity while there is nothing."""
        if not self._paths:
            return math.inf
        return min(self._last + self._quiet_s, self._first + self._longest_s)

    def take(self, roots: Sequence[Path]) -> tuple[Path, ...]:
        """All that was gathered, none within another, as few as there are in sensible places."""
        paths, self._paths = self._paths, set()
        if len(paths) > MOST_PATHS:
            paths = {root for path in paths for root in roots if path.is_relative_to(root)}
        return tuple(sorted(path for path in paths if paths.isdisjoint(path.parents)))
