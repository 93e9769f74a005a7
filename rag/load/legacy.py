"""Reads Word documents and presentations from before 2007, through an installed LibreOffice."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.errors import CorruptFile, FileTooBig, NeedsLibreOffice
from rag.load import ole, slides, word
from rag.load.how import PLAINLY, HowToRead
from rag.load.libreoffice import converted, find_libreoffice
from rag.load.unlocking import no_key_for
from rag.records import DocumentInfo, Page

MAX_BYTES = 300_000_000

_Reader = Callable[[Path, HowToRead], Iterator[DocumentInfo | Page]]
_WORD = (".doc", ".dot")
_ENCRYPTED_WORD = 0x0100  # among the flags of a Word document's header
_LOCKED_PRESENTATION = 0xF3D1C4DF  # how the "Current User" stream of one begins


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """What the reader of today's format reads in it."""
    is_word = path.suffix.lower() in _WORD
    _check(path, is_word=is_word)
    program = find_libreoffice()
    if program is None:
        raise NeedsLibreOffice(path, "Word" if is_word else "PowerPoint")
    suffix = ".docx" if is_word else ".pptx"
    reader: _Reader = word.read if is_word else slides.read
    with converted(path, suffix, program, how.scratch) as copy:
        yield from reader(copy, how)


def _check(path: Path, *, is_word: bool) -> None:
    """Raise what tells why LibreOffice need not be asked."""
    if path.stat().st_size > MAX_BYTES:
        raise FileTooBig(path, f"it has over {MAX_BYTES // 1_000_000} MB")
    with path.open("rb") as file:
        head = file.read(len(ole.SIGNATURE))
    if not head:
        raise CorruptFile(path, "it is empty")
    if head != ole.SIGNATURE:
        raise CorruptFile(path, f"it is no {'document' if is_word else 'presentation'}")
    stream, at, length = ("WordDocument", 10, 2) if is_word else ("Current User", 12, 4)
    start = ole.start_of(path, stream, at + length)
    if len(start) < at + length:
        raise CorruptFile(path, "what should be in it is missing")
    if is_word:
        locked = bool(struct.unpack_from("<H", start, at)[0] & _ENCRYPTED_WORD)
    else:
        locked = struct.unpack_from("<I", start, at)[0] == _LOCKED_PRESENTATION
    if locked:
        raise no_key_for(path)
