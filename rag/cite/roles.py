"""Checks that what a sentence says of one thing is not what the window says of another."""

from __future__ import annotations

from itertools import combinations, pairwise

import regex

from rag.cite.alignment import Alignment
from rag.cite.lexicon import IRREGULAR, STOP_WORDS, TITLES
from rag.cite.prepared import Prepared
from rag.cite.quantities import UNITS
from rag.cite.wordlist import words
from rag.cite.words import Kind, Token

_BY = words("by durch par por")
_BY_OR_OF = words("von da door")
_PASSIVE = words("wurde wurden worden wird werden ist sind war waren werd è fu stato stata")
_TURNING = words(
    """
    of by is are was were be been being than as that which who whom when where while and or to in
    with from on at for de par por est sont fue ser es et y que qui
    """
)
_COORDINATION = words("and or und oder et ou y o e och og en with mit between zwischen both")
_CROSSED = 1.2  # how much better two things must fit in each other's places …
_CROSSED_BY = 0.12  # … and by at least so much
_NEAR_EACH_OTHER = 12  # in items: farther apart, and in the same order, nothing is swapped
_FAR_APART = 80  # in items


def roles_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether no two names or amounts, one of them in items first to last, have swapped places."""
    names = [
        name.first if name.first == name.last else _head(alignment, name.first, name.last)
        for name in alignment.sentence.names
        if not (name.weak and alignment.sentence.german)
    ]
    amounts = [
        index
        for index, item in enumerate(alignment.sentence.items)
        if item.quantity is not None and (item.quantity.ordinal or not item.quantity.weak)
    ]
    if _turned_round(alignment, first, last) or _is_of_the_other(alignment, first, last):
        return False
    return not any(
        _swapped(alignment, one, other, are_names=group is names)
        for group in (names, amounts)
        for one, other in combinations(group, 2)
        if (first <= one < last or first <= other < last) and other - one <= _FAR_APART
    )


def _turned_round(alignment: Alignment, first: int, last: int) -> bool:
    """Whether two things have swapped what they do: "the dog bit the man" and the reverse."""
    if alignment.sentence.german:
        return False
    said = [i for i in range(first, last) if alignment.sentence.items[i].is_content]
    for one, deed, other in zip(said, said[1:], said[2:], strict=False):
        spots = [alignment.spots(i) for i in (other, deed, one)]
        if any(len(found) != 1 for found in spots):
            continue
        low, middle, high = (found[0] for found in spots)
        if low < middle < high and _is_deed(alignment.sentence.items[deed].token):
            steps = alignment.passage.steps
            is_near = steps(low, middle) <= 1 and steps(middle, high) <= 1
            plain = _is_plain(alignment.sentence, one, other)
            if is_near and plain and _is_plain(alignment.passage, low, high):
                return True
    return False


def _is_of_the_other(alignment: Alignment, first: int, last: int) -> bool:
    """Whether "the red door" is said to do what the blue one does."""
    said = [i for i in range(first, last) if alignment.sentence.items[i].is_content]
    for index, noun in pairwise(said):
        spots = alignment.spots(noun)
        own = [place for place in spots if place - 1 in alignment.spots(index)]
        others = [
            place
            for place in spots
            if place not in own
            and place - 1 not in alignment.paired
            and place > alignment.window.first
            and alignment.passage.items[place - 1].is_content
        ]
        if noun != index + 1 or not own or not others:
            continue
        best = max(alignment.slot(noun, place, index) for place in own)
        if max(alignment.slot(noun, place, index) for place in others) > (
            best * _CROSSED + _CROSSED_BY
        ):
            return True
    return False


def _is_deed(token: Token) -> bool:
    return token.word in IRREGULAR or token.word.endswith(("ed", "ó", "te"))


def _is_plain(text: Prepared, low: int, high: int) -> bool:
    """Whether the words in between neither turn what is said round nor break it off."""
    run = text.items[low : high + 1]
    return not any(item.token.word in _TURNING for item in run) and not regex.search(
        r"[,;:.()]|['’]s\b", text.text[run[0].end : run[-1].start]
    )


def _head(alignment: Alignment, first: int, last: int) -> int:
    """The word of a name that it is known by: the last one that the window has."""
    found = [i for i in range(first, last + 1) if alignment.places[i]]
    return found[-1] if found else last


def _swapped(alignment: Alignment, one: int, other: int, *, are_names: bool) -> bool:
    here, there = alignment.pairs[one], alignment.pairs[other]
    if here is None or there is None or here == there:
        return False
    if there in alignment.spots(one) or here in alignment.spots(other):
        return False
    if are_names:
        return _names_swapped(alignment, one, other, here, there)
    if here < there and other - one > _NEAR_EACH_OTHER:
        return False
    return _prepositions_swapped(alignment, one, other, here, there) or _crossed(
        alignment, one, other, here, there
    )


def _names_swapped(alignment: Alignment, one: int, other: int, here: int, there: int) -> bool:
    low, high = min(here, there), max(here, there)
    if here < there and other - one > _NEAR_EACH_OTHER:
        return False
    if not (
        _states_between(alignment.sentence, one, other)
        and _states_between(alignment.passage, low, high)
    ):
        return _prepositions_swapped(alignment, one, other, here, there)
    if turned := _owners_turned(alignment, one, other, here, there):
        return turned == len((one, other))
    if _is_turned(alignment, one, other, here, there):
        return here < there
    return _crossed(alignment, one, other, here, there)


def _crossed(alignment: Alignment, one: int, other: int, here: int, there: int) -> bool:
    """Whether two items fit better into each other's places than into their own."""
    straight = alignment.slot(one, here, other) + alignment.slot(other, there, one)
    crossed = alignment.slot(one, there, other) + alignment.slot(other, here, one)
    return crossed > straight * _CROSSED + _CROSSED_BY


def _states_between(text: Prepared, low: int, high: int) -> bool:
    """Whether more than "and" and further names stand between two names."""
    return any(
        (item.is_content or item.token.kind is Kind.NEGATION)
        and item.quantity is None
        and not item.token.capital
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


def _owners_turned(alignment: Alignment, one: int, other: int, here: int, there: int) -> int:
    """How many of the two only one side says with "'s": "France's" for "of France"."""
    return sum(
        _owns(alignment.sentence, index) != _owns(alignment.passage, place)
        for index, place in ((one, here), (other, there))
    )


def _owns(text: Prepared, index: int) -> bool:
    return text.text[text.items[index].end : text.items[index].end + 2] in ("'s", "’s", "s'", "s’")


def _is_turned(alignment: Alignment, one: int, other: int, here: int, there: int) -> bool:
    """Whether exactly one side says "by" before one of the two: active here, passive there."""
    pairs = ((one, here), (other, there))
    said, found = alignment.sentence, alignment.passage
    if any(_is_by(said, i) and _before(said, i) == _before(found, p) for i, p in pairs):
        return False
    mine = any(_is_by(said, i) for i, _ in pairs)
    theirs = any(_is_by(found, place) for _, place in pairs)
    return mine != theirs


def _is_by(text: Prepared, index: int) -> bool:
    before = _before(text, index)
    if before in _BY_OR_OF:
        near = text.items[max(0, index - 8) : index + 8]
        return any(item.token.word in _PASSIVE for item in near)
    return before in _BY
