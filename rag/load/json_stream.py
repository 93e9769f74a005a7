"""Takes JSON of any size apart, value by value, so that no large file lies in memory as objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rag.load.text import TextFile, clean

BLOCK_CHARS = 1 << 20
MAX_VALUE_CHARS = 20_000_000  # of a text; what nests is entered
DEEPEST_ENTERED = 50
LONGEST_PATH_CHARS = 120

_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_SURE_ENDS = '}]"'  # a value that ends so cannot go on in the next block
_AFTER_VALUES = tuple(",]} \t\n\r")


class BrokenJsonError(Exception):
    """What follows the first `offset` characters of the file is not JSON."""

    def __init__(self, offset: int) -> None:
        super().__init__()
        self.offset = offset


class Number(str):
    """A number as it was written."""

    __slots__ = ()


class Members(tuple[tuple[str, "Value"], ...]):
    """The members of an object in their order, also those that share a key."""

    __slots__ = ()


Value: TypeAlias = "str | bool | list[Value] | Members | None"


@dataclass(frozen=True, slots=True)
class Record:
    """A value and where it stood: `key` of the member that it is, or is an element of."""

    key: str
    value: Value
    number: int  # of the element, from 1; 0 for what is in no list


def value_of(text: str) -> Value:
    """One whole value; raises `ValueError` when `text` is none, or nests too deeply."""
    try:
        return _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


_DECODER = json.JSONDecoder(
    strict=False,
    parse_int=Number,
    parse_float=Number,
    parse_constant=Number,
    object_pairs_hook=Members,
)


class JsonStream:
    """A window over the file's text, which goes on block by block."""

    def __init__(self, file: TextFile) -> None:
        self._stream = file.stream()
        self._offset = 0  # of the window in the file
        self._text = ""
        self._at = 0
        self._ended = False
        self._decoded: tuple[Value, int] | None = None  # the value that begins at `_at`

    def records(self) -> Iterator[Record]:
        """The elements of a list; or an object's members, and the elements of its lists.

        Several values in a row are taken as a list. Raises `BrokenJsonError`.
        """
        with self._stream:
            try:
                number = 0
                while first := self._next():
                    number += 1
                    if first == "[":
                        yield from self._elements("", 1)
                    elif first == "{" and number == 1 and not self._others_follow():
                        yield from self._members("", 1)
                    else:
                        yield from self._entry("", number, 1)
            except (ValueError, RecursionError):
                raise BrokenJsonError(self._offset + self._at) from None

    def _members(self, path: str, depth: int) -> Iterator[Record]:
        self._expect("{")
        while self._next() != "}":
            key = self._value()
            if not isinstance(key, str):
                raise ValueError("a key is no text")  # noqa: TRY004 - of the file, not of an argument
            self._expect(":")
            below = f"{path}.{key}"[-LONGEST_PATH_CHARS:] if path else key[:LONGEST_PATH_CHARS]
            if self._next() == "[":
                yield from self._elements(below, depth + 1)
            else:
                yield from self._entry(below, 0, depth + 1)
            if self._next() != "}":
                self._expect(",")
        self._expect("}")

    def _elements(self, path: str, depth: int) -> Iterator[Record]:
        number = 0
        self._expect("[")
        while self._next() != "]":
            number += 1
            yield from self._entry(path, number, depth + 1)
            if self._next() != "]":
                self._expect(",")
        self._expect("]")

    def _entry(self, path: str, number: int, depth: int) -> Iterator[Record]:
        """The value that begins here; a large one is not taken whole but entered."""
        first = self._next()
        if first in "{[" and depth < DEEPEST_ENTERED and not self._ended:
            if len(self._text) - self._at < BLOCK_CHARS:
                self._read_on()
            if not self._in_window():
                inside = self._members if first == "{" else self._elements
                yield from inside(path, depth)
                return
        yield Record(path, self._value(), number)

    def _in_window(self) -> bool:
        """Whether all of the value that begins here is in the window; it is then decoded."""
        try:
            self._decoded = _DECODER.raw_decode(self._text, self._at)
        except (ValueError, RecursionError):
            return False
        return True

    def _others_follow(self) -> bool:
        """Whether the object here is the first of several; large ones are not."""
        try:
            end = _DECODER.raw_decode(self._text, self._at)[1]
        except (ValueError, RecursionError):
            return False
        return bool(self._text[end:].strip())

    def _value(self) -> Value:
        """The value that begins here; as much of the file is read as it needs."""
        self._next()
        while True:
            try:
                value, end = self._decoded or _DECODER.raw_decode(self._text, self._at)
                self._decoded = None
            except ValueError:
                if self._ended or len(self._text) - self._at > MAX_VALUE_CHARS:
                    raise
            else:
                follows = self._text[end : end + 1]
                if self._ended or self._text[end - 1] in _SURE_ENDS or follows in _AFTER_VALUES:
                    self._at = end
                    return value
            self._read_on()

    def _next(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._read_on()

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise ValueError(sign)
        self._at += 1

    def _read_on(self) -> None:
        """Get more of the text: as much again as there is, so that no value is tried too often."""
        left = self._text[self._at :]
        block = self._stream.read(max(BLOCK_CHARS, len(left)))
        self._ended = not block
        self._offset += self._at
        self._text = left + clean(block)
        self._at = 0
