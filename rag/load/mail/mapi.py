# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
"""Reads the properties of the messages that Outlook keeps in its .msg files ([MS-OXMSG])."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, cast

import olefile

from rag.errors import CorruptFile, FileTooBig
from rag.load.text import decode

MAX_STREAM_BYTES = 200_000_000

_UNICODE, _ANSI, _BINARY, _STORAGE = 0x001F, 0x001E, 0x0102, 0x000D  # kinds of property
_CODEPAGE = 0x3FFD
_PROPERTIES = "__properties_version1.0"
_ENTRY = struct.Struct("<HHI8s")  # of a property: its kind, its number, flags, its value
_HEADER_BYTES = (32, 24, 8)  # before the entries: in a file, an inner message, anything else
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DAMAGE = (  # what a broken container raises at any of its parts
    *(ValueError, IndexError, AttributeError, TypeError, KeyError),
    *(struct.error, RecursionError, OverflowError),
)


class _Container(Protocol):
    def exists(self, filename: list[str]) -> bool: ...
    def get_size(self, filename: list[str]) -> int: ...
    def openstream(self, filename: list[str]) -> _Stream: ...
    def listdir(self, *, streams: bool, storages: bool) -> list[list[str]]: ...


class _Stream(Protocol):
    def read(self) -> bytes: ...


@contextmanager
def open_message(path: Path) -> Generator[Storage]:
    """The message that the file is; raises `CorruptFile`, also while it is used, `FileTooBig`."""
    try:
        with path.open("rb") as file, olefile.OleFileIO(file) as container:
            message = Storage(path, cast("_Container", container), (), 0)
            if not message.has_properties:
                raise CorruptFile(path, "it is not an Outlook message")
            yield message
    except (OSError, *_DAMAGE) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the system's, not olefile's
            raise
        raise CorruptFile(path, "it is not a whole Outlook message") from error


class Storage:
    """The properties of a message, an addressee or an attachment; made by `open_message`."""

    def __init__(
        self,
        path: Path,
        container: _Container,
        place: tuple[str, ...],
        depth: int,
    ) -> None:
        """`depth` is in how many messages it lies."""
        self._path = path
        self._container = container
        self._place = place
        self.depth = depth
        self._fixed = self._fixed_properties()

    @property
    def has_properties(self) -> bool:
        """Whether it is what it should be."""
        return self._container.exists([*self._place, _PROPERTIES])

    def text(self, number: int) -> str:
        """A property as text; "" where there is none."""
        raw = self._stream(number, _UNICODE)
        if raw:
            return raw.decode("utf-16-le", errors="replace").rstrip("\0")
        raw = self._stream(number, _ANSI)
        return self.decoded(raw, _CODEPAGE).rstrip("\0") if raw else ""

    def binary(self, number: int) -> bytes:
        """A property as bytes; none where there is none."""
        return self._stream(number, _BINARY)

    def number(self, number: int) -> int:
        """A property that is a whole number or a truth; 0 where there is none."""
        return int.from_bytes(self._fixed.get(number, b"")[:4], "little")

    def moment(self, number: int) -> datetime | None:
        """A property that is a time; None where there is none."""
        ticks = int.from_bytes(self._fixed.get(number, b""), "little")
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def decoded(self, raw: bytes, codepage: int) -> str:
        """Text in the code page that the property `codepage` names, or as it looks."""
        named = self.number(codepage)
        try:
            name = "utf-8" if named == 65001 else f"cp{named}"
            codecs.lookup(name)
            return raw.decode(name, errors="replace") if named else decode(raw)
        except LookupError:
            return decode(raw)

    def inside(self, kind: str) -> list[Storage]:
        """The addressees ("recip") or attachments ("attach") of a message, in order."""
        at = len(self._place)
        start = f"__{kind}_version1.0_#"
        names = {
            entry[at]
            for entry in self._container.listdir(streams=False, storages=True)
            if len(entry) == at + 1
            and tuple(entry[:at]) == self._place
            and entry[at].startswith(start)
        }
        return [
            Storage(self._path, self._container, (*self._place, name), self.depth + 1)
            for name in sorted(names)
        ]

    def enclosed(self, number: int) -> Storage | None:
        """The message that a property is, None where there is none."""
        place = (*self._place, _name(number, _STORAGE))
        if not self._container.exists([*place, _PROPERTIES]):
            return None
        return Storage(self._path, self._container, place, self.depth)

    def _stream(self, number: int, kind: int) -> bytes:
        place = [*self._place, _name(number, kind)]
        if not self._container.exists(place):
            return b""
        if self._container.get_size(place) > MAX_STREAM_BYTES:
            raise FileTooBig(self._path, f"a part of it has over {MAX_STREAM_BYTES // 10**6} MB")
        return self._container.openstream(place).read()

    def _fixed_properties(self) -> dict[int, bytes]:
        """The values of the properties that have no stream of their own."""
        place = [*self._place, _PROPERTIES]
        if not self._container.exists(place):
            return {}
        raw = self._container.openstream(place).read()
        last = self._place[-1] if self._place else ""
        if not last:
            start = _HEADER_BYTES[0]
        else:
            start = _HEADER_BYTES[1 if last.startswith("__substg") else 2]
        raw = raw[start : start + (len(raw) - start) // _ENTRY.size * _ENTRY.size]
        return {number: value for _, number, _, value in _ENTRY.iter_unpack(raw)}


def _name(number: int, kind: int) -> str:
    return f"__substg1.0_{number:04X}{kind:04X}"
