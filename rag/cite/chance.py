"""Tells what long evidence may hold by chance: common words that happen to stand together."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise

from rag.cite.alignment import Alignment
from rag.protocols import FloatMatrix

MANY_SENTENCES = 400
"""In less evidence hardly any words meet by chance, and how common they are cannot be told."""
_MOST_EXPECTED = 0.001  # so many windows may be expected to do as well by chance


def is_chance(alignment: Alignment, first: int, last: int, shares: FloatMatrix) -> bool:
    """Whether other words as common would be found so in one of the windows anyway.

    `shares` has for each item of the sentence the share of the windows that hold it. The expected
    number of windows is that of windows with all of the words that are found, were they strewn
    over the evidence; it is less where they stand close together, and in their order.
    """
    if _is_word_for_word(alignment.pairs[first:last]):
        return False
    found = [
        (float(shares[index]), place)
        for index in range(first, last)
        if (place := alignment.pairs[index]) is not None
    ]
    places = list(dict.fromkeys(place for _, place in found))
    if not places:
        return True
    expected = math.log(len(alignment.library.windows))
    expected += sum(math.log(max(share, 1e-9)) for share, _ in found)
    length = alignment.window.last - alignment.window.first
    close = (max(places) - min(places) + 1) / length
    expected += (len(places) - 1) * math.log(close) - math.lgamma(_in_order(places) + 1)
    return expected > math.log(_MOST_EXPECTED)


def _is_word_for_word(pairs: list[int | None]) -> bool:
    """Whether all items stand in the window, one behind the other."""
    return all(one is not None and other == one + 1 for one, other in pairwise(pairs)) and pairs[
        -1:
    ] != [None]


def _in_order(places: list[int]) -> int:
    """How many of `places` rise, at most: the longest rising run with others in between."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
