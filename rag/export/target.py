"""Writes a file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from rag.errors import NotExported
from rag.long_paths import for_system

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_RETRY = "Choose another place, or another name."


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` into the file at `path`, an absolute one, in place of what was there.

    Until all of it is on the disk it has another name, so that no half of it is ever seen.
    Raises `NotExported`.
    """
    target = for_system(Path(os.path.realpath(path)))  # what a link points to
    beside = target.with_name(f".footnote-{secrets.token_hex(8)}.part")
    try:
        if target.exists() and not target.is_file():
            raise IsADirectoryError(errno.EISDIR, "there is something else with that name")
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise _told(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _told(path: Path, error: OSError) -> NotExported:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotExported(path, f"there is no folder “{path.parent}”", _RETRY)
    if isinstance(error, PermissionError):
        why = "it may not be changed, or is open in another program"
        return NotExported(
            path, why, f"Close it there, or choose another place. ({error.strerror})"
        )
    if error.errno in _FULL:
        return NotExported(path, "the disk is full", "Free some space, then export again.")
    if error.errno == errno.ENAMETOOLONG:
        return NotExported(path, "its name is too long", "Choose a shorter one.")
    return NotExported(path, error.strerror or str(error), _RETRY)
