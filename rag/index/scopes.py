"""What a scope holds: its files, documents and chunks, told from columns kept in memory."""

from __future__ import annotations

import os
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rag.database import Connection, Database
from rag.errors import NothingInScope, NotInLibrary
from rag.index.rows import path_of
from rag.protocols import ChunkSet, IdArray
from rag.records import FileState, Scope

Mask = NDArray[np.bool_]

NO_DOCUMENT = -1
NO_PAGES = 0
SCOPES_REMEMBERED = 16
ANY_PAGE = np.iinfo(np.int64).max  # of a file that was not read yet: it may have every page
FOREVER_NS = np.iinfo(np.int64).max
NANOSECONDS = 10**9

_READ = {FileState.READY, FileState.PARTIAL}
_UNREAD = {FileState.WAITING, FileState.READING}
_FILES = f"""
    SELECT path, state, state = '{FileState.MISSING}', linked, modified_ns,
        coalesce(document.id, {NO_DOCUMENT}),
        CASE WHEN document.id IS NULL THEN {ANY_PAGE}
            WHEN document.paged THEN page_count ELSE {NO_PAGES} END
    FROM file LEFT JOIN document ON document.id = document_id AND complete
    ORDER BY state = '{FileState.MISSING}', linked
"""  # noqa: S608


class Scopes:
    """Resolves scopes over one catalog; safe to use from any thread.

    Remembers the files until the catalog changes. Chunks never change and their ids only rise, so
    that of these only the new ones are read again. Takes 4 MB of memory for 100,000 chunks.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._shelf_seen = self._chunks_seen = -1
        self._shelf = _Shelf.empty()
        self._chunks = _Chunks.empty()

    def documents(self, scope: Scope) -> frozenset[int] | None:
        """The complete documents in `scope`, None when it sets no limit.

        Raises `NotInLibrary`, `NothingInScope`.
        """
        if not scope.limits_files:
            return None
        return frozenset(self._current_shelf().documents_in(scope).tolist())

    def chunks(self, scope: Scope) -> ChunkSet | None:
        """The chunks in `scope`, None when it leaves nothing out; raises as `documents`."""
        if not scope.limits_files:
            return None
        shelf = self._current_shelf()
        wanted = shelf.documents_in(scope)
        if len(wanted) == shelf.document_count and not scope.pages:
            return None
        return self._current_chunks().of_documents(wanted, scope.pages)

    def chunks_of(self, document_ids: Collection[int]) -> ChunkSet:
        """The chunks of some documents."""
        return self._current_chunks().of_documents(np.array(sorted(document_ids), np.int64), ())

    def coverage(self, scope: Scope) -> tuple[int, int]:
        """How many files in `scope` are read, and how many wait to be."""
        shelf = self._current_shelf()
        inside = shelf.files_in(scope)
        return int((inside & shelf.read).sum()), int((inside & shelf.unread).sum())

    def shown_within(self, document_ids: Collection[int], scope: Scope) -> dict[int, Path]:
        """The first file in `scope` of each of `document_ids` that has one there."""
        shelf = self._current_shelf()
        inside = shelf.files_in(scope) & np.isin(shelf.documents, list(document_ids))
        rows = sorted(np.flatnonzero(inside).tolist(), key=shelf.order.__getitem__, reverse=True)
        return {int(shelf.documents[row]): path_of(shelf.paths[row]) for row in rows}

    def documents_shown(self, scope: Scope) -> list[tuple[int, tuple[Path, ...]]]:
        """The documents in `scope` with their files there, in the order of their first paths."""
        shelf = self._current_shelf()
        inside = shelf.files_in(scope) & (shelf.documents != NO_DOCUMENT)
        found: dict[int, list[Path]] = {}
        for row in np.flatnonzero(inside).tolist():
            found.setdefault(int(shelf.documents[row]), []).append(path_of(shelf.paths[row]))
        return [(document_id, tuple(paths)) for document_id, paths in found.items()]

    def _current_shelf(self) -> _Shelf:
        with self._lock:
            # read before the transaction begins: what it sees is then never older
            commits = self._database.commits
            if self._shelf_seen != commits:
                with self._database.reading() as connection:
                    self._shelf = _Shelf.load(connection)
                self._shelf_seen = commits
            return self._shelf

    def _current_chunks(self) -> _Chunks:
        with self._lock:
            commits = self._database.commits
            if self._chunks_seen != commits:
                with self._database.reading() as connection:
                    self._chunks = self._chunks.with_new(connection)
                self._chunks_seen = commits
            return self._chunks


@dataclass(frozen=True, slots=True, eq=False)
class _Resolved:
    """What a scope comes to."""

    inside: Mask  # which files
    empty: Sequence[Path]  # those of its paths that hold none


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """The ledger's files as columns, a row each, and the roots; names rise."""

    names: Sequence[str]  # comparable
    paths: Sequence[bytes]
    order: Sequence[int]  # of a document's files the lowest is shown first
    suffixes: Sequence[str]  # each that occurs, lower case, without the dot
    suffix: IdArray  # its place in `suffixes`
    read: Mask
    unread: Mask
    modified_ns: IdArray
    documents: IdArray
    last_page: IdArray
    roots: Sequence[str]  # comparable
    resolved: dict[Scope, _Resolved] = field(default_factory=dict["Scope", "_Resolved"])

    @classmethod
    def empty(cls) -> _Shelf:
        """The shelf of a library without files."""
        return cls.of((), ())

    @classmethod
    def load(cls, connection: Connection) -> _Shelf:
        """The shelf as it is now."""
        roots = [_comparable(path) for (path,) in connection.execute("SELECT path FROM root")]
        return cls.of(connection.execute(_FILES), roots)

    @classmethod
    def of(cls, rows: Iterable[tuple[object, ...]], roots: Sequence[str]) -> _Shelf:
        """The shelf of rows as `_FILES` brings them."""
        ranked = [(_comparable(row[0]), place, row) for place, row in enumerate(rows)]
        ranked.sort(key=lambda one: one[0])
        files = [row for _, _, row in ranked]
        names = [name for name, _, _ in ranked]
        suffix = [os.path.splitext(name)[1][1:].lower() for name in names]  # noqa: PTH122 - fast
        suffixes = sorted(set(suffix))
        places = {known: place for place, known in enumerate(suffixes)}
        return cls(
            names=names,
            paths=[cast("bytes", row[0]) for row in files],
            order=[place for _, place, _ in ranked],
            suffixes=suffixes,
            suffix=np.array([places[known] for known in suffix], np.int64),
            read=np.array([row[1] in _READ for row in files], np.bool_),
            unread=np.array([row[1] in _UNREAD for row in files], np.bool_),
            modified_ns=np.array([row[4] for row in files], np.int64),
            documents=np.array([row[5] for row in files], np.int64),
            last_page=np.array([row[6] for row in files], np.int64),
            roots=roots,
        )

    @property
    def document_count(self) -> int:
        """How many complete documents there are."""
        return len(np.unique(self.documents[self.documents != NO_DOCUMENT]))

    def documents_in(self, scope: Scope) -> IdArray:
        """The documents in `scope`, rising; raises `NotInLibrary`, `NothingInScope`."""
        resolved = self._resolved(scope)
        for path in resolved.empty:
            if not any(root in _Subtree(path) for root in self.roots):
                raise NotInLibrary(path)
        inside = resolved.inside
        found = np.unique(self.documents[inside & (self.documents != NO_DOCUMENT)])
        if not len(found) and scope != Scope(scope.paths) and not (inside & self.unread).any():
            raise NothingInScope(in_words(scope))
        return found

    def files_in(self, scope: Scope) -> Mask:
        """Which files are in `scope`."""
        return self._resolved(scope).inside

    def _resolved(self, scope: Scope) -> _Resolved:
        known = self.resolved.get(scope)
        if known is None:
            if len(self.resolved) >= SCOPES_REMEMBERED:
                self.resolved.clear()
            known = self.resolved[scope] = self._resolve(scope)
        return known

    def _resolve(self, scope: Scope) -> _Resolved:
        inside = np.full(len(self.names), not scope.paths)
        empty = [path for path in scope.paths if not self._mark(_Subtree(path), inside)]
        if scope.types:
            wanted = [n for n, known in enumerate(self.suffixes) if known in scope.types]
            inside &= np.isin(self.suffix, wanted)
        if scope.since is not None:
            inside &= self.modified_ns >= _begin_ns(scope.since)
        if scope.until is not None:
            inside &= self.modified_ns < _end_ns(scope.until)
        if scope.pages:
            inside &= self.last_page >= min(first for first, _ in scope.pages)
        return _Resolved(inside, empty)

    def _mark(self, subtree: _Subtree, inside: Mask) -> bool:
        """Mark the files of `subtree`, if there are any."""
        names = self.names
        low = bisect_left(names, subtree.itself)
        high = bisect_right(names, subtree.itself, low)
        first = bisect_left(names, subtree.first, high)
        end = bisect_left(names, subtree.end, first)
        inside[low:high] = True
        inside[first:end] = True  # a folder has a line too where it could not be entered
        return low < high or first < end


@dataclass(frozen=True, slots=True, eq=False)
class _Chunks:
    """All chunks there ever were since the first search, as columns; ids rise."""

    ids: IdArray
    documents: IdArray
    first_page: IdArray
    last_page: IdArray

    @classmethod
    def empty(cls) -> _Chunks:
        """No chunks."""
        none = np.empty(0, np.int64)
        return cls(none, none, none, none)

    def with_new(self, connection: Connection) -> _Chunks:
        """These and those that were written since."""
        known = int(self.ids[-1]) if len(self.ids) else 0
        rows = connection.execute(
            "SELECT id, document_id, first_page, last_page FROM chunk WHERE id > ? ORDER BY id",
            (known,),
        )
        flat = np.fromiter(chain.from_iterable(rows), np.int64)
        if not len(flat):
            return self
        new = flat.reshape(-1, 4).T
        return _Chunks(
            np.concatenate([self.ids, new[0]]),
            np.concatenate([self.documents, new[1]]),
            np.concatenate([self.first_page, new[2]]),
            np.concatenate([self.last_page, new[3]]),
        )

    def of_documents(self, wanted: IdArray, pages: Sequence[tuple[int, int]]) -> ChunkSet:
        """The chunks of the documents `wanted`, on `pages` only unless there are none."""
        known = max(int(self.documents.max(initial=0)), int(wanted.max(initial=0))) + 1
        is_wanted = np.zeros(known, np.bool_)
        is_wanted[wanted] = True
        inside = is_wanted[self.documents]
        if pages:
            inside &= np.logical_or.reduce(
                [(self.first_page <= last) & (self.last_page >= first) for first, last in pages]
            )
        return ChunkSet.of(self.ids[inside])


class _Subtree:
    """A file, or a folder and the comparable paths below it, from `first` to before `end`."""

    def __init__(self, path: Path) -> None:
        self.itself = os.path.normcase(path)
        above = self.itself.rstrip(os.sep)
        self.first = above + os.sep
        self.end = above + chr(ord(os.sep) + 1)

    def __contains__(self, name: str) -> bool:
        return name == self.itself or name.startswith(self.first)


def _comparable(stored: object) -> str:
    return os.path.normcase(os.fsdecode(cast("bytes", stored)))


def _begin_ns(day: date) -> int:
    """When `day` begins by the local calendar, in nanoseconds since the epoch."""
    midnight = datetime.combine(day, time.min)
    try:
        seconds = midnight.timestamp()
    except (OSError, OverflowError, ValueError):  # a system that knows no such year
        seconds = midnight.replace(tzinfo=UTC).timestamp()
    return max(int(seconds) * NANOSECONDS, -FOREVER_NS)


def _end_ns(day: date) -> int:
    """When the day after `day` begins."""
    if day == date.max:
        return FOREVER_NS
    return min(_begin_ns(day + timedelta(days=1)), FOREVER_NS)


def in_words(scope: Scope) -> str:
    """What a file in `scope` is, to end a sentence: lies in “Letters” and is of type PDF."""
    parts: list[str] = []
    if scope.paths:
        parts.append(f"lies in {_joined([f'“{path.name or path}”' for path in scope.paths], 'or')}")
    if scope.types:
        parts.append(f"is of type {_joined([suffix.upper() for suffix in scope.types], 'or')}")
    if scope.since and scope.until:
        parts.append(f"was changed between {scope.since} and {scope.until}")
    elif scope.since:
        parts.append(f"was changed on {scope.since} or later")
    elif scope.until:
        parts.append(f"was changed on {scope.until} or earlier")
    if scope.pages:
        parts.append(f"has page {_joined([_page_range(*pages) for pages in scope.pages], 'or')}")
    return _joined(parts, "and")


def _page_range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _joined(parts: Sequence[str], word: str) -> str:
    """`parts` as a list in a sentence, with `word` before the last one."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
