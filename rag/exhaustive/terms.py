"""The words of a question that name something, as they are looked for in texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noun:
    """What a question calls the things that it asks for, or something that they have."""

    text: str  # as typed
    words: tuple[str, ...]  # folded; the last one in English and German, the first elsewhere, leads
    head: str  # the word that the others describe, folded
    any_file: bool = False  # it means files of whatever kind


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that has to stand somewhere."""

    text: str  # as typed
    forms: tuple[str, ...]  # folded words and phrases, any of them
    exact: bool = False  # a name or a quotation: no other endings
    loose: bool = False  # a noun made of the verb does as well
    denied: tuple[str, ...] = ()  # folded words that mean it where they are denied: "not paid"
    is_place: bool = False  # where something is: a field that tells places decides
