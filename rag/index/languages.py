"""What is known of single languages: their most frequent words, and how to cut off endings."""

from __future__ import annotations

import functools
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol, cast

import Stemmer  # pyright: ignore[reportMissingTypeStubs]

from rag import resources

SHORTEST_STEMMED = 3
NO_CACHE = 0  # the words are remembered after they were folded too


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


# Languages by code, with the name of their stemmer; Ukrainian shares enough endings with Russian.
_STEMMERS = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


@functools.cache
def frequent_words() -> dict[str, tuple[str, ...]]:
    """By language: words that ask, join and point, but name nothing; lower case, most are short."""
    stored = (resources.folder() / "frequent_words.json").read_text(encoding="utf-8")
    lines = cast("dict[str, list[str]]", json.loads(stored))
    return {language: tuple(" ".join(part).split()) for language, part in lines.items()}


def script_language(word: str) -> str:
    """The language whose endings all words in the script of `word` are cut by, or ""."""
    match word[:1]:
        case letter if "\u0400" <= letter <= "\u052f":
            return "ru"
        case letter if "\u0600" <= letter <= "\u06ff":
            return "ar"
        case letter if "\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff":
            return "el"
        case _:
            return ""


_LOCK = threading.Lock()  # a stemmer serves one thread at a time


def stem(word: str, language: str) -> str:
    """A lower-case word without its endings; as it is where nothing is known of `language`."""
    if len(word) < SHORTEST_STEMMED or not word.isalpha():
        return word
    with _LOCK:
        stemmer = _stemmer(language)
        return stemmer.stemWord(word) if stemmer else word


@functools.cache
def _stemmer(language: str) -> _Stemmer | None:
    name = _STEMMERS.get(language)
    make = cast("Callable[[str, int], _Stemmer]", getattr(Stemmer, "Stemmer"))  # noqa: B009
    return make(name, NO_CACHE) if name else None


def guess(words: Iterable[str]) -> list[str]:
    """The languages that most of the lower-case `words` are frequent words of; [] for none."""
    counts = Counter(language for word in words for language in _by_word().get(word, ()))
    most = max(counts.values(), default=0)
    return [language for language, count in counts.items() if count == most]


@functools.cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in frequent_words().items():
        for word in words:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}
