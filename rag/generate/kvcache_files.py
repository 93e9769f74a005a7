"""The folder of saved readings: files that are whole or not there, and are read by nobody else."""

from __future__ import annotations

import os
import shutil
import stat
import zlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from rag.cancel import CancelToken
from rag.long_paths import for_system

PART = ".part"
_BLOCK_BYTES = 1 << 20


class StateFiles:
    """The files in `folder`, an absolute path; it is made when the first one is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = for_system(folder)

    def names(self) -> list[str]:
        """What lies in the folder; nothing where it cannot be listed."""
        try:
            return sorted(path.name for path in self._folder.iterdir())
        except OSError:
            return []

    def size(self, name: str) -> int | None:
        """The size of a file in bytes; None where there is none, or something else."""
        try:
            told = self.path(name).lstat()
        except OSError:
            return None
        return told.st_size if stat.S_ISREG(told.st_mode) else None

    @contextmanager
    def opened(self, name: str) -> Generator[FileIO]:
        """A file for reading; raises `OSError`, also for a link, which is never followed."""
        if self.size(name) is None:
            raise FileNotFoundError(name)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with FileIO(os.open(self.path(name), flags)) as file:
            yield file

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self._folder / name

    def crc32(self, name: str, cancel: CancelToken) -> int:
        """The checksum of a file's bytes; raises `OSError`, `Cancelled`."""
        total, block = 0, bytearray(_BLOCK_BYTES)
        view = memoryview(block)
        with self.opened(name) as file:
            while count := file.readinto(block):
                cancel.check()
                total = zlib.crc32(view[:count], total)
        return total

    def create(self, part: str) -> Path:
        """Make an empty file to be filled, in place of what was there; raises `OSError`."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.remove(part)
        path = self.path(part)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return path

    @contextmanager
    def part(self, name: str) -> Generator[str]:
        """The name of an empty file to be filled, and then made `name`'s by `settle`.

        It is gone afterwards otherwise. Raises `OSError`.
        """
        part = name + PART
        self.create(part)
        try:
            yield part
        finally:
            self.remove(part)

    def settle(self, part: str, name: str) -> None:
        """Make a part the file `name`, once all of it is on the disk; raises `OSError`."""
        path, target = self.path(part), self.path(name)
        with path.open("r+b") as file:
            os.fsync(file.fileno())
        if target.is_dir() and not target.is_symlink():
            self.remove(name)
        path.replace(target)
        self._sync_folder()

    def write(self, name: str, content: bytes) -> None:
        """Put `content` into a file in place of what was there; raises `OSError`."""
        with self.part(name) as part:
            self.path(part).write_bytes(content)
            self.settle(part, name)

    def remove(self, name: str) -> None:
        """Delete whatever has this name, if it can be; what a link points to stays."""
        path = self.path(name)
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """The room that is left on the disk; raises `OSError`."""
        existing = self._folder
        while not existing.exists() and existing != existing.parent:
            existing = existing.parent
        return shutil.disk_usage(existing).free

    def _sync_folder(self) -> None:
        """Have the system keep the folder's names too, where it can be told to."""
        if os.name == "nt":
            return
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
