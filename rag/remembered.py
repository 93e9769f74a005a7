"""What the library remembers beside its ledger: what was removed, and when it last looked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from rag.index.catalog import Catalog
from rag.records import FileRecord, FileState

_REMOVED = "removed"  # the settings that keep them
_SCANNED = "scanned"


class RemovedPaths:
    """What the user removed from folders that stay in the library; kept with the library."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._paths = {Path(path) for path in json.loads(catalog.setting(_REMOVED) or "[]")}

    def covers(self, path: Path) -> bool:
        """Whether `path` or a folder above it was removed."""
        return bool(self._paths) and not self._paths.isdisjoint((path, *path.parents))

    def keep_out(self, paths: Iterable[Path]) -> None:
        """Leave `paths` out from now on."""
        self._save(self._paths | set(paths))

    def let_in(self, paths: Sequence[Path]) -> None:
        """Let `paths` in again, which may lie below what was removed."""
        self._save({k for k in self._paths if not any(p.is_relative_to(k) for p in paths)})

    def forget_below(self, folders: Sequence[Path]) -> None:
        """Keep nothing about what lies in folders that leave the library as a whole."""
        self._save({k for k in self._paths if not any(k.is_relative_to(f) for f in folders)})

    def _save(self, paths: set[Path]) -> None:
        if paths != self._paths:
            self._paths = paths
            self._catalog.set_setting(_REMOVED, json.dumps(sorted(str(path) for path in paths)))


class ScanTimes:
    """When each root was last scanned as a whole, in seconds since the epoch.

    A file's line tells when something about it changed last; that it was there ever since is told
    once for all files of a root, so that looking again writes no line of a file.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        stored = cast("Mapping[str, float]", json.loads(catalog.setting(_SCANNED) or "{}"))
        self._times = {Path(root): float(when) for root, when in stored.items()}

    def last_seen(self, line: FileRecord) -> float:
        """When the file of `line` was there for sure."""
        if line.state is FileState.MISSING:
            return line.last_seen
        return max(line.last_seen, self._times.get(line.root, 0.0))

    def brought_up(self, line: FileRecord) -> FileRecord:
        """`line` with the time it was last seen."""
        seen = self.last_seen(line)
        return line if seen == line.last_seen else replace(line, last_seen=seen)

    def note(self, scanned: Iterable[Path], when: float, roots: Iterable[Path]) -> None:
        """Remember that `scanned`, of all `roots` that there are, were looked at."""
        times = {**self._times, **dict.fromkeys(scanned, when)}
        times = {root: times[root] for root in roots if root in times}
        if times != self._times:
            self._times = times
            stored = {str(root): seen for root, seen in times.items()}
            self._catalog.set_setting(_SCANNED, json.dumps(stored))
