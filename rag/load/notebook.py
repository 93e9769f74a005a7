"""Reads Jupyter notebooks: their cells in order, with what they printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from rag.errors import CorruptFile, FileTooBig
from rag.load.how import PLAINLY, HowToRead
from rag.load.lined_text import LinedText
from rag.load.markdown import find_headings
from rag.load.text import clean, decode
from rag.records import DocumentInfo, Page

MAX_BYTES = 150_000_000  # pictures included
SHOWN_LINES = 40  # of an output
SHOWN_CHARS = 4_000

_ESCAPES = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_EMBEDDED = re.compile(r"!\[([^\]\n]{0,200})\]\((?:data|attachment):[^)\s]{0,10000000}\)")
_TEXTS = ("text/markdown", "text/plain", "text/latex")  # as an output offers itself


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The cells' sources and their text outputs, marked "cell 12"; raises `CorruptFile`."""
    if path.stat().st_size > MAX_BYTES:
        raise FileTooBig(path, f"a notebook of over {MAX_BYTES // 1_000_000} MB")
    book = _object(_parsed(path))
    cells = [_object(cell) for cell in _cells(book)]
    titles = [
        heading.title
        for cell in cells
        if cell.get("cell_type") == "markdown"
        for heading in find_headings(_text(cell.get("source")))
        if heading.level == 1
    ]
    yield DocumentInfo(titles[0] if titles else path.stem, 1, paged=False, format="notebook")
    text = LinedText()
    for number, cell in enumerate(cells, 1):
        text.line("")
        text.mark(f"cell {number}")
        _say_cell(text, cell)
        yield from text.take_full_page()
    yield text.take_page()


def _parsed(path: Path) -> object:
    try:
        return cast("object", json.loads(decode(path.read_bytes())))
    except (ValueError, RecursionError) as error:
        raise CorruptFile(path, "it is no notebook") from error


def _cells(book: dict[str, object]) -> list[object]:
    """The cells of format 4, or of all the sheets of format 3."""
    sheets = [_object(sheet) for sheet in _items(book.get("worksheets"))]
    return [
        *_items(book.get("cells")),
        *(c for sheet in sheets for c in _items(sheet.get("cells"))),
    ]


def _say_cell(text: LinedText, cell: dict[str, object]) -> None:
    source = _text(cell.get("source", cell.get("input")))
    kind = cell.get("cell_type")
    if kind == "heading":  # of format 3
        level = cell.get("level")
        text.heading(source, level if isinstance(level, int) and 1 <= level <= 6 else 1)
    elif kind == "markdown":
        text.written(_EMBEDDED.sub(r"\1", source), find_headings)
    else:
        text.verbatim(source.strip("\n"))
    for output in _items(cell.get("outputs")):
        said = _shortened(_output(_object(output)))
        if said:
            text.line("")
            text.verbatim(said)


def _output(output: dict[str, object]) -> str:
    """What an output says in text; pictures say nothing."""
    if output.get("output_type") in {"error", "pyerr"}:
        return f"{output.get('ename', '')}: {output.get('evalue', '')}"
    data = _object(output.get("data"))
    kinds = [data.get(kind) for kind in _TEXTS]
    given = [output.get("text"), *kinds, output.get("latex")]
    return next((_text(said) for said in given if said), "")


def _shortened(text: str) -> str:
    """The first lines, and how many more there are."""
    text = _ESCAPES.sub("", text).strip("\n")
    lines = text.split("\n")
    shown: list[str] = []
    chars = 0
    for line in lines[:SHOWN_LINES]:
        if chars + len(line) > SHOWN_CHARS:
            break
        shown.append(line)
        chars += len(line) + 1
    if not shown and text:
        return f"{text[:SHOWN_CHARS]} …"
    more = len(lines) - len(shown)
    return "\n".join([*shown, f"… {more} more lines"] if more else shown)


def _text(value: object) -> str:
    """A text that is kept whole or as a list of lines."""
    if isinstance(value, str):
        return clean(value)
    return clean("".join(line for line in _items(value) if isinstance(line, str)))


def _items(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _object(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}
