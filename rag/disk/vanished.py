"""Tells a file that was deleted from one that lies on a drive which is away."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from rag.long_paths import for_system
from rag.records import FileRecord


@dataclass(slots=True)
class Vanished:
    """Judges the paths that one scan did not find.

    `renumbered` has pairs of a drive's number then and now, as found files tell them: systems
    number a drive anew when it is connected again. `closed` are folders that could not be listed.
    """

    renumbered: Collection[tuple[int, int]] = ()
    closed: Collection[Path] = ()
    _drives: dict[Path, int | OSError | None] = field(
        default_factory=dict[Path, int | OSError | None]
    )

    def reason_to_keep(self, line: FileRecord) -> str:
        """Why the file may well be there still: a sentence; empty where it was deleted."""
        last = line.root.parent if line.path == line.root else line.root
        for folder in _at_and_above(line):
            if folder in self.closed:
                return _out_of_reach(folder)
            drive = self._drive(folder)
            if isinstance(drive, OSError):
                return _out_of_reach(folder, drive.strerror or "")
            if drive is not None:
                return self._by_drive(folder, line.device, drive)
            if folder == last:
                break
        return _out_of_reach(last)

    def _by_drive(self, folder: Path, then: int, now: int) -> str:
        if not then or then == now or (then, now) in self.renumbered:
            return ""
        return f"The drive that was at “{folder}” is not connected. Connect it, or remove it here."

    def _drive(self, folder: Path) -> int | OSError | None:
        """The number of the drive that `folder` is on; None where there is no such folder."""
        if folder not in self._drives:
            try:
                self._drives[folder] = for_system(folder).stat().st_dev
            except (FileNotFoundError, NotADirectoryError):
                self._drives[folder] = None
            except OSError as error:
                self._drives[folder] = error
        return self._drives[folder]


def _at_and_above(line: FileRecord) -> list[Path]:
    """The folders that `line` lay in, the nearest first; of a link those of what it leads to."""
    path = line.path
    if os.path.islink(path):  # noqa: PTH114 - Path.is_symlink raises where it may not look
        path = Path(os.path.realpath(path))
    return list(path.parents)


def _out_of_reach(folder: Path, detail: str = "") -> str:
    why = f" ({detail})" if detail else ""
    return f"“{folder}” cannot be reached{why}. Connect its drive, or remove it here."
