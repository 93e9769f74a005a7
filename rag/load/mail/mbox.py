"""Reads mailboxes (mbox): message by message, never holding more than one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rag.errors import FileTooBig
from rag.load.how import PLAINLY, HowToRead
from rag.load.mail.eml import MAX_BYTES, protected
from rag.load.mail.letter import pages_of
from rag.load.mail.parts import letter_of
from rag.load.nested import MAX_UNPACKED_BYTES, InnerFiles, allowance
from rag.records import DocumentInfo, Page

MAX_LINE_BYTES = 1 << 20
MAX_ATTACHMENTS = 1_000_000

_BORDER = re.compile(rb"From .*\d\d:\d\d.*\d{4}")
_QUOTED = re.compile(rb">+From ")


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """A page for each message, then for its attachments."""
    if how.allowance is None:
        unpacked = MAX_UNPACKED_BYTES + path.stat().st_size
        how = replace(how, allowance=allowance(MAX_ATTACHMENTS, unpacked))
    yield DocumentInfo(path.stem, 1, paged=False, format="mailbox")
    inner = InnerFiles(how)
    for raw in messages_in(path):
        if inner.spent:
            yield inner.rest_left_out(path)
            return
        yield from _pages(path, raw, inner)
    if inner.next_number == 1:
        yield inner.nothing()


def messages_in(path: Path) -> Iterator[bytes]:
    """The messages, each of at most `MAX_BYTES` and one more, which tells that it was cut."""
    message = bytearray()
    after_blank = True
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE_BYTES):
            if after_blank and _BORDER.match(line):
                if message.strip():
                    yield bytes(message)
                message.clear()
            elif len(message) <= MAX_BYTES:
                message += line[1:] if _QUOTED.match(line) else line
                del message[MAX_BYTES + 1 :]
            after_blank = not line.strip()
    if message.strip():
        yield bytes(message)


def _pages(path: Path, raw: bytes, inner: InnerFiles) -> Iterator[Page]:
    if len(raw) > MAX_BYTES:
        limit = f"a message of over {MAX_BYTES // 1_000_000} MB"
        yield inner.failed(str(FileTooBig(path, limit)))
        return
    try:
        letter = letter_of(raw.lstrip())
    except RecursionError:
        yield inner.failed(f"A message in “{path.name}” is damaged: its parts nest too deep.")
        return
    place = letter.place(with_sender=True)
    if letter.locked:
        named = path.with_name(place or "message")
        yield inner.failed(str(protected(named, letter)))
    else:
        yield from pages_of(letter, inner, within=place)
