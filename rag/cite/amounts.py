"""Checks that the numbers and dates of a sentence are the window's, each in its own place."""

from __future__ import annotations

from collections.abc import Sequence

from rag.cite.alignment import Alignment
from rag.cite.columns import heads_a_cell
from rag.cite.items import Quantity
from rag.cite.library import Library
from rag.cite.quantities import UNITS
from rag.cite.same_amount import same_quantity
from rag.cite.wordlist import words
from rag.cite.words import Kind

_PER = words("per pro je par por each every")
_RIVAL = 1.25  # how much better a free rival must sit to take a fact's place
_DISPLACED = 0.2  # and, of the nearest words around the two, by so much
_WEAK_RIVAL = 0.4  # and to speak against "one" or "first", which may be no count at all


def amounts_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether every amount, date and code in items first to last (excluded) is the window's."""
    items = alignment.sentence.items
    for index in range(first, last):
        item = items[index]
        if item.quantity is not None:
            if not _quantity_agrees(alignment, index):
                return False
        elif item.token.kind is Kind.CODE:
            if not alignment.places[index]:
                return False
        elif index and item.token.word in UNITS:
            is_rate = items[index - 1].token.word in _PER
            if is_rate and not alignment.places[index]:
                return False
    return True


def _quantity_agrees(alignment: Alignment, index: int) -> bool:
    said = alignment.sentence.items[index].quantity
    assert said is not None
    own = alignment.spots(index)
    cells = alignment.passage.tables.cells
    in_table = any(place in cells for place in own)  # where its column tells it from the others
    rivals = [
        place
        for place in range(alignment.window.first, alignment.window.last)
        if (found := alignment.passage.items[place].quantity) is not None
        and place not in alignment.taken
        and _competes(said, found)
        and not (in_table and place in cells)
    ]
    best_rival = max((alignment.context(index, place, index + 1) for place in rivals), default=0.0)
    if own:
        if _is_dated_there(alignment, index, own):
            return True
        best = max(alignment.context(index, place, index + 1) for place in own)
        return best_rival <= best * _RIVAL + 0.05 and not _displaced(alignment, index, own, rivals)
    if said.weak:
        return best_rival < _WEAK_RIVAL
    return heads_a_cell(alignment, index) or (not rivals and _told_before(alignment, said))


def _is_dated_there(alignment: Alignment, index: int, own: Sequence[int]) -> bool:
    """Whether a clause of the window states both an amount and the date that it is said of."""
    items, clause_of = alignment.sentence.items, alignment.passage.clause_of
    mine = items[index].quantity
    clauses = {clause_of(place) for place in own}
    return any(
        (other := item.quantity) is not None
        and mine is not None
        and other.is_date != mine.is_date
        and alignment.sentence.clause_of(at) == alignment.sentence.clause_of(index)
        and len(clauses) == 1
        and {clause_of(place) for place in alignment.spots(at)} == clauses
        for at, item in enumerate(items)
    )


def _displaced(alignment: Alignment, index: int, own: Sequence[int], rivals: Sequence[int]) -> bool:
    """Whether an amount that the sentence does not give stands where this one should."""
    best = max(alignment.slot(index, place) for place in own)
    rival = max((alignment.slot(index, place) for place in rivals), default=0.0)
    return rival > best * _RIVAL + _DISPLACED


def _told_before(alignment: Alignment, said: Quantity) -> bool:
    """A year that the passage gave just before, as in "On 15 August he …"."""
    if not said.year or said.month or said.day:
        return False
    return any(
        (found := alignment.passage.items[place].quantity) is not None and found.year == said.year
        for place in range(_context_start(alignment), alignment.window.first)
    )


def _context_start(alignment: Alignment) -> int:
    """Where the few sentences before the window begin."""
    first = alignment.window.sentences[0]
    starts = [
        start
        for number, start, _ in alignment.library.sentences[max(0, first - 3) : first]
        if number == alignment.window.passage
    ]
    return starts[0] if starts else alignment.window.first


def _competes(said: Quantity, found: Quantity) -> bool:
    """Whether two quantities may stand in the same place."""
    if said.weak and not found.ordinal and said.ordinal:
        return False
    if said.ordinal != found.ordinal and not said.is_date:
        return False
    if found.weak and not said.weak:
        return True
    return said.is_date == found.is_date or (not said.unit and not found.unit)


def quantity_places(said: Quantity, library: Library) -> list[tuple[tuple[int, int], float]]:
    """Where the evidence states the quantity `said`."""
    return [(position, 1.0) for position in stated_at(said, library)]


def stated_at(said: Quantity, library: Library) -> list[tuple[int, int]]:
    """The positions where the evidence states the quantity `said`, rising."""
    return sorted(
        position
        for (found, factors), positions in library.by_quantity.items()
        if same_quantity(said, found, factors)
        for position in positions
    )
