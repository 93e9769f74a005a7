"""The names of a library's files and folders, ready to be found in a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from rag.understand.lexicon.documents import is_document
from rag.understand.words import fold, key_set, keys, words_of

_ENDINGS = ("s", "n", "e")
_SHORTEST_STEM = 4
_VERSION = key_set("final draft copy signed scan version v new old neu alt kopie")
_SHORTEST_NAME = 4  # of one word, to be found in running text
_MOST_NAMESAKES = 3  # a name that more files share names none of them in running text
# What tells namesakes apart in a name, but is not said in running text: Mezzanine (album).
_BRACKETS = regex.compile(r"\s+(?:\([^()]*\)|_[^_]*_)$")
_TECHNICAL = regex.compile(r"_|\p{L}\d|\d\p{L}|\d{6}|\p{L}-\d|\d-\p{L}")
_RUN_ON = regex.compile(r"(?<=[\p{Ll}])(?=\p{Lu})|(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as it can be called."""

    path: Path
    stem: tuple[str, ...]  # its name's words in order, as `root_of` makes them
    title: tuple[str, ...]  # its title's words, likewise

    def is_mainly(self, root: str) -> bool:
        """Whether one word says what it is: its name or title begins or ends with it."""
        for called in (self.stem, self.title):
            words = [word for word in called if word not in _VERSION and not word.isdecimal()]
            if words and root in (words[0], words[-1]):
                return True
        return False


class LibraryNames:
    """What files and folders are called; made once per library, then only read.

    Build it anew when files come or go; it holds a few hundred bytes per file.
    """

    def __init__(
        self, files: Iterable[tuple[Path, str]] = (), folders: Iterable[Path] = ()
    ) -> None:
        """`files` are (path, title) pairs; `folders` those that the user added."""
        roots = frozenset(folders)
        self._files: list[NamedFile] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_words: dict[tuple[str, ...], list[int]] = {}
        self._lengths: dict[str, set[int]] = {}  # of the names that begin with a word
        self._folders: dict[tuple[str, ...], set[Path]] = {}
        self.types: frozenset[str] = frozenset()
        types: set[str] = set()
        parents: set[Path] = set(roots)
        for path, title in files:
            self._add(path, title)
            types.add(path.suffix.lower().lstrip("."))
            parents.add(path.parent)
        self.types = frozenset(types)
        for parent in parents:
            self._add_folders(parent, roots)

    def _add(self, path: Path, title: str) -> None:
        stem = tuple(root_of(key) for key in name_keys(path.stem))
        called = stem
        if title != path.stem:
            called = () if title.startswith("Microsoft ") else tuple(map(root_of, name_keys(title)))
        index = len(self._files)
        self._files.append(NamedFile(path, stem, called))
        self._by_name.setdefault(_spaced(path.name), []).append(index)
        self._by_stem.setdefault(_spaced(path.stem), []).append(index)
        for name in {keys(_BRACKETS.sub("", text)) for text in {path.stem, title}}:
            if len(name) > 1 or (name and _tells_by_itself(name[0])):
                self._by_words.setdefault(name, []).append(index)
                self._lengths.setdefault(name[0], set()).add(len(name))
        for word in {*stem, *called}:
            self._by_word.setdefault(word, []).append(index)

    def _add_folders(self, folder: Path, roots: frozenset[Path]) -> None:
        """Remember `folder` and those above it, up to the one that the user added."""
        levels = (folder, *folder.parents)
        top = max((at for at, level in enumerate(levels) if level in roots), default=0)
        for level in levels[: top + 1]:
            if name := keys(level.name):
                self._folders.setdefault(name, set()).add(level)

    def files_called(self, name: str) -> list[Path]:
        """The files whose full name, suffix included, is `name`, in any case."""
        return [self._files[index].path for index in self._by_name.get(_spaced(name), ())]

    def files_with_stem(self, stem: str) -> list[Path]:
        """The files whose name without suffix is `stem`, in any case."""
        return [self._files[index].path for index in self._by_stem.get(_spaced(stem), ())]

    def files_with_words(self, roots: Iterable[str], at_most: int) -> list[NamedFile]:
        """The files in whose name or title all of `roots` stand; none if they are too many."""
        lists = sorted((self._by_word.get(root, []) for root in set(roots)), key=len)
        if not lists or not lists[0]:
            return []
        found = set(lists[0])
        for other in lists[1:]:
            found &= set(other)
        if not 0 < len(found) <= at_most:
            return []
        return [self._files[index] for index in sorted(found)]

    def mentioned_in(self, text: str) -> list[Path]:
        """The files whose name or title stands in `text`, in the order of mention.

        Of names that begin at the same word, the longest is the first.
        A passage that names another document is where a question of two steps goes on: who
        employs the man that a letter speaks of.
        """
        words = words_of(text)
        found: dict[Path, None] = {}
        for at, word in enumerate(words):
            if not (word.is_capital or word.text[0].isdecimal()):
                continue
            for length in sorted(self._lengths.get(word.key, ()), reverse=True):
                named = self._by_words.get(tuple(w.key for w in words[at : at + length]), ())
                if len(named) <= _MOST_NAMESAKES:
                    found.update((self._files[index].path, None) for index in named)
        return list(found)

    def knows(self, root: str) -> bool:
        """Whether any file has `root` in its name or title."""
        return root in self._by_word

    def folders_called(self, name: Sequence[str]) -> list[Path]:
        """The folders whose name has exactly these folded words."""
        return sorted(self._folders.get(tuple(name), ()))

    @property
    def longest_folder_name(self) -> int:
        """How many words the longest folder name has."""
        return max(map(len, self._folders), default=0)


def _tells_by_itself(key: str) -> bool:
    """Whether a name of one word is more than "notes" or "01"."""
    return len(key) >= _SHORTEST_NAME and not key.isdecimal() and not is_document(key)


def is_technical(stem: str) -> bool:
    """Whether a name is no ordinary wording: it has underscores, codes or long numbers."""
    return _TECHNICAL.search(stem) is not None


def name_keys(stem: str) -> tuple[str, ...]:
    """The folded words of a file's name, parted also where case or digits change."""
    return keys(_RUN_ON.sub(" ", stem.replace("_", " ")))


def root_of(key: str) -> str:
    """A folded word without the commonest endings, so that "leases" finds "Lease.pdf"."""
    if key.endswith("ies") and len(key) > _SHORTEST_STEM:
        key = f"{key[:-3]}y"
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) > _SHORTEST_STEM and not key[-2].isdecimal():
            key = key[: -len(ending)]
    return key


def _spaced(name: str) -> str:
    return " ".join(fold(name).split())
