"""Sees changes on Linux, where each folder is watched by itself, so that none is in vain."""

from __future__ import annotations

import errno
import itertools
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchDescriptor,
)

_EVENTS = Mask(
    InotifyConstants.IN_CREATE
    | InotifyConstants.IN_DELETE
    | InotifyConstants.IN_MOVED_FROM
    | InotifyConstants.IN_MOVED_TO
    | InotifyConstants.IN_CLOSE_WRITE  # not each write: a log is read when it is closed
    | InotifyConstants.IN_ATTRIB
    | InotifyConstants.IN_DELETE_SELF
    | InotifyConstants.IN_MOVE_SELF
    | InotifyConstants.IN_ONLYDIR
    | InotifyConstants.IN_EXCL_UNLINK
)
_USED_UP = {
    errno.ENOSPC: "fs.inotify.max_user_watches is used up",
    errno.ENOMEM: "the kernel has no memory for it",
}


class FolderEyes:
    """Watches the folders it is told to enter; raises `OSError` where it cannot watch any."""

    def __init__(
        self,
        seen: Callable[[Path], None],
        missed: Callable[[], None],
        failed: Callable[[Path, str], None],
    ) -> None:
        self._seen, self._missed, self._failed = seen, missed, failed
        self._ids = itertools.count(1)
        self._turn = threading.Lock()
        self._known: dict[Path, tuple[WatchDescriptor, CallbackId]] = {}
        self._folders: dict[WatchDescriptor, Path] = {}
        self._kernel = InotifyFD()
        self._kernel.start()

    def enter(self, folder: Path) -> None:
        """Watch a folder; one that cannot be watched is told, one that is gone is not."""
        with self._turn:
            if folder in self._known:
                return
            own_id = CallbackId(next(self._ids))
            try:
                found = self._kernel.add_callback(os.fsencode(folder), _EVENTS, self, own_id)
            except OSError as error:
                problem = _USED_UP.get(error.errno or 0)
            else:
                problem = ""
                if found != -1:  # which stands for a folder without permission
                    self._known[folder] = found, own_id
                    self._folders[found] = folder
        if problem:
            self._failed(folder, problem)

    def keep(self, roots: Sequence[Path]) -> None:
        """Watch nothing outside `roots` any more; the folder of a root that is a file too."""
        wanted = set(roots)
        for root in roots:
            if root.is_file():
                wanted.add(root.parent)
                self.enter(root.parent)
        alone = {root.parent for root in roots}
        with self._turn:
            self._drop(
                [
                    folder
                    for folder in self._known
                    if folder not in alone and wanted.isdisjoint((folder, *folder.parents))
                ]
            )

    def close(self) -> None:
        """Watch nothing."""
        self._kernel.stop()
        self._kernel.join()

    # ------------------------------------------------------------ what the kernel tells

    def on_event(self, event: InotifyEvent) -> None:
        """Tell the path that an event is about."""
        with self._turn:
            folder = self._folders.get(event.wd)
            if folder is None:
                return
            path = folder / os.fsdecode(event.name) if event.name else folder
            if event.is_moved_from and event.is_directory:  # the kernel would follow it
                self._drop([known for known in self._known if known.is_relative_to(path)])
        self._seen(path)

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        """Tell that a folder is gone, or its drive."""
        with self._turn:
            folder = self._folders.pop(wd, None)
            if folder is None:
                return
            self._known.pop(folder, None)
        self._seen(folder)

    def on_queue_overflow(self) -> None:
        """Tell that there was too much to tell."""
        self._missed()

    def _drop(self, folders: Sequence[Path]) -> None:
        dropped = [self._known.pop(folder) for folder in folders]
        for descriptor, _ in dropped:
            self._folders.pop(descriptor, None)
        self._kernel.remove_callbacks(dropped)
