"""Tells a question that leans on the one before from one that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from rag.understand.lexicon.language import Language
from rag.understand.lexicon.languages import language_of
from rag.understand.words import Word, leading, words_of, year_of

_SLOT_WORDS = 4  # content words of "what about the notice period of the lease"
_CLAUSE_WORDS = 3  # of "and when was it signed in court"
_JOINED_WORDS = 2  # of "and who signed the contract": one more is a question of its own
_PRONOUN_WORDS = 2  # of "when was it signed in court"; more than that names its own subject


class Lean(Enum):
    """How a question leans on the one before."""

    SAME_OF_ANOTHER = auto()  # "and in 2023?": the question before with something else put in
    MORE = auto()  # "why?": about what was asked before
    OF_WHAT_WAS_SAID = auto()  # "who signed it?": about what was asked or answered before


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart."""

    text: str
    language: Language
    words: tuple[Word, ...]
    opener: int  # how many words join it to the one before
    lean: Lean | None  # None where it stands alone

    @property
    def rest(self) -> tuple[Word, ...]:
        """The words after the opener."""
        return self.words[self.opener :]

    @property
    def content(self) -> list[Word]:
        """The words that tell what it is about."""
        return content_of(self.rest, self.language)


def content_of(words: Sequence[Word], language: Language) -> list[Word]:
    """Those of `words` that carry a subject: no closed class, no ordinal, no courtesy."""
    empty = language.closed | language.more | language.courtesy | language.others
    return [
        word
        for word in words
        if word.key not in empty and not any(word.key in rank for rank in language.ordinals)
    ]


def is_name(word: Word, language: Language, first: Word | None) -> bool:
    """Whether `word` is written as a name; where a sentence begins, or in German, that says little.

    `first` is the first word of the sentence.
    """
    if not word.is_capital or word.key in language.closed or word.key in language.courtesy:
        return False
    if word is first or language.code == "de":
        return len(word.text) > 1 and not word.text[1:].islower()
    return True


@lru_cache(maxsize=64)
def take_apart(question: str, before: Language | None = None) -> Asked:
    """What `question` is, read as the language it fits best; `before` is the former question's."""
    words = words_of(question)
    language = language_of((word.key for word in words), before)
    about = leading(words, language.about)
    opener = about or leading(words, language.openers)
    rest = words[opener:]
    if about or opener:
        lean = _joined(rest, language, is_about=bool(about))
        if lean is not None:
            return Asked(question, language, words, opener, lean)
    return Asked(question, language, words, 0, _unjoined(words, language))


def _joined(rest: Sequence[Word], language: Language, *, is_about: bool) -> Lean | None:
    """How what comes after "and" or "what about" leans; None where it is a question of its own."""
    content = content_of(rest, language)
    points = points_back(rest, language)
    if not content:
        asks_more = not rest or any(word.key in language.closed for word in rest)
        leans = Lean.MORE if asks_more or _picks(rest, language) else None
        return Lean.OF_WHAT_WAS_SAID if points else leans
    if is_about and len(rest) > 1 and _is_participle(rest[-1], language):
        return None  # "was ist mit … verbunden" asks for something
    if is_about or _is_phrase(rest, language):
        return Lean.SAME_OF_ANOTHER if len(content) <= _SLOT_WORDS else None
    names = [word for word in content if is_name(word, language, None)]
    is_short = len(content) <= (_CLAUSE_WORDS if points else _JOINED_WORDS)
    return Lean.OF_WHAT_WAS_SAID if is_short and (points or not names) else None


def _unjoined(words: Sequence[Word], language: Language) -> Lean | None:
    """How a question without "and" leans on the one before; None where it stands alone."""
    content = content_of(words, language)
    points = points_back(words, language)
    if not content:
        asks = any(word.key in language.questions | language.more for word in words)
        leans = Lean.MORE if asks else None
        return Lean.OF_WHAT_WAS_SAID if points or _picks(words, language) else leans
    if _is_bare_slot(words, content, language):
        return Lean.SAME_OF_ANOTHER
    names = [word for word in content if is_name(word, language, words[0])]
    if points:
        is_about_it = not names and len(content) <= _PRONOUN_WORDS
        ends_in_it = len(content) <= _CLAUSE_WORDS and words[-1].key in language.pronouns
        if is_about_it or ends_in_it:
            return Lean.OF_WHAT_WAS_SAID
    is_bare = not names and _is_bare_question(words, content, language)
    return Lean.OF_WHAT_WAS_SAID if is_bare else None


def _is_bare_question(words: Sequence[Word], content: Sequence[Word], language: Language) -> bool:
    """Whether a question leaves out of what it asks: who signed? which year? ¿cuándo nació?"""
    said = [word for word in words if word.key not in language.prepositions]
    if any(word.key in language.articles for word in said):
        return False
    leaves_out = len(said) == 2 and said[0].key in language.questions
    return leaves_out or (len(said) <= 3 and said[0].key in language.alone and len(content) == 1)


def _is_phrase(words: Sequence[Word], language: Language) -> bool:
    """Whether `words` ask nothing by themselves: "in 2023", "fire damage", "the landlord"."""
    first = words[0].key
    begins = first not in language.glue or first in language.prepositions
    asks = any(w.key in language.questions and w.key not in language.prepositions for w in words)
    verbs = sum(w.key in language.glue and w.key not in language.prepositions for w in words)
    return begins and not asks and verbs <= 1 and first not in language.questions


def _is_bare_slot(words: Sequence[Word], content: Sequence[Word], language: Language) -> bool:
    """Whether the question is no more than "in 2023?" or "for Germany?"."""
    if len(words) > _SLOT_WORDS or not _is_phrase(words, language):
        return False
    if all(year_of(word) for word in content):
        return True
    is_led = words[0].key in language.prepositions and words[0].key not in language.articles
    return is_led and len(content) <= 2


def _picks(words: Sequence[Word], language: Language) -> bool:
    """Whether `words` choose from a list: "the second one", "the other"."""
    return any(
        word.key in language.others or any(word.key in rank for rank in language.ordinals)
        for word in words
    )


def _is_participle(word: Word, language: Language) -> bool:
    return language.participle is not None and language.participle.match(word.text) is not None


def points_back(words: Sequence[Word], language: Language) -> bool:
    """Whether a pronoun among `words` stands for something not named in them."""
    if not any(word.key in language.pronouns for word in words):
        return False
    empty = _without_antecedent([word.key for word in words], language)
    for index, word in enumerate(words):
        is_name_like = index > 0 and word.is_capital  # Alemania del Este
        if word.key not in language.pronouns or index in empty or is_name_like:
            continue
        after = words[index + 1] if index + 1 < len(words) else None
        if word.key not in language.articles or after is None or after.key in language.closed:
            return True
        if after is words[-1] and _is_participle(after, language):
            return True
    return False


def _without_antecedent(keys: Sequence[str], language: Language) -> set[int]:
    """The indexes of what stands for nothing: how long does *it take*."""
    return {
        at
        for phrase in language.no_antecedent
        for index in range(len(keys) - len(phrase) + 1)
        if keys[index] == phrase[0] and tuple(keys[index : index + len(phrase)]) == phrase
        for at in range(index, index + len(phrase))
    }
