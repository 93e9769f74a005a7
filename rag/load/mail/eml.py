"""Reads single messages as mail programs save them, and web pages saved as messages (MHTML)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.errors import CorruptFile, FileTooBig, ProtectedFile
from rag.load.how import PLAINLY, HowToRead
from rag.load.mail.letter import Letter, pages_of
from rag.load.mail.parts import letter_of
from rag.load.nested import InnerFiles
from rag.records import DocumentInfo, Page

MAX_BYTES = 150_000_000  # taking it apart needs several times as much memory
_BOM = b"\xef\xbb\xbf"


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The message on a page, then its attachments.

    Raises `CorruptFile`, `FileTooBig`, and `ProtectedFile` for encrypted messages.
    """
    if path.stat().st_size > MAX_BYTES:
        raise FileTooBig(path, f"a message of over {MAX_BYTES // 1_000_000} MB")
    letter = _letter(path)
    if letter.locked:
        raise protected(path, letter)
    pages = 1 + len(letter.attachments)
    yield DocumentInfo(letter.subject or path.stem, pages, paged=False, format="e-mail")
    yield from pages_of(letter, InnerFiles(how))


def protected(path: Path, letter: Letter) -> ProtectedFile:
    """Why a message whose text is hidden is not read."""
    return ProtectedFile(
        path, letter.locked, "Open it in your mail program and save its text as a file."
    )


def _letter(path: Path) -> Letter:
    raw = path.read_bytes().removeprefix(_BOM).lstrip()
    if path.suffix.lower() == ".emlx":  # Apple's: the length, the message, then settings
        length, _, rest = raw.partition(b"\n")
        raw = rest[: int(length)] if length.strip().isdigit() else raw
    try:
        letter = letter_of(raw)
    except RecursionError as error:
        raise CorruptFile(path, "its parts nest too deep") from error
    if raw and not _has_headers(raw):
        raise CorruptFile(path, "it is not a message")
    return letter


def _has_headers(raw: bytes) -> bool:
    first = raw[:10_000].split(b"\n", 1)[0]
    return first.startswith(b"From ") or b":" in first
