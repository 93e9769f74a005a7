"""Makes out what the headers of internet messages say."""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from rag.load.text import decode

_WORD = re.compile(r"=\?([^?\s]*)\?([bBqQ])\?([^?\s]*(?:\?(?!=)[^?\s]*)*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]*\?[bBqQ]\?)")
_WIDER = {  # what is declared, and what it is mostly written in
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "iso8859-1": "cp1252",
    "ascii": "",
    "euc_kr": "cp949",
}


def in_words(raw: str) -> str:
    """A raw header's value on one line, with its encoded words decoded."""
    if not raw.isascii():
        raw = decode(raw.encode("utf-8", "surrogateescape"))
    joined = _BETWEEN_WORDS.sub(r"\1", raw)
    pieces: list[str] = []
    waiting: tuple[str, bytes] = ("", b"")  # one character may be cut between two words
    at = 0
    for word in _WORD.finditer(joined):
        charset = word[1].partition("*")[0].lower()
        if word.start() > at or charset != waiting[0]:
            pieces.append(decoded(waiting[1], waiting[0]))
            waiting = (charset, b"")
        pieces.append(joined[at : word.start()])
        waiting = (charset, waiting[1] + _unpacked(word[3], word[2].lower()))
        at = word.end()
    pieces += [decoded(waiting[1], waiting[0]), joined[at:]]
    return " ".join("".join(pieces).split())


def decoded(raw: bytes, charset: str) -> str:
    """Bytes as text: as declared, where that can be; else as they look."""
    try:
        name = codecs.lookup(charset).name if charset else ""
        name = _WIDER.get(name, name)
        return raw.decode(name) if name else decode(raw)
    except (LookupError, UnicodeError, ValueError):
        return decode(raw)


def moment_of(date: str) -> datetime | None:
    """When a message was sent, in its sender's time; None for what is no date of a message."""
    try:
        moment = parsedate_to_datetime(date)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment if moment.year >= 1970 else None


def _unpacked(text: str, how: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if how == "q":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw
