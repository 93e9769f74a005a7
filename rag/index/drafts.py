"""Drafts: what was read of large files so far, and which files were in work when the engine died.

A draft is an unfinished document with the file that it is of. It goes when the document is
finished, when the file changes or leaves the library, and with what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.database import Connection, Database
from rag.index import documents, ledger, lexical
from rag.index.rows import half_bytes, path_bytes, path_of
from rag.protocols import ChunkVectors
from rag.records import DocumentInfo, FileState, Page

_WAITS = f"state IN ('{FileState.WAITING}', '{FileState.READING}', '{FileState.MISSING}')"


@dataclass(frozen=True, slots=True)
class DraftOf:
    """The file that a draft is of, as it was, and how it was read."""

    path: Path
    size_bytes: int
    modified_ns: int
    sha256: str
    made: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is kept of a file that was not read to its end, or not embedded to its end."""

    document_id: int
    info: DocumentInfo
    pages: tuple[Page, ...]  # from page 1 on, without a gap


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A file that was being read when the engine ended without a word."""

    path: Path
    has_progressed: bool  # its draft grew while it was read, so it is large rather than harmful


class Drafts:
    """The drafts of a library. Safe to use from any thread; each method is one transaction.

    All raise `DiskFull`, `LibraryUnwritable`, `LibraryDamaged`, and then nothing changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, sha256: str, made: str) -> Draft | None:
        """The draft of a file with this content that was made in this way."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id, title, page_count, paged, format FROM document"
                " JOIN draft ON document_id = id WHERE sha256 = ? AND made = ? AND NOT complete",
                (sha256, made),
            ).fetchone()
            if row is None:
                return None
            pages = documents.pages_of(connection, row[0], whole=True)
        return Draft(row[0], DocumentInfo(row[1], row[2], bool(row[3]), row[4]), tuple(pages))

    def start(self, of: DraftOf, info: DocumentInfo) -> int:
        """Begin a draft in place of any other of this file or content; returns its document."""
        with self._database.writing() as connection:
            _drop(connection, _of_path(connection, of.path))
            ledger.drop_documents(connection, documents.incomplete(connection, of.sha256))
            document_id = documents.start(connection, of.sha256, info)
            connection.execute(
                "INSERT INTO draft (document_id, path, size_bytes, modified_ns, made)"
                " VALUES (?, ?, ?, ?, ?)",
                (document_id, path_bytes(of.path), of.size_bytes, of.modified_ns, of.made),
            )
        return document_id

    def write_pages(self, document_id: int, pages: Sequence[Page]) -> None:
        """Add the next pages of a draft."""
        with self._database.writing() as connection:
            documents.write_pages(connection, document_id, pages)

    def keep_vectors(self, document_id: int, keys: Sequence[str], vectors: ChunkVectors) -> None:
        """Keep vectors and traces made for a draft; `Catalog.known_vectors` finds them."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO draft_vector (key, document_id, half, bits)"
                " SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM document WHERE id = ?2)",
                (
                    (key, document_id, half, bits)
                    for key, half, bits in zip(
                        keys, half_bytes(vectors.matrix), vectors.traces, strict=True
                    )
                ),
            )

    def drop_chunks(self, document_id: int) -> list[int]:
        """Drop the chunks of a document whose writing was cut short; returns them."""
        with self._database.writing() as connection:
            return _drop_chunks(connection, document_id)

    def drop(self, path: Path) -> list[int]:
        """Drop the draft of a file, if there is one; returns the chunks that are gone."""
        with self._database.reading() as connection:
            if not _of_path(connection, path):
                return []
        with self._database.writing() as connection:
            return _drop(connection, _of_path(connection, path))

    # ------------------------------------------------------------ what was in work

    def note_in_work(self, path: Path) -> None:
        """Remember that the reading of `path` begins, for the case that it never ends."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO in_work (path, pages) VALUES (?, ?)",
                (path_bytes(path), _pages_kept(connection, path)),
            )

    def note_done(self, path: Path) -> None:
        """Forget that `path` was in work: its reading ended, one way or another."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM in_work WHERE path = ?", (path_bytes(path),))

    def note_all_done(self) -> None:
        """Forget what was in work: the engine ends because it is told to."""
        if not self.interrupted():
            return
        with self._database.writing() as connection:
            connection.execute("DELETE FROM in_work")

    def interrupted(self) -> list[Interrupted]:
        """The files that were in work when the engine died, until `note_all_done`."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT path, pages FROM in_work").fetchall()
            found = [(path_of(path), int(pages)) for path, pages in rows]
            return [
                Interrupted(path, _pages_kept(connection, path) > before) for path, before in found
            ]


def drop_unwanted(connection: Connection) -> list[int]:
    """Drop unfinished documents but for drafts of files that wait; returns the chunks that go.

    Of the others the pages and vectors stay, and no chunk.
    """
    wanted = {
        int(document_id)
        for (document_id,) in connection.execute(
            "SELECT draft.document_id FROM draft JOIN file USING (path)"  # noqa: S608
            f" WHERE {_WAITS} AND file.size_bytes = draft.size_bytes"
            " AND file.modified_ns = draft.modified_ns"
        )
    }
    unfinished = documents.incomplete(connection)
    gone = ledger.drop_documents(connection, [known for known in unfinished if known not in wanted])
    for document_id in wanted.intersection(unfinished):
        gone += _drop_chunks(connection, document_id)
    return gone


def forget(connection: Connection, paths: Sequence[Path]) -> list[int]:
    """Keep no draft or note of `paths`; returns the chunks that are gone."""
    known = {path_bytes(path) for path in paths}
    connection.executemany("DELETE FROM in_work WHERE path = ?", [(path,) for path in known])
    drafts = connection.execute("SELECT document_id, path FROM draft").fetchall()
    return _drop(connection, [int(document_id) for document_id, path in drafts if path in known])


def settle(connection: Connection, document_id: int) -> None:
    """A document is finished: it is a draft no longer."""
    connection.execute("DELETE FROM draft_vector WHERE document_id = ?", (document_id,))
    connection.execute("DELETE FROM draft WHERE document_id = ?", (document_id,))


def _of_path(connection: Connection, path: Path) -> list[int]:
    rows = connection.execute("SELECT document_id FROM draft WHERE path = ?", (path_bytes(path),))
    return [int(document_id) for (document_id,) in rows]


def _drop(connection: Connection, document_ids: Sequence[int]) -> list[int]:
    """Drop drafts; one that is complete by now stays, as the document that it became."""
    unfinished = set(documents.incomplete(connection)) if document_ids else set[int]()
    return ledger.drop_documents(connection, [d for d in document_ids if d in unfinished])


def _drop_chunks(connection: Connection, document_id: int) -> list[int]:
    gone = lexical.drop_words(connection, document_id)
    connection.execute(
        "DELETE FROM chunk WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(gone),)
    )
    return gone


def _pages_kept(connection: Connection, path: Path) -> int:
    """How much of a file's draft there is: pages, and vectors, which come after them."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM page WHERE page.document_id = draft.document_id)"
        " + (SELECT count(*) FROM draft_vector WHERE draft_vector.document_id = draft.document_id)"
        " FROM draft WHERE path = ?",
        (path_bytes(path),),
    ).fetchone()
    return int(row[0]) if row else 0
