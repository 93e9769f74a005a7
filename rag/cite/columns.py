"""Checks that an amount from a table is said of the column that it stands in."""

from __future__ import annotations

from rag.cite.alignment import Alignment
from rag.cite.same_amount import same_quantity
from rag.cite.tables import Cell


def columns_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether the amounts in items first to last (excluded) are given their own columns' heads."""
    if not alignment.passage.tables.cells:
        return True
    return all(
        any(_is_column_of(alignment, index, cell) for cell in cells)
        for index in range(first, last)
        if (cells := cells_of(alignment, index))
    )


def cells_of(alignment: Alignment, index: int) -> list[Cell]:
    """The cells of the window that state the amount at an item of the sentence."""
    quantity = alignment.sentence.items[index].quantity
    if quantity is None or quantity.is_date:
        return []
    cells = alignment.passage.tables.cells
    return [cells[place] for place in alignment.spots(index) if place in cells]


def heads_a_cell(alignment: Alignment, index: int) -> bool:
    """Whether the date at an item of the sentence heads the column of an amount it states."""
    said = alignment.sentence.items[index].quantity
    if said is None:
        return False
    items = alignment.passage.items
    return any(
        cell.dates
        and (head := items[cell.dates[cell.column]].quantity)
        and same_quantity(said, head)
        for other in range(len(alignment.places))
        for cell in cells_of(alignment, other)
    )


def _is_column_of(alignment: Alignment, index: int, cell: Cell) -> bool:
    return (
        _dated_right(alignment, index, cell)
        and _labelled_right(alignment, cell)
        and _in_its_row(alignment, cell)
    )


def _in_its_row(alignment: Alignment, cell: Cell) -> bool:
    """Whether no other row is called what the sentence calls the amount's."""
    said = {item.token.stem for item in alignment.sentence.items}
    rows = [row for row in alignment.passage.tables.rows.values() if row]
    best = max((len(row & said) / len(row) for row in rows), default=0.0)
    return not cell.row or len(cell.row & said) / len(cell.row) >= best


def _dated_right(alignment: Alignment, index: int, cell: Cell) -> bool:
    """Whether the sentence's date for an amount, if it has one, heads the amount's column."""
    if not cell.dates:
        return True
    items = alignment.passage.items
    heads = [items[date].quantity for date in cell.dates]
    said = [
        other
        for other, item in enumerate(alignment.sentence.items)
        if item.quantity is not None
        and item.quantity.is_date
        and any(head and same_quantity(item.quantity, head) for head in heads)
    ]
    if not said:
        return True
    amounts = [i for i in range(len(alignment.places)) if cells_of(alignment, i)]
    if len(amounts) == len(said):
        said = [said[amounts.index(index)]]
    head = heads[cell.column]
    return head is not None and any(
        (date := alignment.sentence.items[other].quantity) is not None and same_quantity(date, head)
        for other in said
    )


def _labelled_right(alignment: Alignment, cell: Cell) -> bool:
    """Whether the sentence, if it names a column, names the amount's."""
    if not cell.labels or cell.column >= len(cell.labels):
        return True
    said = {item.token.stem for item in alignment.sentence.items}
    common = frozenset[str]().union(*cell.labels)
    for label in cell.labels:
        common &= label
    named = [bool((label - common) & said) for label in cell.labels[1:]]
    return not any(named) or (bool(cell.column) and named[cell.column - 1])
