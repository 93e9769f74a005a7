"""Reads tables kept as text (CSV and its kin): a line for each row, under the columns' heads."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rag.load.grid import CELL_SEPARATOR
from rag.load.how import PLAINLY, HowToRead
from rag.load.lined_text import LinedText
from rag.load.text import PAGE_CHARS, TextFile, clean
from rag.records import DocumentInfo, Page

MAX_CELL_CHARS = 2 * PAGE_CHARS
MAX_LINES_OF_A_ROW = 500  # more, and a quote was opened that nothing closes
SAMPLE_ROWS = 100
SAMPLE_CHARS = 65_536
MAX_TITLE_ROWS = 5  # above the heads
MAX_HEAD_CHARS = 80
LONG_HEADS_CHARS = 200  # longer ones are said in each row, where they stand by their cells

_DELIMITERS = (",", ";", "\t", "|")
_BY_SUFFIX = {".tsv": "\t", ".tab": "\t", ".psv": "|"}
_NAMED_DELIMITER = re.compile(r"sep=([,;|:^~\t])\s*$", re.IGNORECASE)
_FIGURE = re.compile(r"[$€£¥(+−–-]*\s*\d[\d.,:/'’\s+TZ-]*[)%$€£¥]*")
_YEAR = re.compile(r"(?:19|20)\d\d")


class _UnclosedQuoteError(Exception):
    """A quote that never closes; holds the lines that were taken for one row."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a file lays out its table."""

    delimiter: str
    first_row: int  # 1 where the first line names the delimiter
    caption: str
    caption_rows: int
    heads: tuple[str, ...]  # empty where the first row is already data

    @property
    def spelled(self) -> bool:
        """Whether each cell says its head, since the heads are too many for one line."""
        return len(CELL_SEPARATOR.join(self.heads)) > LONG_HEADS_CHARS

    def said(self, cells: Sequence[str]) -> str:
        """A row as one line."""
        if not self.spelled:
            while cells and not cells[-1]:
                cells = cells[:-1]
            return CELL_SEPARATOR.join(cells)
        heads = [*self.heads, *([""] * (len(cells) - len(self.heads)))]
        named = zip(heads, cells, strict=False)
        return CELL_SEPARATOR.join(f"{h}: {c}" if h else c for h, c in named if c)


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The rows as lines of cells, in one table per page; marks count the rows from the top."""
    csv.field_size_limit(MAX_CELL_CHARS)
    file = TextFile.open(path)
    shape = _shape(file)
    yield DocumentInfo(path.stem, 1 + file.size_bytes // PAGE_CHARS, paged=False, format="table")
    text = LinedText(file.size_bytes)
    table_start = 0
    for number, row in enumerate(_rows(file, shape.delimiter), 1):
        if number <= shape.first_row:
            continue
        if text.is_full:
            _end_table(text, table_start, shape)
            yield text.take_page()
            table_start = 0
        since = number - shape.first_row - 1
        text.count("row", number)
        is_heads = shape.heads and since == shape.caption_rows
        said = CELL_SEPARATOR.join(shape.heads) if is_heads else shape.said(_cells(row))
        if said:
            text.verbatim(said)
        if since + 1 == shape.caption_rows:
            table_start = text.length
    _end_table(text, table_start, shape)
    yield text.take_page()


def _end_table(text: LinedText, start: int, shape: _Shape) -> None:
    heads = "" if shape.spelled else CELL_SEPARATOR.join(filter(None, shape.heads))
    text.table(start, shape.caption, heads)


def _shape(file: TextFile) -> _Shape:
    with file.stream() as stream:
        sample = clean(stream.read(SAMPLE_CHARS))
    named = _NAMED_DELIMITER.match(sample.partition("\n")[0])
    delimiter = named[1] if named else _BY_SUFFIX.get(file.path.suffix.lower(), "")
    delimiter = delimiter or _likeliest_delimiter(sample)
    skipped = 1 if named else 0
    rows = [_cells(row) for row in islice(_rows(file, delimiter), skipped, SAMPLE_ROWS)]
    titles = _title_rows(rows)
    caption = " ".join(cell for row in rows[:titles] for cell in row if cell)
    heads = tuple(rows[titles]) if _opens_with_heads(rows[titles:]) else ()
    return _Shape(delimiter, skipped, caption[: MAX_HEAD_CHARS * 2], titles, heads)


def _likeliest_delimiter(sample: str) -> str:
    """The sign that cuts most of the sample's rows into equally many cells, at least two."""
    lines = sample.split("\n")
    lines = lines[: max(1, min(len(lines) - 1, SAMPLE_ROWS))]
    best = (0.0, ",")
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, alike = widths.most_common(1)[0]
            best = max(best, (alike / len(rows) + min(width, 20) / 100, delimiter))
    return best[1]


def _title_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top only name the table: one cell each, above wider rows."""
    filled = [sum(map(bool, row)) for row in rows[: MAX_TITLE_ROWS + 1]]
    wide = next((at for at, cells in enumerate(filled) if cells > 1), 0)
    return wide if wide < len(rows) - 1 else 0


def _opens_with_heads(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: in words, which no column says again below."""
    if len(rows) < 2:
        return False
    first, *below = rows
    said = [cell for cell in first if cell]
    if not said or 2 * len(said) < len(first) or len(set(said)) < len(said):
        return False
    if any(_is_figure(cell) or len(cell) > MAX_HEAD_CHARS for cell in said):
        return False
    return not any(
        cell and cell == row[at] for row in below for at, cell in enumerate(first[: len(row)])
    )


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None and not _YEAR.fullmatch(cell)


def _cells(row: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in row]


def _rows(file: TextFile, delimiter: str) -> Iterator[list[str]]:
    """Every row, also blank ones; a quote that never closes is taken for a plain sign."""
    source: Iterator[str] = file.lines()
    pending: list[str] = []
    while True:
        lines = _RowLines([*pending], source)
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            for row in reader:
                lines.next_row()  # raises where the row swallowed the file's end
                yield row
        except _UnclosedQuoteError as broken:
            taken = broken.lines
        except csv.Error:  # a cell beyond all limits
            taken = lines.of_this_row
        else:
            return
        yield from csv.reader(taken[:1], delimiter=delimiter, quoting=csv.QUOTE_NONE)
        pending = [*taken[1:], *lines.waiting]


class _RowLines:
    """Lines for a CSV reader, which stop it where one row takes too many of them."""

    def __init__(self, waiting: list[str], source: Iterator[str]) -> None:
        self.waiting = waiting[::-1]
        self._source = source
        self.of_this_row: list[str] = []

    def __iter__(self) -> _RowLines:
        return self

    def __next__(self) -> str:
        if len(self.of_this_row) > MAX_LINES_OF_A_ROW:
            raise _UnclosedQuoteError(self.of_this_row)
        line = self.waiting.pop() if self.waiting else next(self._source)
        self.of_this_row.append(line)
        return line + "\n"

    def next_row(self) -> None:
        """The lines so far made a row."""
        if len(self.of_this_row) > 1 and sum(x.count('"') for x in self.of_this_row) % 2:
            raise _UnclosedQuoteError(self.of_this_row)
        self.of_this_row = []
