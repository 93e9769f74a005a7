"""Reads Markdown: the text stays as it was written, its headings are pointed out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rag.load.as_written import Markup, read_as_written
from rag.load.grid import CELL_SEPARATOR, names_table
from rag.load.how import PLAINLY, HowToRead
from rag.records import DocumentInfo, Heading, Page, Table

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HASHES = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*(?:[ \t]#+[ \t]*)?$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FRONT_TITLE = re.compile(r"title:[ \t]*(.+?)[ \t]*$", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*")
_NOT_A_PARAGRAPH = re.compile(r"\s*$| {4}|\t|\s*(?:[-*+>|]|\d+[.)])\s")


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The file's own text; the title is the front matter's or the first heading's."""
    return read_as_written(path, _MARKDOWN)


def find_headings(text: str, start: int = 0) -> Iterator[Heading]:
    """The headings of Markdown `text` from `start` on, rising; none inside a code block."""
    fence = ""
    previous = (0, "")  # where the line before begins, and what it says
    offset = start
    for line in text[start:].split("\n"):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
            previous = (offset, "")
        elif found:
            fence = found[1]
            previous = (offset, "")
        elif (hashes := _HASHES.match(line)) and hashes[2]:
            yield Heading(
                offset + hashes.start(2), offset + hashes.end(2), len(hashes[1]), hashes[2]
            )
            previous = (offset, "")
        elif (line_under := _UNDERLINE.match(line)) and not _NOT_A_PARAGRAPH.match(previous[1]):
            title = previous[1].strip()
            begin = previous[0] + previous[1].index(title)
            level = 1 if line_under[1].startswith("=") else 2
            yield Heading(begin, begin + len(title), level, title)
            previous = (offset, "")
        else:
            previous = (offset, line)
        offset += len(line) + 1


def find_tables(text: str, start: int = 0) -> Iterator[Table]:
    """The tables of Markdown `text` from `start` on, rising; none inside a code block."""
    fence = above = heads = ""
    begin = end = -1  # of the table in work
    offset = start
    for line in [*text[start:].split("\n"), ""]:
        found = _FENCE.match(line)
        if begin >= 0 and not ("|" in line and line.strip()):
            yield Table(begin, end, above if names_table(above) else "", heads)
            begin, above, heads = -1, "", ""
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        elif begin >= 0:
            end = offset + len(line)
        elif not fence and _RULE.fullmatch(line) and heads.count("|") >= 1:
            begin, end = offset - len(heads) - 1, offset + len(line)
            heads = CELL_SEPARATOR.join(filter(None, map(str.strip, heads.split("|"))))
        elif line.strip():
            above, heads = heads.strip() or above, line
        offset += len(line) + 1


def _front_matter(text: str) -> tuple[int, str]:
    """Where a YAML front matter ends, 0 if there is none, and the title it names."""
    if not text.startswith("---\n"):
        return 0, ""
    title = ""
    offset = 4
    for line in text[4:].split("\n"):
        offset += len(line) + 1
        if line.rstrip() in {"---", "..."}:
            return min(offset, len(text)), title
        if found := _FRONT_TITLE.match(line):
            title = found[1].strip("\"'")
    return 0, ""


_MARKDOWN = Markup("Markdown", find_headings, find_tables, _front_matter)
