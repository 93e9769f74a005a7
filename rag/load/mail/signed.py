"""Takes a message out of its signature (S/MIME): it is wrapped in it, not hidden ([RFC 5652])."""

from __future__ import annotations

_SEQUENCE, _SET, _NUMBER, _NAME, _CONTEXT, _EOC = 0x30, 0x31, 0x02, 0x06, 0xA0, 0x00
_OCTETS, _OCTETS_IN_PARTS = 0x04, 0x24
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")


def signed_content(raw: bytes) -> bytes:
    """What was signed; empty where `raw` is something else, such as an encrypted message."""
    try:
        return _content(raw)
    except (IndexError, ValueError):
        return b""


def _content(raw: bytes) -> bytes:
    """Go down to the content; raises `ValueError` where another thing is met."""
    at, _ = _open(raw, 0, _SEQUENCE)
    start, end = _open(raw, at, _NAME)
    if raw[start:end] != _SIGNED_DATA:
        raise ValueError
    at, _ = _open(raw, end, _CONTEXT)
    at, _ = _open(raw, at, _SEQUENCE)
    for tag in (_NUMBER, _SET):
        at = _open(raw, at, tag)[1]
    at, _ = _open(raw, at, _SEQUENCE)
    at, _ = _open(raw, _open(raw, at, _NAME)[1], _CONTEXT)
    if raw[at] == _OCTETS:
        start, end = _open(raw, at, _OCTETS)
        return raw[start:end]
    at, last = _open(raw, at, _OCTETS_IN_PARTS)
    parts: list[bytes] = []
    while at < last and raw[at] != _EOC:
        start, at = _open(raw, at, _OCTETS)
        parts.append(raw[start:at])
    return b"".join(parts)


def _open(raw: bytes, at: int, tag: int) -> tuple[int, int]:
    """Where the content of the element at `at` starts and ends: at the end of all if unsaid."""
    if raw[at] != tag:
        raise ValueError
    size = raw[at + 1]
    start = at + 2
    if size == 0x80:
        return start, len(raw)
    if size > 0x80:
        count = size - 0x80
        size = int.from_bytes(raw[start : start + count], "big")
        start += count
    if start + size > len(raw):
        raise ValueError
    return start, start + size
