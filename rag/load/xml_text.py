# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportAttributeAccessIssue=false
"""Reads XML of any dialect: prose as paragraphs under headings, data as records of named values."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from lxml import etree

from rag.errors import CorruptFile
from rag.load.how import PLAINLY, HowToRead
from rag.load.text import PAGE_CHARS, TextFile, page_of
from rag.load.xml_outline import Outline, Records, RecordSeeker
from rag.records import DocumentInfo, Page, PageKind

BLOCK_CHARS = 65_536
HEAD_BYTES = 200

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)["']""")
_TAG = re.compile(r"<(?:!--.{0,5000}?--|[/!?a-zA-Z][^<>]{0,5000})>", re.DOTALL)
_BOMB = re.compile(r"amplification|entity.{0,20}loop|entity recursion", re.IGNORECASE)


class _Parser(Protocol):
    def feed(self, data: str) -> None: ...
    def close(self) -> object: ...


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """One page, several where the text is long; called by its first title.

    Of a file that breaks off or is no XML after all, the text between the tags is read. Raises
    `CorruptFile` for entities that unfold without end.
    """
    file = _opened(path)
    outline = Outline(file.size_bytes, _records_of(file))
    pages = _pages(file, outline)
    first = next(pages)
    count = 1 + file.size_bytes // PAGE_CHARS
    yield DocumentInfo(outline.title or path.stem, count, paged=False, format="XML")
    yield first
    yield from pages


def _opened(path: Path) -> TextFile:
    """The file in the encoding that it declares, else in the one that is found."""
    file = TextFile.open(path)
    with path.open("rb") as stream:
        declared = _DECLARED.match(stream.read(HEAD_BYTES))
    if declared and not file.encoding.startswith("utf"):
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            b"a".decode(name)  # fails for what is registered but no encoding of text
            return replace(file, encoding=name)
        except (LookupError, UnicodeError):
            pass
    return file


def _records_of(file: TextFile) -> Records:
    """The records of a file as its beginning tells them."""
    seeker = RecordSeeker()
    parser = _parser(seeker)
    with file.stream() as stream, suppress(etree.XMLSyntaxError):
        parser.feed(stream.read(BLOCK_CHARS))
        parser.close()  # fails where the file is longer
    return seeker.close()


def _parser(target: Outline | RecordSeeker) -> _Parser:
    made = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return cast("_Parser", made)


def _pages(file: TextFile, outline: Outline) -> Iterator[Page]:
    parser = _parser(outline)
    try:
        with file.stream() as stream:
            while block := stream.read(BLOCK_CHARS):
                parser.feed(block)
                yield from outline.text.take_full_page()
        parser.close()
    except etree.XMLSyntaxError as error:
        if _BOMB.search(str(error)):
            raise CorruptFile(file.path, "its entities unfold without end") from error
        if outline.text.pages_taken:
            yield outline.text.take_page()
            number = outline.text.pages_taken + 1
            problem = f"The XML is broken at line {error.lineno}: the rest was not read."
            yield Page(number, str(number), "", PageKind.FAILED, problem=problem)
        else:
            yield from _without_tags(file)
    else:
        yield outline.text.take_page()


def _without_tags(file: TextFile) -> Iterator[Page]:
    """The text between the tags, line by line as it stands."""
    for number, part in enumerate(file.parts(), 1):
        text = html.unescape(_TAG.sub(" ", part)).replace("\0", " ").replace("\f", "\n")
        lines = (" ".join(line.split()) for line in text.split("\n"))
        yield page_of("\n".join(line for line in lines if line), number)
