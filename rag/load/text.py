"""Reads plain text: the reading text is the file's own, so that offsets are the file's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rag.errors import CorruptFile, FileTooBig
from rag.load.encoding import SAMPLE_BYTES, encoding_of, encoding_of_file
from rag.load.how import PLAINLY, HowToRead
from rag.records import DocumentInfo, Page, PageKind

MAX_BYTES = 400_000_000
PAGE_CHARS = 2_000_000  # a longer text is read in several pages
MAX_CONTROL_SHARE = 0.02  # of the characters; more is no text
_CLOSE_TO_THE_END = 0.9  # of a page: where a border between paragraphs is looked for

_CONTROLS = {*range(9), *range(14, 32), 127} - {27}  # terminals write escapes into logs


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The file's decoded text on one page, on several where it is long; line ends are newlines."""
    file = TextFile.open(path)
    yield DocumentInfo(path.stem, file.part_count(), paged=False, format="text")
    for number, part in enumerate(file.parts(), 1):
        yield page_of(part, number)


def page_of(text: str, number: int = 1) -> Page:
    """`text` as a page of a document without pages."""
    return Page(number, str(number), text, PageKind.TEXT if text.strip() else PageKind.EMPTY)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text whose encoding was found."""

    path: Path
    size_bytes: int
    encoding: str

    @classmethod
    def open(cls, path: Path) -> TextFile:
        """Raises `FileTooBig`, and `CorruptFile` when it does not begin as text."""
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileTooBig(path, f"it has {size / 1e6:,.0f} MB of text")
        file = cls(path, size, encoding_of_file(path))
        with file.stream() as stream:
            if not _is_text(stream.read(SAMPLE_BYTES)):
                raise CorruptFile(path, "it holds data, not text")
        return file

    def stream(self) -> TextIO:
        """The text from its beginning, with newlines at the ends of lines."""
        return self.path.open(encoding=self.encoding, errors="replace")

    def part_count(self) -> int:
        """How many `parts` there are."""
        small = self.size_bytes <= PAGE_CHARS
        return 1 if small else sum(1 for _ in self.parts())

    def parts(self, start: int = 0) -> Iterator[str]:
        """The reading text from `start` on in parts of at most `PAGE_CHARS`, at least one.

        Between two parts stood a white space which is in neither: the form feed between pages
        takes its place, so that offsets stay those of the file.
        """
        rest = ""
        with self.stream() as stream:
            while start > 0 and (skipped := stream.read(min(start, PAGE_CHARS))):
                start -= len(skipped)
            while True:
                text = rest + stream.read(PAGE_CHARS + 1 - len(rest))
                if len(text) <= PAGE_CHARS:
                    yield clean(text)
                    return
                cut, after = _border(text)
                yield clean(text[:cut])
                rest = text[after:]

    def lines(self) -> Iterator[str]:
        """The lines of the reading text, without their ends; very long ones in pieces."""
        with self.stream() as stream:
            while line := stream.readline(PAGE_CHARS):
                yield clean(line.removesuffix("\n")).replace("\n", " ")


def read_text(path: Path) -> str:
    """The file's text as reading text; raises `CorruptFile` when it is not text at all."""
    file = TextFile.open(path)
    with file.stream() as stream:
        text = clean(stream.read())
    if not _is_text(text):
        raise CorruptFile(path, "it holds data, not text")
    return text


def decode(raw: bytes) -> str:
    """Bytes of unknown encoding as text; what cannot be decoded becomes U+FFFD."""
    return raw.decode(encoding_of(raw), errors="replace")


def clean(text: str) -> str:
    """Text without what a page's text never holds, each character replaced one for one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\0", " ")


def _is_text(text: str) -> bool:
    strange = sum(map(text.count, map(chr, _CONTROLS))) + text.count("\ufffd")
    return strange <= MAX_CONTROL_SHARE * len(text)


def _border(text: str) -> tuple[int, int]:
    """Where the first page of `text` ends and the next begins: between paragraphs if it can be."""
    earliest = int(_CLOSE_TO_THE_END * PAGE_CHARS)
    for separator in ("\n\n", "\n", " "):
        found = text.rfind(separator, earliest, PAGE_CHARS + 1)
        if found > 0:
            end = found + len(separator) - 1
            return end, end + 1
    return PAGE_CHARS, PAGE_CHARS
