"""The tokens of Rich Text Format: groups, control words, and bytes in many encodings."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from striprtf.striprtf import charset_map, destinations

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\"
)
_BORDER = re.compile(rb"[{}]|\\bin(\d{1,10}) ?|\\.", re.DOTALL)

# What is no text of the document; `rtf.py` knows what to do with the rest.
UNREAD: frozenset[str] = frozenset(destinations)
_WORDS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class Kind(Enum):
    """What a token is."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "word"
    SIGN = "sign"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the file."""

    kind: Kind
    name: str = ""  # of a word or sign
    number: int | None = None  # that follows a word
    content: bytes = b""
    single: bool = False  # whether the bytes stand for themselves, each as one character


class Tokens:
    """Reads a file's tokens; a group can be left out while it is read."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def __iter__(self) -> Iterator[Token]:
        while found := _TOKEN.match(self._content, self._at):
            self._at = found.end()
            word = found["word"]
            if word is not None:
                number = int(found["number"]) if found["number"] else None
                if word == b"bin":
                    self._at += max(0, number or 0)
                else:
                    yield Token(Kind.WORD, word.decode("ascii"), number)
            elif found["text"] is not None:
                yield Token(Kind.BYTES, content=found["text"])
            elif found["byte"] is not None:
                yield Token(Kind.BYTES, content=bytes.fromhex(found["byte"].decode()), single=True)
            elif found["brace"] is not None:
                yield Token(Kind.OPEN if found["brace"] == b"{" else Kind.CLOSE)
            elif found["sign"] is not None:
                yield Token(Kind.SIGN, found["sign"].decode("latin-1"))

    def leave_group(self) -> None:
        """Go on right before the end of the group in work."""
        depth = 1
        at = self._at
        while found := _BORDER.search(self._content, at):
            at = found.end()
            if found[1]:
                at += int(found[1])
            elif found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                depth -= 1
                if not depth:
                    self._at = found.start()
                    return
        self._at = len(self._content)


def encoding_of(word: str, number: int | None) -> str:
    """The encoding that a control word sets for the document; empty if it sets none."""
    if word == "ansicpg" and number:
        return known_encoding(f"cp{number}")
    return _WORDS.get(word, "")


def charset_encoding(number: int) -> str:
    """The encoding of a font's character set; empty for the document's own."""
    return known_encoding(charset_map[number]) if number > 2 and number in charset_map else ""


def known_encoding(name: str) -> str:
    """`name` if Python has such an encoding, the nearest one that it has, or empty."""
    name = {"cp65001": "utf-8", "cp10000": "mac_roman", "mac_japanese": "cp932"}.get(name, name)
    name = {"mac_chinesetrad": "cp950", "mac_chinesesimp": "cp936", "mac_korean": "cp949"}.get(
        name, name
    )
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
