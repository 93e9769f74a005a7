"""Checks that what a sentence says of one thing is not what the window says of another."""

from __future__ import annotations

from itertools import combinations

from rag.cite.alignment import Alignment
from rag.cite.lexicon import STOP_WORDS, TITLES
from rag.cite.prepared import Prepared
from rag.cite.quantities import UNITS
from rag.cite.wordlist import words
from rag.cite.words import Kind

_BY = words("by durch par por")
_BY_OR_OF = words("von da door")
_PASSIVE = words("wurde wurden worden wird werden werd è fu stato stata")
_COORDINATION = words("and or und oder et ou y o e och og en with mit between zwischen both")
_CROSSED = 1.2  # how much better two things must fit in each other's places …
_CROSSED_BY = 0.12  # … and by at least so much
_FAR_APART = 40  # in items


def roles_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether no two names or amounts, one of them in items first to last, have swapped places."""
    names = [
        name.first if name.first == name.last else _head(alignment, name.first, name.last)
        for name in alignment.sentence.names
    ]
    amounts = [
        index
        for index, item in enumerate(alignment.sentence.items)
        if item.quantity is not None and not item.quantity.weak
    ]
    return not any(
        _swapped(alignment, one, other, are_names=group is names)
        for group in (names, amounts)
        for one, other in combinations(group, 2)
        if (first <= one < last or first <= other < last) and other - one <= _FAR_APART
    )


def _head(alignment: Alignment, first: int, last: int) -> int:
    """The word of a name that it is known by: the last one that the window has."""
    found = [i for i in range(first, last + 1) if alignment.places[i]]
    return found[-1] if found else last


def _swapped(alignment: Alignment, one: int, other: int, *, are_names: bool) -> bool:
    here, there = alignment.pairs[one], alignment.pairs[other]
    if here is None or there is None or here == there:
        return False
    sentence, passage = alignment.sentence, alignment.passage
    if there in alignment.spots(one) or here in alignment.spots(other):
        return False
    low, high = min(here, there), max(here, there)
    if are_names and not (
        _states_between(sentence, one, other) and _states_between(passage, low, high)
    ):
        return _prepositions_swapped(alignment, one, other, here, there)
    straight = alignment.slot(one, here, other) + alignment.slot(other, there, one)
    crossed = alignment.slot(one, there, other) + alignment.slot(other, here, one)
    is_crossed = crossed > straight * _CROSSED + _CROSSED_BY
    if not are_names and _prepositions_swapped(alignment, one, other, here, there):
        return True
    if are_names and _is_turned(alignment, one, other, here, there):
        return here < there
    return is_crossed


def _states_between(text: Prepared, low: int, high: int) -> bool:
    """Whether more than "and" and further names stand between two names."""
    return any(
        item.is_content and item.quantity is None and not item.token.capital
        for item in text.items[low + 1 : high]
    )


def _prepositions_swapped(
    alignment: Alignment, one: int, other: int, here: int, there: int
) -> bool:
    """ "From 5 to 7" for "from 7 to 5"."""
    mine = _before(alignment.sentence, one), _before(alignment.sentence, other)
    theirs = _before(alignment.passage, here), _before(alignment.passage, there)
    if "" in mine or mine[0] == mine[1] or _COORDINATION.intersection(mine):
        return False
    return mine == theirs[::-1]


def _before(text: Prepared, index: int) -> str:
    """The preposition before an item, its article, titles and first names left out."""
    at = index - 1
    while at >= 0 and (
        text.items[at].token.word in TITLES
        or text.items[at].token.word in ("the", "der", "dem", "den", "la", "le", "el", "a", "an")
        or (text.items[at].token.capital and text.items[at].token.kind is Kind.WORD)
        or text.items[at].token.word in UNITS
    ):
        at -= 1
    return text.items[at].token.word if at >= 0 and text.items[at].token.word in STOP_WORDS else ""


def _is_turned(alignment: Alignment, one: int, other: int, here: int, there: int) -> bool:
    """Whether exactly one side says "by" before one of the two: active here, passive there."""
    mine = _is_by(alignment.sentence, one) or _is_by(alignment.sentence, other)
    theirs = _is_by(alignment.passage, here) or _is_by(alignment.passage, there)
    return mine != theirs


def _is_by(text: Prepared, index: int) -> bool:
    before = _before(text, index)
    if before in _BY_OR_OF:
        near = text.items[max(0, index - 8) : index + 8]
        return any(item.token.word in _PASSIVE for item in near)
    return before in _BY
