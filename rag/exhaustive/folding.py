"""Finds a question's words in texts, in any of their endings, without losing a single offset."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

import regex

_LETTERS = range(0xC0, 0x250)
_MARKED = {ord("ß"): "ß", 0x130: "i", 0x2019: "'", 0x02BC: "'", 0xA0: " ", 0x202F: " ", 0x2011: "-"}


def _bare(code: int) -> str:
    """A letter in lower case without its accent, always a single one."""
    letter = unicodedata.normalize("NFKD", chr(code))[0].lower()
    return letter if len(letter) == 1 else chr(code)


_FOLDED = (
    {code: _bare(code) for code in _LETTERS}
    | _MARKED
    | {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    # Greek and Russian capitals, whose lower case is always one letter
    | {code: chr(code).lower() for code in (*range(0x391, 0x3AA), *range(0x410, 0x430))}
)
_INFLECTIONS = ("ie", "ied", "ing", "ed", "en", "e", "y", "a", "o")
_BEHIND = r"(?:ies|ied|ing|ings|ees|ee|es|ed|en|em|ns|os|as|e|s|n|y|d|x|a|o)?"
_DERIVED = r"(?:als?|ements?|ments?|ations?|ions?|ances?|ung|ungen|[eo]rs?|ics?|ical|y|ies)"
_SHORT = 5  # shorter words only take an s: "care" is no form of "car"
_COMPOUND = 6  # words so long are also found at the end of another: Mietkaution
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_BEFORE, _AFTER = r"(?<![\p{L}\p{N}\p{M}])", r"(?![\p{L}\p{N}\p{M}])"


def fold(text: str) -> str:
    """`text` in lower case without accents, every code point in its old place."""
    return text.translate(_FOLDED)


def key_of(word: str) -> str:
    """A word of a question as it is compared: folded, with ss for ß."""
    return fold(word).replace("ß", "ss")


def key_set(listing: str) -> frozenset[str]:
    """The words of a listing as `key_of` makes them, for looking them up."""
    return frozenset(key_of(word) for word in listing.split())


@functools.lru_cache(maxsize=4096)
def root(word: str) -> str:
    """What the inflected forms of a folded word share."""
    if not word.isalpha() or len(word) < _SHORT - 1:
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT - 1:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) >= _SHORT else word


@functools.lru_cache(maxsize=4096)
def form_pattern(word: str, *, exact: bool = False, loose: bool = False) -> str:
    """A pattern for a folded word in folded text: in any inflected form unless `exact`.

    `loose` takes the nouns that verbs are made into, too: renewal for renew.
    """
    if _SPACELESS.search(word):
        return regex.escape(word)
    if exact or not word.isalpha():
        ending = r"(?:'?s)?" if word.isalpha() else ""
        return f"{_BEFORE}{regex.escape(word)}{ending}{_AFTER}"
    if len(word) < _SHORT:
        base = word.removesuffix("s") if len(word) == _SHORT - 1 else word
        return f"{_BEFORE}{regex.escape(base)}(?:e?s|'s|n|en)?{_AFTER}"
    base = root(word)
    if loose and len(base) > _COMPOUND:
        base = base.removesuffix("ic")
    spelled = regex.escape(base).replace("ss", "(?:ss|ß)")
    lead = rf"(?:{_BEFORE}|(?<=\p{{L}}{{3}}))" if len(base) >= _COMPOUND else _BEFORE
    doubled = f"{base[-1]}?" if base[-1] in "bdglmnprt" else ""
    behind = f"(?:{_DERIVED}|{_BEHIND})" if loose else _BEHIND
    return f"{lead}{spelled}{doubled}{behind}(?:'s)?{_AFTER}"


@functools.lru_cache(maxsize=1024)
def any_form(
    words: Sequence[str], *, exact: bool = False, loose: bool = False
) -> regex.Pattern[str]:
    """Finds any of the folded words or phrases in folded text."""
    patterns = [
        r"[\s\-/.]{1,3}".join(
            form_pattern(word, exact=exact, loose=loose) for word in phrase.split()
        )
        for phrase in words
    ]
    return regex.compile("|".join(patterns))


def same_word(one: str, other: str) -> bool:
    """Whether two folded words are forms of one."""
    return one == other or root(one) == root(other)
