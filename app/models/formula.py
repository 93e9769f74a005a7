"""Finds where the marks of a sentence that code computed belong: at its numbers, or in its list."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.records import Citation, Sentence

_NUMBER = re.compile(r"\d(?:[\d.,’'\u00a0\u202f ]*\d)?")
_MOST = 3  # marks of a count, before they are left to the list that follows


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a sentence."""

    inner: tuple[tuple[int, Citation], ...]  # where in its text a number ends, and its source
    last: tuple[Citation, ...]  # those that stand at its end


def marks_of(sentence: Sentence, listed: Collection[int]) -> Marks:
    """Where the sources of a sentence are marked; `listed` are the numbers that others mark.

    The count of a long list names no source that an item of the list names.
    """
    inner = number_ends(sentence) if sentence.is_computed else ()
    taken = {source.number for _, source in inner}
    last = tuple(source for source in sentence.citations if source.number not in taken)
    if sentence.is_computed and len(last) > _MOST and all(one.number in listed for one in last):
        last = ()
    return Marks(inner, last)


def listed_numbers(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The numbers of all footnotes of what code did not compute."""
    return frozenset(
        source.number
        for sentence in sentences
        if not sentence.is_computed
        for source in sentence.citations
    )


def number_ends(sentence: Sentence) -> tuple[tuple[int, Citation], ...]:
    """Where, in the sentence's text, the numbers end that stand in its sources; rising.

    Each source is named once, at the first number of its quote that no other source took.
    """
    left = list(sentence.citations)
    found: list[tuple[int, Citation]] = []
    for match in _NUMBER.finditer(sentence.text):
        digits = _digits(match[0])
        source = _first_with(digits, left)
        if source is not None:
            left.remove(source)
            found.append((match.end(), source))
    return tuple(found)


def _first_with(digits: str, citations: Sequence[Citation]) -> Citation | None:
    for citation in citations:
        if any(_digits(number) == digits for number in _NUMBER.findall(citation.quote)):
            return citation
    return None


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdecimal())
