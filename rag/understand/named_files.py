"""Finds the files and folders that a question names as where to look."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.understand.filter import Filter
from rag.understand.lexicon import documents as table
from rag.understand.lexicon.languages import LANGUAGES
from rag.understand.names import LibraryNames, NamedFile, name_keys, root_of
from rag.understand.words import Word, key_set, leading

_MOST_FILES = 3  # that a name may mean
_NAME_WORDS = 6
_FILE_NAME_WORDS = 12
_MORE_WORDS = 4  # after the kind: "the lease for Harbour Street"
_SUFFIX = regex.compile(r"\.\p{L}[\p{L}\p{N}]{0,7}(?![\p{L}\p{N}])")
_STOPS = regex.compile(r"[,;:?!()\"“”„«»]|\.\s")
_NUMBERED = regex.compile(r"\d+")
_CLOSED = frozenset[str]().union(*(language.closed for language in LANGUAGES[:7]))
_VERSION = key_set("final draft copy signed scan version v v1 v2 v3 new old neu alt kopie")
# Leads that hold the article, or need none.
_WITH_ARTICLE = key_set(
    """im nel nella nell nei nelle no na laut gemäß volgens enligt ifølge według согласно в w podle
    selon según secondo segundo conforme"""
)


def files_named(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    """The files that `text` names: in full, by an unmistakable stem, or as "in the lease"."""
    found = _by_full_name(text, words, names) or _by_stem(text, words, names)
    return found or _by_kind(text, words, names)


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
            if 0 < len(paths) <= _MOST_FILES:
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
    goes_on = bool(after) and after not in _CLOSED and not _stops(text, words, last)
    is_technical = regex.search(r"[_\d]", text[typed[0].start : typed[-1].end]) is not None
    if not typed[0].is_capital or goes_on or not (is_kind or (is_technical and count > 1)):
        return []
    return [(first, last)]


# ---------------------------------------------------------------- files


def _by_full_name(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    found: list[Filter] = []
    for suffix in _SUFFIX.finditer(text):
        starts = [word.start for word in words if word.start < suffix.start()]
        for start in starts[-_FILE_NAME_WORDS:]:  # the longest name first
            paths = names.files_called(text[start : suffix.end()])
            if paths:
                found.append(Filter(start, suffix.end(), tuple(paths)))
                break
    return _together(found)


def _by_stem(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    found: list[Filter] = []
    for first in range(len(words)):
        for last in range(min(first + _FILE_NAME_WORDS, len(words)) - 1, first - 1, -1):
            start, end = words[first].start, words[last].end
            if paths := names.files_with_stem(text[start:end]):
                if not found or start >= found[-1].end:
                    found.append(Filter(start, end, tuple(paths), is_name=True))
                break
    return _together(found)


def _together(found: list[Filter]) -> list[Filter]:
    """Several names in one question mean all of these files, as one filter."""
    return (
        found
        if len(found) < 2
        else [
            Filter(f.start, f.end, tuple(p for g in found for p in g.paths), is_name=True)
            for f in found
        ]
    )


def _by_kind(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    """In the lease, according to the 2024 annual report, "does the lease say"."""
    for index, word in enumerate(words):
        if not _is_kind(word.key):
            continue
        first = _first_of_name(text, words, index)
        if first is None:
            continue
        more = _more_of_name(text, words, index)
        tries = [range(first, last + 1) for last in range(more, index - 1, -1)]
        for span in tries:
            files = _meant([words[i] for i in span], names)
            if files:
                start, end = words[span[0]].start, words[span[-1]].end
                return [Filter(start, end, tuple(f.path for f in files), is_name=True)]
    return []


def _is_kind(key: str) -> bool:
    return (
        key in table.KIND_OF_DOCUMENT
        or key in table.ANY_DOCUMENT
        or key.endswith(table.KIND_ENDINGS)
    )


def _first_of_name(text: str, words: Sequence[Word], index: int) -> int | None:
    """Where the name that ends in the kind at `index` begins; None if nothing leads to it."""
    for first in range(index, max(-1, index - _NAME_WORDS), -1):
        if first < index and _stops(text, words, first):
            return None
        if first == 0:
            return None
        before = words[first - 1]
        if before.key in table.DETERMINERS and (
            _is_led(words, first - 1) or _is_quoted_as_saying(words, first - 1, index)
        ):
            return first
        if words[first].key not in _CLOSED and _is_led(words, first) and _is_joined(before.key):
            return first
    return None


def _is_joined(key: str) -> bool:
    """Whether a lead holds the article: im, nel, no, aus dem."""
    return key in _WITH_ARTICLE


def _is_led(words: Sequence[Word], at: int) -> bool:
    """Whether the words before `at` lead to a source: in, according to."""
    return any(
        at >= len(lead) and tuple(word.key for word in words[at - len(lead) : at]) == lead
        for lead in table.LEADS
    )


def _is_quoted_as_saying(words: Sequence[Word], at: int, index: int) -> bool:
    """What does the lease say; die Police sagt."""
    after = {word.key for word in words[index + 1 : index + 3]}
    return bool(after & table.SAYS) and at >= 1


def _more_of_name(text: str, words: Sequence[Word], index: int) -> int:
    """The last word that can still belong to the name whose kind stands at `index`."""
    last = index
    while last + 1 < len(words) and last - index < _MORE_WORDS and not _stops(text, words, last):
        after = words[last + 1]
        is_part = after.is_capital or _NUMBERED.match(after.key) or after.key in table.JOINS_NAME
        if not is_part and words[last].key not in table.JOINS_NAME:
            break
        last += 1
    return last


def _stops(text: str, words: Sequence[Word], left: int) -> bool:
    """Whether punctuation parts the word at `left` from the next."""
    if left + 1 >= len(words):
        return False
    return _STOPS.search(text[words[left].end : words[left + 1].start]) is not None


def _meant(typed: Sequence[Word], names: LibraryNames) -> list[NamedFile]:
    """The few files that a name such as "2024 annual report" can only mean."""
    telling: list[str] = []
    kinds: list[str] = []
    for word in typed:
        if word.key in _CLOSED | table.JOINS_NAME | table.DETERMINERS:
            continue
        roots = [root_of(key) for key in name_keys(word.text)]
        if word.key in table.ANY_DOCUMENT:
            kinds += roots
        elif all(names.knows(root) for root in roots):
            telling += roots
        elif word.is_capital or _NUMBERED.search(word.key):
            return []  # it names something that no file is called after
    if not telling:
        found = names.files_with_words(kinds, _MOST_FILES)
        return [file for file in found if sorted(file.stem) == sorted(kinds)]
    found = names.files_with_words([*telling, *kinds], _MOST_FILES)
    found = found or names.files_with_words(telling, _MOST_FILES)
    if len(set(telling)) > 1:
        return found
    return [file for file in found if _is_mainly(file, telling[0])]


def _is_mainly(file: NamedFile, root: str) -> bool:
    """Whether a single word says what the file is: its name begins or ends with it."""
    stem = [word for word in file.stem if word not in _VERSION and not word.isdecimal()]
    return not stem or root in (stem[0], stem[-1]) or root in file.words.difference(file.stem)
