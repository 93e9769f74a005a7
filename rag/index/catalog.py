"""The catalog: every file, document, chunk and vector that was read, in one SQLite database."""

from __future__ import annotations

import threading
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rag.cancel import CancelToken
from rag.database import Connection, Database
from rag.index import documents, drafts, embedders, ledger, lexical, likeness, words
from rag.index.keeping import Keeper
from rag.index.marking import Marker, Place
from rag.index.rows import StoredChunk, StoredVectors, path_bytes, path_of
from rag.index.schema import open_database, save_side_copy
from rag.index.scopes import Scopes
from rag.index.token_counts import TokenCounts
from rag.index.vocabulary import Vocabulary
from rag.protocols import ChunkSet, ChunkVectors, FloatMatrix, ScoredChunk
from rag.records import Chunk, DocumentInfo, DocumentText, FileRecord, Page, Scope

__all__ = ["Catalog", "StoredChunk", "StoredVectors"]

NO_LIMIT = Scope()
ALL_ROWS = 2**31 - 1  # the most that SQLite gives at once


class Catalog:
    """What the library knows, and the truth that the vector index is rebuilt from.

    Safe to use from any thread. A document is invisible until it is finished. Each method is one
    transaction: it happened, or it raised (`DiskFull`, `LibraryUnwritable`, `LibraryDamaged`) and
    nothing changed. `notice` says in plain words what was wrong at opening, or is empty.
    """

    def __init__(self, folder: Path, database: Database, notice: str) -> None:
        self.notice = notice
        self._folder = folder
        self._database = database
        self._scopes = Scopes(database)
        self._vocabulary = Vocabulary()
        self._changes = 0
        self._keeper = Keeper(database)
        self._changes_turn = threading.Lock()
        self.embedders = embedders.Embedders(database)
        self.drafts = drafts.Drafts(database)
        self.token_counts = TokenCounts(database, self._scopes)

    @classmethod
    def open(cls, folder: Path) -> Catalog:
        """Open the catalog in `folder`, or start one; a damaged one is put aside, see `notice`.

        Raises `LibraryUnwritable`, `LibraryFromTheFuture`, `DiskFull`.
        """
        return cls(folder, *open_database(folder))

    def close(self) -> None:
        """Release the files; no other thread may be using the catalog any more."""
        self._database.close()

    # ------------------------------------------------------------ settings and roots

    def setting(self, key: str) -> str | None:
        """A value that was kept for the library."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_setting(self, key: str, value: str) -> None:
        """Keep a value for the library."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))
        save_side_copy(self._database, self._folder)

    @property
    def changes(self) -> int:
        """Rises whenever a file or folder comes or goes, or shows something else."""
        return self._changes

    @contextmanager
    def _changing(self) -> Generator[Connection, None, None]:
        """A transaction that counts as one of `changes`."""
        with self._database.writing() as connection:
            yield connection
        # counted when it can be seen: who reads the number first and then the files misses none
        with self._changes_turn:
            self._changes += 1

    @property
    def identity(self) -> str:
        """A name for its vectors that no other catalog has, also none that takes its place.

        It changes when another embedder takes over.
        """
        with self._database.reading() as connection:
            return connection.execute("SELECT name FROM identity").fetchone()[0]

    def roots(self) -> list[Path]:
        """The folders and files that the user added, in that order."""
        with self._database.reading() as connection:
            return [
                path_of(path) for (path,) in connection.execute("SELECT path FROM root ORDER BY id")
            ]

    def add_root(self, path: Path) -> None:
        """Remember that the user added `path`."""
        with self._changing() as connection:
            connection.execute("INSERT OR IGNORE INTO root (path) VALUES (?)", (path_bytes(path),))
        save_side_copy(self._database, self._folder)

    def remove_root(self, path: Path) -> None:
        """Forget that the user added `path`; its files stay until `forget_files`."""
        with self._changing() as connection:
            connection.execute("DELETE FROM root WHERE path = ?", (path_bytes(path),))
        save_side_copy(self._database, self._folder)

    # ------------------------------------------------------------ the ledger

    def files(self) -> list[FileRecord]:
        """Every line of the ledger, by path."""
        with self._database.reading() as connection:
            return ledger.all_files(connection)

    def file(self, path: Path) -> FileRecord | None:
        """The line of `path`."""
        with self._database.reading() as connection:
            return ledger.one_file(connection, path)

    def titles(self) -> list[tuple[Path, str]]:
        """Every file that can be searched, with the title of what it shows."""
        with self._database.reading() as connection:
            return ledger.titles(connection)

    def save_files(self, records: Sequence[FileRecord]) -> None:
        """Add or replace lines; a path goes on showing the document that it showed."""
        with self._database.writing() as connection:
            ledger.save(connection, records)

    def document_of(self, path: Path) -> int | None:
        """The complete document that `path` shows."""
        with self._database.reading() as connection:
            return ledger.document_of(connection, path)

    def forget_files(self, paths: Sequence[Path]) -> list[int]:
        """Drop lines and the documents that only they show; returns the chunks that are gone.

        Their text is then nowhere in the database's files and copies any more.
        """
        if not paths:
            return []
        with self._changing() as connection:
            gone = ledger.forget(connection, paths) + drafts.forget(connection, paths)
            has_leftovers = lexical.has_leftovers(connection)
            if has_leftovers:
                lexical.erase_leftovers(connection)
        if has_leftovers:
            self._keeper.empty_log()
        self._database.forget_copies()
        return gone

    def keep_copy(self, cancel: CancelToken) -> None:
        """Keep a copy of the catalog beside it, if it is time to; see `Keeper.keep_copy`."""
        self._keeper.keep_copy(self._changes, cancel)

    def erase_leftovers(self) -> None:
        """Let nothing of the text of dropped documents stay in the database's files.

        For the end of a reading; takes no time where none was dropped. Without room on the disk it
        is put off until it is called again.
        """
        self._keeper.erase_leftovers()

    # ------------------------------------------------------------ writing documents

    def find_document(self, sha256: str) -> int | None:
        """The newest complete document with this content."""
        with self._database.reading() as connection:
            return documents.find(connection, sha256)

    def content_of(self, document_id: int) -> str:
        """The sha256 of a document's file; raises `DocumentGone`."""
        with self._database.reading() as connection:
            return documents.content_of(connection, document_id)

    def is_complete(self, document_id: int) -> bool:
        """Whether there is this document, and it can be seen."""
        with self._database.reading() as connection:
            return documents.is_complete(connection, document_id)

    def start_document(self, sha256: str, info: DocumentInfo) -> int:
        """Add a document that nobody sees yet, in place of an unfinished one with this content."""
        with self._database.writing() as connection:
            ledger.drop_documents(connection, documents.incomplete(connection, sha256))
            return documents.start(connection, sha256, info)

    def write_pages(self, document_id: int, pages: Sequence[Page]) -> None:
        """Add the next pages of a started document."""
        with self._database.writing() as connection:
            documents.write_pages(connection, document_id, pages)

    def write_chunks(
        self,
        document_id: int,
        chunks: Sequence[Chunk],
        keys: Sequence[str],
        vectors: ChunkVectors | None,
        fingerprint: str = "",
    ) -> list[int]:
        """Add the next chunks of a started document in reading order; returns their rising ids.

        `keys[n]` names the text that the vectors of chunk n were made of, see `known_vectors`. They
        are None where there is no embedder like the one in use, whose `fingerprint` they must have.
        """
        with self._database.writing() as connection:
            return documents.write_chunks(
                connection, document_id, chunks, keys, vectors, fingerprint
            )

    def known_vectors(self, keys: Sequence[str]) -> dict[str, tuple[FloatMatrix, bytes]]:
        """Stored vectors, with the traces, by the key of the text they were made of.

        Unknown keys are left out.
        """
        with self._database.reading() as connection:
            return embedders.known_vectors(connection, keys)

    def finish_document(self, document_id: int, record: FileRecord) -> list[int]:
        """Let the document be seen, by `record.path`, in place of the one that this path showed.

        Returns the chunks that are gone; `erase_leftovers` is due then.
        """
        with self._changing() as connection:
            connection.execute("UPDATE document SET complete = 1 WHERE id = ?", (document_id,))
            drafts.settle(connection, document_id)
            likeness.note(connection, document_id)
            return ledger.link(connection, record, document_id)

    def link_file(self, record: FileRecord, document_id: int) -> list[int]:
        """Let `record.path` show a finished document too; returns the chunks that are gone.

        `erase_leftovers` is due then.
        """
        with self._changing() as connection:
            return ledger.link(connection, record, document_id)

    def drop_incomplete(self) -> list[int]:
        """Drop the documents that were never finished; returns the chunks that are gone.

        The pages and vectors in `drafts` stay while their file waits. Nothing of the others, and
        of what an interrupted reading dropped, is left then.
        """
        with self._database.writing() as connection:
            gone = drafts.drop_unwanted(connection)
        self.erase_leftovers()
        return gone

    # ------------------------------------------------------------ reading documents

    def document_text(self, document_id: int) -> DocumentText:
        """The reading text of a document."""
        with self._database.reading() as connection:
            return documents.text_of(connection, document_id)

    def page_states(self, document_id: int) -> list[documents.PageState]:
        """How each page of a document was read, in order."""
        with self._database.reading() as connection:
            return documents.page_states(connection, document_id)

    def page_glyphs(self, document_id: int, page: int) -> tuple[bytes, bytes]:
        """What `Page.glyphs` and `Page.boxes` were for this page, counted from 1."""
        with self._database.reading() as connection:
            return documents.glyphs_of(connection, document_id, page)

    def chunks(self, chunk_ids: Sequence[int], scope: Scope = NO_LIMIT) -> list[StoredChunk]:
        """The chunks of complete documents among `chunk_ids`, in their order.

        Each is shown in a file within `scope` where its document has one there.
        """
        with self._database.reading() as connection:
            found = documents.chunks(connection, chunk_ids)
        if not scope.limits_files:
            return found
        shown = self._scopes.shown_within({c.document_id for c in found}, scope)
        return [replace(c, path=shown.get(c.document_id, c.path)) for c in found]

    def neighbours(self, chunk_id: int, before: int, after: int) -> list[StoredChunk]:
        """A chunk between those `before` and `after` it, as far as its document has them."""
        with self._database.reading() as connection:
            return documents.neighbours(connection, chunk_id, before, after)

    def count_chunks(self, document_ids: Collection[int] | None = None) -> int:
        """How many chunks can be found, in `document_ids` unless None."""
        with self._database.reading() as connection:
            return documents.count_chunks(connection, document_ids)

    # ------------------------------------------------------------ searching

    def documents_in(self, scope: Scope) -> frozenset[int] | None:
        """The complete documents in `scope`, None when it sets no limit.

        Raises `NotInLibrary`, and `NothingInScope` where no file is what the scope asks for.
        """
        return self._scopes.documents(scope)

    def chunks_in(self, scope: Scope) -> ChunkSet | None:
        """The chunks in `scope`, None when it leaves nothing out; raises as `documents_in`."""
        return self._scopes.chunks(scope)

    def chunks_of(self, document_ids: Collection[int]) -> ChunkSet:
        """The chunks of some documents."""
        return self._scopes.chunks_of(document_ids)

    def documents_shown(self, scope: Scope) -> list[tuple[int, tuple[Path, ...]]]:
        """The complete documents in `scope` with their files there, by their first path."""
        return self._scopes.documents_shown(scope)

    def coverage(self, scope: Scope) -> tuple[int, int]:
        """How many files in `scope` are read, and how many wait for it or are being read."""
        return self._scopes.coverage(scope)

    def search_words(self, question: str, top_k: int, within: ChunkSet | None) -> list[ScoredChunk]:
        """The chunks that share words with `question`, by BM25 (above 0), best first."""
        with self._database.reading() as connection:
            wanted = lexical.wanted_of(connection, question, self._vocabulary)
            return lexical.search(connection, wanted, top_k, within)

    def document_frequency(self, words: Sequence[str]) -> tuple[list[int], int]:
        """In how many chunks each of `words` (from `indexed_words`) occurs, and of how many."""
        with self._database.reading() as connection:
            return lexical.frequencies(connection, words), lexical.count_chunks(connection)

    def indexed_words(self, text: str) -> list[str]:
        """The words of `text` as the word index holds them, each once, in order."""
        return words.terms(text)

    def word_places(self, text: str) -> tuple[list[tuple[int, int, int]], int]:
        """Where each word of `text` begins and ends, and in how many of how many chunks it occurs.

        Pairs of characters of scripts without spaces overlap.
        """
        found = list(words.spans(text))
        terms = list(dict.fromkeys(term for span in found for term in span.terms))
        frequencies, chunks = self.document_frequency(terms)
        known = dict(zip(terms, frequencies, strict=True))
        places = [
            (span.start, span.end, min((known[term] for term in span.terms), default=0))
            for span in found
        ]
        return places, chunks

    def matches(self, question: str, texts: Sequence[str]) -> list[tuple[Place, ...]]:
        """Where the words of `question`, in any form, and its quotations stand in each of `texts`.

        Code point offsets, rising, never overlapping. Words that name nothing are left out.
        """
        with self._database.reading() as connection:
            marker = Marker(lexical.wanted_of(connection, question, self._vocabulary))
        return [marker.places(text) for text in texts]

    # ------------------------------------------------------------ vectors

    def traces(self, chunk_ids: Sequence[int], fingerprint: str) -> dict[int, bytes]:
        """What the embedder with this fingerprint left of the tokens of `chunk_ids`.

        Those that it has not embedded are left out.
        """
        with self._database.reading() as connection:
            return embedders.traces(connection, chunk_ids, fingerprint)

    def vectors(self) -> StoredVectors:
        """The vectors of complete documents by the embedder in use."""
        blocks = list(self._vector_blocks(ALL_ROWS, unfinished_too=False))
        return blocks[0] if blocks else StoredVectors.none()

    def vector_blocks(self, rows: int) -> Generator[StoredVectors, None, None]:
        """The vectors by the embedder in use in blocks of `rows`, unfinished documents' too."""
        return self._vector_blocks(rows, unfinished_too=True)

    def count_vectors(self) -> int:
        """How many vectors `vector_blocks` gives."""
        with self._database.reading() as connection:
            known = embedders.with_role(connection, embedders.Role.CURRENT)
            return embedders.count_vectors(connection, known) if known else 0

    def _vector_blocks(
        self, rows: int, *, unfinished_too: bool
    ) -> Generator[StoredVectors, None, None]:
        with self._database.reading() as connection:
            known = embedders.with_role(connection, embedders.Role.CURRENT)
            if known is not None:
                yield from embedders.vectors(connection, known, rows, unfinished_too=unfinished_too)

    def complete_among(self, chunk_ids: Sequence[int]) -> set[int]:
        """Those of `chunk_ids` that belong to complete documents."""
        with self._database.reading() as connection:
            return documents.complete_among(connection, chunk_ids)
