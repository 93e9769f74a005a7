"""Reads JSON and JSON lines: each record as lines that name what they say, `path.to.it: value`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rag.load.how import PLAINLY, HowToRead
from rag.load.json_stream import (
    LONGEST_PATH_CHARS,
    BrokenJsonError,
    JsonStream,
    Members,
    Number,
    Value,
    value_of,
)
from rag.load.lined_text import LinedText, LineMarks
from rag.load.text import PAGE_CHARS, TextFile, clean, page_of
from rag.records import DocumentInfo, Page

LONGEST_LIST_CHARS = 400  # of a list of short values on one line
MANY_NUMBERS = 30  # in a list: a shape or a vector, not figures to read
SHOWN_NUMBERS = 8
TRIED_LINES = 20

_BY_LINES = (".jsonl", ".ndjson")


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """A paragraph for each record, marked "record 12" or, in JSON lines, "line 12".

    What is not JSON after all is read as the plain text that it is.
    """
    file = TextFile.open(path)
    yield DocumentInfo(path.stem, 1 + file.size_bytes // PAGE_CHARS, paged=False, format="JSON")
    if path.suffix.lower() in _BY_LINES and _is_by_lines(file):
        yield from _lines(file)
    else:
        yield from _records(file)


def _is_by_lines(file: TextFile) -> bool:
    """Whether any of the first lines is a whole value, besides single signs and words."""
    return any(_value_or_none(line) for line in islice(file.lines(), TRIED_LINES))


def _value_or_none(line: str) -> Members | list[Value] | None:
    try:
        value = value_of(line)
    except ValueError:
        return None
    return value if isinstance(value, Members | list) else None


def _lines(file: TextFile) -> Iterator[Page]:
    text = LinedText(file.size_bytes)
    for number, line in enumerate(file.lines(), 1):
        text.count("line", number)
        value = _value_or_none(line)
        yield from _said_in(text, [line] if value is None else said("", value))
        text.line("")
    yield text.take_page()


def _records(file: TextFile) -> Iterator[Page]:
    text = LinedText(file.size_bytes)
    try:
        for record in JsonStream(file).records():
            key = record.key
            if isinstance(record.value, Members | list):
                text.line("")
            if record.number:
                text.count(key or "record", record.number)
            elif text.is_marked:
                text.mark(key)
            in_list = record.number and isinstance(record.value, Members)
            yield from _said_in(text, said("" if in_list else key, record.value))
            if isinstance(record.value, Members | list):
                text.line("")
    except BrokenJsonError as broken:
        if text.pages_taken:
            yield text.take_page()
            yield from _plain(file, broken.offset, text.pages_taken)
        else:
            yield from _plain(file)
    else:
        yield text.take_page()


def _said_in(text: LinedText, lines: Iterator[str] | list[str]) -> Iterator[Page]:
    for line in lines:
        text.line(line)
        yield from text.take_full_page()


def _plain(file: TextFile, start: int = 0, pages_before: int = 0) -> Iterator[Page]:
    """The file's own text, where it is no JSON."""
    marks = LineMarks(file.size_bytes)
    for number, part in enumerate(file.parts(start), pages_before + 1):
        page = page_of(part, number)
        named = () if start else tuple(marks.of(part))
        yield Page(number, page.label, part, page.kind, marks=named)


def said(path: str, value: Value) -> Iterator[str]:
    """What `value` says, a line for each leaf: "address.city: Köln"; nothing of empty ones."""
    ahead: list[tuple[str, Value]] = [(path, value)]
    while ahead:
        path, value = ahead.pop()
        path = path if len(path) <= LONGEST_PATH_CHARS else "…" + path[-LONGEST_PATH_CHARS:]
        if isinstance(value, Members):
            ahead += [(f"{path}.{key}" if path else key, below) for key, below in value[::-1]]
        elif isinstance(value, list):
            line = _in_one_line(value)
            if line:
                yield _named(path, line)
            elif value:
                below = enumerate(value, 1)
                ahead += [(f"{path}.{n}" if path else str(n), each) for n, each in below][::-1]
        elif value is not None and value != "":
            yield _named(path, _leaf(value))


def _named(path: str, text: str) -> str:
    path = " ".join(clean(path).split())
    return f"{path}: {text}" if path else text


def _leaf(value: str | bool) -> str:  # noqa: FBT001 - a value of JSON
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(value).strip()


def _in_one_line(values: list[Value]) -> str:
    """A list of short values, or of numbers however nested; empty where it is another."""
    numbers = _numbers(values)
    if numbers > MANY_NUMBERS:
        shown = ", ".join(islice(_leaves(values), SHOWN_NUMBERS))
        return f"{shown} … and {numbers - SHOWN_NUMBERS:,} more numbers"
    if any(isinstance(value, Members | list) for value in values) and not numbers:
        return ""
    line = ", ".join(_leaves(values))
    return line if len(line) <= LONGEST_LIST_CHARS and "\n" not in line else ""


def _numbers(values: list[Value]) -> int:
    """How many numbers there are, if there is nothing else at any depth; else 0."""
    count = 0
    ahead: list[list[Value]] = [values]
    while ahead:
        for value in ahead.pop():
            if isinstance(value, list):
                ahead.append(value)
            elif isinstance(value, Number):
                count += 1
            else:
                return 0
    return count


def _leaves(values: list[Value]) -> Iterator[str]:
    """The leaves of nested lists that hold nothing but scalars, in their order."""
    ahead = [iter(values)]
    while ahead:
        for value in ahead[-1]:
            if isinstance(value, list):
                ahead.append(iter(value))
                break
            if isinstance(value, str | bool):
                yield _leaf(value)
        else:
            ahead.pop()
