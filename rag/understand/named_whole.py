"""Finds the files that a question wants whole: in "summarise the minutes" no lead is needed."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.records import Breadth
from rag.understand.breadth import breadth_of
from rag.understand.filter import Filter
from rag.understand.lexicon import documents as table
from rag.understand.lexicon.comparing import AND
from rag.understand.lexicon.languages import LANGUAGES
from rag.understand.lexicon.whole import ARGUMENT
from rag.understand.names import LibraryNames, name_keys, root_of
from rag.understand.words import Word, key_set

_MOST_FILES = 3  # that a name may mean
_NAME_WORDS = 8
_STOPS = regex.compile(r"[,;:?!()\"“”„«»]|\.\s")
_CLOSED = frozenset[str]().union(*(language.closed for language in LANGUAGES[:7]))
_JOINING = frozenset(key for keys in AND.values() for key in keys) | key_set(
    "with to against versus vs mit gegen zu avec con contra com contro met"
)


def files_wanted_whole(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    """The files that the first thing named in `text` means, with those joined to it by "and".

    Only of questions for the whole of texts, and only where each name means a few files: one that
    no file is called after may be what has to be searched for.
    """
    if breadth_of(text) is Breadth.FACT:
        return []
    found: list[Filter] = []
    for first, word in enumerate(words):
        if found and word.start < found[-1].end:
            continue
        if not _begins_name(words, first) or (found and not _is_joined(text, words, first, found)):
            continue
        named = _named(text, words, first, names)
        if named is None and (found or not _is_of_a_text(words, first)):
            return []
        found += [named] if named else []
    return found


def _begins_name(words: Sequence[Word], first: int) -> bool:
    """Whether a name may begin at `first`: after an article, or with a capital or a figure."""
    word = words[first]
    if word.key in _CLOSED or word.key in table.DETERMINERS:
        return False
    before = words[first - 1].key if first else ""
    is_proper = word.is_capital or word.text[0].isdecimal()
    return before in table.DETERMINERS or (first > 0 and is_proper)


def _is_of_a_text(words: Sequence[Word], first: int) -> bool:
    """Whether "the main points" begin at `first`, and what they are of is still to come."""
    for word in words[first:]:
        if word.key in _CLOSED:
            return True
        if word.key not in ARGUMENT:
            return False
    return False


def _is_joined(text: str, words: Sequence[Word], first: int, found: Sequence[Filter]) -> bool:
    """Whether nothing but "and the" stands between the name found last and the one at `first`."""
    between = [word.key for word in words[:first] if word.start >= found[-1].end]
    allowed = _JOINING | table.DETERMINERS
    gap = text[found[-1].end : words[first].start]
    return bool(_JOINING.intersection(between)) and allowed.issuperset(between) and "." not in gap


def _named(text: str, words: Sequence[Word], first: int, names: LibraryNames) -> Filter | None:
    """The files that as many words from `first` on as can be a name mean."""
    last = _last_of_phrase(text, words, first)
    for end in range(last, first - 1, -1):
        if words[end].key in _CLOSED or not _may_end(words, end, last):
            continue
        roots = _roots(words[first : end + 1], names)
        files = names.files_with_words(roots, _MOST_FILES) if roots else []
        if files:
            paths = tuple(file.path for file in files)
            return Filter(words[first].start, words[end].end, paths, is_name=True)
    return None


def _last_of_phrase(text: str, words: Sequence[Word], first: int) -> int:
    last = first
    while last + 1 < len(words) and last - first < _NAME_WORDS:
        after = words[last + 1]
        if _STOPS.search(text[words[last].end : after.start]):
            break
        if after.key in _CLOSED and after.key not in table.JOINS_NAME | table.DETERMINERS:
            break
        last += 1
    return last


def _may_end(words: Sequence[Word], end: int, last: int) -> bool:
    """Whether the words after `end` need not belong to the name: "… of last week", "… zusammen"."""
    if end == last:
        return True
    after = words[end + 1]
    return after.key in _CLOSED or (words[end].is_capital and not after.is_capital)


def _roots(typed: Sequence[Word], names: LibraryNames) -> list[str]:
    """What the files must be called; empty where a word says more than any file's name."""
    roots: list[str] = []
    for word in typed:
        if word.key in _CLOSED:
            continue
        own = [root_of(key) for key in name_keys(word.text)]
        if all(names.knows(root) for root in own):
            roots += own
        elif word.key not in table.ANY_DOCUMENT | table.QUALIFIERS:
            return []
    return roots
