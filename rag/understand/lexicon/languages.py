"""The languages whose questions are told apart, and which of them a question is in."""

from __future__ import annotations

from collections.abc import Iterable

from rag.understand.lexicon import further, germanic, romance
from rag.understand.lexicon.language import Language

LANGUAGES: tuple[Language, ...] = (
    germanic.ENGLISH,
    germanic.GERMAN,
    romance.FRENCH,
    romance.SPANISH,
    romance.ITALIAN,
    romance.PORTUGUESE,
    germanic.DUTCH,
    germanic.SWEDISH,
    germanic.DANISH,
    further.POLISH,
    further.CZECH,
    further.RUSSIAN,
    further.FINNISH,
    further.HUNGARIAN,
    further.TURKISH,
    further.KOREAN,
    further.ARABIC,
    further.HEBREW,
    further.HINDI,
)
_BEFORE_COUNTS = 1.5  # closed-class words that the language of the question before is worth


def language_of(keys: Iterable[str], before: Language | None = None) -> Language:
    """The language that most of a question's folded words are closed-class words of.

    Of two that fit alike, the one of the question `before`, then the first of `LANGUAGES`.
    """
    listed = tuple(keys)

    def fits(language: Language) -> float:
        known = sum(key in language.closed or key in language.more for key in listed)
        return known + _BEFORE_COUNTS * (language is before)

    return max(LANGUAGES, key=fits)
