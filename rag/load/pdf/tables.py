"""Finds the tables of a page: rows of figures below each other, and what stands above them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.load.pdf.breaks import Line
from rag.load.pdf.column_heads import Cell, Columns, cells_of, is_figure, is_year, topmost
from rag.load.pdf.prose import Prose
from rag.records import Heading, Table

MIN_ROWS = 2  # of figures, and
MIN_TEXT_ROWS = 3  # without, that make a table
MOST_BETWEEN = 4  # lines without figures between two rows
MOST_ABOVE = 24  # lines that are looked through for column heads
FARTHEST = 4.5  # times the height of a line, between two rows
MOST_HEAD_WORDS = 9
MAX_CAPTION_CHARS = 200
MOST_CAPTION_LINES = 4
STUB_LEVELS = 1  # by which a heading inside of a table is lower than it looks

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ“\"])")
_TELLS_OF_TABLE = re.compile(
    r"\b(?:table|tabelle|tableau|tabla|below|follows?|following)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:table|exhibit|schedule|tabelle|tableau|tabla)\s+[\dIVX]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of a page, with what tells whether it goes on on the next page."""

    table: Table
    rows_start: int  # where its first row below the heads starts
    columns: Columns
    ends_page: bool
    begins_page: bool


def tables_in(
    prose: Prose, headings: Sequence[Heading], before: FoundTable | None
) -> list[FoundTable]:
    """The tables of a page, rising; one that goes on from the page `before` keeps its heads."""
    found: list[FoundTable] = []
    lines = prose.lines
    done = 0
    for first, last, columns in _regions(lines):
        top, heads, units = _heads_above(lines, first, done, columns)
        table = _found(prose, headings, (top, first, last), columns, (heads, units), done)
        if not found and before and not heads and _goes_on(before, table):
            kept = replace(table.table, caption=before.table.caption, heads=before.table.heads)
            table = replace(table, table=kept)
        found.append(table)
        done = last + 1
    return found


def without_column_heads(
    headings: Sequence[Heading], tables: Sequence[FoundTable]
) -> tuple[Heading, ...]:
    """Headings but for those that are column heads; those between a table's rows come lower."""
    kept: list[Heading] = []
    starts = [found.table.start for found in tables]
    for heading in headings:
        at = bisect_left(starts, heading.start + 1) - 1
        if at < 0 or heading.start >= tables[at].table.end:
            kept.append(heading)
        elif heading.start >= tables[at].rows_start:
            kept.append(replace(heading, level=heading.level + STUB_LEVELS))
    return tuple(kept)


# ---------------------------------------------------------------- which lines are rows


def _regions(lines: Sequence[Line]) -> list[tuple[int, int, Columns]]:
    """First and last line of each run of rows, with its columns."""
    regions: list[tuple[int, int, Columns]] = []
    first = last = -1
    columns = Columns()
    rows = 0

    def close() -> None:
        if rows >= MIN_ROWS:
            regions.append((first, last, columns))

    for at, line in enumerate(lines):
        if len(line.cells) < 2 or not _is_row(cells := cells_of(line)):
            continue
        figures = [cell for cell in cells[1:] if cell.is_figure]
        if rows and _belongs(lines, last, at, columns, figures):
            rows += 1
        else:
            close()
            first, columns, rows = at, Columns(), 1
        last = at
        columns.add(figures, len(cells) - 1)
    close()
    return regions


def _is_row(cells: Sequence[Cell]) -> bool:
    """Whether cells on one line are a label and figures, and not several fields of a form."""
    beside = cells[1:]
    has_figure = any(cell.is_figure and not is_year(cell.text) for cell in beside)
    return has_figure and not any(cell.text.endswith(":") for cell in beside)


def _belongs(
    lines: Sequence[Line], last: int, at: int, columns: Columns, figures: Sequence[Cell]
) -> bool:
    """Whether the row `at` is one more of the table whose row before is `last`."""
    if at - last - 1 > MOST_BETWEEN or not columns.hold(figures):
        return False
    for above, below in zip(lines[last:at], lines[last + 1 : at + 1], strict=True):
        if not 0 < below.row.y0 - above.row.y0 < FARTHEST * below.size:
            return False
    return not any(_parts(line, columns) for line in lines[last + 1 : at])


def _parts(line: Line, columns: Columns) -> bool:
    """Whether a line between two rows shows that they are of two tables."""
    if len(line.cells) > 1:
        return any(columns.over(cell) for cell in cells_of(line)[1:])  # new column heads
    return line.row.x1 > columns.left + line.size and line.text.count(" ") >= 3


# ---------------------------------------------------------------- what stands above them


def _heads_above(
    lines: Sequence[Line], first: int, done: int, columns: Columns
) -> tuple[int, str, list[str]]:
    """The first line of the column heads, what they say, and the units beside them."""
    heads: list[Cell] = []
    units: list[str] = []
    top = first
    left = min(line.row.x0 for line in lines[first : first + 3])
    near = lines[first].row.y0
    for at in range(first - 1, max(done, first - MOST_ABOVE) - 1, -1):
        line = lines[at]
        if not 0 < near - line.row.y0 < FARTHEST * line.size:
            break
        cells = cells_of(line)
        if _are_heads(cells, columns) or _is_spanning(line, columns, left):
            heads += cells
            top = at
            near = min(near, line.row.y0 + line.size)
        elif line.text.startswith("(") and line.text.endswith(")"):
            units.insert(0, line.text)
        elif heads or line.row.x1 > columns.left or line.text.count(" ") >= MOST_HEAD_WORDS:
            break
        else:
            near = line.row.y0
    if columns.mostly_words:
        heads = topmost(heads)
    said, beside = columns.heads(heads, left)
    return top, said, units + beside


def _are_heads(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether cells on one line may be heads of the columns."""
    over = any(cell.x1 > columns.left for cell in cells[1:])
    return len(cells) > 1 and over and not _is_row(cells)


def _is_spanning(line: Line, columns: Columns, left: float) -> bool:
    """Whether a line of one piece stands over the columns, and not over the labels."""
    if line.text.count(" ") >= MOST_HEAD_WORDS or line.row.x0 < left + 2 * line.size:
        return False
    if is_figure(line.text) and not is_year(line.text):
        return False
    return line.row.x0 > columns.left - 4 * line.size and line.row.x1 > columns.left


def _found(
    prose: Prose,
    headings: Sequence[Heading],
    span: tuple[int, int, int],
    columns: Columns,
    said: tuple[str, list[str]],
    done: int,
) -> FoundTable:
    top, first, last = span
    heads, units = said
    start = prose.line_starts[top]
    end = prose.line_starts[last] + len(prose.lines[last].text)
    floor = prose.line_starts[done] if done < len(prose.line_starts) else 0
    caption = _caption(prose.text[floor:start], floor, headings)
    for unit in units:
        if unit not in caption:
            caption = f"{caption} {unit}".strip()
    return FoundTable(
        Table(start, end, caption, heads),
        prose.line_starts[first],
        columns,
        ends_page=last == len(prose.lines) - 1,
        begins_page=top == 0,
    )


def _caption(above: str, offset: int, headings: Sequence[Heading]) -> str:
    """What the text `above` a table calls it, but for headings, which the section tells."""
    titles = {heading.start for heading in headings}
    said: list[str] = []
    end = len(above)
    while end > 0 and len(said) < MOST_CAPTION_LINES:
        begin = above.rfind("\n", 0, end) + 1
        line = above[begin:end].strip()
        end = begin - 1
        if not line:
            continue
        if offset + begin in titles:
            break
        if len(line) > MAX_CAPTION_CHARS / 2 or line.endswith((".", ":", ";")):
            sentence = _SENTENCE.split(line)[-1]
            if line.endswith(":") or _TELLS_OF_TABLE.search(sentence):
                said.insert(0, sentence)
            break
        said.insert(0, line)
        if _NUMBERED.match(line):
            break
    caption = " ".join(said)
    return (
        caption
        if len(caption) <= MAX_CAPTION_CHARS
        else caption[-MAX_CAPTION_CHARS:].partition(" ")[2]
    )


def _goes_on(before: FoundTable, table: FoundTable) -> bool:
    return before.ends_page and table.begins_page and before.columns.match(table.columns)
