"""Reads marked-up text that stays as it was written: offsets are the file's, structure is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.load.text import TextFile, page_of
from rag.records import DocumentInfo, Heading, Page, Table


@dataclass(frozen=True, slots=True)
class Markup:
    """A way of marking text up, and how its structure is found in a text from an offset on."""

    name: str  # of the format, for the screen
    find_headings: Callable[[str, int], Iterator[Heading]]
    find_tables: Callable[[str, int], Iterator[Table]]
    find_title: Callable[[str], tuple[int, str]]  # the offset where the text begins, and its title


def read_as_written(path: Path, markup: Markup) -> Iterator[DocumentInfo | Page]:
    """The file's own text; it is called as it says itself, or as its first heading does."""
    file = TextFile.open(path)
    parts = file.parts()
    first = next(parts)
    start, title = markup.find_title(first)
    headings = tuple(markup.find_headings(first, start))
    title = title or next((h.title for h in headings if h.level == 1), "") or path.stem
    yield DocumentInfo(title, file.part_count(), paged=False, format=markup.name)
    tables = tuple(markup.find_tables(first, start))
    yield _page(first, 1, headings, tables)
    for number, part in enumerate(parts, 2):
        headings, tables = tuple(markup.find_headings(part, 0)), tuple(markup.find_tables(part, 0))
        yield _page(part, number, headings, tables)


def _page(text: str, number: int, headings: tuple[Heading, ...], tables: tuple[Table, ...]) -> Page:
    page = page_of(text, number)
    return Page(number, page.label, text, page.kind, headings, tables=tables)
