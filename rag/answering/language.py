"""The language that a question is asked in, where that can be told for sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import regex

from rag.index import languages

_LEAST = 2  # frequent words that a question must have of its language
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# Scripts that only one of the languages that models are told to answer in is written in.
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")  # without it, what looks Japanese is Chinese
_SCRIPTS = (
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}]")),
    ("ko", regex.compile(r"\p{Hangul}")),
    ("th", regex.compile(r"\p{Thai}")),
    ("he", regex.compile(r"\p{Hebrew}")),
    ("zh", regex.compile(r"\p{Han}")),
)
_MOST_OF_IT = 0.5  # of its letters: a name in another script tells nothing


def language_in(question: str, before: Iterable[str] = ()) -> str:
    """That of a question, or of the last one `before` it (oldest first) of which it is told."""
    said = (question, *reversed(tuple(before)))
    return next((code for one in said if (code := language_of(one))), "")


def language_of(question: str) -> str:
    """The ISO 639-1 code of the language of `question`; empty where it may be another one."""
    letters = sum(char.isalpha() for char in question)
    for code, script in _SCRIPTS:
        if code == "ja" and not _KANA.search(question):
            continue
        if letters and len(script.findall(question)) > _MOST_OF_IT * letters:
            return code
    words = [word.casefold() for word in _WORD.findall(question)]
    counts = Counter(
        code
        for code, frequent in languages.frequent_words().items()
        for word in words
        if word in frequent
    )
    best, *others = [*counts.most_common(2), ("", 0)]
    is_sure = best[1] >= _LEAST and best[1] > others[0][1]
    return best[0] if is_sure else ""
