"""Checks that a claim over two sentences takes from the first one only what the second is about."""

from __future__ import annotations

from rag.cite.alignment import Alignment


def leans_rightly(alignment: Alignment, first: int, last: int) -> bool:
    """Whether items first to last (excluded) may rest on both sentences of the window.

    "It opened in 1990" may be said of the tower that the sentence before it names, but what that
    sentence says is not said of a name that only the second has.
    """
    window = alignment.window
    if len(window.sentences) == 1:
        return True
    border = alignment.library.windows[window.sentences[1]].first
    told_first = told_second = 0.0
    for index in range(first, last):
        item = alignment.sentence.items[index]
        spots = alignment.spots(index)
        if not spots or not item.is_content:
            continue
        if any(place >= border for place in spots):
            told_second += alignment.weights[index]
        elif not item.token.capital:
            told_first += alignment.weights[index]
    return not told_first or not told_second or told_second >= told_first
