"""Takes the words that only say where to look out of a question."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.understand.filter import Filter
from rag.understand.follow_up import content_of, take_apart
from rag.understand.lexicon import documents as table
from rag.understand.words import is_spaceless, phrases, words_of

_LEFT_WORDS = 2  # content words without which nothing is left to search for
_LEFT_CHARS = 3  # the same where words have no spaces
# Page 7 *of* the lease; 第7页*的*押金.
_GENITIVES = phrases("of; von; de; du; del; di; van; av; af")
_OF = regex.compile(r"^(?:\s*的|\s+(?:of|from|von|de|van|av|af)(?!\p{L}))")
_EMPTY = regex.compile(r"\s*\(\s*\)|\s*[,;](?=\s*(?:[?.!]|$))")
_GAP = regex.compile(r"\s+(?=[?.!,;])")


def without(text: str, filters: Sequence[Filter]) -> str:
    """`text` without what `filters` were told by, as long as it still asks for something."""
    if not filters:
        return text
    left = text
    for found in sorted(filters, key=lambda f: f.start, reverse=True):
        start = _with_lead(left, found.start) if found.paths or found.types else found.start
        after = left[found.end :]
        if found.pages:
            after = _OF.sub("", after)
        left = f"{left[:start].rstrip()} {after.lstrip()}"
    left = _GAP.sub("", _EMPTY.sub("", " ".join(left.split()))).strip(" ,;")
    if is_spaceless(left):
        return left if len(left) >= _LEFT_CHARS else text
    asked = take_apart(left)
    return left if len(content_of(asked.words, asked.language)) >= _LEFT_WORDS else text


def _with_lead(text: str, start: int) -> int:
    """Where the words begin that lead to a name at `start`: in the folder …"""
    words = [word for word in words_of(text) if word.end <= start]
    while words and words[-1].key in table.DETERMINERS | table.FOLDER | table.ANY_DOCUMENT:
        start = words.pop().start
    for lead in (*table.LEADS, *_GENITIVES):
        if tuple(word.key for word in words[-len(lead) :]) == lead:
            return words[-len(lead)].start
    return start
