"""Finds the things that a question compares or lets choose from: "X or Y", "both X and Y"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from rag.understand.follow_up import take_apart
from rag.understand.lexicon import comparing as table
from rag.understand.words import Word, words_of, year_of

_THING_WORDS = 8  # of a name; longer ones are clauses
_PLAIN_WORDS = 4  # of a thing that is no name: "the notice period"
_STOPS = regex.compile(r"[,;:?!]")
_ENDS = table.VERBS | table.BOTH | table.BETWEEN | table.COMPARE
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Things:
    """What is compared: `question[start:end]` names all of it."""

    question: str
    start: int
    end: int
    names: tuple[str, ...]  # as typed

    def asked_of(self, name: str) -> str:
        """The question with one thing in the place of all."""
        asked = f"{self.question[: self.start]}{name}{self.question[self.end :]}"
        for word in reversed([word for word in words_of(asked) if word.key in table.BOTH]):
            asked = asked[: word.start] + asked[word.end :]
        return regex.sub(r" (?=[,?])", "", " ".join(asked.split()))


def compared(question: str) -> Things | None:
    """What `question` compares, None where it compares nothing that can be looked up."""
    words = words_of(question)
    code = take_apart(question).language.code
    ands, ors = table.AND.get(code, _NONE), table.OR.get(code, _NONE)
    for index in range(1, len(words) - 1):
        if words[index].key in ands | ors:
            pair = _Pair(
                question,
                words,
                index,
                ands,
                is_choice=words[index].key in ors,
                all_nouns_are_capital=code == "de",
            )
            if pair.is_compared and pair.names_things:
                return pair.things
    return None


class _Pair:
    """The two things around one "and" or "or"."""

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        index: int,
        ands: frozenset[str],
        *,
        is_choice: bool,
        all_nouns_are_capital: bool,
    ) -> None:
        self._text = text
        self._words = words
        self._index = index
        self._ands = ands
        self._is_choice = is_choice
        self._all_nouns_are_capital = all_nouns_are_capital
        before = {word.key for word in words[:index]}
        self._is_compare = bool(before & (table.COMPARE | table.DIFFERENCE))
        # Compare the rent in A and *in* B: the second "in" is no part of it.
        self._second = index + 1 + (words[index + 1].key in table.BEFORE_THINGS)
        self._first = self._left_end()
        self._last = self._right_end()
        rest = (*words[: self._first], *words[self._last + 1 :])
        self._around = frozenset(word.key for word in rest)
        self._before = words[self._first - 1].key if self._first else ""

    @property
    def is_compared(self) -> bool:
        """Whether the words around tell that each of the two has to be looked up."""
        if self._is_choice:
            led = self._text[: self._words[self._first].start].rstrip()
            # In German every noun looks like a name, so a comma alone says little.
            is_appended = led.endswith(",") and not self._all_nouns_are_capital
            return is_appended or self._has_more_of
        if self._is_led_by_compare or self._around & table.OF_EACH:
            return True
        chooses = self._first == 1 or self._has_more_of
        return self._before in table.BETWEEN and chooses

    @property
    def names_things(self) -> bool:
        """Whether both sides name something, in capitals unless "compare" leads them."""
        sides = self._words[self._first : self._index], self._words[self._second : self._last + 1]
        named = [[w for w in side if w.key not in table.ARTICLES or w.is_capital] for side in sides]
        if not all(named):
            return False
        if not self._says_compare and any(all(map(year_of, words)) for words in named):
            return False
        return all(_is_written_as_name(words[0]) for words in named) or self._are_plain(named)

    def _are_plain(self, named: Sequence[Sequence[Word]]) -> bool:
        """Whether two things that are no names are each whole: the lease and the loan.

        In "temporary and permanent loans", the first is not.
        """
        have_articles = all(
            self._words[at].key in table.ARTICLES for at in (self._first, self._second)
        )
        is_short = all(len(words) <= _PLAIN_WORDS for words in named)
        is_even = len(named[0]) == len(named[1])
        if self._is_led_by_compare:
            return is_short and (have_articles or is_even or any(w.is_capital for w in named[0]))
        return is_short and have_articles and self._is_choice and self._has_more_of

    @property
    def things(self) -> Things:
        """What is compared, the last of it with the bracket that it opens."""
        words = self._words
        earlier = self._earlier()
        spans = (*earlier, (self._first, self._index - 1), (self._second, self._last))
        ends = [words[last].end for _, last in spans]
        if "(" in self._text[words[self._second].start : ends[-1]]:
            ends[-1] += self._text.startswith(")", ends[-1])
        names = tuple(
            self._text[words[first].start : end]
            for (first, _), end in zip(spans, ends, strict=True)
        )
        return Things(self._text, words[spans[0][0]].start, ends[-1], names)

    def _earlier(self) -> list[tuple[int, int]]:
        """First and last word of the names before the two: A, B and C."""
        spans: list[tuple[int, int]] = []
        last = self._first - 1
        while not self._is_choice and last >= 0 and self._is_stop(last, last + 1):
            first = last + 1
            while first > 0 and self._is_name(first - 1):
                first -= 1
                if first > 0 and self._is_stop(first - 1, first):
                    break
            if first > last:
                break
            spans.insert(0, (first, last))
            last = first - 1
        return spans

    def _is_name(self, at: int) -> bool:
        return _is_written_as_name(self._words[at]) and not self._ends(at)

    @property
    def _says_compare(self) -> bool:
        return bool(self._around & table.COMPARE)

    @property
    def _has_more_of(self) -> bool:
        return bool(self._around & table.MORE_OF)

    @property
    def _is_led_by_compare(self) -> bool:
        is_between = self._before in table.BETWEEN and bool(self._around & table.DIFFERENCE)
        return self._says_compare or is_between

    def _left_end(self) -> int:
        """The index of the first word of the thing that ends before the "and"."""
        words, at = self._words, self._index
        while at > 0 and self._index - at < _THING_WORDS:
            if self._ends(at - 1) or (self._is_stop(at - 1, at) and not self._goes_on_before(at)):
                break
            at -= 1
        if not _is_written_as_name(words[self._index - 1]):
            return self._after_preposition(at)
        # What leads to a name is no part of it: "the mother of Ada and Bob".
        name = self._index - 1
        while name > at and (
            _is_written_as_name(words[name - 1])
            or (
                words[name - 1].key in table.INSIDE_NAMES
                and any(_is_written_as_name(word) for word in words[at : name - 1])
            )
        ):
            name -= 1
        if name > at and words[name - 1].key in table.ARTICLES:
            name -= 1
        return name

    def _after_preposition(self, at: int) -> int:
        """Compare the price *in* the lease and the loan: the lease alone is compared."""
        for index in range(self._index - 2, at, -1):
            if self._words[index].key in table.BEFORE_THINGS:
                return index + 1
        return at

    def _goes_on_before(self, at: int) -> bool:
        """Whether a comma before `at` stands inside a name: Sheridan County, Montana."""
        for before in range(at - 1, 0, -1):
            if not _is_written_as_name(self._words[before]):
                return False
            if self._is_stop(before - 1, before):
                return True
        return False

    def _right_end(self) -> int:
        """The index of the last word of the thing that begins after the "and"."""
        words, at, named = self._words, self._second - 1, False
        while at + 1 < len(words) and at - self._index < _THING_WORDS:
            after = words[at + 1]
            if self._ends(at + 1) or (at >= self._second and self._is_stop(at, at + 1)):
                break
            is_inside = after.key in table.INSIDE_NAMES or after.key in self._ands
            if is_inside and at + 2 < len(words) and words[at + 2].text[0].isdecimal():
                break  # in 2022
            if self._is_compare and after.key in table.BEFORE_THINGS and at >= self._second:
                break
            is_part = self._is_compare or is_inside or self._closes(at + 1)
            if named and not (_is_written_as_name(after) or is_part):
                break
            named = named or _is_written_as_name(after)
            at += 1
        while at >= self._second and (
            words[at].key in table.INSIDE_NAMES | self._ands and not words[at].is_capital
        ):
            at -= 1
        return at

    def _closes(self, at: int) -> bool:
        """Whether the word at `at` ends a name of two: a Gin and tonic have …"""
        return self._words[at - 1].key in self._ands and self._ends(at + 1)

    def _ends(self, at: int) -> bool:
        if at >= len(self._words):
            return False
        word = self._words[at]
        return word.key in _ENDS and (at == 0 or not word.is_capital)

    def _is_stop(self, left: int, right: int) -> bool:
        gap = self._text[self._words[left].end : self._words[right].start]
        return _STOPS.search(gap) is not None


def _is_written_as_name(word: Word) -> bool:
    return word.is_capital or word.text[0].isdecimal()
