"""Reads a file that a test writes, as a parser process would."""

from __future__ import annotations

import importlib
from pathlib import Path

from rag.load import format_of
from rag.load.how import HowToRead
from rag.records import DocumentInfo, DocumentText, Page


def read_file(path: Path) -> tuple[DocumentInfo, list[Page]]:
    """What the reader for `path` says of it; its offsets are checked."""
    known = format_of(path)
    assert known is not None
    info, *pages = importlib.import_module(known.reader).read(path, HowToRead())
    assert isinstance(info, DocumentInfo)
    for number, page in enumerate(pages, 1):
        assert isinstance(page, Page)
        assert page.number == number
        check_offsets(page)
    return info, pages


def read_text(folder: Path, name: str, content: str | bytes) -> tuple[DocumentInfo, list[Page]]:
    """What is read of a file `name` with this content; text is written in UTF-8."""
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_file(path)


def read_page(folder: Path, name: str, content: str | bytes) -> Page:
    """The one page of a file with this content."""
    _, pages = read_text(folder, name, content)
    assert len(pages) == 1
    return pages[0]


def document_of(info: DocumentInfo, pages: list[Page]) -> DocumentText:
    return DocumentText.from_pages(info, pages)


def place_of(page: Page, words: str) -> str:
    """Where a page of its own says that `words` stand."""
    document = document_of(DocumentInfo("document", 1, paged=False, format=""), [page])
    start = page.text.index(words)
    return document.place_at(start, start + len(words))


def check_offsets(page: Page) -> None:
    """Headings, tables and marks lie where they say, rising, and the text is clean."""
    assert not set("\f\0\r") & set(page.text)
    for heading in page.headings:
        assert page.text[heading.start : heading.end] == heading.title
    for places in (page.headings, page.marks):
        starts = [place.start for place in places]
        assert starts == sorted(starts)
    end = 0
    for table in page.tables:
        assert end <= table.start < table.end <= len(page.text)
        end = table.end
