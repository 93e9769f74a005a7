"""Finds in a sentence that code computed which of its numbers each source gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.records import Citation, Sentence

_NUMBER = re.compile(r"\d(?:[\d.,’'\u00a0\u202f ]*\d)?")


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
