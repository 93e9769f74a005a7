"""Breaks files: anywhere, or where their format is hurt most."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

MUCH = 5_000_000  # bytes that a broken file may have
_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[/A-Za-z][^<>]{0,400}>")
_PDF_NUMBER = re.compile(
    rb"(?:/(?:Length|Count|W|N|First|Prev|Size|Width|Height|Type|Kids|Parent)\W{0,3}"
    rb"|obj\s|xref\s|startxref\s)\s*(\d+)"
)
_PDF_NAME = re.compile(rb"/[A-Za-z]{2,20}")
_ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"99999999999999999999")

Breaker = Callable[[bytes, random.Random], bytes]


def broken(data: bytes, chance: random.Random) -> bytes:
    """`data` broken once or twice."""
    for _ in range(chance.choice((1, 1, 2))):
        data = chance.choice(_breakers(data))(data, chance)[:MUCH]
    return data


def _breakers(data: bytes) -> list[Breaker]:
    """What suits `data`; the knowing ones count more."""
    found: list[Breaker] = [_overwrite, _flip, _truncate, _cut, _double, _insert, _number]
    if data[:2] == b"PK":
        found += [_member] * 12
    elif data[:5] == b"%PDF-":
        found += [_pdf_number, _pdf_name, _pdf_stream] * 3
    elif data.lstrip()[:1] == b"<":
        found += [_elements, _elements, _nest, _entities]
    elif data.lstrip()[:1] in (b"{", b"["):
        found += [_nest_brackets, _number]
    return found


def _span(data: bytes, chance: random.Random, most: int = 4096) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(1, most))


def _overwrite(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance, 64)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _flip(data: bytes, chance: random.Random) -> bytes:
    hurt = bytearray(data)
    for _ in range(chance.randint(1, 50) if hurt else 0):
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 100)) + data[end:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    start, _ = _span(data, chance)
    odd = chance.choice((b"\0" * 100, b"\xff\xfe", b"\r\n" * 50, chance.randbytes(200), b'"', b"&"))
    return data[:start] + odd + data[start:]


def _number(data: bytes, chance: random.Random) -> bytes:
    return _replace_one(data, chance, _NUMBER, 0, chance.choice(_ODD_NUMBERS))


def _replace_one(
    data: bytes, chance: random.Random, what: re.Pattern[bytes], group: int, by: bytes
) -> bytes:
    """One of the places where `what` stands, near a random one, becomes `by`."""
    match = what.search(data, chance.randrange(len(data) + 1)) or what.search(data)
    if match is None:
        return data
    return data[: match.start(group)] + by + data[match.end(group) :]


def _member(data: bytes, chance: random.Random) -> bytes:
    """A file in the zip folder is broken, left out or repeated; the sums are right again."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
            members = before.infolist()
            hurt = chance.randrange(len(members))
            how = chance.choice(("break", "break", "break", "break", "leave out", "empty"))
            for number, member in enumerate(members):
                inner = before.read(member)
                if number == hurt and how == "leave out":
                    continue
                if number == hurt:
                    inner = b"" if how == "empty" else broken(inner, chance)
                after.writestr(member.filename, inner, member.compress_type)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, zlib.error, EOFError):
        return _overwrite(data, chance)  # it is broken already
    return out.getvalue()


def _elements(data: bytes, chance: random.Random) -> bytes:
    """What stands between two tags is left out, or doubled."""
    tags = [match.start() for match in _TAG.finditer(data)]
    if len(tags) < 2:
        return data
    first = chance.randrange(len(tags) - 1)
    last = min(len(tags) - 1, first + chance.randint(1, 20))
    start, end = tags[first], tags[last]
    if chance.random() < 0.5:
        return data[:start] + data[end:]
    return data[:end] + data[start:end] * chance.choice((1, 3, 500)) + data[end:]


def _nest(data: bytes, chance: random.Random) -> bytes:
    """An element that holds itself, thousands deep."""
    match = _TAG.search(data, chance.randrange(len(data) + 1))
    if match is None or match[0][1:2] == b"/":
        return data
    return (
        data[: match.end()] + match[0] * chance.choice((300, 3_000, 50_000)) + data[match.end() :]
    )


def _entities(data: bytes, chance: random.Random) -> bytes:
    """Entities of entities: a few lines that would unfold to gigabytes."""
    bomb = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    match = _TAG.search(data)
    end = match.end() if match else 0
    return bomb + b"]>" + data[:end] + b"&a11;" + data[end:]


def _nest_brackets(data: bytes, chance: random.Random) -> bytes:
    start = data.find(b":") + 1
    return data[:start] + chance.choice((b"[", b'{"a":')) * 100_000 + data[start:]


def _pdf_number(data: bytes, chance: random.Random) -> bytes:
    by = chance.choice((*_ODD_NUMBERS, b"%d" % chance.randrange(60)))
    return _replace_one(data, chance, _PDF_NUMBER, 1, by)


def _pdf_name(data: bytes, chance: random.Random) -> bytes:
    names = _PDF_NAME.findall(data) or [b"/Type"]
    return _replace_one(data, chance, _PDF_NAME, 0, chance.choice(names))


def _pdf_stream(data: bytes, chance: random.Random) -> bytes:
    """Bytes within a stream, or what marks its end."""
    start = data.find(b"stream", chance.randrange(len(data) + 1))
    if start < 0:
        return _overwrite(data, chance)
    if chance.random() < 0.3:
        return data[:start] + data[start + 6 :]
    start = min(len(data), start + chance.randrange(8, 2_000))
    return data[:start] + chance.randbytes(chance.randint(1, 40)) + data[start + 20 :]
