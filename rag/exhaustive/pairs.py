"""Understands questions that compare what two things, or two times, have of the same."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import regex

from rag import resources
from rag.exhaustive.folding import fold, key_set
from rag.exhaustive.phrases import words_of
from rag.exhaustive.synonyms import meant_by
from rag.exhaustive.terms import Term

_SHARE = regex.compile(r"\b(?:percent|percentage|per cent|prozent\w*|pour ?cent\w*|por ?ciento|%)")
_YEAR = regex.compile(r"\b(?:1[5-9]|20)\d{2}\b")
_NAME = regex.compile(
    r"[\p{Lu}\d][\p{L}\p{M}\p{N}&.'’/_-]*(?:[ ](?:&[ ])?[\p{Lu}\d][\p{L}\p{M}\p{N}&.'’/_-]*)*"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What is compared (`what`), of the first and of the second; years where they are times."""

    what: tuple[Term, ...]
    names: tuple[str, str]  # as typed
    years: tuple[int, int] | None
    as_share: bool
    language: str


@functools.cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """How two things are compared, with the language of each way."""
    stored = (resources.folder() / "pairs_compared.txt").read_text(encoding="utf-8")
    lines = (line.split(" | ", 1) for line in stored.splitlines() if not line.startswith("#"))
    return tuple((language, regex.compile(pattern)) for language, pattern in lines)


def pair_in(question: str) -> Pair | None:
    """The two things that `question` compares; None where it compares no two that it names."""
    folded = fold(question)
    for language, pattern in _patterns():
        found = pattern.search(folded)
        if found is None:
            continue
        parts = [question[slice(*found.span(group))] for group in ("what", "one", "other")]
        what = _terms(parts[0])
        names = _name(parts[1]), _name(parts[2])
        if not what or not all(names) or names[0] == names[1]:
            continue
        years = [_YEAR.fullmatch(name) for name in names]
        return Pair(
            what,
            names,
            (int(names[0]), int(names[1])) if all(years) else None,
            bool(_SHARE.search(folded)),
            language,
        )
    return None


def _terms(text: str) -> tuple[Term, ...]:
    """The words that name what is compared, without those that only lead to it."""
    words = [word for word in words_of(text) if word.key not in _LEADS]
    if not words or len(words) > 4:
        return ()
    return tuple(Term(word.text, meant_by(word.key)) for word in words)


_LEADS = key_set(
    """the a our my their its your der die das den dem des unsere meine le la les l notre nos ma mon
    el los las nuestro nuestra mi of de company companys"""
)


def _name(text: str) -> str:
    """The name, number or year that a part of a question speaks of: "invoices INV-7" → "INV-7"."""
    if year := _YEAR.search(text):
        return year[0]
    names = [found[0] for found in _NAME.finditer(text)]
    return names[-1].strip(" .?!") if names else ""
