"""Tells what a cloud drive shows but keeps elsewhere, so that nothing is downloaded unasked."""

from __future__ import annotations

import os
from pathlib import Path

_CLOUD_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000  # Windows: offline, recall on open, on data access
_DATALESS_FLAG = 0x40000000  # macOS
_STUB = (".", ".icloud")  # around the name of what macOS keeps elsewhere


def in_cloud(facts: os.stat_result) -> bool:
    """Whether opening the file, or listing the folder, would first download it."""
    attributes = getattr(facts, "st_file_attributes", 0)
    flags = getattr(facts, "st_flags", 0)
    return bool(attributes & _CLOUD_ATTRIBUTES or flags & _DATALESS_FLAG)


def stands_for(path: Path) -> Path | None:
    """The file in the cloud that `path` is a stub of; None where it is none."""
    before, after = _STUB
    name = path.name
    if name.startswith(before) and name.endswith(after) and len(name) > len(before + after):
        return path.with_name(name[len(before) : -len(after)])
    return None
