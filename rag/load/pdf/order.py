"""Brings a page's rows into reading order: text columns one after the other, table rows whole.

Programs write pages mostly in reading order, so the order in the file is changed only where the
page's geometry says that it must be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.load.pdf.lines import Fragment, Row, same_line

MIN_COLUMN_ROWS = 5  # shorter runs with a gap in the middle are tables or headers
MIN_PROSE_WORDS = 3.5  # mean words per line of a text column; table cells have fewer
MAX_COLUMNS = 4
MIN_GUTTER = 0.6  # em, between columns
MIN_SHARED_ROWS = 0.6  # of the rows of two columns read across
MAX_CELL_ROWS = 4  # lines of a table cell
MAX_CELL_WORDS = 6
MIN_TABLE_ROWS = 5  # of a column that the file tells on its own
MAX_CELL_WORDS_MEAN = 2.5  # per line of such a column

TextOf = Callable[[Fragment], str]
_LETTERS = re.compile(r"[^\W\d_]")


def reading_order(rows: list[Row], text_of: TextOf) -> list[Row]:
    """The rows in the order in which a person reads them."""
    return _join_table_columns(_fold_cells(_split_columns(rows, text_of)), text_of)


# ---------------------------------------------------------------- columns read across


def _split_columns(rows: list[Row], text_of: TextOf) -> list[Row]:
    """Where the file goes across two columns of prose, read one after the other."""
    ordered: list[Row] = []
    at = 0
    while at < len(rows):
        run = _column_run(rows, at) if _may_be_columns(rows[at]) else None
        if run is None or not _is_prose(run[1], run[2], text_of):
            ordered.append(rows[at])
            at += 1
            continue
        at, left, right = run
        ordered += left
        ordered += _split_columns(right, text_of)
    return ordered


def _may_be_columns(row: Row) -> bool:
    """Quickly leaves out most rows of tables."""
    words = [fragment.words for fragment in row.fragments]
    return 2 <= len(words) <= MAX_COLUMNS and min(words) >= 2 and sum(words) >= 5


def _column_run(rows: list[Row], at: int) -> tuple[int, list[Row], list[Row]] | None:
    """The rows from `at` on that one gutter divides: where they end, and their two sides."""
    gutter = (rows[at].fragments[0].x1, rows[at].fragments[1].x0)
    sides: list[tuple[list[Fragment], list[Fragment]]] = []
    above = rows[at]
    for row in rows[at:]:
        if row.y0 < above.y0:  # up again: no longer this run
            break
        left = [f for f in row.fragments if f.x1 <= gutter[1] + 1 and f.x0 < gutter[0]]
        right = [f for f in row.fragments if f.x0 >= gutter[0] - 1 and f.x1 > gutter[1]]
        low = max([gutter[0], *(f.x1 for f in left)])
        high = min([gutter[1], *(f.x0 for f in right)])
        if len(left) + len(right) != len(row.fragments) or high - low < MIN_GUTTER * row.size:
            break
        gutter = (low, high)
        sides.append((left, right))
        above = row
    both = sum(1 for left, right in sides if left and right)
    if both < MIN_COLUMN_ROWS or both < MIN_SHARED_ROWS * len(sides):
        return None
    lefts = [Row(left) for left, _ in sides if left]
    rights = [Row(right) for _, right in sides if right]
    return at + len(sides), lefts, rights


def _is_prose(left: Sequence[Row], right: Sequence[Row], text_of: TextOf) -> bool:
    for side in (left, right):
        words = sum(f.words for row in side for f in row.fragments)
        text = " ".join(text_of(f) for row in side for f in row.fragments)
        letters = len(_LETTERS.findall(text))
        if len(text) < 18 * len(side):
            return False
        if words < MIN_PROSE_WORDS * len(side) and " " in text:
            return False
        if letters < 0.6 * len(text.replace(" ", "")) or text.count(":") > 0.3 * len(side):
            return False
        if sum(len(row.fragments) > 1 for row in side) > 0.3 * len(side) and side is left:
            return False
    return True


# ---------------------------------------------------------------- cells of several lines


def _fold_cells(rows: list[Row]) -> list[Row]:
    """Where short cells of several lines stand side by side, make one row of them.

    The file tells such cells one after the other: "July 1,", "2023", then, up again and to the
    right, "June 25,", "2022".
    """
    folded: list[Row] = []
    last: list[Row] = []  # the cell that ends `folded`, when that row was folded
    at = 0
    while at < len(rows):
        tail = last or (_tail(folded, rows[at]) if folded else [])
        head = _head(rows, at, tail)
        if not head:
            folded.append(rows[at])
            last = []
            at += 1
            continue
        if last:
            row = folded[-1]
        else:
            row = folded[-len(tail)]
            row.fragments = [f for other in tail for f in other.fragments]
            del folded[len(folded) - len(tail) + 1 :]
        row.fragments = row.fragments + [f for other in head for f in other.fragments]
        row.measure()
        last = [Row([*other.fragments]) for other in head]
        at += len(head)
    return folded


def _tail(rows: list[Row], head: Row) -> list[Row]:
    """The rows at the end of `rows` that make up a cell to the left of where `head` begins."""
    cell = rows[-1].fragments[-1]
    if head.y0 > rows[-1].y0 - 0.3 * head.size or head.x0 < cell.x1 - 1:
        return []
    tail = [rows[-1]]
    for above in reversed(rows[:-1]):
        below = tail[0]
        joins = (
            len(below.fragments) == 1
            and _over(above.fragments[-1], below.fragments[-1])
            and 0 < below.y0 - above.y0 < 1.6 * below.size
            and above.y1 > head.y0 + 0.3 * head.size
        )
        if not joins:
            break
        tail.insert(0, above)
    return tail if _is_cell([row.fragments[-1] for row in tail]) else []


def _head(rows: list[Row], at: int, tail: list[Row]) -> list[Row]:
    """The rows from `at` on that make up the cell to the right of `tail`; empty if they do not."""
    if not tail:
        return []
    cell, first = tail[-1].fragments[-1], rows[at]
    top = min(row.fragments[-1].y0 for row in tail) - 0.7 * first.size
    bottom = max(row.fragments[-1].y1 for row in tail) + 0.7 * first.size
    if first.x0 < cell.x1 - 1 or not top <= first.y0 < bottom - first.size:
        return []
    head = [first]
    for below in rows[at + 1 : at + 1 + MAX_CELL_ROWS]:
        above = head[-1]
        close = 0 < below.y0 - above.y0 < 1.6 * above.size and below.y1 <= bottom
        if (
            len(below.fragments) > 1
            or not close
            or not _over(above.fragments[0], below.fragments[0])
        ):
            break
        head.append(below)
    alone = len(tail) == 1 and len(head) == 1
    return [] if alone or not _is_cell([row.fragments[0] for row in head]) else head


def _is_cell(fragments: Sequence[Fragment]) -> bool:
    words = sum(fragment.words for fragment in fragments)
    return len(fragments) <= MAX_CELL_ROWS and words <= MAX_CELL_WORDS


def _over(a: Fragment, b: Fragment) -> bool:
    """Whether one stands above the other."""
    return min(a.x1, b.x1) > max(a.x0, b.x0)


# ---------------------------------------------------------------- tables told column by column


def _join_table_columns(rows: list[Row], text_of: TextOf) -> list[Row]:
    """Where the file goes down the columns of a table, join what stands on one line."""
    strands = _strands(rows)
    joined: list[list[Row]] = []
    for strand in strands:
        home = _table_beside(joined[-1], strand, text_of) if joined else None
        if home is None:
            joined.append(strand)
            continue
        for row, partner in zip(strand, home, strict=True):
            if partner is None:
                place = sum(other.y0 <= row.y0 for other in joined[-1])
                joined[-1].insert(place, row)
            else:
                partner.fragments = sorted(partner.fragments + row.fragments, key=lambda f: f.x0)
                partner.measure()
    return [row for strand in joined for row in strand]


def _strands(rows: list[Row]) -> list[list[Row]]:
    """Runs of rows that go down the page."""
    strands: list[list[Row]] = []
    for row in rows:
        if strands and row.y0 >= strands[-1][-1].y0 + 0.3 * row.size:
            strands[-1].append(row)
        else:
            strands.append([row])
    return strands


def _table_beside(table: list[Row], strand: list[Row], text_of: TextOf) -> list[Row | None] | None:
    """For each row of `strand` the row of `table` it belongs to, if it is another column of it."""
    top, bottom = strand[0].y0, strand[-1].y1
    near = [row for row in table if row.y1 > top and row.y0 < bottom]
    if not near or len(strand) < MIN_TABLE_ROWS:
        return None
    x0, x1 = min(row.x0 for row in strand), max(row.x1 for row in strand)
    if any(f.x0 < x1 and f.x1 > x0 for row in near for f in row.fragments):
        return None
    words = sum(f.words for row in strand for f in row.fragments)
    if words > MAX_CELL_WORDS_MEAN * len(strand):
        return None
    partners = [next((row for row in near if same_line(row, own)), None) for own in strand]
    found = [id(partner) for partner in partners if partner is not None]
    if len(found) < 0.8 * len(strand) or len(set(found)) != len(found):
        return None
    return (
        partners if any(_has_digit(text_of(f)) for row in strand for f in row.fragments) else None
    )


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
