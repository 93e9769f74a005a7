"""Reads settings files (YAML, TOML, INI): their text as written, with sections for headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rag.load.how import PLAINLY, HowToRead
from rag.load.lined_text import LONGEST_HEADING_CHARS, LineMarks
from rag.load.text import TextFile, page_of
from rag.records import DocumentInfo, Heading, Page

_SECTION = re.compile(r"^[ \t]*(\[{1,2}[^\[\]\n]+\]{1,2})[ \t]*(?:[#;].*)?$", re.MULTILINE)
_KEY = re.compile(r"^(?![ \t#\-\[{}\]])([^:\n#]{1,100}):[ \t]*(?:#.*)?$", re.MULTILINE)
_BY_KEYS = (".yaml", ".yml")


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The file's own text, its sections pointed out and its lines marked."""
    file = TextFile.open(path)
    pattern = _KEY if path.suffix.lower() in _BY_KEYS else _SECTION
    yield DocumentInfo(path.stem, file.part_count(), paged=False, format="settings")
    marks = LineMarks(file.size_bytes)
    for number, part in enumerate(file.parts(), 1):
        page = page_of(part, number)
        headings = tuple(_headings(part, pattern))
        yield Page(number, page.label, part, page.kind, headings, marks=tuple(marks.of(part)))


def _headings(text: str, pattern: re.Pattern[str]) -> Iterator[Heading]:
    for found in pattern.finditer(text):
        title = found[1].rstrip()
        if len(title) <= LONGEST_HEADING_CHARS:
            yield Heading(found.start(1), found.start(1) + len(title), 1, title)
