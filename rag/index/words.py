"""A text's words as the word index holds them: folded, cut to stems, in pairs where no spaces are.

Every text, passage or question, is read by `spans`, so that both always agree.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from rag.index.languages import script_language, stem

VERSION = 1  # of what is made of a text here; an index that another version made is made anew

# FTS5's reading of words that are ready: at spaces alone. Marks are letters here, because those
# that `fold` keeps are: without them every vowel sign of an Indic word would cut it.
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"

MOST_WORD_CHARS = 64  # what is longer is no word: of encoded data this much is kept

# Scripts without spaces between words, or with many endings on them: neighbouring pairs find what
# whole words cannot.
_PAIRED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
    r"\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}"
    r"\p{Malayalam}\p{Sinhala}ー々ｰﾞﾟ"
)
# Digits are words of their own in such a text, and Latin letters too.
_RUN = regex.compile(
    rf"(?P<paired>[[{_PAIRED}]--\p{{N}}][[{_PAIRED}\p{{M}}]--\p{{N}}]*)"
    rf"|[[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}]--[[{_PAIRED}]--\p{{N}}]]+",
    regex.V1,
)
_CLUSTER = regex.compile(r"\X")
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}\p{Co}]+")
_ASCII_WORD = regex.compile(r"[A-Za-z0-9]+")
_HUMP = regex.compile(r"(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})")
# Accents of the Latin, Greek and Cyrillic scripts, points of the Hebrew and Arabic ones, and the
# Arabic stroke that only widens a word: people leave them out when they type.
_DROPPED = regex.compile(
    r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# Letters with strokes that no decomposition takes off, the Turkish i without a dot, Arabic and
# Hebrew letters that look different at a word's end, Persian forms of Arabic ones and Ukrainian
# ones of Russian.
_ALIKE = str.maketrans(
    {
        **dict(zip("łøđħŧıĸſ", "lodhtiks", strict=True)),
        **dict(zip("æœþðŋς", ("ae", "oe", "th", "d", "n", "σ"), strict=True)),
        **dict(zip("ىیېةکۀہ", "يييهكهه", strict=True)),
        **dict(zip("ךםןףץ", "כמנפצ", strict=True)),
        **dict(zip("іїєґ", "ииег", strict=True)),
    }
)
# Letters that a stemmer made for another language of the same script does not know.
_FOR_STEMMER = str.maketrans("یکہіїєґё", "يكهииеге")


@dataclass(frozen=True, slots=True)
class Span:
    """A word, or a pair of characters, with its place in the text in code points."""

    start: int
    end: int
    terms: tuple[str, ...]  # as the index holds them; nearly always one
    paired: bool = False  # of a script that is indexed in pairs


def fold(text: str) -> str:
    """`text` without case, accents and forms of letters that mean the same; its length changes."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    composed = unicodedata.normalize("NFC", _DROPPED.sub("", decomposed)).translate(_ALIKE)
    return "".join(_digit(c) if c.isdecimal() else c for c in composed)


def spans(text: str) -> Iterator[Span]:
    """The words of `text` in order; pairs of characters overlap."""
    for run in _RUN.finditer(text):
        if run["paired"] is None:
            yield Span(run.start(), run.end(), word_terms(run[0]))
        else:
            yield from _pairs(run[0], run.start())


def index_text(text: str, met: set[str] | None = None) -> str:
    """`text` as words between spaces, ready for FTS5 with `TOKENIZER`; its offsets are lost.

    A word written as inTwoParts is followed by its parts. Words of scripts with spaces are added to
    `met` as they are written.
    """
    if text.isascii():
        written = _ASCII_WORD.findall(text)
        if met is not None:
            met.update(written)
        return " ".join(term for word in written for term in _terms_and_parts(word))
    found: list[str] = []
    for run in _RUN.finditer(text):
        if run["paired"] is not None:
            found += (term for span in _pairs(run[0], 0) for term in span.terms)
            continue
        found += _terms_and_parts(run[0])
        if met is not None:
            met.add(run[0])
    return " ".join(found)


@functools.lru_cache(maxsize=1 << 17)
def _terms_and_parts(word: str) -> tuple[str, ...]:
    return (*word_terms(word), *(term for part in humps(word) for term in word_terms(part)))


def terms(text: str) -> list[str]:
    """The words of `text` as the index holds them, each once, in order."""
    return list(dict.fromkeys(term for span in spans(text) for term in span.terms))


def humps(word: str) -> list[str]:
    """The parts of a word like "getUserName", none of any other."""
    parts = [part for part in _HUMP.split(word) if len(part) > 1]
    return parts if len(parts) > 1 else []


@functools.lru_cache(maxsize=1 << 16)
def word_terms(word: str) -> tuple[str, ...]:
    """A single word of a script with spaces, as the index holds it."""
    word = word[:MOST_WORD_CHARS]
    folded = fold(word)
    if folded.isascii():
        return tuple(stem(piece, "en") for piece in _WORD.findall(folded))
    language = script_language(word)
    if language:  # its endings have accents too
        plain = _DROPPED.sub("", unicodedata.normalize("NFKC", word).casefold())
        folded = fold(stem(plain.translate(_FOR_STEMMER), language))
    return tuple(_WORD.findall(folded))


def _pairs(run: str, start: int) -> Iterator[Span]:
    clusters = [(c.start() + start, c.end() + start, fold(c[0])) for c in _CLUSTER.finditer(run)]
    if len(clusters) == 1:
        first, last, cluster = clusters[0]
        yield Span(first, last, tuple(_WORD.findall(cluster)), paired=True)
    for (first, _, one), (_, last, other) in pairwise(clusters):
        yield Span(first, last, tuple(_WORD.findall(one + other)), paired=True)


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character))
