"""The library's words as they are written, in memory: near ones, and those that are in others."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.database import Connection

VOCABULARY_CHARS = range(4, 33)  # the length of words that are kept here
SHORTEST_NEAR = 4  # of shorter words too many others are near
TWICE_FROM = 8  # letters: words so long may be mistyped twice
SHORTEST_PART = 4
SHORTEST_COMPOUND = 9
FOREMOST = 3  # letters that a compound has at least before the word that it ends with
_LINKS = ("", "s", "es", "n", "en", "er", "e")  # what joins the parts of a compound
_AFTER_ALL = "\U0010ffff"
# Folded letters of the scripts that are written with spaces.
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяєґ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "אבגדהוזחטיכלמנסעפצקרשת",
)
MOST_MISTAKES = 2
LONGEST = VOCABULARY_CHARS[-1] + MOST_MISTAKES  # letters: nothing is known of longer words
LAYER_RATIO = 4  # a layer at least so many times as large as the next one is left as it is


@dataclass(frozen=True, slots=True)
class _Layer:
    """Some of the words, in the orders in which they are looked up; never changed."""

    known: frozenset[str]
    ordered: list[str]
    letters: NDArray[np.uint64]  # which of 64 kinds of letters each of `ordered` has
    backwards: list[str]  # the words read from their ends, in order

    @classmethod
    def of(cls, words: Iterable[str]) -> _Layer:
        known = frozenset(words)
        ordered = sorted(known)
        return cls(known, ordered, _letters(ordered), sorted(word[::-1] for word in known))

    def starting_with(self, start: str) -> slice:
        return slice(
            bisect_left(self.ordered, start), bisect_left(self.ordered, start + _AFTER_ALL)
        )

    def ending_with(self, end: str) -> list[str]:
        start = end[::-1]
        low = bisect_left(self.backwards, start)
        high = bisect_left(self.backwards, start + _AFTER_ALL)
        return [word[::-1] for word in self.backwards[low:high]]

    def near_by_two(self, word: str) -> Iterator[str]:
        place = self.starting_with(word[0])
        apart = np.bitwise_count(self.letters[place] ^ _letters([word])[0])
        places: list[int] = np.flatnonzero(apart <= 2 * MOST_MISTAKES).tolist()
        for other in map(self.ordered[place].__getitem__, places):
            if (
                abs(len(other) - len(word)) <= MOST_MISTAKES
                and _distance(word, other) <= MOST_MISTAKES
            ):
                yield other


class Vocabulary:
    """Finds words of the catalog; safe to use from any thread. Takes about 400 bytes a word."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_id = 0
        self._layers: tuple[_Layer, ...] = ()  # the first is the largest

    def refresh(self, connection: Connection) -> None:
        """Take in the words that were added since the last time; forgotten ones may stay."""
        with self._lock:
            rows = connection.execute(
                "SELECT id, folded FROM word WHERE id > ?", (self._last_id,)
            ).fetchall()
            if not rows:
                return
            added = {str(folded) for _, folded in rows}
            layers = list(self._layers)
            while layers and len(layers[-1].known) < LAYER_RATIO * len(added):
                added |= layers.pop().known
            self._layers = (*layers, _Layer.of(added))
            self._last_id = max(int(number) for number, _ in rows)

    def __contains__(self, word: object) -> bool:
        return any(word in layer.known for layer in self._layers)

    def near(self, word: str) -> list[str]:
        """The words that `word` may have been meant for, likelier ones first; [] for a known one.

        One letter is added, missing, wrong or in its neighbour's place; of long words two, if none
        is near by one. The first letter of a word is right but for long ones.
        """
        if not SHORTEST_NEAR <= len(word) <= LONGEST or not word.isalpha() or word in self:
            return []
        long = len(word) >= TWICE_FROM
        found = {
            other
            for other in _changed(word)
            if (long or other[0] == word[0]) and len(other) >= SHORTEST_NEAR and other in self
        }
        if not found and long:
            found = {other for layer in self._layers for other in layer.near_by_two(word)}
        return sorted(found, key=lambda other: (-_shared_start(word, other), other))

    def ending_with(self, word: str) -> list[str]:
        """The compounds whose last part is `word`, the shortest ones first."""
        found = [w for layer in self._layers for w in layer.ending_with(word)]
        return sorted((w for w in found if len(w) >= len(word) + FOREMOST), key=len)

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two words that `word` is made of, the last one as long as can be.

        None for words longer than `LONGEST`.
        """
        if SHORTEST_COMPOUND <= len(word) <= LONGEST:
            for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
                if word[at:] in self:
                    for first in _without_link(word[:at]):
                        if first in self:
                            return first, word[at:]
        return None


def _letters(words: Sequence[str]) -> NDArray[np.uint64]:
    """A bit for each of 64 kinds of letters that a word has."""
    if not words:
        return np.zeros(0, np.uint64)
    width = max(map(len, words))
    codes = np.array(words, f"U{width}").view(np.uint32).reshape(len(words), width)
    bits = np.left_shift(np.uint64(1), codes.astype(np.uint64) % np.uint64(64))
    return np.bitwise_or.reduce(np.where(codes > 0, bits, np.uint64(0)), axis=1)


def _changed(word: str) -> Iterator[str]:
    """Every word at a distance of one from `word`, in the letters of its script."""
    alphabet = next((a for a in _ALPHABETS if word[0] in a), "")
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            if len(after) > 1:
                yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def _distance(one: str, other: str) -> int:
    """Damerau and Levenshtein's: letters added, missing, wrong or swapped with their neighbour."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = above, row, [i]
        for j, opposite in enumerate(other, 1):
            best = min(row[-1] + 1, above[j] + 1, above[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                best = min(best, before[j - 2] + 1)
            row.append(best)
    return row[-1]


def _shared_start(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _without_link(first: str) -> Iterator[str]:
    """The forms that a compound's first part may have on its own."""
    for link in _LINKS:
        if first.endswith(link) and len(first) - len(link) >= SHORTEST_PART:
            yield first.removesuffix(link) if link else first
    yield first + "e"
    yield first + "en"
