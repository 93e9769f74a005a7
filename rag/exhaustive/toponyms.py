"""Tells where a word is only part of a place's name: nobody died in Death Valley."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from rag.exhaustive.places import place_forms
from rag.exhaustive.subject import Statement, Subject, is_place_label

_CAPITAL = r"\p{Lu}[\p{L}'’]+"
# The words of the name before a word, and behind it; the group is the one beside it.
_BEFORE = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{_CAPITAL}[ -])*({_CAPITAL})[ -]$")
_BEHIND = regex.compile(rf"[ -]({_CAPITAL})(?:[ -]{_CAPITAL})*")
_REGION = regex.compile(r",\s+(\p{Lu}[\p{L}.]*(?: \p{Lu}\p{L}+)*)")
_STATUS = regex.compile(r"\b(?:state|estado)\b")  # how things stand as well
_FARTHEST = 60  # characters of a name on either side of the word


def place_name_around(
    subject: Subject, statement: Statement, start: int, end: int
) -> tuple[int, int] | None:
    """The span of the place's name of several words that the word at `start` is part of.

    None where it is no such part, as far as fields that tell places and regions behind the name
    show it.
    """
    text = subject.page.text
    if not text[start].isupper():
        return None
    low = statement.value_start if statement.label else statement.start
    if start < low:
        return None
    before = _BEFORE.search(text, max(low, start - _FARTHEST), start)
    behind = _BEHIND.match(text, end, min(statement.end, end + _FARTHEST))
    first = before.start() if before else start
    last = behind.end() if behind else end
    if (first, last) == (start, end):
        return None
    if _is_place(subject, statement.label, last, statement.end) or any(
        _is_place_elsewhere(subject, folded)
        for folded in _pairs(subject, before, behind, (start, end))
    ):
        return first, last
    return None


def _is_place(subject: Subject, label: str, end: int, until: int) -> bool:
    """Whether a name that ends at `end` is a place's: by its field, or the region behind it."""
    if is_place_label(label) and not _STATUS.search(label):
        return True
    region = _REGION.match(subject.page.text, end, min(until, end + _FARTHEST))
    return region is not None and bool(place_forms(region[1]))


def _is_place_elsewhere(subject: Subject, pair: str) -> bool:
    """Whether two words beside each other are a place's name where fields tell them."""
    folded, text = subject.page.folded, subject.page.text
    for one in subject.fields:
        at = folded.find(pair, one.start, one.end)
        if at >= 0:
            behind = _BEHIND.match(text, at + len(pair), one.end)
            if _is_place(subject, one.label, behind.end() if behind else at + len(pair), one.end):
                return True
    return False


def _pairs(
    subject: Subject,
    before: regex.Match[str] | None,
    behind: regex.Match[str] | None,
    word: tuple[int, int],
) -> Iterator[str]:
    """A word with either neighbour in its name, folded."""
    folded = subject.page.folded
    if behind is not None:
        yield folded[word[0] : behind.end(1)]
    if before is not None:
        yield folded[before.start(1) : word[1]]
