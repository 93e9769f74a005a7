"""Finds the folders that a question names as where to look."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.understand.filter import Filter
from rag.understand.lexicon import documents as table
from rag.understand.lexicon.languages import LANGUAGES
from rag.understand.names import LibraryNames
from rag.understand.words import Word, leading

_MOST_FOLDERS = 3  # of the same name
_NAME_WORDS = 6
_STOPS = regex.compile(r"[,;:?!()]")
_CLOSED = frozenset[str]().union(*(language.closed for language in LANGUAGES[:7]))


def folders_named(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    """The folders that `text` names: "in the Contracts folder", "in Contracts"."""
    found: list[Filter] = []
    longest = min(names.longest_folder_name, _NAME_WORDS)
    for index, word in enumerate(words):
        for count in range(longest, 0, -1):
            if word.key in table.FOLDER:
                chosen = _folder_after(words, index, count), _folder_before(index, count)
                spans = [span for span in chosen if span]
            else:
                spans = _bare_folder(text, words, index, count)
            paths = [
                (first, last, path)
                for first, last in spans
                for path in names.folders_called([w.key for w in words[first : last + 1]])
            ]
            if 0 < len(paths) <= _MOST_FOLDERS:
                first, last = min(p[0] for p in paths), max(p[1] for p in paths)
                is_word = word.key in table.FOLDER
                start = words[min(first, index) if is_word else first].start
                end = words[max(last, index) if is_word else last].end
                found.append(Filter(start, end, tuple(dict.fromkeys(p[2] for p in paths))))
                break
    return found[:1]


def _folder_before(index: int, count: int) -> tuple[int, int] | None:
    """The Contracts folder."""
    return (index - count, index - 1) if index >= count else None


def _folder_after(words: Sequence[Word], index: int, count: int) -> tuple[int, int] | None:
    """The folder (called) Contracts."""
    at = index + 1
    if at < len(words) and words[at].key in table.NAMED:
        at += 1
    return (at, at + count - 1) if at + count <= len(words) else None


def _bare_folder(text: str, words: Sequence[Word], index: int, count: int) -> list[tuple[int, int]]:
    """In Contracts: only a capital word for documents, after "in" or "from"."""
    led = leading(words[index:], table.LEADS)
    first = index + led
    last = first + count - 1
    if not led or last >= len(words):
        return []
    typed = words[first : last + 1]
    is_kind = any(word.key in table.KIND_OF_DOCUMENT | table.ANY_DOCUMENT for word in typed)
    after = words[last + 1].key if last + 1 < len(words) else ""
    goes_on = (
        bool(after)
        and after not in _CLOSED
        and not _STOPS.search(text[words[last].end : words[last + 1].start])
    )
    is_technical = regex.search(r"[_\d]", text[typed[0].start : typed[-1].end]) is not None
    if not typed[0].is_capital or goes_on or not (is_kind or (is_technical and count > 1)):
        return []
    return [(first, last)]
