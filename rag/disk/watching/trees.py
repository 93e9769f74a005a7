"""Sees changes where the system watches whole trees: macOS and Windows."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

_OF_INTEREST = {"created", "deleted", "modified", "moved", "closed"}


class TreeEyes(FileSystemEventHandler):
    """Watches each root with all that lies below it."""

    def __init__(self, seen: Callable[[Path], None], failed: Callable[[Path, str], None]) -> None:
        self._seen, self._failed = seen, failed
        self._watches: dict[tuple[Path, bool], ObservedWatch] = {}
        self._real: dict[Path, Path] = {}  # where folders lie that were added through a link
        self._observer = Observer()
        self._observer.start()

    def enter(self, folder: Path) -> None:
        """Nothing: it is seen with its root."""

    def keep(self, roots: Sequence[Path]) -> None:
        """Watch `roots`, and nothing else any more; of a root that is a file its folder."""
        wanted = {
            (root, True) if root.is_dir() else (root.parent, False)
            for root in roots
            if os.path.lexists(root)  # of what is gone the watch is dead
        }
        real = {folder: Path(os.path.realpath(folder)) for folder, _ in wanted}
        self._real = {there: folder for folder, there in real.items() if there != folder}
        for place in set(self._watches) - wanted:
            self._observer.unschedule(self._watches.pop(place))
        for folder, whole in wanted - set(self._watches):
            try:
                watch = self._observer.schedule(self, str(folder), recursive=whole)
            except OSError as error:
                self._failed(folder, error.strerror or str(error))
            else:
                self._watches[folder, whole] = watch

    def close(self) -> None:
        """Watch nothing."""
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell the paths that an event is about; that a folder has other entries says nothing."""
        if event.event_type not in _OF_INTEREST:
            return
        if event.is_directory and event.event_type == "modified":
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self._seen(self._as_added(Path(os.fsdecode(path))))

    def _as_added(self, path: Path) -> Path:
        """`path` below the root as the user added it: macOS tells where links on the way lead."""
        for real, folder in self._real.items():
            if path.is_relative_to(real):
                return folder / path.relative_to(real)
        return path
