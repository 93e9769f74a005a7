"""All the evidence of an answer: found by stem, by quantity, and cut into windows."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import regex

from rag.cite.facts import analyse
from rag.cite.items import Item, Quantity
from rag.cite.lexicon import FRAME_WORDS, PRONOUNS, TAKE_UP_NOUNS, TAKING_UP, TITLES
from rag.cite.opposites import has_opposite
from rag.cite.peoples import same_people
from rag.cite.prepared import Passage
from rag.cite.synonyms import is_listed, other_words_for
from rag.cite.words import Kind, Token, stem
from rag.protocols import FloatMatrix, IdArray

_ENDED = regex.compile(r"[.!?。！？:;][\"'”’»)\]]*$")
_DIGIT = regex.compile(r"\d")
_TAKEN_UP_WITHIN = 3  # items


@dataclass(frozen=True, slots=True)
class Window:
    """One or two neighbouring sentences of a passage: its items first to last, `last` excluded."""

    passage: int
    first: int
    last: int
    start: int  # its span in the passage's text
    end: int
    sentences: tuple[int, ...]  # in `Library.sentences`


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the evidence has a word of a sentence, or one that is like it."""

    positions: Sequence[tuple[int, int]]  # rising
    alike: float  # 0..1
    sentences: IdArray  # that state what stands there, rising

    def within(self, window: Window) -> Sequence[tuple[int, int]]:
        """Those in a window."""
        first = bisect_left(self.positions, (window.passage, window.first))
        last = bisect_left(self.positions, (window.passage, window.last), first)
        return self.positions[first:last]


class Library:
    """All the evidence of an answer; a position is (passage, item)."""

    def __init__(self, passages: Sequence[Passage], idf: Callable[[str], float] | None) -> None:
        self.passages = passages
        self.german = sum(passage.german for passage in passages) * 2 > len(passages)
        self.sentences: list[tuple[int, int, int]] = []
        self._by_stem: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        self.quantities: list[tuple[int, int]] = []
        self.by_quantity: dict[
            tuple[Quantity, tuple[float, ...]], list[tuple[int, int]]
        ] = {}  # with the scales that its passage states
        self._sentence_of: list[list[int]] = []
        self._frequency: dict[str, int] = defaultdict(int)
        self._idf = idf
        self._uncapitalised: set[str] = set()
        for number, passage in enumerate(passages):
            self._add(number, passage)
        for known in self._by_stem:
            if len(known) >= 4:
                self._by_beginning[known[:4]].append(known)
        self.windows = self._make_windows()
        self._told: dict[str, IdArray] = {}

    def _add(self, number: int, passage: Passage) -> None:
        owner = [-1] * len(passage.items)
        for first, last in passage.sentences:
            index = len(self.sentences)
            self.sentences.append((number, first, last))
            owner[first:last] = [index] * (last - first)
            for known in {passage.items[i].token.stem for i in range(first, last)}:
                self._frequency[known] += 1
        self._sentence_of.append(owner)
        for at, item in enumerate(passage.items):
            if item.quantity is not None:
                self.quantities.append((number, at))
                known = item.quantity, passage.scale_factors
                self.by_quantity.setdefault(known, []).append((number, at))
            elif not item.token.capital:
                self._uncapitalised.add(item.token.stem)
            self._by_stem[item.token.stem].append((number, at))

    def _told_in(self, positions: Iterable[tuple[int, int]]) -> IdArray:
        """The sentences that state what stands at positions; a date also in its column's rows."""
        told: set[int] = set()
        for position in positions:
            own = self.sentence_of(position)
            if own >= 0:
                told.add(own)
                told.update(self._rows_under.get(position, ()))
        return np.array(sorted(told), np.int64)

    @cached_property
    def _rows_under(self) -> dict[tuple[int, int], set[int]]:
        rows: dict[tuple[int, int], set[int]] = {}
        for number, passage in enumerate(self.passages):
            for cell in passage.tables.cells.values():
                for date in cell.dates:
                    row = self.sentence_of((number, cell.item))
                    rows.setdefault((number, date), set()).add(row)
        return rows

    @cached_property
    def ends_of_windows(self) -> tuple[IdArray, IdArray]:
        """The first and the last sentence of each window."""
        ends = [(window.sentences[0], window.sentences[-1]) for window in self.windows]
        first, last = np.array(ends, np.int64).reshape(-1, 2).T
        return first, last

    @cached_property
    def pairs(self) -> FloatMatrix:
        """1 for windows of two sentences, 0 for others."""
        first, last = self.ends_of_windows
        return (first != last).astype(np.float32)

    @cached_property
    def windows_with(self) -> Mapping[int, list[int]]:
        """The windows that hold each sentence, rising."""
        holding: dict[int, list[int]] = defaultdict(list)
        for number, window in enumerate(self.windows):
            for sentence in window.sentences:
                holding[sentence].append(number)
        return holding

    def says(self, text: str) -> bool:
        """Whether any of the evidence has the words of `text`, in their order."""
        wanted = " ".join(item.token.word for item in analyse(text))
        return any(
            wanted in " ".join(item.token.word for item in passage.items)
            for passage in self.passages
        )

    def span_of(self, sentence: int) -> tuple[int, int]:
        """Where a sentence stands in its passage's text."""
        window = self.windows[sentence]
        return window.start, window.end

    def _make_windows(self) -> list[Window]:
        """A window for each sentence, in their order, and then one for each two neighbours."""
        spans = [span for passage in self.passages for span in passage.sentence_spans]
        windows = [
            Window(number, first, last, *span, (index,))
            for index, ((number, first, last), span) in enumerate(
                zip(self.sentences, spans, strict=True)
            )
        ]
        pairs = [
            Window(a.passage, a.first, b.last, a.start, b.end, (*a.sentences, *b.sentences))
            for a, b in pairwise(windows)
            if a.passage == b.passage and self._may_go_together(a, b)
        ]
        return windows + pairs

    def _may_go_together(self, one: Window, other: Window) -> bool:
        """Whether a claim may rest on both: not on two rows of a table, nor across a heading."""
        passage = self.passages[one.passage]
        rows = passage.tables.rows
        if one.first in rows and other.first in rows:
            return False
        text = passage.text
        gap = text[one.end : other.start]
        if "\n" not in gap:
            return self._takes_up(other)
        heads_it = not _ENDED.search(text, one.start, one.end) and not _DIGIT.search(
            text, one.start, one.end
        )
        if heads_it or gap.count("\n") > 1:
            return heads_it
        return _ENDED.search(text, other.start, other.end) is not None and self._takes_up(other)

    def _takes_up(self, window: Window) -> bool:
        """Whether a sentence takes up what was said before it: "It …", "The company …"."""
        items = self.passages[window.passage].items[window.first : window.last]
        return any(
            item.token.word in TAKING_UP
            or item.token.kind is Kind.GRAM
            or (
                at <= _TAKEN_UP_WITHIN
                and item.token.word in TAKE_UP_NOUNS
                and (not item.token.capital or self.german)
            )
            for at, item in enumerate(items)
        )

    def sentence_of(self, position: tuple[int, int]) -> int:
        """The sentence that holds a position."""
        return self._sentence_of[position[0]][position[1]]

    def item(self, position: tuple[int, int]) -> Item:
        """The item at a position."""
        return self.passages[position[0]].items[position[1]]

    def _places_of_stem(self, known: str, alike: float) -> list[Places]:
        """Where the evidence has a stem; what tells it is looked up once."""
        positions = self._by_stem.get(known)
        if not positions:
            return []
        if known not in self._told:
            self._told[known] = self._told_in(positions)
        return [Places(positions, alike, self._told[known])]

    def weight(self, item: Item) -> float:
        """How much of a sentence's wording an item is: rare words more, stop words hardly."""
        fixed = _fixed_weight(item)
        if fixed is not None:
            return fixed
        word = item.token.word
        if self._idf is not None:
            rarity = min(1.0, max(0.0, self._idf(word) / 8.0))
        else:
            total = len(self.sentences) + 1
            common = self._frequency.get(item.token.stem, 0)
            rarity = 1.0 - math.log1p(common) / math.log1p(total)
        return (0.5 if item.token.kind is Kind.GRAM else 1.0) * (0.5 + 0.5 * rarity)

    def is_common(self, token: Token) -> bool:
        """Whether a capitalised word is an ordinary one, as far as lists and the evidence tell."""
        return (
            token.kind is not Kind.WORD
            or token.stem in self._uncapitalised
            or is_listed(token.word)
            or has_opposite(token.word)
            or token.word.endswith(_ORDINARY_ENDINGS)
        )

    def places_of(self, item: Item) -> Sequence[tuple[int, int]]:
        """The positions that hold the same word, number or date."""
        if item.quantity is None:
            return self._by_stem.get(item.token.stem, ())
        return [p for p in self.quantities if self.item(p).quantity == item.quantity]

    def find(self, item: Item) -> list[tuple[tuple[int, int], float]]:
        """The positions that hold the same word or one of its forms, with how alike they are."""
        return [
            (position, places.alike)
            for places in self.find_places(item)
            for position in places.positions
        ]

    def find_quantity(self, positions: Sequence[tuple[int, int]]) -> list[Places]:
        """The same of a quantity that is stated at `positions`, rising."""
        return [Places(positions, 1.0, self._told_in(positions))] if positions else []

    def find_places(self, item: Item) -> list[Places]:
        """Where the evidence has the same word, or one of its forms."""
        known = item.token.stem
        found = self._places_of_stem(known, 1.0)
        if item.token.kind not in (Kind.WORD, Kind.STOP):
            return found
        for other in other_words_for(known):
            found += self._places_of_stem(other, _SYNONYM)
        if item.token.capital:  # "French" for "France"
            for other in map(stem, same_people(item.token.word)):
                found += self._places_of_stem(other, 1.0) if other != known else []
        if item.token.kind is Kind.STOP or len(known) < 5:
            return found
        for other in self._by_beginning.get(known[:4], ()):
            if other != known and _same_root(known, other):
                found += self._places_of_stem(other, 0.8)
        return found


_SYNONYM = 0.8  # how alike two words are that may say the same
_ORDINARY_ENDINGS = ("ing", "tion", "ness", "ment", "ity", "ism", "ly", "ence", "ance", "ed")
_KIND_WEIGHTS = {Kind.NEGATION: 0.3, Kind.STOP: 0.04}


def _fixed_weight(item: Item) -> float | None:
    """The weight of what does not weigh by its rarity."""
    if item.quantity is not None:
        return 0.3 if item.quantity.weak else 1.3
    word = item.token.word
    if item.token.kind in _KIND_WEIGHTS:
        return _KIND_WEIGHTS[item.token.kind]
    for listed, weight in (
        (FRAME_WORDS, 0.12),
        (PRONOUNS, 0.08),
        (TITLES, 0.5),
        (TAKE_UP_NOUNS, 0.5),
    ):
        if word in listed:
            return weight
    return None


def _same_root(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(one), len(other))
    return shared >= 5 and longest - shared <= 4 and shared >= 0.6 * longest
