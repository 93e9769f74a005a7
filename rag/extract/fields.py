"""Reads what forms and tables say: labels with their values, rows under their columns' heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

_MOST_LABEL_WORDS = 7
_MOST_VALUE_CHARS = 160
_COLON = regex.compile(
    r"(?<=[\p{L}\p{N})\].])\s?[:：](?!//|\d{2}\b)"
    r"(?=[*_]*(?:\s|$)|[\p{Han}\p{Hiragana}\p{Katakana}€$£\d])"
)
_CELLS = regex.compile(r"\s*\|\s*|\t+")
_LABEL_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’./()&-]*|&|#")
_SMALL = frozenset(
    [
        "of",
        "the",
        "for",
        "&",
        "and",
        "de",
        "la",
        "du",
        "des",
        "der",
        "die",
        "das",
        "von",
        "zu",
        "et",
        "y",
        "to",
        "in",
        "on",
        "at",
        "no",
    ]
)
_LIST_MARK = regex.compile(r"\s*(?:[-*+•‣◦▪●]\s+|\(?\d{1,3}[.)]\s+|>\s+|#{1,6}\s+|\*\*|__)+")


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands for it, `text[start:end]`; `row` is what names a table's row."""

    label: str
    start: int
    end: int
    row: str = ""


def fields(text: str, heads: str = "") -> Iterator[Field]:
    """The fields of `text`, in order; `heads` are those of the table that its rows are from."""
    at = 0
    columns = _cells_of(heads)
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        cells = _cells(line, start)
        if len(cells) > 1:
            if regex.fullmatch(r"[\s|:+-]*", line):
                continue
            written = [text[a:b] for a, b in cells]
            if not columns and _are_heads(written):
                columns = written
                continue
            yield from _row(text, cells, columns)
            continue
        columns = _cells_of(heads)
        yield from _labelled(text, start, start + len(line.rstrip()))


def _are_heads(cells: Sequence[str]) -> bool:
    """Whether a first row only names its columns."""
    return len(cells) > 2 and not any(char.isdigit() for cell in cells for char in cell)


def _cells(line: str, offset: int) -> list[tuple[int, int]]:
    """The spans of a line's cells, trimmed; one where it is no row."""
    spans: list[tuple[int, int]] = []
    at = 0
    for found in _CELLS.finditer(line):
        spans.append((at, found.start()))
        at = found.end()
    spans.append((at, len(line.rstrip())))
    full = [(a, b) for a, b in spans if b > a]
    return [(offset + a, offset + b) for a, b in full]


def _cells_of(heads: str) -> list[str]:
    return [cell for cell in _CELLS.split(heads) if cell.strip()] if heads else []


def _row(text: str, cells: Sequence[tuple[int, int]], columns: Sequence[str]) -> Iterator[Field]:
    """The cells of a row: each under its column's head, and of two the second after the first."""
    row = text[slice(*cells[0])].strip("*_ ")
    if len(cells) == 2 and len(row) < 60:
        yield Field(row.rstrip(":"), *cells[1])
    if len(columns) != len(cells):
        return
    for (start, end), head in zip(cells, columns, strict=True):
        if text[start:end] != head and end - start <= _MOST_VALUE_CHARS:
            others = " ".join(text[a:b] for a, b in cells if (a, b) != (start, end))
            yield Field(head, start, end, others)


def _labelled(text: str, start: int, end: int) -> Iterator[Field]:
    """The labels of a line that a colon ends, each with what stands up to the next one."""
    marked = _LIST_MARK.match(text, start, end)
    begin = marked.end() if marked else start
    colons = [(f.start(), f.end()) for f in _COLON.finditer(text, begin, end)]
    at = begin
    labels: list[tuple[int, int, int]] = []  # start and end of the label, start of its value
    for number, (stop, after) in enumerate(colons):
        label = at if number == 0 else _label_start(text, at, stop)
        if label is None or not 0 < len(text[label:stop].split()) <= _MOST_LABEL_WORDS:
            if number == 0:
                return
            continue
        labels.append((label, stop, after))
        at = after
    for number, (label, stop, after) in enumerate(labels):
        last = labels[number + 1][0] if number + 1 < len(labels) else end
        value_start, value_end = _trimmed(text, after, last)
        if value_start < value_end:
            yield Field(text[label:stop].strip("*_ "), value_start, value_end)


def _label_start(text: str, begin: int, stop: int) -> int | None:
    """Where the label of a second column begins, whose value's end nothing marks."""
    wide = [f.end() for f in regex.finditer(r"\s{2,}|[;|]\s*", text[begin:stop])]
    if wide:
        return begin + wide[-1]
    words = list(_LABEL_WORD.finditer(text, begin, stop))
    if not words:
        return None
    start = len(words) - 1
    taken = 1
    while start > 0 and taken < 4:
        previous = words[start - 1]
        gap = text[previous.end() : words[start].start()]
        word = previous.group()
        if gap.strip() or any(char.isdigit() for char in word) or word.endswith((".", ")")):
            break
        if word.isupper() and 1 < len(word) < 5 and not words[start].group().isupper():
            break  # a unit or a zone: “1045 UTC”, “12 EUR”
        small = word.casefold() in _SMALL
        if not small and (not word[0].isupper() or (taken >= 2 and not _joins(words, start))):
            break
        start -= 1
        taken += not small
    while start < len(words) - 1 and words[start].group().casefold() in _SMALL:
        start += 1
    return words[start].start()


def _joins(words: Sequence[regex.Match[str]], at: int) -> bool:
    """Whether a small word or a slash ties the label's word at `at` to the one before it."""
    word = words[at].group()
    return word.casefold() in _SMALL or "/" in word


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t*_"))
    end = start + len(text[start:end].rstrip(" \t\r\n*_;,"))
    return start, min(end, start + _MOST_VALUE_CHARS)
