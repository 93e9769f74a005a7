"""Writes small files in Office's container of before 2007, with streams of the test's own."""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_SMALLEST = 4096  # a shorter stream would go elsewhere


def write_ole(path: Path, streams: dict[str, bytes]) -> Path:
    """A container with `streams`, each filled up with zeros to 4 KiB."""
    padded = {name: content.ljust(_SMALLEST, b"\0") for name, content in streams.items()}
    sectors: list[bytes] = []
    table: list[int] = []
    starts: dict[str, int] = {}
    for name, content in padded.items():
        starts[name] = len(sectors)
        pieces = [
            content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)
        ]
        sectors += pieces
        table += [*range(starts[name] + 1, starts[name] + len(pieces)), _END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else _NONE)]
    for at, (name, content) in enumerate(padded.items(), 1):
        following = at + 1 if at < len(padded) else _NONE
        entries.append(_entry(name, 2, starts[name], len(content), right=following))
    directory = len(sectors)
    content = b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0")
    pieces = [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
    sectors += pieces
    table += [*range(directory + 1, directory + len(pieces)), _END]
    table_sector = len(sectors)
    table.append(_TABLE)
    assert len(table) <= SECTOR // 4, "one sector holds the whole table"
    table += [_FREE] * (SECTOR // 4 - len(table))
    sectors.append(struct.pack(f"<{len(table)}I", *table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, directory, 0, _SMALLEST, _END, 0, _END, 0),
    )
    header += struct.pack("<109I", table_sector, *[_FREE] * 108)
    path.write_bytes(header + b"".join(sectors))
    return path


def _entry(
    name: str, kind: int, start: int, size: int, child: int = _NONE, right: int = _NONE
) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        encoded,
        len(encoded) + 2,
        kind,
        1,
        _NONE,
        right,
        child,
        0,
        start,
        size,
    )
