"""The places that are watched, and whether a drive came or went there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol


class Eyes(Protocol):
    """Sees what changes in folders and tells each path, in a thread of its own."""

    def enter(self, folder: Path) -> None:
        """Watch a folder, where folders are watched one by one."""
        ...

    def keep(self, roots: Sequence[Path]) -> None:
        """Watch `roots`, and nothing else any more."""
        ...

    def close(self) -> None:
        """Watch nothing."""
        ...


class Places:
    """Roots and the folders of missing files, with what a `stat` of each told last."""

    def __init__(self) -> None:
        self.roots: tuple[Path, ...] = ()
        self._stamps: dict[Path, tuple[int, int] | None] = {}

    def watch(self, roots: Sequence[Path], away: Iterable[Path]) -> None:
        """Take these in place of those before."""
        self._stamps = {place: _stamp(place) for place in {*roots, *away}}
        self.roots = tuple(roots)

    def cover(self, roots: Sequence[Path]) -> None:
        """Let what lies in `roots` be of interest, from before they are scanned."""
        self.roots = tuple(roots)

    def covers(self, path: Path) -> bool:
        """Whether `path` is a root or lies in one."""
        return not {path, *path.parents}.isdisjoint(self.roots)

    def moved(self) -> list[Path]:
        """The places that are something else now than they were at the last look."""
        changed: list[Path] = []
        stamps = self._stamps
        for place, before in list(stamps.items()):
            now = _stamp(place)
            if now != before:
                stamps[place] = now
                changed.append(place)
        return changed


def _stamp(place: Path) -> tuple[int, int] | None:
    """What tells a folder from another one in its place; None where there is none."""
    try:
        facts = place.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
