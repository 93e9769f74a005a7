"""Finds in passages what a question asks for, each span with the chance that it is the answer."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.cite.library import Library
from rag.cite.prepared import Passage
from rag.cite.words import Kind, stem, tokenise
from rag.extract import lexicon as lex
from rag.extract.asked import Asked
from rag.extract.candidates import Candidate, candidates
from rag.extract.fields import Field, fields
from rag.extract.sorts import Sort
from rag.extract.wanted import Wanted

_REACH = 4.0  # in content words: how fast a question's word fades with its distance
_BORDER = 1.5  # in content words: how far a border between clauses parts them
_BESIDE = 0.5  # what a word counts that only the sentence before, or the heading, holds
_HEAD_SHARE = 0.6  # of a label's fit, that it has the noun that is asked for
_FITTING = 0.5  # how well a label must fit at least
_WHOLE_FIELDS = frozenset(
    (
        Sort.TERM,
        Sort.PERSON,
        Sort.ORGANISATION,
        Sort.PLACE,
        Sort.NAME,
        Sort.CODE,
        Sort.AMOUNT,
        Sort.DURATION,
    )
)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that may hold what is asked for."""

    text: str
    context: str = ""  # its document's title and its heading
    heads: str = ""  # of the table that its rows are from


@dataclass(frozen=True, slots=True)
class Facts:
    """What speaks for a span; every value lies in 0..1 but for `fit`."""

    held: float  # share of the question's words, by weight, in its sentence or beside it
    close: float  # the same, each word fading with its distance from the span
    fit: float  # about -1..1, how well it is of the sort asked for
    label: float  # how well the label of the field that it stands in fits
    near: float  # how near it stands to the word that the question asks it of
    ahead: float  # and on the side where what does that stands
    head: float  # 1 where the noun asked for is in it or next to it: “the poet Heine”
    names_missing: float  # of the question's
    number_missing: float  # 1 where the question's numbers are not all there
    lacking: float  # share of the question's heaviest word that its sentence does not hold
    contradicted: float  # 1 where its sentence denies what the question says
    named: float  # 1 where a name is asked for
    placed: float  # 1 where a place is

    def weighed(self) -> tuple[float, ...]:
        """1 and what a chance is made of."""
        return (
            1.0,
            self.held,
            self.close,
            self.fit,
            self.label,
            self.near,
            self.ahead,
            self.head,
            self.names_missing,
            self.number_missing,
            self.lacking,
            self.contradicted,
            self.named,
            self.placed,
        )

    @property
    def speaks_against(self) -> bool:
        """Whether its sentence tells of something else than the question, for sure."""
        return bool(self.contradicted or self.number_missing)


@dataclass(frozen=True, slots=True)
class Value:
    """A span that may be what is asked for: `text == source.text[start:end]`."""

    start: int
    end: int
    text: str
    chance: float  # 0..1
    facts: Facts
    number: float | None = None  # what it says, scale included; None where it is no number
    unit: str = ""  # "eur", "day" …; empty where none is written


class Extractor:
    """Finds what one question asks for in `sources`, which are made ready once."""

    def __init__(self, wanted: Wanted, sources: Sequence[Source]) -> None:
        self.wanted = wanted
        self._sources = sources
        passages = [Passage(key, source.text) for key, source in enumerate(sources)]
        self._library = Library(passages, None)
        self._asked = Asked(wanted, self._library)

    def values(self, number: int) -> list[Value]:
        """The spans of the source at that index that may answer, the most likely first."""
        if not self._library.passages[number].items:
            return []
        reader = _Reader(self.wanted, self._asked, self._library, self._sources[number], number)
        return sorted(reader.values(), key=lambda value: -value.chance)


class _Reader:
    """One source before one question."""

    def __init__(
        self, wanted: Wanted, asked: Asked, library: Library, source: Source, number: int
    ) -> None:
        self._wanted = wanted
        self._asked = asked
        self._library = library
        self._source = source
        self._number = number
        self._passage = library.passages[number]
        self._context = _stems_of(source.context)
        self._clause_starts = [start for start, _ in self._passage.clauses]
        self._of_sentence: dict[int, tuple[float, ...]] = {}

    def values(self) -> Iterator[Value]:
        told = self._fields()
        held: set[tuple[int, int]] = set()
        for one in candidates(self._wanted, self._passage):
            if self._is_asked_about(one):
                continue
            inside = (fit for f, fit in told if f.start <= one.start and one.end <= f.end)
            held.add((one.start, one.end))
            yield self._value(one, max(inside, default=0.0))
        if self._wanted.sort not in _WHOLE_FIELDS:
            return
        for field, fit in told:
            first = self._passage.item_at(field.start)
            last = max(first, self._passage.item_at(field.end) - 1)
            holds_one = any(field.start <= a and b <= field.end for a, b in held)
            if not holds_one and first < len(self._passage.items):
                yield self._value(Candidate(field.start, field.end, first, last, 0.0), fit)

    def _is_asked_about(self, one: Candidate) -> bool:
        """Whether the question itself has all the words of a span."""
        inside = range(one.first, one.last + 1)
        if self._passage.items[one.first].quantity is not None:
            return any(
                (self._number, at) in word.places
                for word in self._asked.words
                if word.is_number
                for at in inside
            )
        content = [self._passage.items[at] for at in inside if self._passage.items[at].is_content]
        return all(item.token.stem in self._asked.stems for item in content)

    # ------------------------------------------------------------ fields

    def _fields(self) -> list[tuple[Field, float]]:
        """The fields whose labels fit what is asked for, with how well they do."""
        text = self._source.text
        if not any(sign in text for sign in ":：|\t"):
            return []
        fitting = [(f, self._label_fit(f)) for f in fields(text, self._source.heads)]
        return [(field, fit) for field, fit in fitting if fit >= _FITTING]

    def _label_fit(self, field: Field) -> float:
        """How well a label names what is asked for, 0..1."""
        label = _stems_of(field.label)
        if not label:
            return 0.0
        attribute = set(self._wanted.attribute)
        of_sort = _LABEL_STEMS[self._wanted.sort]
        share = len(label & (attribute | self._asked.stems | of_sort)) / len(label)
        asked = attribute or self._asked.stems
        named = len(asked & label) / len(asked) if asked else 0.0
        if self._wanted.attribute:  # its last word is what is asked for
            named *= 1.0 - _HEAD_SHARE
            named += _HEAD_SHARE * (self._wanted.attribute[-1] in label)
        return share * (named or 0.6 * bool(label & of_sort))

    # ------------------------------------------------------------ chances

    def _value(self, one: Candidate, label: float) -> Value:
        facts = self._facts(one, label)
        text = self._source.text[one.start : one.end]
        return Value(one.start, one.end, text, chance_of(facts), facts, one.number, one.unit)

    def _facts(self, one: Candidate, label: float) -> Facts:
        sentence = self._library.sentence_of((self._number, one.first))
        close, near, ahead = 0.0, 0.0, 0.0
        for word in self._asked.words:
            best = 0.0
            for (where, item), alike in word.places.items():
                if (
                    where == self._number
                    and not one.first <= item <= one.last
                    and self._library.sentence_of((where, item)) == sentence
                ):
                    gap = max(0.0, self._distance(one, item) - 1)
                    best = max(best, alike / (1.0 + gap / _REACH))
                    if word is self._asked.focus:
                        here = alike / (1.0 + gap / 2)
                        near = max(near, here)
                        if self._asked.acts and (item > one.last) != self._is_by(one):
                            ahead = max(ahead, here)
            close += word.weight * best
        held, names, numbers, lacking, contradicted = self._sentence_facts(sentence)
        return Facts(
            held,
            close / self._asked.total,
            one.fit,
            label,
            near,
            ahead,
            self._beside_head(one),
            names,
            numbers,
            lacking,
            contradicted,
            float(self._wanted.sort.is_named),
            float(self._wanted.sort is Sort.PLACE),
        )

    def _distance(self, one: Candidate, item: int) -> float:
        before = self._passage.content_before
        edge = one.last if item > one.last else one.first
        borders = abs(self._clause_of(item) - self._clause_of(edge))
        return abs(before[item] - before[edge]) + _BORDER * borders

    def _clause_of(self, item: int) -> int:
        return bisect_right(self._clause_starts, self._passage.items[item].start)

    def _is_by(self, one: Candidate) -> bool:
        before = one.first - 1
        return before >= 0 and self._passage.items[before].token.word in lex.BY

    def _sentence_facts(self, sentence: int) -> tuple[float, ...]:
        """What is the same for all spans of a sentence: held, missing …, lacking, contradicted."""
        known = self._of_sentence.get(sentence)
        if known is not None:
            return known
        asked, number, of = self._asked, self._number, self._library.sentence_of
        held, numbers, lacking = 0.0, 0.0, 0.0
        for word in asked.words:
            best = _BESIDE if word.item.token.stem in self._context else 0.0
            here = best
            for (where, item), alike in word.places.items():
                if where == number:
                    away = sentence - of((where, item))
                    best = max(best, alike if not away else _BESIDE * alike if away == 1 else 0.0)
                    here = max(here, alike * (away == 0))
            held += word.weight * best
            lacking = max(lacking, word.weight * (1.0 - here))
            numbers = max(numbers, float(word.is_number and not best))
        _, first, last = self._library.sentences[sentence]
        known = (
            held / asked.total,
            asked.names_missing(number, (sentence, sentence - 1), self._context),
            numbers,
            lacking / asked.total,
            float(asked.contradicts(first, last, number) or asked.other_rank(first, last, number)),
        )
        self._of_sentence[sentence] = known
        return known

    def _beside_head(self, one: Candidate) -> float:
        wanted = self._wanted
        if not wanted.attribute or not wanted.sort.is_named or wanted.is_by_phrase:
            return 0.0
        around = self._passage.items[max(0, one.first - 1) : one.last + 2]
        return float(any(item.token.stem == wanted.attribute[-1] for item in around))


# Of `Facts.weighed`, fitted by `tests/benchmarks/fit_likely.py`; but for that of labels, which
# its sets have too few of.
_WEIGHTS = (-3.96, 1.89, 2.73, 1.24, 4.0, 0.43, 0.15, 1.4, -0.34, -0.24, -1.5, -0.39, -1.38, 0.54)


def chance_of(facts: Facts) -> float:
    """The chance that a span with these facts answers, as far as its own passage tells."""
    return 1 / (1 + math.exp(-score_of(facts)))


def score_of(facts: Facts) -> float:
    """The natural logarithm of the odds that `chance_of` tells."""
    return sum(weight * fact for weight, fact in zip(_WEIGHTS, facts.weighed(), strict=True))


_LABEL_STEMS = {
    sort: frozenset(stem(word) for word in lex.LABEL_WORDS.get(sort.value, ())) for sort in Sort
}


@lru_cache(maxsize=256)
def _stems_of(text: str) -> frozenset[str]:
    """The stems of the words of `text` that carry something."""
    kinds = (Kind.WORD, Kind.CODE, Kind.GRAM, Kind.NUMERAL)
    return frozenset(token.stem for token in tokenise(text) if token.kind in kinds)
