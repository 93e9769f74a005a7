"""The cells of a table in a format that has tables: which are heads, and what a row says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rag.load.text import clean

CELL_SEPARATOR = " | "
MAX_HEAD_ROWS = 4
MAX_HEAD_CHARS = 80  # of a cell
MAX_CAPTION_CHARS = 200
MOSTLY_EMPTY = 0.4  # of all cells: columns that only keep others apart

_NUMBERED = re.compile(
    r"(?:table|exhibit|schedule|tabelle|tableau|tabla|表)\s*[\dIVX]", re.IGNORECASE
)
_SIGN_BEFORE = re.compile(r"[$€£¥(]+")
_SIGN_AFTER = re.compile(r"[)%]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"[$€£¥(+−–-]*\s*\d[\d.,'’\s]*[)%$€£¥*]*")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows of clean cells, its caption and what its columns' heads say."""

    rows: list[list[str]]
    caption: str
    heads: str


def grid_of(rows: Sequence[Sequence[str]], head_rows: int, caption: str = "") -> Grid:
    """The table with these rows, of which the first `head_rows` are known to be heads.

    A cell that a head spans several columns with comes once for each of them.
    """
    head_rows = min(head_rows, MAX_HEAD_ROWS)
    cells = [[" ".join(clean(cell).split()) for cell in row] for row in rows]
    if not caption and head_rows and len(set(filter(None, cells[0]))) == 1 and len(rows) > 1:
        caption, cells, head_rows = max(cells[0]), cells[1:], head_rows - 1
    body = [_with_signs(row) for row in cells[head_rows:]]
    sparse = _empty_share(body) > MOSTLY_EMPTY
    body = [[cell for cell in row if cell or not sparse] for row in body]
    heads = [_once(row, sparse=sparse) for row in cells[:head_rows]]
    if not head_rows and _opens_with_heads(body):
        return Grid(body, _said(caption), CELL_SEPARATOR.join(filter(None, body[0])))
    return Grid([*heads, *body], _said(caption), _heads(cells[:head_rows]))


def names_table(line: str) -> bool:
    """Whether a line of text above a table says what the table shows."""
    return len(line) <= MAX_CAPTION_CHARS and (
        line.endswith(":") or _NUMBERED.match(line) is not None
    )


def _said(text: str) -> str:
    return " ".join(clean(text).split())


def _with_signs(row: list[str]) -> list[str]:
    """A row whose signs of currencies and shares stand with their figure, not beside it."""
    joined: list[str] = []
    before = ""
    for cell in row:
        if _SIGN_BEFORE.fullmatch(cell):
            before += cell
        elif joined and joined[-1] and _SIGN_AFTER.fullmatch(cell):
            joined[-1] += cell
        elif cell or not before:
            joined.append(before + cell)
            before = ""
    return [*joined, before] if before else joined


def _empty_share(rows: Sequence[Sequence[str]]) -> float:
    cells = [cell for row in rows for cell in row]
    return cells.count("") / len(cells) if cells else 0.0


def _once(row: Sequence[str], *, sparse: bool) -> list[str]:
    """A row of heads with each spanning head said once."""
    said = [cell for at, cell in enumerate(row) if not at or not cell or cell != row[at - 1]]
    return [cell for cell in said if cell or not sparse]


def _opens_with_heads(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table that marks none looks like heads."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = rows[0]
    if any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in first):
        return False
    if max(map(len, first)) > MAX_HEAD_CHARS:
        return False
    figures = any(_FIGURE.fullmatch(cell) for row in rows[1:] for cell in row[1:])
    return (figures and any(first[1:])) or (len(first) > 2 and all(first[1:]))


def _heads(rows: Sequence[Sequence[str]]) -> str:
    """What the rows of heads say of each column; what spans several is said once."""
    groups: list[tuple[str, list[str]]] = []
    for column in zip_longest(*rows, fillvalue=""):
        said = list(dict.fromkeys(filter(None, column)))
        if not said:
            continue
        rest = " ".join(said[1:])
        if rest and groups and groups[-1][0] == said[0] and groups[-1][1][0]:
            groups[-1][1].append(rest)
        elif groups and groups[-1] == (said[0], [rest]):
            continue  # one head over columns that nothing tells apart
        else:
            groups.append((said[0], [rest]))
    spans = any(len(rests) > 1 for _, rests in groups)
    said = [
        f"{head}: {CELL_SEPARATOR.join(rests)}" if len(rests) > 1 else f"{head} {rests[0]}".strip()
        for head, rests in groups
    ]
    return ("; " if spans else CELL_SEPARATOR).join(said)
