"""Writes what was read into the catalog and the vector index, beside the embedding.

A document becomes visible in one transaction, after its vectors are in the vector index.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from rag.cancel import CancelToken
from rag.disk.scan import FoundPath
from rag.errors import Cancelled, DiskFull, ReaderFailed
from rag.index.catalog import Catalog
from rag.index.documents import PageState
from rag.protocols import ChunkVectors, VectorIndex
from rag.reading import verdict
from rag.reading.counting import OpenCounter, TokenDesk, no_counter
from rag.reading.read_ahead import KnownContent, ParsedFile, UnreadFile
from rag.records import FileRecord, FileState

_WAITING = 32  # documents; more only cost memory
_CHUNKS_AT_ONCE = 256  # in one transaction, so that nobody who writes waits long


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file that is ready to be written.

    `vectors` are None where words alone are searched, and where the draft holds them.
    """

    parsed: ParsedFile
    keys: Sequence[str]
    vectors: ChunkVectors | None
    draft_holds_vectors: bool = False

    @property
    def found(self) -> FoundPath:
        """The file that it is of."""
        return self.parsed.found


@dataclass(frozen=True, slots=True)
class Written:
    """A file whose line in the ledger is final."""

    source: EmbeddedFile | KnownContent | UnreadFile
    record: FileRecord | None  # None where it must be read after all: what it shows is gone


class Writer:
    """One thread that writes one file after the other; used by one other thread."""

    def __init__(
        self,
        catalog: Catalog,
        vectors: VectorIndex,
        fingerprint: str,
        open_counter: OpenCounter = no_counter,
    ) -> None:
        """`fingerprint` is that of the embedder that made the vectors."""
        self._tokens = TokenDesk(catalog, open_counter)
        self._catalog = catalog
        self._vectors = vectors
        self._fingerprint = fingerprint
        self._cancel = CancelToken()
        self._changed = threading.Condition()
        self._waiting: deque[EmbeddedFile | KnownContent | UnreadFile] = deque()
        self._written: deque[Written] = deque()
        self._failure: BaseException | None = None
        self._in_hand = False
        self._uncounted: int | None = None  # the document that was written just now
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="write-documents")
        self._thread.start()

    def put(self, item: EmbeddedFile | KnownContent | UnreadFile) -> None:
        """Write `item` after those before it."""
        with self._changed:
            self._waiting.append(item)
            self._changed.notify_all()

    @property
    def is_busy(self) -> bool:
        """Whether something is being written or waits for it, or was and is not yet taken."""
        with self._changed:
            return self._in_hand or bool(self._waiting) or bool(self._written)

    @property
    def is_full(self) -> bool:
        """Whether more should not be put before something was written."""
        return len(self._waiting) >= _WAITING

    def take(self, wait_s: float = 0.0) -> list[Written]:
        """What was written since the last time; waits so long for the first.

        Raises `DiskFull`, `LibraryUnwritable`, and then nothing more is written.
        """
        with self._changed:
            if wait_s and not self._written and self._failure is None:
                self._changed.wait(wait_s)
            if self._failure is not None:
                raise self._failure
            taken = list(self._written)
            self._written.clear()
            return taken

    def close(self) -> None:
        """Finish or leave the file in hand, whichever is sooner, drop those that wait."""
        self._cancel.cancel()
        with self._changed:
            self._ended = True
            self._waiting.clear()
            self._changed.notify_all()
        self._thread.join()

    # ------------------------------------------------------------ in the thread

    def _work(self) -> None:
        try:
            while (item := self._next()) is not None:
                self._uncounted = None
                record = self._write(item)
                with self._changed:
                    self._written.append(Written(item, record))
                    self._changed.notify_all()
                self._count_tokens()
                with self._changed:
                    self._in_hand = False
                    self._changed.notify_all()
        except Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for it
            with self._changed:
                self._failure = error
                self._changed.notify_all()
        finally:
            self._tokens.close()

    def _next(self) -> EmbeddedFile | KnownContent | UnreadFile | None:
        with self._changed:
            while not self._waiting and not self._ended:
                self._changed.wait()
            if self._ended:
                return None
            self._in_hand = True
            return self._waiting.popleft()

    def _write(self, item: EmbeddedFile | KnownContent | UnreadFile) -> FileRecord | None:
        match item:
            case EmbeddedFile():
                record = self._finished(item)
            case KnownContent(_, document_id):
                if not self._catalog.is_complete(document_id):
                    return None
                record = self._linked(item)
            case UnreadFile():
                record = verdict.of_failure(item.found, item.error, item.seconds)
                if isinstance(item.error, ReaderFailed) and not record.quarantined:
                    self._catalog.save_files([record])  # another process may get further
                else:
                    self._give_up(record)
        return self._catalog.file(record.path) or record

    def _give_up(self, record: FileRecord) -> None:
        """Keep the line of a file that cannot be read, but nothing of what it said before."""
        catalog = self._catalog
        if catalog.document_of(record.path) is None:
            self._vectors.delete(catalog.drafts.drop(record.path))
        else:
            self._vectors.delete(catalog.forget_files([record.path]))
        catalog.save_files([record])

    def _linked(self, known: KnownContent) -> FileRecord:
        """Let a file show the document that another path, or the same, showed already."""
        catalog = self._catalog
        text = catalog.document_text(known.document_id)
        read = verdict.ReadText(
            pages=catalog.page_states(known.document_id),
            words=len(text.text.split()),
            chunks=catalog.count_chunks({known.document_id}),
            paged=text.paged,
        )
        record = verdict.of_text(known.found, read)
        self._vectors.delete(catalog.link_file(record, known.document_id))
        return record

    def _finished(self, item: EmbeddedFile) -> FileRecord:
        parsed = item.parsed
        read = verdict.ReadText(
            pages=[PageState.of(page) for page in parsed.pages],
            words=sum(len(page.text.split()) for page in parsed.pages),
            chunks=len(parsed.chunks),
            paged=parsed.info.paged,
            seconds=parsed.seconds,
        )
        record = verdict.of_text(parsed.found, read)
        if record.state is FileState.FAILED:
            self._give_up(record)
            return record
        catalog = self._catalog
        document_id = catalog.find_document(parsed.sha256)
        if document_id is not None:
            self._vectors.delete(catalog.link_file(record, document_id))
            return record
        document_id = self._started(parsed)
        step = _CHUNKS_AT_ONCE
        for first in range(0, len(parsed.chunks), step):
            self._cancel.check()
            self._write_chunks(document_id, item, slice(first, first + step))
        self._vectors.delete(catalog.finish_document(document_id, record))
        self._uncounted = document_id
        return record

    def _count_tokens(self) -> None:
        """Count a document that can be seen already, and was told of, unless reading ends now."""
        if self._uncounted is None:
            return
        with suppress(Cancelled, DiskFull):  # counted in a quiet moment then
            self._tokens.count(self._uncounted, self._cancel)

    def _started(self, parsed: ParsedFile) -> int:
        """The unfinished document with all its pages and no chunk."""
        catalog = self._catalog
        if parsed.draft_id is not None:
            self._vectors.delete(catalog.drafts.drop_chunks(parsed.draft_id))
            return parsed.draft_id
        document_id = catalog.start_document(parsed.sha256, parsed.info)
        catalog.write_pages(document_id, parsed.pages)
        return document_id

    def _write_chunks(self, document_id: int, item: EmbeddedFile, part: slice) -> None:
        """Write some chunks with their vectors, which for a draft lie in the catalog."""
        chunks, keys = item.parsed.chunks[part], item.keys[part]
        vectors = item.vectors
        if vectors is not None:
            vectors = vectors.rows(range(*part.indices(len(vectors))))
        elif item.draft_holds_vectors:
            known = self._catalog.known_vectors(keys)
            vectors = ChunkVectors.of([known[key] for key in keys])
        ids = self._catalog.write_chunks(document_id, chunks, keys, vectors, self._fingerprint)
        if vectors is not None:
            self._vectors.upsert(ids, [document_id] * len(ids), vectors.matrix)
