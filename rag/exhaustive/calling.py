"""Tells which of the numbers that fields tell are called what was asked for, all words of it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.cite.quantities import UNITS
from rag.exhaustive import lexicon
from rag.exhaustive.folding import root
from rag.exhaustive.phrases import forms_of
from rag.exhaustive.terms import Noun
from rag.exhaustive.told import Told

_WORD = regex.compile(r"[\p{L}\p{N}]+")
_BRACKETED = regex.compile(r"\([^)]*\)|\[[^\]]*\]")
_SHARED = 4  # letters by which words are taken for relatives: monthly, month


def is_called_all(noun: Noun, label: str) -> bool:
    """Whether a field's label has each word of a noun of several words."""
    wanted = _telling(noun.words)
    return len(wanted) > 1 and wanted <= _telling(_WORD.findall(label))


def is_called_otherwise(noun: Noun, label: str) -> bool:
    """Whether a label lacks a word of `noun` and has one of its own: "flight time"."""
    wanted = _telling(noun.words)
    words = _WORD.findall(_BRACKETED.sub("", label))
    own = _telling([word for word in words if word not in UNITS])
    if len(wanted) < 2 or wanted <= _telling(words):
        return False
    known = _telling([word for form in forms_of(noun) for word in form.split()])
    return any(not any(_are_related(word, one) for one in known) for word in own)


def rightly_called(noun: Noun, told: Sequence[Told]) -> list[Told]:
    """`told` without what is called otherwise, where something has each word of `noun`."""
    if not any(is_called_all(noun, one.label) for one in told):
        return list(told)
    return [one for one in told if not is_called_otherwise(noun, one.label)]


def _telling(words: Sequence[str]) -> set[str]:
    empty = lexicon.closed_words() | lexicon.EMPTY_NOUNS
    return {root(word) for word in words if word not in empty}


def _are_related(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (
        len(short) >= _SHARED and (long.startswith(short) or long.endswith(short))
    )
