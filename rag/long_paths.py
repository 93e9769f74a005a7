"""Paths as the system takes them: Windows refuses long ones unless they are written in full."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

_LONGEST = 247  # of a folder; a file's could be 12 longer
_PREFIX, _SHARE_PREFIX = "\\\\?\\", "\\\\?\\UNC\\"


def for_system(path: Path) -> Path:
    """`path`, which is absolute, as it can be opened and listed however long it is."""
    return Path(in_full(PureWindowsPath(path))) if os.name == "nt" else path


def in_full(path: PureWindowsPath) -> str:
    """A path of Windows, with the prefix that lifts its limit of 260 characters where it is due."""
    text = str(path)
    if len(text) <= _LONGEST or text.startswith(_PREFIX):
        return text
    return _SHARE_PREFIX + text[2:] if text.startswith("\\\\") else _PREFIX + text
