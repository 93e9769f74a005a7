"""Text as the word index sees it: folded, and in pairs of characters where words have no spaces."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import regex

# FTS5's reading of what is left. Marks are letters here, because those that `_fold` keeps are:
# without them every vowel sign of an Indic word would cut it.
TOKENIZER = "porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'"

# Scripts without spaces between words, or with many endings on them: neighbouring pairs find what
# whole words cannot.
_PAIRED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
    r"\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}"
    r"\p{Malayalam}\p{Sinhala}ー々"
)
_RUN = regex.compile(
    rf"(?P<paired>[{_PAIRED}][{_PAIRED}\p{{M}}]*)|[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}--[{_PAIRED}]]+",
    regex.V1,
)
_CLUSTER = regex.compile(r"\X")
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}\p{Co}]+")
# Accents of the Latin, Greek and Cyrillic scripts, points of the Hebrew and Arabic ones, and the
# Arabic stroke that only widens a word: people leave them out when they type.
_DROPPED = regex.compile(
    r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)


def index_text(text: str) -> str:
    """`text` as words between spaces, ready for FTS5 with `TOKENIZER`; its offsets are lost."""
    if text.isascii():
        return text  # the tokenizer alone does the same to it, faster
    return " ".join(_words(_fold(text)))


def query_terms(question: str) -> list[str]:
    """The words of `question`, each once, in order, folded as `index_text` folds a passage."""
    return list(dict.fromkeys(_WORD.findall(index_text(question).casefold())))


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _DROPPED.sub("", decomposed))


def _words(folded: str) -> list[str]:
    words: list[str] = []
    for run in _RUN.finditer(folded):
        if run["paired"] is None:
            words.append(run[0])
            continue
        clusters: list[str] = _CLUSTER.findall(run[0])
        if len(clusters) == 1:
            words += clusters
        words += [a + b for a, b in pairwise(clusters)]
    return words
