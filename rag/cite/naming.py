"""Checks that the names of a sentence are the window's, each in its own place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from rag.cite.alignment import Alignment
from rag.cite.lexicon import FRAME_WORDS, PRONOUNS, TAKE_UP_NOUNS, TITLES
from rag.cite.peoples import people_of
from rag.cite.prepared import Name
from rag.cite.wordlist import words
from rag.cite.words import Kind, fold

_NAME_ENDINGS = frozenset(
    ("", "a", "n", "an", "ian", "ans", "ians", "ese", "ish", "y", "s", "es", "e", "en", "er", "ern")
)
_JOINING = words("and or und oder et ou y o e och og is was are were ist war sind waren est")
_NAME_SPREAD = 4  # in items: how far apart the words of one name may stand
_WEAK_RIVAL = 0.5  # how well a rival must sit to speak against a word that only may be a name
_REPLACED = 0.6  # how alike what is beside a name at the beginning and beside a rival must be
_RIVAL = 1.25  # how much better than the name itself
_UNDONE, _DONE = 0.35, 0.9  # how much of what follows a name may, and must, follow another
_DISPLACED = 0.2  # and, of the nearest words around the two, by so much


def names_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether every name in items first to last (excluded) is the window's, in its place."""
    return all(
        _Naming(alignment, name).agrees()
        for name in alignment.sentence.names
        if first <= name.first and name.last < last
    )


class _Naming:
    """One name of the sentence before the window."""

    def __init__(self, alignment: Alignment, name: Name) -> None:
        self.alignment = alignment
        self.name = name
        self.sentence = alignment.sentence
        self.passage = alignment.passage
        self.words = self._words_without_titles()

    def agrees(self) -> bool:
        items = self.sentence.items
        if all(items[index].token.word in FRAME_WORDS for index in self.words):
            return True
        missing = [index for index in self.words if not self._found(index)]
        if len(missing) == len(self.words):
            return self._is_acronym() or self._may_be_meant()
        if missing or not self._stands_together():
            return self._is_acronym() or self._told_in_full_before(missing)
        return self.name.weak or not self._is_displaced()

    def _may_be_meant(self) -> bool:
        """Whether the window may speak of the name without naming it."""
        items = self.sentence.items
        if self.name.weak or items[self.words[-1]].token.word in TITLES:
            return self._best_rival() < _WEAK_RIVAL and not self._replaces_a_name()
        return self._taken_up_again() and self._best_rival() < _WEAK_RIVAL

    def _replaces_a_name(self) -> bool:
        """Whether what begins the sentence is a name that stands where the window has another."""
        library, window = self.alignment.library, self.alignment.window
        token = self.sentence.items[self.words[0]].token
        if self.sentence.german or library.is_common(token):
            return False
        said = (self.words[0], self.words[-1])
        return any(
            self.alignment.slot_of_run(said, (other.first, other.last)) >= _REPLACED
            for other in self.passage.names
            if window.first <= other.first
            and other.last < window.last
            and not self.alignment.paired.intersection(range(other.first, other.last + 1))
            and not library.is_common(self.passage.items[other.first].token)
        )

    def _words_without_titles(self) -> list[int]:
        first = self.name.first
        while first < self.name.last and self.sentence.items[first].token.word in TITLES:
            first += 1
        return list(range(first, self.name.last + 1))

    def _found(self, index: int) -> bool:
        """Whether the window holds the word itself, its genitive or what its people are called."""
        said = self.sentence.items[index].token.word
        for place, alike in self.alignment.places[index]:
            other = self.passage.items[place].token
            if self.name.weak and alike == 1.0:
                return True
            if _same_name(fold(said), fold(other.word)) or people_of(said) == people_of(other.word):
                return True
        return False

    def _stands_together(self) -> bool:
        """Whether the window has the words of the name near each other, as one name."""
        return all(
            any(self._has_near(following, place) for place, _ in self.alignment.places[index])
            for index, following in pairwise(self.words)
        )

    def _has_near(self, index: int, place: int) -> bool:
        return any(
            abs(place - spot) <= _NAME_SPREAD
            and not any(
                item.token.word in _JOINING
                for item in self.passage.items[min(place, spot) + 1 : max(place, spot)]
            )
            for spot, _ in self.alignment.places[index]
        )

    # ------------------------------------------------------------ rivals

    def _is_displaced(self) -> bool:
        """Whether another name stands where this one should, this one elsewhere."""
        fits = (
            self.alignment.context(index, place, self.name.last + 1)
            for index in self.words
            for place, _ in self.alignment.places[index]
            if all(self._has_near(other, place) for other in self.words)
        )
        if self._best_rival() > max(fits, default=0.0) * _RIVAL + 0.1:
            return True
        if self._does_what_another_does():
            return True
        before = self.alignment.side(self.words[0], self.alignment.window.first, -1, bounded=True)
        if not before[1]:
            return False  # nothing stands before it to tell its place by
        said = (self.words[0], self.words[-1])
        own = max(
            (
                self.alignment.slot_of_run(said, (first, last))
                for first in self.alignment.spots(said[0])
                for last in self.alignment.spots(said[1])
                if 0 <= last - first <= _NAME_SPREAD * len(self.words)
            ),
            default=0.0,
        )
        rival = max(
            (self.alignment.slot_of_run(said, (r.first, r.last)) for r in self._rivals()),
            default=0.0,
        )
        return rival > own * _RIVAL + _DISPLACED

    def _does_what_another_does(self) -> bool:
        """Whether what the sentence says after the name the window says after another name."""
        last = self.words[-1]
        own = max((self._after(place) for place in self.alignment.spots(last)), default=0.0)
        return own <= _UNDONE and any(
            self._after(other.last) >= _DONE
            for other in self._rivals()
            if not self._follows_a_preposition(other) and not self._is_cut_off(other)
        )

    def _after(self, place: int) -> float:
        held, total = self.alignment.side(self.words[-1], place, 1)
        return held / total if total else 0.0

    def _follows_a_preposition(self, other: Name) -> bool:
        before = self.passage.items[other.first - 1].token if other.first else None
        return before is not None and before.kind is Kind.STOP and before.word not in _JOINING

    def _is_cut_off(self, other: Name) -> bool:
        """Whether a comma or a bracket parts a name from what follows it."""
        following = self.passage.text[self.passage.items[other.last].end :][:2].lstrip()
        return following[:1] in (",", ")", ";", ".", ":", "(")

    def _best_rival(self) -> float:
        name = self.name
        return max(
            (
                self.alignment.context(name.first, other.first, name.last + 1)
                for other in self._rivals()
            ),
            default=0.0,
        )

    def _rivals(self) -> list[Name]:
        """The names of the window that the sentence does not speak of."""
        window, name = self.alignment.window, self.name
        bracketed = self.sentence.in_brackets[name.first]
        paired = self.alignment.paired
        return [
            other
            for other in self.passage.names
            if window.first <= other.first
            and other.last < window.last
            and not (other.weak and self.passage.german != name.weak)
            and not any(place in paired for place in range(other.first, other.last + 1))
            and (bracketed or not self.passage.in_brackets[other.first])
            and not self._is_beside(other)
            and not self._tells_of_another(other)
        ]

    def _is_beside(self, other: Name) -> bool:
        """Whether the window puts the two side by side: "the Shoppers' Union (SU)"."""
        for index in range(self.name.first, self.name.last + 1):
            for place, _ in self.alignment.places[index]:
                low, high = (other.last, place) if place > other.last else (place, other.first)
                gap = self.passage.text[
                    self.passage.items[low].end : self.passage.items[high].start
                ]
                if self.passage.in_brackets[place] and "(" in gap and len(gap) < 4:
                    return True
        return False

    def _tells_of_another(self, rival: Name) -> bool:
        """Whether a rival only tells of a name that the sentence has: "Keller of the Bern club"."""
        at = rival.first - 1
        items = self.passage.items
        while at >= 0 and at not in self.alignment.paired:
            token = items[at].token
            if (token.kind is not Kind.STOP and not token.capital) or token.word in _JOINING:
                return False
            at -= 1
        gap = self.passage.text[items[at].end : items[rival.first].start] if at >= 0 else "."
        return (
            at >= 0
            and items[at].token.capital
            and at < rival.first - 1
            and not regex.search(r"[,;:.(]", gap)
        )

    # ------------------------------------------------------------ other ways to say a name

    def _is_acronym(self) -> bool:
        """ "US" for "United States", one way or the other."""
        items = self.sentence.items
        window = self.alignment.window
        found = self.passage.items[window.first : window.last]
        if self.name.first == self.name.last:
            letters = items[self.name.first].token.word
            if not items[self.name.first].token.acronym or len(letters) > 6:
                return False
            initials = [(fold(item.token.word)[:1] if item.token.capital else "") for item in found]
            joined = "".join(letter or " " for letter in initials)
            return letters in joined or letters in joined.replace(" ", "")
        said = range(self.name.first, self.name.last + 1)
        initials_said = "".join(items[index].token.word[0] for index in said)
        return any(item.token.acronym and item.token.word == initials_said for item in found)

    def _told_in_full_before(self, missing: Sequence[int]) -> bool:
        """Whether the window's name is short for the sentence's, which the passage has in full."""
        stems = [self.sentence.items[index].token.stem for index in self.words]
        found = [item.token.stem for item in self.passage.items]
        size = len(stems)
        whole = any(found[at : at + size] == stems for at in range(len(found) - size + 1))
        if not whole:
            return False
        return not missing or not any(
            self.alignment.slot(index, place) > _DISPLACED
            for index in missing
            for other in self._rivals()
            for place in range(other.first, other.last + 1)
        )

    def _taken_up_again(self) -> bool:
        """Whether the window speaks of a name given before it: "He", "The company"."""
        window = self.alignment.window
        before = {item.token.stem for item in self.passage.items[: window.first]}
        if not all(self.sentence.items[index].token.stem in before for index in self.words):
            return False
        return any(
            (item.token.word in PRONOUNS or item.token.word in TAKE_UP_NOUNS)
            for item in self.passage.items[window.first : window.last]
        )


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    if shared < 4:
        return False
    if not one.isascii():
        return len(one) - shared <= 3 and len(other) - shared <= 3
    return one[shared:] in _NAME_ENDINGS and other[shared:] in _NAME_ENDINGS
