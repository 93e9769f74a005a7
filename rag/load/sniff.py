"""Tells what a file is by its bytes: for names without a suffix, and for names that lie.

It looks at 128 KiB at most and decodes nothing that nests or unpacks, so that it may run outside
of the parser process.
"""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 16_384
TAIL_BYTES = 66_000  # a zip's end mark and the longest comment behind it
MAX_DIRECTORY_BYTES = 32_768  # of a zip's or OLE file's list of contents that are looked at
MAX_CONTROL_SHARE = 0.002  # of the bytes; more is no text
MIN_MAIL_HEADERS = 3

_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tiff"),
    (b"MM\0*", ".tiff"),
)
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("worddocument", ".doc"),
    ("workbook", ".xls"),
    ("book", ".xls"),
    ("powerpoint document", ".ppt"),
    ("__properties_version1.0", ".msg"),
)
_ZIP_PARTS = (
    (b"word/", ".docx"),
    (b"xl/", ".xlsx"),
    (b"ppt/", ".pptx"),
    (b"META-INF/container.xml", ".epub"),
)
_MIMETYPES = (
    (b"application/epub+zip", ".epub"),
    (b"application/vnd.oasis.opendocument.text", ".odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    (b"application/vnd.oasis.opendocument.presentation", ".odp"),
)
_SIGNED = frozenset(
    (
        *(".pdf", ".rtf", ".png", ".jpg", ".tiff", ".webp", ".doc", ".xls", ".ppt", ".msg"),
        *(".docx", ".xlsx", ".pptx", ".epub", ".odt", ".ods", ".odp", ".zip", ".tar"),
    )
)
_ZIPPED = frozenset(  # names of formats that are zip files, though damage may hide which
    (
        *(".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm"),
        *(".pptx", ".pptm", ".ppsx", ".potx", ".odt", ".ott", ".ods", ".ots", ".odp", ".otp"),
        *(".epub", ".zip"),
    )
)
_LEGACY = frozenset((".doc", ".dot", ".xls", ".xlt", ".ppt", ".rtf", ".msg"))
_MARKED_UP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)"  # atomic: comments are gone through once
    rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_MBOX_LINE = re.compile(rb"From \S+ .*\d{4}\r?\n[!-9;-~]+:")
_MAIL_HEADER = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|message-id|mime-version|reply-to|"
    rb"delivered-to|content-type|x-mailer):",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(rb"[!-9;-~]+:|[ \t]")  # the second goes on with the header above
_SUFFIX = re.compile(r"\.[^\s.]{1,12}")
_CONTROLS = bytes({*range(9), *range(14, 32), 127} - {27})


def has_suffix(path: Path) -> bool:
    """Whether a name ends in what names a type: not in "Letter to Dr. Who" or "notes.2023"."""
    return bool(_SUFFIX.fullmatch(path.suffix)) and not path.suffix[1:].isdecimal()


def suffix_of_content(path: Path) -> str:
    """The suffix that a file of this content ought to have, ".pdf"; "" where nothing is told.

    Also "" for what is no file, and for one that cannot be opened.
    """
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return _told_by(file)
    except OSError:
        return ""


def suffix_belied(path: Path) -> str:
    """The suffix that a file ought to have where its own is clearly false, else ""."""
    told = suffix_of_content(path)
    named = path.suffix.lower()
    if not told or told == named:
        return ""
    if told in _SIGNED:
        return "" if told == ".zip" and named in _ZIPPED else told
    if named not in _LEGACY:
        return told if told == ".html" and (named in _ZIPPED or named == ".pdf") else ""
    if told == ".txt" and named in {".xls", ".xlt"}:
        return ".csv"  # as many programs export it
    return told


def _told_by(file: BinaryIO) -> str:
    head = file.read(HEAD_BYTES)
    bare = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for signature, suffix in _SIGNATURES:
        if bare.startswith(signature) if suffix in {".pdf", ".rtf"} else head.startswith(signature):
            return suffix
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ".webp"
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _zip_kind(file, head)
    if head.startswith(_OLE_SIGNATURE):
        names = set(_ole_names(file, head))
        return next((suffix for name, suffix in _OLE_STREAMS if name in names), "")
    if head[257:262] == b"ustar":
        return ".tar"
    return _text_kind(head)


# ---------------------------------------------------------------- containers


def _zip_kind(file: BinaryIO, head: bytes) -> str:
    """Which of the formats that are zip files; ".zip" for one that is no more than that."""
    if head[26:28] == b"\x08\0" and head[30:38] == b"mimetype":
        extra = int.from_bytes(head[28:30], "little")
        mimetype = head[38 + extra : 138 + extra]
        for told, suffix in _MIMETYPES:
            if mimetype.startswith(told):
                return suffix
    names = list(_zip_names(file))
    for part, suffix in _ZIP_PARTS:
        if any(name.startswith(part) for name in names) and (
            suffix == ".epub" or b"[Content_Types].xml" in names
        ):
            return suffix
    return ".zip"


def _zip_names(file: BinaryIO) -> Iterator[bytes]:
    """The names in the first part of a zip's directory; none where it has no end mark."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL_BYTES))
    tail = file.read(TAIL_BYTES)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        return
    (start,) = struct.unpack_from("<I", tail, at + 16)
    file.seek(start)
    directory = file.read(MAX_DIRECTORY_BYTES)
    offset = 0
    while directory[offset : offset + 4] == b"PK\1\2" and len(directory) >= offset + 46:
        name, extra, comment = struct.unpack_from("<HHH", directory, offset + 28)
        yield directory[offset + 46 : offset + 46 + name]
        offset += 46 + name + extra + comment


def _ole_names(file: BinaryIO, head: bytes) -> Iterator[str]:
    """The names, in lower case, in the first part of an OLE file's directory."""
    if len(head) < 512:
        return
    shift = int.from_bytes(head[30:32], "little")
    if shift not in {9, 12}:
        return
    size = 1 << shift
    tables = struct.unpack_from("<109I", head, 76)  # the sectors that hold the table of sectors
    (sector,) = struct.unpack_from("<I", head, 48)
    for _ in range(MAX_DIRECTORY_BYTES // size):
        file.seek((sector + 1) * size)
        entries = file.read(size)
        for offset in range(0, len(entries) - 127, 128):
            length = int.from_bytes(entries[offset + 64 : offset + 66], "little")
            if 2 < length <= 64:
                name = entries[offset : offset + length - 2]
                yield name.decode("utf-16-le", errors="replace").lower()
        table, place = divmod(sector, size // 4)
        if table >= len(tables):
            return
        file.seek((tables[table] + 1) * size + 4 * place)
        following = file.read(4)
        if len(following) < 4:
            return
        (sector,) = struct.unpack("<I", following)


# ---------------------------------------------------------------- text


def _text_kind(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ".txt"
    plain = head.removeprefix(codecs.BOM_UTF8)
    controls = len(plain) - len(plain.translate(None, _CONTROLS))
    if not plain.strip() or controls > MAX_CONTROL_SHARE * len(plain):
        return ""
    if _MARKED_UP.match(plain):
        return ".html"
    if plain.lstrip().startswith(b"<?xml"):
        return ".xml"
    if _MBOX_LINE.match(plain):
        return ".mbox"
    return ".eml" if _opens_with_mail_headers(plain) else ".txt"


def _opens_with_mail_headers(text: bytes) -> bool:
    """Whether there is nothing but headers up to the first blank line, and those of a message."""
    lines = text.lstrip().splitlines()
    block = lines[: lines.index(b"")] if b"" in lines else lines[:-1]
    known = {found[1].lower() for line in block if (found := _MAIL_HEADER.match(line))}
    return len(known) >= MIN_MAIL_HEADERS and all(map(_HEADER_LINE.match, block))
