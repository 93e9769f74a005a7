"""Unpacks the Rich Text that Outlook keeps of a message ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

MAX_BYTES = 50_000_000
_HEADER = struct.Struct("<I I 4s I")
_WINDOW = 4096
_KNOWN = (  # what the window holds at the start
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpacked(packed: bytes) -> bytes:
    """The Rich Text, as far as it can be unpacked; empty for what is none."""
    if len(packed) < _HEADER.size:
        return b""
    _, size, kind, _ = _HEADER.unpack_from(packed)
    body = packed[_HEADER.size :]
    if kind == b"MELA":
        return body[:size]
    return _inflated(body, min(size, MAX_BYTES)) if kind == b"LZFu" else b""


def _inflated(body: bytes, size: int) -> bytes:
    window = bytearray(_KNOWN.ljust(_WINDOW, b" "))
    place = len(_KNOWN)
    made = bytearray()
    at = 0
    while at < len(body) and len(made) < size:
        control = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body):
                break
            if not control >> bit & 1:
                piece = body[at : at + 1]
                at += 1
            else:
                token = int.from_bytes(body[at : at + 2], "big")
                at += 2
                start, length = token >> 4, (token & 15) + 2
                if start == place:
                    return bytes(made[:size])
                piece = b""  # what is copied may reach into what it writes
                for step in range(length):
                    byte = window[(start + step) % _WINDOW]
                    window[(place + step) % _WINDOW] = byte
                    piece += bytes((byte,))
            for step, byte in enumerate(piece):
                window[(place + step) % _WINDOW] = byte
            place = (place + len(piece)) % _WINDOW
            made += piece
    return bytes(made[:size])
