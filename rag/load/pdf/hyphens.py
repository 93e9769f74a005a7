"""Whether a hyphen at a line's end belongs to the word or only to the line."""

from __future__ import annotations

import re
from enum import Enum

MAX_WORDS = 200_000  # remembered of a document

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST_PIECE = re.compile(r"([^\W_]*)$")
_FIRST_PIECE = re.compile(r"[^\W_]+")
# "first- and second-order": the hyphen stands for the rest of a word.
_SUSPENDED = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "en", "of"}
# No part of a longer word after another hyphen: "state-of-the-", "art".
_SMALL = {"of", "the", "to", "in", "and", "by", "at", "a"}


# Words that begin compounds far more often than they are the first half of a split word.
_COMPOUNDING = frozenset(
    (
        *("high", "low", "long", "short", "large", "small", "full", "half", "self", "well"),
        *("cross", "real", "open", "dual", "non", "first", "second", "third"),
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    )
)
# Endings that are words, or look like one, by chance.
_ENDINGS = re.compile(
    r"(?:ing|ed|er|ment|tion|ation|sion|able|ible|ness|ful|less|ity|al|ial|ive|ative|ous|ary|ism|ist"
    r"|ance|ence|ant|ent|ship|hood|wise|ward|ly|ally|ize|ized|izing|ised|ees?|ers?|ors?)s?"
)


class LineEnd(Enum):
    """What becomes of a line that ends in a hyphen, and of the line after."""

    JOINED = ""  # "implemen-", "tation"
    HYPHENATED = "-"  # "long-", "term"
    SUSPENDED = "- "  # "first-", "and"


class Hyphenation:
    """Decides by the words that the document itself uses."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._divided = 0  # words known to be split between lines
        self._kept = 0  # hyphenated words known to be split at their hyphen

    def learn(self, text: str) -> None:
        """Take note of the words of a text whose line ends are not joined yet."""
        if len(self._words) < MAX_WORDS:
            self._words.update(_WORD.findall(text.lower().replace("‐", "-")))

    def decide(self, before: str, after: str) -> LineEnd:
        """For a line `before` (its last hyphen left off) and the line `after` it."""
        first = _LAST_PIECE.search(before)
        second = _FIRST_PIECE.match(after)
        if first is None or second is None or not first[1]:
            return LineEnd.HYPHENATED
        left, right = first[1], second[0]
        if right.lower() in _SUSPENDED and right.islower():
            return LineEnd.SUSPENDED
        in_compound = left.lower() in _SMALL and before[: first.start()].endswith(("-", "‐"))
        capital = (right[0].isupper() and not left.isupper()) or (
            left.isupper() and right.islower()
        )
        if in_compound or capital or any(c.isdigit() for c in left + right):
            return LineEnd.HYPHENATED
        return self._by_vocabulary(left.lower(), right.lower())

    def _by_vocabulary(self, left: str, right: str) -> LineEnd:
        if left + right in self._words:
            self._divided += 1
            return LineEnd.JOINED
        if f"{left}-{right}" in self._words:
            self._kept += 1
            return LineEnd.HYPHENATED
        if left in _COMPOUNDING and len(right) >= 4 and not _ENDINGS.fullmatch(right):
            return LineEnd.HYPHENATED
        if len(left) < 4 or len(right) < 4 or left not in self._words:
            return LineEnd.JOINED
        # A document that splits no words has hyphens only where they belong.
        splits_none = self._divided <= self._kept and not _ENDINGS.fullmatch(right)
        return LineEnd.HYPHENATED if right in self._words or splits_none else LineEnd.JOINED
