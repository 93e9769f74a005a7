"""A text made ready for comparing: its sentences, clauses, items, names and tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from rag.cite.facts import Item, analyse
from rag.cite.sentences import split_sentences
from rag.cite.tables import Tables
from rag.cite.wordlist import words
from rag.cite.words import Kind

_CLAUSE_BORDER = regex.compile(
    r"""[,;:，；：、،؛](?!\d)["'”’»)\]]*\s*|\s[–—-]\s|—|[()\[\]（）]|\s*\n\s*(?=\p{Lu})"""
    r"""|\s(?=(?:and|but|while|whereas|which|who|whom|because|although|though|where|when|after|before|or|that|as
    |und|aber|während|weil|obwohl|wobei|sondern|sowie|oder|et|mais|qui|dont|y|pero|mientras|e|ma|mas|maar|terwijl|и|но|а)\s)""".replace(
        "\n    ", ""
    ),
)
_SCALE_NOTE = regex.compile(
    r"\(?\b(?:in|en|im)\s+(thousands|millions|billions|tausend|mio|mrd|millionen|milliarden)\b",
    regex.I,
)
_SCALES = {"t": 1e3, "m": 1e6, "b": 1e9}
_GERMAN_SIGNS = words(
    """
    der die das und ist nicht ein eine den dem des im von mit wurde zu auf sich für
    """
)
_OTHER_SIGNS = words(
    """
    the of and in to was is that le la les des et que el los las y de het een en
    """
)
_NOUN_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "heiten",
    "keit",
    "keiten",
    "schaft",
    "schaften",
    "tion",
    "tionen",
    "tät",
    "nis",
    "tum",
    "ismus",
)


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words in a row: items first to last, both included."""

    first: int
    last: int
    weak: bool  # it may be an ordinary word


class Prepared:
    """A text with its items; everything is counted in items."""

    def __init__(self, text: str, *, german: bool | None = None) -> None:
        self.text = text
        self.items: list[Item] = analyse(text)
        self.german = _capitalises_nouns(self.items) if german is None else german

    @cached_property
    def starts(self) -> list[int]:
        """Where each item begins in the text."""
        return [item.start for item in self.items]

    @cached_property
    def sentence_spans(self) -> list[tuple[int, int]]:
        """The spans of the sentences, those without a word left out."""
        return [s for s in split_sentences(self.text) if self.item_at(s[0]) < self.item_at(s[1])]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences as ranges of items."""
        return [(self.item_at(start), self.item_at(end)) for start, end in self.sentence_spans]

    @cached_property
    def _sentence_starts(self) -> set[int]:
        return {first for first, _ in self.sentences}

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """The clauses as spans of the text, rising; together they are its sentences."""
        spans: list[tuple[int, int]] = []
        for start, end in self.sentence_spans:
            at = start
            for found in _CLAUSE_BORDER.finditer(self.text, start, end):
                if found.start() > at:
                    spans.append((at, found.start()))
                at = found.end()
            if at < end:
                spans.append((at, end))
        return spans

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [start for start, _ in self.clauses]

    def clause_of(self, index: int) -> int:
        """The number of the clause that an item stands in."""
        return bisect_right(self._clause_starts, self.items[index].start)

    @cached_property
    def in_brackets(self) -> list[bool]:
        """Whether each item stands in brackets."""
        inside: list[bool] = []
        depth, at = 0, 0
        for item in self.items:
            gap = self.text[at : item.start]
            depth = max(0, depth + sum(c in "([（" for c in gap) - sum(c in ")]）" for c in gap))
            inside.append(depth > 0)
            at = item.end
        return inside

    @cached_property
    def content_before(self) -> list[int]:
        """How many words that carry something stand before each item.

        Numerals in a row count once, as a table's cells do, and what is in brackets not at all.
        """
        counts: list[int] = []
        count = 0
        for index, item in enumerate(self.items):
            counts.append(count)
            after_number = index > 0 and self.items[index - 1].quantity is not None
            in_a_row = item.quantity is not None and after_number
            if item.is_content and not in_a_row and not self.in_brackets[index]:
                count += 1
        return counts

    @cached_property
    def tables(self) -> Tables:
        """The table cells in the text."""
        return Tables(self.text, self.items, self.starts)

    @cached_property
    def names(self) -> list[Name]:
        """The names in the text, in order."""
        found: list[Name] = []
        starts = self._sentence_starts
        index = 0
        while index < len(self.items):
            last = self._name_end(index)
            if last < index:
                index += 1
                continue
            weak = self._is_weak(index, last, begins=self._begins(index, starts))
            found.append(Name(index, last, weak))
            index = last + 1
        return found

    @cached_property
    def scale_factors(self) -> tuple[float, ...]:
        """1 and the scales that a note such as "(in millions)" gives a table's plain numbers."""
        notes = {_SCALES[found[1][0].lower()] for found in _SCALE_NOTE.finditer(self.text)}
        notes |= {1e9} if regex.search(r"\bmrd|milliarden", self.text, regex.I) and notes else set()
        return (1.0, *sorted(notes))

    def steps(self, index: int, other: int) -> int:
        """How many words that carry something lie from one item to another, it included."""
        low, high = min(index, other), max(index, other)
        between = self.content_before[high] - self.content_before[low]
        between -= self.content_before[low + 1] - self.content_before[low] if low < high else 0
        return between + 1 if other > index else -(between + 1)

    def gap(self, index: int, following: int) -> str:
        """What stands between two items."""
        return self.text[self.items[index].end : self.items[following].start]

    def slice(self, first: int, last: int) -> str:
        """The text of items first to last (excluded)."""
        return self.text[self.items[first].start : self.items[last - 1].end]

    def item_at(self, offset: int) -> int:
        """The index of the first item that starts at or after `offset`."""
        return bisect_right(self.starts, offset - 1)

    def _begins(self, index: int, starts: set[int]) -> bool:
        if index in starts:
            return True
        before = self.text[self.items[index - 1].end : self.items[index].start]
        return any(char in before for char in ':“„"«•*#|')

    def _name_end(self, index: int) -> int:
        """The last item of the name that begins at `index`, or `index - 1`."""
        last = index - 1
        while last + 1 < len(self.items):
            item = self.items[last + 1]
            if (
                not item.token.capital
                or item.quantity is not None
                or item.token.kind is not Kind.WORD
            ):
                break
            if last >= index:
                gap = self.text[self.items[last].end : item.start]
                joins = regex.fullmatch(r"[\s\u00a0.'’-]{0,3}", gap) and "\n" not in gap
                if not joins or last + 1 in self._sentence_starts:
                    break
            last += 1
        return last

    def _is_weak(self, first: int, last: int, *, begins: bool) -> bool:
        if any(self.items[i].token.acronym for i in range(first, last + 1)) or last > first:
            return False
        return begins or (self.german and self._is_common_german_noun(first))

    def _is_common_german_noun(self, index: int) -> bool:
        before = self.items[index - 1].token if index else None
        return (
            self.items[index].token.word.endswith(_NOUN_ENDINGS)
            or before is None
            or before.capital
            or before.kind in (Kind.NUMERAL, Kind.WORD)  # "drei Tore", "große Stadt"
            or before.word in _BEFORE_GERMAN_NOUNS
        )


_BEFORE_GERMAN_NOUNS = words(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner im
    am zum zur vom beim ins sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer
    ihres dieser diese dieses diesem diesen jeder jede jedes jeden jedem viele einige mehrere
    alle beide zwei drei vier fünf sechs mehr als und oder
    """
)


def _capitalises_nouns(items: Sequence[Item]) -> bool:
    words = [item.token.word for item in items]
    german = sum(word in _GERMAN_SIGNS for word in words)
    return german >= 2 and german > sum(word in _OTHER_SIGNS for word in words)


class Passage(Prepared):
    """One piece of evidence."""

    def __init__(self, key: int, text: str) -> None:
        super().__init__(text)
        self.key = key
