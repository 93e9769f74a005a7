"""Reads reStructuredText: the text stays as it was written, headings and tables are pointed out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from rag.load.as_written import Markup, read_as_written
from rag.load.grid import CELL_SEPARATOR, names_table
from rag.load.how import PLAINLY, HowToRead
from rag.load.lined_text import LONGEST_HEADING_CHARS
from rag.records import DocumentInfo, Heading, Page, Table

DEEPEST = 9
MIN_UNDERLINE = 3

_LINE = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*$")
_GRID_BORDER = re.compile(r"[ \t]*\+(?:-+\+)+[ \t]*$")
_GRID_HEAD = re.compile(r"[ \t]*\+(?:=+\+)+[ \t]*$")
_GRID_ROW = re.compile(r"[ \t]*[|+]")
_SIMPLE_BORDER = re.compile(r"[ \t]*=+(?:[ \t]+=+)+[ \t]*$")
_SIMPLE_SPAN = re.compile(r"[ \t]*-+(?:[ \t]+-+)*[ \t]*$")
_CAPTION = re.compile(r"[ \t]*\.\.[ \t]+(?:csv-|list-)?table::[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r"[ \t]+:[\w-]+:")


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The file's own text; the title is the first heading of the highest level."""
    return read_as_written(path, _RESTRUCTURED)


def find_headings(text: str, start: int = 0) -> Iterator[Heading]:
    """The headings of `text` from `start` on, rising; each new style of line is a level deeper."""
    styles: list[tuple[str, bool]] = []
    lines = text[start:].split("\n")
    offset = start
    for at, line in enumerate(lines):
        title = line.strip()
        under = lines[at + 1] if at + 1 < len(lines) else ""
        style = _style(lines[at - 1] if at else "", line, under)
        if style and title and len(title) <= LONGEST_HEADING_CHARS:
            if style not in styles:
                styles.append(style)
            begin = offset + line.index(title)
            level = min(styles.index(style) + 1, DEEPEST)
            yield Heading(begin, begin + len(title), level, title)
        offset += len(line) + 1


def _style(over: str, line: str, under: str) -> tuple[str, bool] | None:
    """How a line is made a heading by those around it; None if it is none."""
    found = _LINE.match(under)
    title = line.strip()
    if not found or not title or _LINE.match(line):
        return None
    length = len(under.rstrip())
    if length < min(MIN_UNDERLINE, len(title)) or (
        length < len(title) and length < 2 * MIN_UNDERLINE
    ):
        return None
    overlined = over.rstrip() == under.rstrip()
    if line[0].isspace() and not overlined:
        return None
    if not overlined and over.strip():
        return None  # the end of a paragraph, or of a table
    return found[1], overlined


def find_tables(text: str, start: int = 0) -> Iterator[Table]:
    """The grid and simple tables of `text` from `start` on, rising."""
    lines = text[start:].split("\n")
    offsets = [start]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    above = caption = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if _GRID_BORDER.match(line):
            last, heads = _grid(lines, at)
        elif _SIMPLE_BORDER.match(line):
            last, heads = _simple(lines, at)
        else:
            last, heads = at, ""
        if last > at:
            said = caption or (above if names_table(above) else "")
            yield Table(offsets[at], offsets[last] + len(lines[last].rstrip()), said, heads)
            above = caption = ""
        elif found := _CAPTION.match(line):
            caption = found[1]
        elif line.strip() and not _OPTION.match(line):
            above, caption = line.strip(), ""
        at = last + 1


def _grid(lines: list[str], first: int) -> tuple[int, str]:
    """The last line of the grid table that begins at `first`, and its heads."""
    last, heads = first, ""
    for at in range(first + 1, len(lines)):
        if not _GRID_ROW.match(lines[at]):
            break
        if _GRID_HEAD.match(lines[at]) and not heads:
            edges = [n for n, sign in enumerate(lines[at]) if sign == "+"]
            heads = _columns(lines[first + 1 : at], edges)
        last = at
    return last, heads


def _simple(lines: list[str], first: int) -> tuple[int, str]:
    """The last line of the simple table that begins at `first`, and its heads."""
    borders = [first]
    for at in range(first + 1, len(lines)):
        if _SIMPLE_BORDER.match(lines[at]):
            borders.append(at)
            if len(borders) == 3 or not "".join(lines[at + 1 : at + 2]).strip():
                break
        elif not lines[at].strip() and len(borders) > 1 and not _goes_on(lines, at):
            break
    if len(borders) < 2:
        return first, ""
    if len(borders) == 2:
        return borders[1], ""
    border = lines[first]
    edges = [found.start() for found in re.finditer("=+", border)]
    rows: list[str] = []
    for line in lines[first + 1 : borders[1]]:
        rows = [] if _SIMPLE_SPAN.match(line) else [*rows, line]  # what spans columns names none
    return borders[2], _columns(rows, [*[edge - 1 for edge in edges], 10_000])


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a row follows the empty line at `at` of a simple table."""
    return any(_SIMPLE_BORDER.match(line) for line in lines[at + 1 : at + 50])


def _columns(rows: list[str], edges: list[int]) -> str:
    """What the rows of heads say between the edges of each column."""
    heads = [
        " ".join(" ".join(row[left + 1 : right].strip(" \t|+-") for row in rows).split())
        for left, right in itertools.pairwise(edges)
    ]
    return CELL_SEPARATOR.join(filter(None, heads))


def _title(_text: str) -> tuple[int, str]:
    return 0, ""


_RESTRUCTURED = Markup("reStructuredText", find_headings, find_tables, _title)
