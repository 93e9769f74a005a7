"""Private folders for what is taken out of files while they are read; nothing stays in them."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path


def make(folder: Path) -> None:
    """Make `folder`, readable by the user alone; raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def clear(folder: Path) -> None:
    """Remove `folder` with all that is in it, as far as the system lets go of it."""
    shutil.rmtree(folder, ignore_errors=True)


def empty(folder: Path) -> None:
    """Remove what is in `folder`, but not the folder itself."""
    with suppress(OSError):
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                clear(entry)
            else:
                entry.unlink(missing_ok=True)
