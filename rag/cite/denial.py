"""Checks that a sentence and a window deny the same things and that no two words exclude."""

from __future__ import annotations

from collections.abc import Sequence

from rag.cite.alignment import Alignment
from rag.cite.opposites import opposed
from rag.cite.polarity import negates, scope_of
from rag.cite.words import Kind

_SLOT = 0.34  # how alike the words around two opposites must be for them to exclude each other
_TURNED = 0.8  # how well a word fits where its neighbours stand the other way round
_HOME = 0.3  # of what a window says of a clause: a sentence that says less is not looked at
_SURER = 0.25  # how much better an opposite must fit than the word itself, if that is there
_NEAR_A_DENIAL = 5  # in items: how far from what it speaks of a denial is looked for
_AROUND = 4  # in items: where to look when what it speaks of is said in other words
_TRIED_OPPOSITES = (Kind.WORD, Kind.STOP, Kind.GRAM, Kind.NEGATION)


def denials_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether the same things are denied in items first to last (excluded) and in the window."""
    paired = set(alignment.places_within(first, last))
    if not any(alignment.passage.items[place].is_content for place in paired):
        return True
    home = _home(alignment, first, last)
    free = [i for i in home if negates(alignment.passage, i)]
    said = [i for i in range(len(alignment.pairs)) if negates(alignment.sentence, i)]
    for index, place in _opposites(alignment, first, last, home):
        if not _turned_back(alignment, index, place, said, free):
            return False
    for index in sorted(said, key=lambda i: alignment.places[i] == []):
        partner = _denial_of(alignment, index, free, may_be_near=first <= index < last)
        if partner is not None:
            free.remove(partner)
        elif first <= index < last:
            return False
    return not any(paired.intersection(scope_of(alignment.passage, index)) for index in free)


def _home(alignment: Alignment, first: int, last: int) -> list[int]:
    """The items of the window's sentences that say a good part of items first to last."""
    passage, sentence_of = alignment.window.passage, alignment.library.sentence_of
    masses: dict[int, float] = {}
    for index, place in enumerate(alignment.pairs[first:last], first):
        if place is not None:
            number = sentence_of((passage, place))
            masses[number] = masses.get(number, 0.0) + alignment.weights[index]
    least = _HOME * sum(masses.values())
    return [
        item
        for number in sorted(masses)
        if masses[number] >= least
        for item in range(*alignment.library.sentences[number][1:])
    ]


def _denial_of(
    alignment: Alignment, index: int, free: Sequence[int], *, may_be_near: bool
) -> int | None:
    """The negation of the window that says what the sentence's negation at `index` says."""
    scope = scope_of(alignment.sentence, index)
    held = {place for i in scope for place, _ in alignment.places[i]}
    same = [spot for spot in free if held.intersection(scope_of(alignment.passage, spot))]
    if same:
        word = alignment.sentence.items[index].token.word
        return max(
            same,
            key=lambda spot: (
                alignment.passage.items[spot].token.word == word,
                alignment.context(index, spot, index + 1),
            ),
        )
    if not may_be_near:
        return None
    near = range(max(0, index - _AROUND), min(len(alignment.pairs), index + _AROUND + 1))
    known = [place for i in scope if (place := alignment.pairs[i]) is not None]
    told = bool(known)
    known = known or [place for i in near if (place := alignment.pairs[i]) is not None]
    reach = [
        (min(abs(place - spot) for place in known), spot)
        for spot in free
        if any(_near_enough(alignment, place, spot, told=told) for place in known)
    ]
    distance, nearest = min(reach, default=(99, -1))
    return nearest if distance <= _NEAR_A_DENIAL else None


def _near_enough(alignment: Alignment, place: int, spot: int, *, told: bool) -> bool:
    """Whether a denial at `spot` may be of `place`: in its clause where that is what is denied."""
    of, passage = alignment.library.sentence_of, alignment.window.passage
    if told:
        return alignment.passage.clause_of(place) == alignment.passage.clause_of(spot)
    return of((passage, place)) == of((passage, spot))


# ---------------------------------------------------------------- opposites


def _opposites(
    alignment: Alignment, first: int, last: int, home: Sequence[int]
) -> list[tuple[int, int]]:
    """The words of items first to last that stand where the window has their opposite."""
    theirs = [
        (place, alignment.passage.items[place].token.word)
        for place in home
        if place not in alignment.paired
        and alignment.passage.items[place].token.kind in _TRIED_OPPOSITES
    ]
    found: list[tuple[int, int]] = []
    for index in range(first, last):
        token = alignment.sentence.items[index].token
        if token.kind not in _TRIED_OPPOSITES or _only_denies(alignment, index):
            continue
        against = [place for place, word in theirs if opposed(token.word, word)]
        if not against:
            continue
        own = max(
            (
                max(alignment.slot(index, p), _TURNED * alignment.slot(index, p, turned=True))
                for p in alignment.spots(index)
                if not _is_meant_elsewhere(alignment, index, p)
            ),
            default=0.0,
        )
        rival, place = max((alignment.slot(index, p), p) for p in against)
        if rival >= _SLOT and rival > own + (_SURER if own else 0.0):
            found.append((index, place))
    return found


def _only_denies(alignment: Alignment, index: int) -> bool:
    """Whether an item is the "longer" of "no longer"."""
    before = alignment.sentence.items[index - 1].token if index else None
    return before is not None and before.kind is Kind.NEGATION and before.word in ("no", "any")


def _is_meant_elsewhere(alignment: Alignment, index: int, place: int) -> bool:
    """Whether another item of the sentence says what stands at `place`, and fits there better."""
    own = alignment.slot(index, place)
    return any(
        other != index and place in alignment.spots(other) and alignment.slot(other, place) > own
        for other in range(len(alignment.places))
    )


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
