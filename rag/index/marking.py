"""Marks in a text what a question wants: words in all their forms, and quoted phrases."""

from __future__ import annotations

from collections.abc import Sequence

from rag.index.question import Wanted, Way
from rag.index.words import spans

Place = tuple[int, int]


class Marker:
    """Marks what one question wants, in any number of texts."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        ways = [way for want in wanted if want.is_marked for way in want.ways if way.marked]
        self._whole = {way.terms[0] for way in ways if len(way.terms) == 1 and not way.open_ended}
        self._starts = tuple({w.terms[0] for w in ways if len(w.terms) == 1 and w.open_ended})
        self._phrases: dict[str, list[Way]] = {}
        for way in ways:
            if len(way.terms) > 1:
                self._phrases.setdefault(way.terms[0], []).append(way)

    def places(self, text: str) -> tuple[Place, ...]:
        """Where it stands in `text`: code point offsets, rising, never overlapping or touching."""
        terms = [(term, span.start, span.end) for span in spans(text) for term in span.terms]
        found: list[Place] = []
        for at, (term, start, end) in enumerate(terms):
            if term in self._whole or term.startswith(self._starts):
                found.append((start, end))
            for way in self._phrases.get(term, ()):
                stretch = terms[at : at + len(way.terms)]
                if tuple(t for t, _, _ in stretch) == way.terms:
                    found.append((start, stretch[-1][2]))
        return _joined(found)


def _joined(places: list[Place]) -> tuple[Place, ...]:
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
