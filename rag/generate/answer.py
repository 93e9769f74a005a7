"""The text of an answer as it grows: whole code points, and nothing said twice."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

_SHORTEST_REPEAT_BYTES = (
    20  # "Yes." may come twice; in UTF-8, as a Chinese sentence has few letters
)
_LONGEST_PERIOD_TOKENS = 40
_LOOP_ROUNDS = 3
_SHORTEST_LOOP_TOKENS = 24


class AnswerText:
    """Collects the bytes of tokens; small models repeat themselves without end, this tells when.

    A sentence that begins like an earlier one is held back until it differs, so that a repeated
    one is never shown. `text` is all that was released: no white space around it.
    """

    def __init__(self) -> None:
        self.text = ""
        self.repeats = False
        """A sentence came a second time; nothing is taken any more."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._sentence = ""
        self._earlier: set[str] = set()

    def add(self, piece: bytes) -> str:
        """Take a token's bytes and return what can be shown now."""
        for char in self._decoder.decode(piece):
            self._take(char)
            if self.repeats:
                self._held = ""
                return ""
        return "" if self._begins_like_an_earlier_one() else self._release()

    def finish(self) -> str:
        """What is left to show at the end; the start of a repetition is not."""
        if self.repeats or (self._begins_like_an_earlier_one() and _is_telling(self._sentence)):
            return ""
        return self._release()

    def _take(self, char: str) -> None:
        self._held += char
        ends = char in "\n。！？" or (char.isspace() and self._sentence.endswith((".", "!", "?")))
        if not char.isspace() or self._sentence:
            self._sentence += char
        if ends:
            sentence = self._sentence.strip()
            self.repeats = sentence in self._earlier
            if _is_telling(sentence):
                self._earlier.add(sentence)
            self._sentence = ""

    def _begins_like_an_earlier_one(self) -> bool:
        start = self._sentence.rstrip()
        return bool(start) and any(sentence.startswith(start) for sentence in self._earlier)

    def _release(self) -> str:
        shown = self._held.rstrip()
        self._held = self._held[len(shown) :]
        if not self.text:
            shown = shown.lstrip()
        self.text += shown
        return shown


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
