"""Finds the files that a question names as where to look."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.understand.filter import Filter
from rag.understand.lexicon import documents as table
from rag.understand.lexicon.comparing import AND
from rag.understand.lexicon.languages import LANGUAGES
from rag.understand.named_whole import files_wanted_whole
from rag.understand.names import LibraryNames, NamedFile, is_technical, name_keys, root_of
from rag.understand.words import Word, key_set

_MOST_FILES = 3  # that a name may mean
_NAME_WORDS = 6
_FILE_NAME_WORDS = 12
_MORE_WORDS = 4  # after the kind: "the lease for Harbour Street"
_SUFFIX = regex.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}(?![A-Za-z0-9])")
_STOPS = regex.compile(r"[,;:?!()\"“”„«»]|\.\s")
_NUMBERED = regex.compile(r"\d+")
_CLOSED = frozenset[str]().union(*(language.closed for language in LANGUAGES[:7]))
_OF = key_set("of von vom de del du do da des di della van av af")
# Leads that hold the article, or need none.


def files_named(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    """The files that `text` names: in full, by an unmistakable stem, or as "in the lease".

    What a question wants whole needs no such words around it: "summarise the lease".
    """
    found = _by_full_name(text, words, names) or _by_stem(text, words, names)
    found = found or _by_kind(text, words, names)
    return found or _together(files_wanted_whole(text, words, names))


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
    for first, word in enumerate(words):
        if found and word.start < found[-1].end:
            continue
        for last in range(min(first + _FILE_NAME_WORDS, len(words)) - 1, first - 1, -1):
            stem = text[word.start : words[last].end]
            paths = names.files_with_stem(stem)
            if paths and _is_unmistakable(stem, words[first : last + 1], paths[0].stem):
                found.append(Filter(word.start, words[last].end, tuple(paths), is_name=True))
                break
    return _together(found)


def _is_unmistakable(typed: str, words: Sequence[Word], stem: str) -> bool:
    """Whether a file's name is typed as no ordinary wording: lease_v2, lease 2024, Lease Weber.

    "What belongs in an annual report?" does not mean the file called so.
    """
    if is_technical(typed):
        return True
    has_kind = len(words) > 1 and any(table.is_document(word.key) for word in words)
    is_exact = typed == stem and any(word.is_capital for word in words)
    return has_kind and (is_exact or _NUMBERED.search(typed) is not None)


def _together(found: list[Filter]) -> list[Filter]:
    """Several names in one question mean all of these files, as one filter."""
    if len(found) < 2:
        return found
    paths = tuple(path for one in found for path in one.paths)
    return [Filter(one.start, one.end, paths, is_name=True) for one in found]


def _by_kind(text: str, words: Sequence[Word], names: LibraryNames) -> list[Filter]:
    """In the lease, according to the 2024 annual report, what does the lease say."""
    found: list[Filter] = []
    for index, word in enumerate(words):
        if not table.is_document(word.key) or _is_of_other_noun(words, index):
            continue
        joined = bool(found) and _is_joined(text, words, index, found[-1].end)
        first = _after_determiner(words, index) if joined else _first_of_name(text, words, index)
        if first is None or (found and words[first].start < found[-1].end):
            continue
        named = _named(text, words, first, index, names)
        if joined and not named:
            return []  # the lease and another, which is not known: both have to be searched
        if named and (joined or not found):
            found += named
    return _together(found)


def _named(
    text: str, words: Sequence[Word], first: int, index: int, names: LibraryNames
) -> list[Filter]:
    """What the words from `first` on mean, with as many after the kind at `index` as fit."""
    for end in range(_last_of_name(text, words, index), index - 1, -1):
        files = _meant(words[first : index + 1], words[index + 1 : end + 1], names)
        if files:
            start, stop = words[first].start, words[end].end
            return [Filter(start, stop, tuple(f.path for f in files), is_name=True)]
        if _names_another(words[index + 1 : end + 1], names):
            return []
    return []


def _is_joined(text: str, words: Sequence[Word], index: int, end: int) -> bool:
    """Whether an "and" joins the name whose kind stands at `index` to one that ends at `end`."""
    between = [word for word in words[:index] if word.start >= end]
    is_and = bool(between) and any(between[0].key in ands for ands in AND.values())
    return is_and and not _STOPS.search(text[end : words[index].start])


def _after_determiner(words: Sequence[Word], index: int) -> int | None:
    """And *the* supply contract: where the name begins."""
    for first in range(index, max(0, index - _NAME_WORDS), -1):
        if words[first - 1].key in table.DETERMINERS:
            return first
        if words[first - 1].key in _CLOSED:
            return None
    return None


def _is_of_other_noun(words: Sequence[Word], index: int) -> bool:
    """Whether the word is only part of "Contracts folder" or "Word documents"."""
    after = words[index + 1].key if index + 1 < len(words) else ""
    before = words[index - 1].key if index else ""
    is_type = any(before in nouns for nouns, _ in table.TYPES)
    return after in table.FOLDER or (is_type and words[index].key in table.ANY_DOCUMENT)


def _first_of_name(text: str, words: Sequence[Word], index: int) -> int | None:
    """Where the name whose kind stands at `index` begins; None if nothing leads to it."""
    for first in range(index, max(0, index - _NAME_WORDS), -1):
        if first < index and _stops(text, words, first):
            return None
        before = words[first - 1]
        if before.key in table.DETERMINERS and (
            _is_led(words, first - 1)
            or _is_said_by(words, first - 1, index)
            or _is_of_page(words, first - 1)
        ):
            return first
        if before.key in _OF and _is_of_page(words, first):
            return first
        if before.key in table.LEADS_WITH_ARTICLE and words[first].key not in _CLOSED:
            return first
    return None


def _is_led(words: Sequence[Word], at: int) -> bool:
    """Whether the words before `at` lead to a source: in, according to."""
    return any(
        at >= len(lead) and tuple(word.key for word in words[at - len(lead) : at]) == lead
        for lead in table.LEADS
    )


def _is_of_page(words: Sequence[Word], at: int) -> bool:
    """Page 7 of the lease; Seite 7 des Mietvertrags."""
    at -= at > 0 and words[at - 1].key in _OF
    return at > 0 and words[at - 1].key.isdecimal()


def _is_said_by(words: Sequence[Word], at: int, index: int) -> bool:
    """What does the lease say; que dit le bail."""
    near = (*words[max(0, at - 1) : at], *words[index + 1 : index + 3])
    return at >= 1 and any(word.key in table.SAYS for word in near)


def _last_of_name(text: str, words: Sequence[Word], index: int) -> int:
    """The last word that may still belong to the name whose kind stands at `index`."""
    last = index
    while last + 1 < len(words) and last - index < _MORE_WORDS and not _stops(text, words, last):
        after = words[last + 1].key
        if after in _CLOSED and after not in table.JOINS_NAME | table.DETERMINERS:
            break
        last += 1
    return last


def _names_another(more: Sequence[Word], names: LibraryNames) -> bool:
    """Whether the words right after a kind name what no file is called after: … of 1998."""
    said = [word for word in more if word.key not in table.JOINS_NAME | table.DETERMINERS]
    if len(said) != 1 or not (said[0].is_capital or _NUMBERED.search(said[0].key)):
        return False
    return not all(names.knows(root_of(key)) for key in name_keys(said[0].text))


def _stops(text: str, words: Sequence[Word], left: int) -> bool:
    """Whether punctuation parts the word at `left` from the next."""
    if left + 1 >= len(words):
        return False
    return _STOPS.search(text[words[left].end : words[left + 1].start]) is not None


def _meant(typed: Sequence[Word], more: Sequence[Word], names: LibraryNames) -> list[NamedFile]:
    """The few files that "2024 annual report" can only mean, with `more` words after the kind."""
    telling: list[str] = []  # what tells one document from others
    kinds: list[str] = []  # words for any document
    is_exact = True
    for word in typed:
        if word.key in _CLOSED | table.JOINS_NAME:
            continue
        roots = [root_of(key) for key in name_keys(word.text)]
        is_known = all(names.knows(root) for root in roots)
        if word.key in table.ANY_DOCUMENT or (table.is_document(word.key) and not is_known):
            kinds += roots
        elif is_known:
            telling += roots
        elif word.is_capital or _NUMBERED.search(word.key):
            return []  # it names something that no file is called after
        elif word.key in table.QUALIFIERS:
            is_exact = False  # "the signed lease"
        else:
            return []
    after = [word for word in more if word.key not in table.JOINS_NAME | table.DETERMINERS]
    if more and (not after or more[-1] is not after[-1]):
        return []
    telling += [root_of(key) for word in after for key in name_keys(word.text)]
    if not telling:
        found = names.files_with_words(kinds, _MOST_FILES)
        return [file for file in found if set(file.stem) == set(kinds)]
    found = names.files_with_words([*telling, *kinds], _MOST_FILES)
    found = found or names.files_with_words(telling, _MOST_FILES)
    if len(set(telling)) > 1:
        return found
    has_kind = any(table.is_document(w.key) and w.key not in table.ANY_DOCUMENT for w in typed)
    return [f for f in found if (is_exact or has_kind) and f.is_mainly(telling[0])]
