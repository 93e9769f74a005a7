"""Reads Org files: the text stays as it was written, its outline and tables are pointed out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rag.load.as_written import Markup, read_as_written
from rag.load.grid import CELL_SEPARATOR, names_table
from rag.load.how import PLAINLY, HowToRead
from rag.load.lined_text import LONGEST_HEADING_CHARS
from rag.records import DocumentInfo, Heading, Page, Table

DEEPEST = 9

_STARS = re.compile(
    r"(\*{1,50})[ \t]+(?:(?:TO[D]O|DONE|NEXT|WAITING|STARTED|CANCELED|CANCELLED)[ \t]+)?"
    r"(?:\[#[A-Z0-9]\][ \t]+)?(?P<title>\S.*)$"
)
_TAGS = re.compile(r"[ \t]+:[\w@#%:]+:[ \t]*$")
_BLOCK = re.compile(r"[ \t]*#\+(begin|end)_(\S+)", re.IGNORECASE)
_TITLE = re.compile(r"^#\+title:[ \t]*(\S.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_CAPTION = re.compile(r"[ \t]*#\+caption(?:\[[^\]]*\])?:[ \t]*(.*?)[ \t]*$", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*\|-[-+|]*[ \t]*$")
_FORMULA = re.compile(r"[ \t]*#\+(?:name|attr_\w+|plot|header)\b", re.IGNORECASE)


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The file's own text; the title is `#+TITLE:` or the first heading."""
    return read_as_written(path, _ORG)


def find_headings(text: str, start: int = 0) -> Iterator[Heading]:
    """The headings of Org `text` from `start` on, rising, without keywords and tags."""
    for offset, line in _lines_outside_blocks(text, start):
        found = _STARS.match(line)
        if not found:
            continue
        title = _TAGS.sub("", found["title"].rstrip()).rstrip()
        if title and len(title) <= LONGEST_HEADING_CHARS:
            begin = offset + found.start("title")
            yield Heading(begin, begin + len(title), min(len(found[1]), DEEPEST), title)


def find_tables(text: str, start: int = 0) -> Iterator[Table]:
    """The tables of Org `text` from `start` on, rising."""
    above = caption = ""
    rows: list[str] = []
    begin = end = start
    heads = ""
    for offset, line in [*_lines_outside_blocks(text, start), (len(text), "")]:
        if line.lstrip().startswith("|"):
            begin = begin if rows else offset
            end = offset + len(line)
            if _RULE.match(line):
                heads = heads or CELL_SEPARATOR.join(filter(None, map(_cells, rows)))
            rows.append("" if _RULE.match(line) else line)
            continue
        if rows:
            yield Table(begin, end, caption or (above if names_table(above) else ""), heads)
            rows, heads, caption = [], "", ""
        named = _CAPTION.match(line)
        if named:
            caption = named[1]
        elif line.strip() and not _FORMULA.match(line):
            above, caption = line.strip(), ""


def _cells(line: str) -> str:
    return CELL_SEPARATOR.join(filter(None, map(str.strip, line.split("|"))))


def _lines_outside_blocks(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Each line of running text with its offset; an empty one in place of a line of a block."""
    inside = ""
    offset = start
    for line in text[start:].split("\n"):
        found = _BLOCK.match(line)
        if found and found[1].lower() == "begin" and not inside:
            inside = found[2].lower()
        yield offset, "" if inside else line
        if found and found[1].lower() == "end" and found[2].lower() == inside:
            inside = ""
        offset += len(line) + 1


def _title(text: str) -> tuple[int, str]:
    found = _TITLE.search(text)
    return 0, found[1] if found else ""


_ORG = Markup("Org", find_headings, find_tables, _title)
