"""Writes small Outlook messages: an OLE container with storages, its small streams in one."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from pathlib import Path

Tree = dict[str, "bytes | Tree"]

_NONE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _PIECE = 512, 64


def message(
    texts: dict[int, str],
    *,
    sent: datetime | None = None,
    binaries: dict[int, bytes] | None = None,
    addressees: list[tuple[str, str, int]] = [],  # noqa: B006 - never changed
    attachments: list[Tree] = [],  # noqa: B006
    inner: bool = False,
) -> Tree:
    """The storages and streams of a message; addressees are name, address, 1 for To or 2 for Cc."""
    fixed = [] if sent is None else [_fixed(0x0040, 0x0039, _ticks(sent))]
    return {
        "__properties_version1.0": bytes(24 if inner else 32) + b"".join(fixed),
        **_streams(texts, binaries or {}),
        **{
            f"__recip_version1.0_#{n:08X}": {
                "__properties_version1.0": bytes(8) + _fixed(0x0003, 0x0C15, kind),
                **_streams({0x3001: name, 0x39FE: address}, {}),
            }
            for n, (name, address, kind) in enumerate(addressees)
        },
        **{f"__attach_version1.0_#{n:08X}": tree for n, tree in enumerate(attachments)},
    }


def attachment(
    name: str,
    content: bytes | Tree,
    texts: dict[int, str] = {},  # noqa: B006 - never changed
) -> Tree:
    """A file, or a message, that comes with a message."""
    held: Tree = (
        {"__substg1.0_37010102": content}
        if isinstance(content, bytes)
        else {"__substg1.0_3701000D": content}
    )
    return {"__properties_version1.0": bytes(8), **_streams({0x3707: name, **texts}, {}), **held}


def write(path: Path, tree: Tree) -> Path:
    """An OLE file that holds `tree`; its streams must be shorter than 4 KiB."""
    small, small_table = bytearray(), list[int]()
    entries = [
        ["Root Entry", 5, _NONE, _NONE, _END, 0]
    ]  # name, kind, next, first inside, start, size

    def add(inside: Tree) -> int:
        first = _NONE
        for name, content in inside.items():
            if isinstance(content, bytes):
                start = len(small_table)
                pieces = -(-len(content) // _PIECE)
                small.extend(content.ljust(pieces * _PIECE, b"\0"))
                small_table.extend([*range(start + 1, start + pieces), _END][:pieces])
                entry = [name, 2, first, _NONE, start if pieces else _END, len(content)]
            else:
                entry = [name, 1, first, add(content), 0, 0]
            first = len(entries)
            entries.append(entry)
        return first

    entries[0][3] = add(tree)
    parts = [
        bytes(small),
        struct.pack(f"<{len(small_table)}I", *small_table),
        b"".join(_entry(*entry) for entry in [*entries]),
    ]
    table: list[int] = []
    body = b""
    starts: list[int] = []
    for at, part in enumerate(parts):
        if at == 2:
            entries[0][4], entries[0][5] = starts[0], len(small)
            part = b"".join(_entry(*entry) for entry in entries)  # noqa: PLW2901
        fill = b"\xff" if at == 1 else b"\0"
        part = part.ljust(-(-len(part) // _SECTOR) * _SECTOR, fill)  # noqa: PLW2901
        starts.append(len(table) if part else _END)
        count = len(part) // _SECTOR
        table += [*range(len(table) + 1, len(table) + count), _END][:count]
        body += part
    tables = -(-(len(table) + 4) // 128)
    first_table = len(table)
    table += [_TABLE] * tables
    table += [_NONE] * (tables * 128 - len(table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, starts[2], 0, 4096, starts[1], -(-len(small_table) // 128), _END, 0),
    )
    header += struct.pack(
        "<109I", *range(first_table, first_table + tables), *[_NONE] * (109 - tables)
    )
    path.write_bytes(header + body + struct.pack(f"<{len(table)}I", *table))
    return path


def _streams(texts: dict[int, str], binaries: dict[int, bytes]) -> Tree:
    return {
        **{f"__substg1.0_{number:04X}001F": t.encode("utf-16-le") for number, t in texts.items()},
        **{f"__substg1.0_{number:04X}0102": content for number, content in binaries.items()},
    }


def _fixed(kind: int, number: int, value: int) -> bytes:
    return struct.pack("<HHIQ", kind, number, 0, value)


def _ticks(moment: datetime) -> int:
    since = moment - datetime(1601, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 10**7


def _entry(name: str, kind: int, following: int, inside: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        *(raw, len(raw) + 2, kind, 1, _NONE, following, inside, 0, start, size),
    )
