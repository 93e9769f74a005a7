"""Writes compound files: the folder of streams in a file that old office programs used."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ENTRY = "<64sHBBIII16sIQQIQ"


def write(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of `streams` by their names, all in its root."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    fat: list[int] = []
    body = bytearray()

    def store(data: bytes) -> int:
        """Its first sector."""
        if not data:
            return END
        first, count = len(fat), -(-len(data) // SECTOR)
        fat.extend([*range(first + 1, first + count), END])
        body.extend(data.ljust(count * SECTOR, b"\0"))
        return first

    mini, mini_fat, places = bytearray(), [], {}
    for name in names:
        data = streams[name]
        if len(data) >= CUTOFF:
            places[name] = store(data)
            continue
        count = -(-len(data) // MINI)
        places[name] = len(mini_fat) if count else END
        mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), END] if count else []
        mini += data.ljust(count * MINI, b"\0")
    mini_start = store(bytes(mini))
    mini_fat_start = store(_numbers(mini_fat))
    entries = [_entry("Root Entry", 5, mini_start, len(mini), child=1 if names else FREE)]
    for number, name in enumerate(names, 1):  # each the right neighbour of the one before
        right = number + 1 if number < len(names) else FREE
        entries.append(_entry(name, 2, places[name], len(streams[name]), right=right))
    while len(entries) % (SECTOR // 128):
        entries.append(_entry("", 0, 0, 0))
    directory = store(b"".join(entries))
    tables = 1
    while tables * (SECTOR // 4) < len(fat) + tables:
        tables += 1
    first_table = len(fat)
    fat += [FAT] * tables
    body += _numbers(fat).ljust(tables * SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables,
        directory, 0, CUTOFF, mini_fat_start, -(-len(mini_fat) * 4 // SECTOR), END, 0,
    )  # fmt: skip
    listed = struct.pack(f"<{tables}I", *range(first_table, first_table + tables))
    return header + listed.ljust(109 * 4, b"\xff") + body


def _numbers(values: list[int]) -> bytes:
    packed = struct.pack(f"<{len(values)}I", *values)
    return packed.ljust(-(-len(packed) // SECTOR) * SECTOR, b"\xff") if values else packed


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE
) -> bytes:
    raw = name.encode("utf-16-le")
    length = len(raw) + 2 if name else 0
    return struct.pack(_ENTRY, raw, length, kind, 1, FREE, right, child, b"", 0, 0, 0, start, size)
