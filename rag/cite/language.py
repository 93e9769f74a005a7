"""Tells English from other languages, whose function words are words of another kind in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.cite.quantities import NUMERALS
from rag.cite.wordlist import words
from rag.cite.words import Kind, Token

_ENGLISH_SIGNS = words(
    "the of and to that with from by for at on which this it he she they his her its their an"
)
_OTHER_SIGNS = words(
    """
    der das und ist nicht ein eine den dem im von mit wurde zu auf sich für les des et est une du
    au aux dans pour que qui el los las y del una por para con se il di che della è het een van dat
    """
)
# Function words elsewhere, in English nouns and verbs: "the war", "a door".
_ENGLISH_WORDS = words(
    """
    war door die hat man son tot met bin sin mai pas rien gut fast mine tale pour comment sale
    mare sole ante come dove
    """
)
_ENGLISH_NUMERALS = words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety zero
    dozen
    """
)
FOREIGN_NUMERALS = frozenset(NUMERALS) - _ENGLISH_NUMERALS


def is_english(tokens: Sequence[Token]) -> bool:
    """Whether a text's function words are more English than anything else known."""
    known = [token.word for token in tokens]
    english = sum(word in _ENGLISH_SIGNS for word in known)
    return english > sum(word in _OTHER_SIGNS for word in known)


def as_english(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of an English text, the foreign function words among them ordinary words."""
    return [
        replace(token, kind=Kind.WORD)
        if token.word in _ENGLISH_WORDS and token.kind in (Kind.STOP, Kind.NEGATION)
        else token
        for token in tokens
    ]
