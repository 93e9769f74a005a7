"""The text of an answer as it grows: whole code points, and nothing said twice."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from itertools import pairwise

import regex

_SHORTEST_REPEAT_BYTES = (
    20  # "Yes." may come twice; in UTF-8, as a Chinese sentence has few letters
)
_NEARLY_WORDS = 8  # from which on a sentence that only turns an earlier one's words is a repetition
_NEW_PAIRS = 1  # of neighbouring words that such a sentence may have: who swaps two words has more
_CHARACTER = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_WORD = regex.compile(rf"{_CHARACTER.pattern}|[\p{{L}}\p{{M}}\p{{N}}]+")
_LONGEST_PERIOD_TOKENS = 40
_LOOP_ROUNDS = 3
_SHORTEST_LOOP_TOKENS = 24


class AnswerText:
    """Collects the bytes of tokens; small models repeat themselves without end, this tells when.

    A sentence that begins like an earlier one, or with nothing but its words, is held back until it
    differs, so that a repeated one is never shown. `text` is all that was released: no white space
    around it.
    """

    def __init__(self) -> None:
        self.text = ""
        self.repeats = False
        """A sentence came a second time; nothing is taken any more."""
        self.held = ""
        """What was taken and cannot be shown yet."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._sentence = ""
        self._earlier: set[str] = set()
        self._said: list[_Words] = []

    def add(self, piece: bytes) -> str:
        """Take a token's bytes and return what can be shown now."""
        for char in self._decoder.decode(piece):
            self._take(char)
            if self.repeats:
                self.held = ""
                return ""
        return "" if self._begins_like_an_earlier_one() else self._release()

    def finish(self) -> str:
        """What is left to show at the end; the start of a repetition is not."""
        words = _Words(self._sentence)
        nearly = len(words) >= _NEARLY_WORDS and any(words.are_in(said) for said in self._said)
        start = self._sentence.rstrip()
        begins = bool(start) and any(sentence.startswith(start) for sentence in self._earlier)
        if self.repeats or (begins and _is_telling(self._sentence)) or nearly:
            return ""
        return self._release()

    def _take(self, char: str) -> None:
        self.held += char
        ends = char in "\n。！？" or (char.isspace() and self._sentence.endswith((".", "!", "?")))
        if not char.isspace() or self._sentence:
            self._sentence += char
        if ends:
            sentence = self._sentence.strip()
            words = _Words(sentence)
            self.repeats = sentence in self._earlier or (
                len(words) >= _NEARLY_WORDS and any(words.are_in(said) for said in self._said)
            )
            if _is_telling(sentence):
                self._earlier.add(sentence)
                self._said.append(words)
            self._sentence = ""

    def _begins_like_an_earlier_one(self) -> bool:
        start = self._sentence.rstrip()
        if not start:
            return False
        words = _Words(start, is_whole=start != self._sentence)
        return any(sentence.startswith(start) for sentence in self._earlier) or any(
            words.are_in(said) for said in self._said
        )

    def _release(self) -> str:
        shown = self.held.rstrip()
        self.held = self.held[len(shown) :]
        if not self.text:
            shown = shown.lstrip()
        self.text += shown
        return shown


class _Words:
    """The words of a sentence and which stand side by side; `is_whole` unless the last may go on.

    A character of a script without spaces counts as a word.
    """

    def __init__(self, sentence: str, *, is_whole: bool = True) -> None:
        words: list[str] = _WORD.findall(sentence.casefold())
        self._last = "" if is_whole or not words else words.pop()
        self._new_pairs = 0 if any(map(_CHARACTER.match, words)) else _NEW_PAIRS
        self._words = frozenset(words)
        self._pairs = frozenset(pairwise(words))

    def __len__(self) -> int:
        return len(self._words)

    def are_in(self, other: _Words) -> bool:
        """Whether `other` has all of the words, and nearly all of the pairs."""
        return (
            self._words <= other._words
            and len(self._pairs - other._pairs) <= self._new_pairs
            and (not self._last or any(word.startswith(self._last) for word in other._words))
        )


def is_loop(tokens: Sequence[int]) -> bool:
    """Whether `tokens` end in the same few tokens over and over."""
    for period in range(1, _LONGEST_PERIOD_TOKENS + 1):
        length = max(_LOOP_ROUNDS * period, _SHORTEST_LOOP_TOKENS)
        if len(tokens) < length + period:
            return False
        if tokens[-length:] == tokens[-length - period : -period]:
            return True
    return False


def _is_telling(sentence: str) -> bool:
    return len(sentence.encode("utf-8", "replace")) >= _SHORTEST_REPEAT_BYTES
