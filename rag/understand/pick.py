"""Takes the one of several that a follow-up chooses: the second, the other."""

from __future__ import annotations

import regex

from rag.understand.compare import compared
from rag.understand.follow_up import Asked
from rag.understand.words import fold

_ITEM = regex.compile(r"^\s*(?:\d{1,2}[.)]|[-*•–])\s+(.+?)\s*$", regex.MULTILINE)
_NAME = r"\p{Lu}[\p{L}\p{N}'’.-]*(?:\s+(?:of|de|du|von|der|the|la|le)?\s*\p{Lu}[\p{L}\p{N}'’-]*)*"
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y|e|en|och|og|i|и|a)\s+)(?:the\s+|die\s+|der\s+)?"
_SERIES = regex.compile(rf"{_NAME}(?:{_AND}{_NAME})+")


def picked(asked: Asked, before: str, answer: str) -> tuple[str, str, bool]:
    """What the follow-up chooses, what it leaves of two, and whether that is sure.

    Two empty ones and sure where it chooses nothing.
    """
    language = asked.language
    rest = asked.rest
    rank = next(
        (
            index
            for word in rest
            for index, names in enumerate(language.ordinals)
            if word.key in names
        ),
        None,
    )
    if rank is not None:
        items = _listed(answer)
        return (items[rank], "", True) if rank < len(items) else ("", "", False)
    if any(word.key in language.others for word in rest) and len(asked.content) <= 1:
        things = compared(before)
        choices = things.names if things else ()
        left = [choice for choice in choices if fold(choice) not in fold(answer)]
        if len(choices) == 2 and len(left) == 1:
            return left[0], next(c for c in choices if c != left[0]), True
        return "", "", False
    return "", "", True


def _listed(answer: str) -> list[str]:
    """The items that `answer` lists, line by line or as names in a row."""
    if items := _ITEM.findall(answer):
        return items
    series = _SERIES.search(answer)
    if series is None:
        return []
    return [part.strip() for part in regex.split(_AND, series[0]) if part.strip()]
