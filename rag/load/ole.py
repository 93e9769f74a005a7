# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
"""Looks into Office's container of before 2007, which still wraps locked documents."""

from __future__ import annotations

from pathlib import Path

import olefile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_BROKEN = (OSError, ValueError, IndexError, AttributeError, TypeError)  # as damaged files raise


def holds(path: Path, stream: str) -> bool:
    """Whether the container at `path` has a stream of this name; False where it is broken."""
    try:
        with path.open("rb") as file, olefile.OleFileIO(file) as container:
            return bool(container.exists(stream))
    except _BROKEN:
        return False


def start_of(path: Path, stream: str, length: int) -> bytes:
    """The first bytes of a stream; fewer, or none, where there are not that many."""
    try:
        with path.open("rb") as file, olefile.OleFileIO(file) as container:
            return container.openstream(stream).read(length) if container.exists(stream) else b""
    except _BROKEN:
        return b""
