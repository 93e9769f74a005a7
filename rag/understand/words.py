"""A question's words, folded for comparing, each with its place in the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

# Apostrophes and hyphens part words: "l'accord", "Apple's", "a-t-elle".
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+(?:[.,](?=\d)\d+)*")
_ACCENTS = regex.compile(r"[\u0300-\u036f]")
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text == source[start:end]`."""

    text: str
    start: int
    end: int
    key: str  # as `fold` makes it

    @property
    def is_capital(self) -> bool:
        """Whether it is written as names are."""
        return self.text[0].isupper() or self.text[0].istitle()


def fold(text: str) -> str:
    """`text` for comparing: in lower case, without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`, in order."""
    return tuple(Word(m[0], m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text))


def keys(phrase: str) -> tuple[str, ...]:
    """The folded words of `phrase`."""
    return tuple(_WORD.findall(fold(phrase)))


def key_set(phrase: str) -> frozenset[str]:
    """The folded words of `phrase`, for looking them up."""
    return frozenset(keys(phrase))


def phrases(listing: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a listing parted by semicolons, folded, longest first."""
    return tuple(sorted({keys(p) for p in listing.split(";") if p.strip()}, key=len, reverse=True))


def leading(words: Sequence[Word], choices: Sequence[tuple[str, ...]]) -> int:
    """How many of the first words make up one of `choices` (longest first); 0 where none does."""
    typed = tuple(word.key for word in words[: len(choices[0]) if choices else 0])
    for choice in choices:
        if typed[: len(choice)] == choice:
            return len(choice)
    return 0


def is_spaceless(text: str) -> bool:
    """Whether `text` is mainly in a script that puts no spaces between words."""
    letters = sum(char.isalpha() for char in text)
    return 2 * len(_SPACELESS.findall(text)) > letters


def year_of(word: Word) -> int:
    """The year that four digits write, 0 for other words."""
    if len(word.key) == 4 and word.key.isdecimal() and 1000 <= int(word.key) < 2200:
        return int(word.key)
    return 0
