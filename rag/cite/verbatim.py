"""Finds what a sentence says word for word as the evidence does, whatever else that says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.cite.attribution import Attribution, Span
from rag.cite.items import Item
from rag.cite.lexicon import DENYING_WORDS
from rag.cite.library import Library
from rag.cite.prepared import Prepared
from rag.cite.words import Kind, fold
from rag.records import Support

_LEAST_ITEMS = 5  # fewer words in a row prove little
_LEADING = 6  # in items: how far back a denial may lead into a clause
_OPENING = " \"'“”«»„‘’\n\r\t*_-–—([|•·"
_CLOSING = frozenset(".!?。！？)\"'”’»」』")


@dataclass(frozen=True, slots=True)
class _Run:
    """Items first to last (excluded) of a sentence that stand in a passage from `place` on."""

    first: int
    last: int
    passage: int
    place: int


def attributed_verbatim(
    sentence: Prepared, clauses: Sequence[tuple[int, int]], library: Library
) -> Attribution | None:
    """What all clauses of `sentence` are cited to, each of them word for word, None else."""
    runs: list[_Run] = []
    at = 0
    ends = {last for _, last in clauses}
    while at < len(sentence.items):
        run = _longest(sentence, at, ends, library)
        if run is None:
            return None
        runs.append(run)
        at = run.last
    spans = tuple(dict.fromkeys(_span(run, library) for run in runs))
    return Attribution(Support.SUPPORTED, 1.0, spans) if spans else None


def is_at(said: Sequence[Item], text: str, passage: Prepared, place: int) -> bool:
    """Whether `passage` has from `place` on the words of `said`, items of `text`."""
    return all(
        _same(item, text, found, passage.text)
        for item, found in zip(said, passage.items[place : place + len(said)], strict=False)
    )


def begins_a_clause(passage: Prepared, place: int, sentence_start: int) -> bool:
    """Whether an item begins a sentence, or a clause of one that no denial leads into."""
    start = passage.items[place].start
    clause = passage.clauses[passage.clause_of(place) - 1]
    if passage.text[clause[0] : start].strip(_OPENING):
        return False
    return not any(
        item.token.kind is Kind.NEGATION or item.token.word in DENYING_WORDS
        for item in passage.items[max(sentence_start, place - _LEADING) : place]
    )


def _same(said: Item, text: str, found: Item, other: str) -> bool:
    if said.quantity is None or found.quantity is None:
        return said.quantity is found.quantity and fold(said.token.word) == fold(found.token.word)
    return said.quantity == found.quantity or (
        text[said.start : said.end] == other[found.start : found.end]
    )


def _longest(sentence: Prepared, first: int, ends: set[int], library: Library) -> _Run | None:
    """The longest run from `first` to the end of a clause."""
    best: _Run | None = None
    for number, place in _beginnings(sentence, first, library):
        passage = library.passages[number]
        size = 0
        limit = min(len(sentence.items) - first, len(passage.items) - place)
        while size < limit and _same(
            sentence.items[first + size], sentence.text, passage.items[place + size], passage.text
        ):
            size += 1
        last = max((end for end in ends if end <= first + size), default=first)
        if last - first < _LEAST_ITEMS or (best is not None and last <= best.last):
            continue
        owner = library.sentence_of((number, place))
        begins = library.sentences[owner][1] if owner >= 0 else place
        if begins_a_clause(passage, place, begins):
            best = _Run(first, last, number, place)
    return best


def _beginnings(sentence: Prepared, first: int, library: Library) -> Iterator[tuple[int, int]]:
    """Where a run of the sentence from `first` on may begin: by the rarest word that it needs."""
    needed = range(first, min(first + _LEAST_ITEMS, len(sentence.items)))
    words = [at for at in needed if sentence.items[at].quantity is None]
    places = {at: library.places_of(sentence.items[at]) for at in words or [first]}
    rarest = min(places, key=lambda at: len(places[at]))
    for number, place in places[rarest]:
        if place >= rarest - first:
            yield number, place - (rarest - first)


def _span(run: _Run, library: Library) -> Span:
    passage = library.passages[run.passage]
    start = passage.items[run.place].start
    end = passage.items[run.place + run.last - run.first - 1].end
    while end < len(passage.text) and passage.text[end] in _CLOSING:
        end += 1
    return Span(passage.key, start, end, passage.text[start:end], 1.0)
