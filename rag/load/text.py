"""Reads plain text: the reading text is the file's own, so that offsets are the file's."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from rag.errors import CorruptFile, FileTooBig
from rag.load.how import PLAINLY, HowToRead
from rag.records import DocumentInfo, Page, PageKind

MAX_BYTES = 400_000_000
SAMPLE_BYTES = 65_536  # enough to tell an encoding
MAX_CONTROL_SHARE = 0.02  # of the characters; more is no text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does: must come first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = {*range(9), *range(14, 32), 127} - {27}  # terminals write escapes into logs


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """One page with the file's decoded text; line ends become newlines."""
    text = read_text(path)
    yield DocumentInfo(path.stem, 1, paged=False, format="text")
    yield page_of(text)


def page_of(text: str) -> Page:
    """`text` as the one page of a document without pages."""
    return Page(1, "1", text, PageKind.TEXT if text.strip() else PageKind.EMPTY)


def read_text(path: Path) -> str:
    """The file's text as reading text; raises `CorruptFile` when it is not text at all."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileTooBig(path, f"it has {size / 1e6:,.0f} MB of text")
    text = decode(path.read_bytes())
    controls = sum(map(text.count, map(chr, _CONTROLS)))
    if text and (controls + text.count("\ufffd")) / len(text) > MAX_CONTROL_SHARE:
        raise CorruptFile(path, "it holds data, not text")
    return clean(text)


def decode(raw: bytes) -> str:
    """Bytes of unknown encoding as text; what cannot be decoded becomes U+FFFD."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw.decode(encoding, errors="replace")
    wide = _utf16_without_bom(raw)
    if wide:
        return raw.decode(wide, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > SAMPLE_BYTES:  # text with a broken place, not another encoding
            return raw.decode("utf-8", errors="replace")
    best = from_bytes(raw[:SAMPLE_BYTES]).best()
    encoding = best.encoding if best else "cp1252"
    return raw.decode(encoding, errors="replace")


def clean(text: str) -> str:
    """Text without what a page's text never holds, each character replaced one for one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\0", " ")


def _utf16_without_bom(raw: bytes) -> str:
    """The UTF-16 order that zero bytes in every second place give away; empty if none."""
    sample = raw[:SAMPLE_BYTES]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if zeros_odd > 0.4 * half and zeros_even < 0.05 * half:
        return "utf-16-le"
    if zeros_even > 0.4 * half and zeros_odd < 0.05 * half:
        return "utf-16-be"
    return ""
