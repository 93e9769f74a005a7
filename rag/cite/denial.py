"""Checks that a sentence and a window deny the same things and that no two words exclude."""

from __future__ import annotations

from collections.abc import Sequence

from rag.cite.alignment import Alignment
from rag.cite.opposites import opposed
from rag.cite.polarity import negates, scope_of
from rag.cite.words import Kind

_SLOT = 0.34  # how alike the words around two opposites must be for them to exclude each other
_NEAR_A_DENIAL = 5  # in items: how far from what it speaks of a denial is looked for
_AROUND = 4  # in items: where to look when what it speaks of is said in other words
_TRIED_OPPOSITES = (Kind.WORD, Kind.STOP, Kind.GRAM)


def denials_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether the same things are denied in items first to last (excluded) and in the window."""
    paired = set(alignment.places_within(first, last))
    if not any(alignment.passage.items[place].is_content for place in paired):
        return True
    window = alignment.window
    free = [i for i in range(window.first, window.last) if negates(alignment.passage, i)]
    said = [i for i in range(len(alignment.pairs)) if negates(alignment.sentence, i)]
    for index, place in _opposites(alignment, first, last):
        if not _turned_back(alignment, index, place, said, free):
            return False
    for index in sorted(said, key=lambda i: alignment.places[i] == []):
        partner = _denial_of(alignment, index, free)
        if partner is not None:
            free.remove(partner)
        elif first <= index < last:
            return False
    return not any(paired.intersection(scope_of(alignment.passage, index)) for index in free)


def _denial_of(alignment: Alignment, index: int, free: Sequence[int]) -> int | None:
    """The negation of the window that says what the sentence's negation at `index` says."""
    scope = scope_of(alignment.sentence, index)
    held = {place for i in scope for place, _ in alignment.places[i]}
    same = [spot for spot in free if held.intersection(scope_of(alignment.passage, spot))]
    if same:
        return max(same, key=lambda spot: alignment.context(index, spot, index + 1))
    near = range(max(0, index - _AROUND), min(len(alignment.pairs), index + _AROUND + 1))
    known = [place for i in scope or near if (place := alignment.pairs[i]) is not None]
    known = known or [place for i in near if (place := alignment.pairs[i]) is not None]
    reach = [
        (min(abs(place - spot) for place in known), spot)
        for spot in free
        if any(_same_sentence(alignment, place, spot) for place in known)
    ]
    distance, nearest = min(reach, default=(99, -1))
    return nearest if distance <= _NEAR_A_DENIAL else None


def _same_sentence(alignment: Alignment, one: int, other: int) -> bool:
    of, passage = alignment.library.sentence_of, alignment.window.passage
    return of((passage, one)) == of((passage, other))


# ---------------------------------------------------------------- opposites


def _opposites(alignment: Alignment, first: int, last: int) -> list[tuple[int, int]]:
    """The words of items first to last that stand where the window has their opposite."""
    theirs = [
        (place, alignment.passage.items[place].token.word)
        for place in range(alignment.window.first, alignment.window.last)
        if place not in alignment.paired
        and alignment.passage.items[place].token.kind in _TRIED_OPPOSITES
    ]
    found: list[tuple[int, int]] = []
    for index in range(first, last):
        token = alignment.sentence.items[index].token
        if token.kind not in _TRIED_OPPOSITES:
            continue
        against = [place for place, word in theirs if opposed(token.word, word)]
        if not against:
            continue
        own = max((alignment.slot(index, p) for p, _ in alignment.places[index]), default=0.0)
        rival, place = max((alignment.slot(index, p), p) for p in against)
        if rival >= _SLOT and rival > own * 1.1:
            found.append((index, place))
    return found


def _turned_back(
    alignment: Alignment, index: int, place: int, said: list[int], free: list[int]
) -> bool:
    """Whether a denial on one side makes opposites say the same: "not open" and "closed".

    The denial is used up by it and taken out of its list.
    """
    mine = [i for i in said if index in scope_of(alignment.sentence, i)]
    theirs = [i for i in free if place in scope_of(alignment.passage, i)]
    if len(mine) + len(theirs) != 1:
        return False
    (said if mine else free).remove((mine or theirs)[0])
    return True
