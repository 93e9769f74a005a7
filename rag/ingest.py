"""Brings files into the library: parsed ahead, embedded in length-sorted batches, then indexed.

A document becomes visible in one transaction, after its vectors are in the vector index.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rag.cancel import CancelToken
from rag.embedding_batches import EmbeddedText, embed_in_batches
from rag.errors import NoTextInFile, NoTextLayer
from rag.events import FilesChanged, IngestEvent, ReadingProgress
from rag.gate import ReadingGate
from rag.index.catalog import Catalog
from rag.protocols import ChunkVectors, Embedder, VectorIndex
from rag.read_ahead import KnownContent, Outcome, PageReader, ParsedFile, ReadAhead, UnreadFile
from rag.records import FileRecord, FileState, PageKind
from rag.scan import FoundPath

_GROUP_CHUNKS = 256  # embedded together, so that batches are of one length
_GROUP_S = 2.0  # how long the first document of a group waits for others
_PROGRESS_S = 0.1


@dataclass(slots=True)
class _Tally:
    """What was done so far, for progress and the summary."""

    total: int
    total_bytes: int
    begun: float = field(default_factory=time.monotonic)
    waited_s: float = 0.0
    done: int = 0
    done_bytes: int = 0
    read: int = 0
    failed: int = 0

    def seconds_left(self) -> float | None:
        spent = time.monotonic() - self.begun - self.waited_s
        if spent < 2 or not self.done_bytes:
            return None
        return spent / self.done_bytes * (self.total_bytes - self.done_bytes)


@dataclass(frozen=True, slots=True)
class Indexer:
    """The parts that reading needs, and the order in which they are used."""

    catalog: Catalog
    vectors: VectorIndex
    embedder: Embedder
    reader: PageReader
    gate: ReadingGate
    threads: int

    def read(
        self, files: Sequence[FoundPath], cancel: CancelToken
    ) -> Generator[IngestEvent, None, tuple[int, int]]:
        """Read `files`, the small ones first; ends in how many were read and how many failed.

        When cancelled, what was finished stays and the rest keeps waiting. Raises `Cancelled`,
        `DiskFull`.
        """
        tally = _Tally(len(files), sum(found.size_bytes for found in files))
        ahead = ReadAhead(
            self.reader,
            self.catalog.find_document,
            self.gate.wait,
            self.threads,
        )
        group: list[ParsedFile] = []
        again: list[FoundPath] = []
        group_begun = shown = time.monotonic()
        outcomes = ahead.outcomes(sorted(files, key=lambda found: found.size_bytes))
        try:
            for outcome in outcomes:
                yield from self._pass_border(tally, ahead, cancel)
                now = time.monotonic()
                if isinstance(outcome, ParsedFile):
                    group_begun = group_begun if group else now
                    group.append(outcome)
                elif isinstance(outcome, KnownContent) and not self._is_known(outcome):
                    again.append(outcome.found)
                elif outcome is not None:
                    yield FilesChanged((self._settle(outcome, tally),))
                chunks = sum(len(parsed.chunks) for parsed in group)
                if group and (chunks >= _GROUP_CHUNKS or now - group_begun > _GROUP_S):
                    yield from self._index(group, tally, ahead, cancel)
                    group = []
                if now - shown > _PROGRESS_S:
                    shown = now
                    yield _progress(tally, ahead, self.gate)
            yield from self._index(group, tally, ahead, cancel)
            yield _progress(tally, ahead, self.gate)
        finally:
            outcomes.close()
        if again:
            read, failed = yield from self.read(again, cancel)
            return tally.read + read, tally.failed + failed
        return tally.read, tally.failed

    def _is_known(self, known: KnownContent) -> bool:
        """Whether the content is still in the catalog, now that other files were indexed."""
        return self.catalog.find_document(known.sha256) == known.document_id

    def _pass_border(
        self, tally: _Tally, ahead: ReadAhead, cancel: CancelToken
    ) -> Iterator[IngestEvent]:
        if self.gate.paused:
            yield _progress(tally, ahead, self.gate)
        begun = time.monotonic()
        self.gate.wait(cancel)
        tally.waited_s += time.monotonic() - begun

    def _settle(self, outcome: Outcome, tally: _Tally) -> FileRecord:
        """Put a file that needs no embedding into the catalog."""
        tally.done += 1
        tally.done_bytes += outcome.found.size_bytes
        if isinstance(outcome, UnreadFile):
            tally.failed += 1
            record = replace(outcome.found.as_file(), state=FileState.FAILED, reason=outcome.reason)
            self._forget_content(record)
        elif isinstance(outcome, KnownContent):
            tally.read += 1
            record = self._record_of_known(outcome)
            self.vectors.delete(self.catalog.link_file(record, outcome.document_id))
        else:
            raise TypeError(outcome)
        return self.catalog.file(record.path) or record

    def _forget_content(self, record: FileRecord) -> None:
        """Keep the line of a file that cannot be read, but nothing of what it said before."""
        self.vectors.delete(self.catalog.forget_files([record.path]))
        self.catalog.save_files([record])

    def _record_of_known(self, known: KnownContent) -> FileRecord:
        """The line of a file whose document another path, or the same, showed already."""
        kinds = self.catalog.page_kinds(known.document_id)
        chunks = self.catalog.count_chunks({known.document_id})
        text = self.catalog.document_text(known.document_id)
        return _read_record(known.found, kinds, text.text, chunks, 0.0, paged=text.paged)

    def _index(
        self, group: Sequence[ParsedFile], tally: _Tally, ahead: ReadAhead, cancel: CancelToken
    ) -> Iterator[IngestEvent]:
        """Embed a group of documents and make them visible one by one."""
        texts = [EmbeddedText(c.context, c.text) for parsed in group for c in parsed.chunks]
        keys = [text.key(self.embedder.identity.fingerprint) for text in texts]
        vectors = yield from self._vectors(texts, keys, tally, ahead, cancel)
        offset = 0
        for parsed in group:
            rows = range(offset, offset + len(parsed.chunks))
            offset = rows.stop
            own = None if vectors is None else vectors.rows(rows)
            record = self._finish(parsed, keys[rows.start : rows.stop], own)
            tally.done += 1
            tally.done_bytes += parsed.found.size_bytes
            if record.state is FileState.FAILED:
                tally.failed += 1
            else:
                tally.read += 1
            yield FilesChanged((record,))

    def _finish(
        self, parsed: ParsedFile, keys: Sequence[str], vectors: ChunkVectors | None
    ) -> FileRecord:
        catalog = self.catalog
        kinds = [page.kind for page in parsed.pages]
        text = "\f".join(page.text for page in parsed.pages)
        record = _read_record(
            parsed.found, kinds, text, len(parsed.chunks), parsed.seconds, paged=parsed.info.paged
        )
        if record.state is FileState.FAILED:
            self._forget_content(record)
            return record
        document_id = catalog.find_document(parsed.sha256)
        if document_id is None:
            document_id = catalog.start_document(parsed.sha256, parsed.info)
            catalog.write_pages(document_id, parsed.pages)
            chunk_ids = catalog.write_chunks(
                document_id, parsed.chunks, keys, vectors, self.embedder.identity.fingerprint
            )
            if vectors is not None:
                self.vectors.upsert(chunk_ids, [document_id] * len(chunk_ids), vectors.matrix)
            gone = catalog.finish_document(document_id, record)
        else:
            gone = catalog.link_file(record, document_id)
        self.vectors.delete(gone)
        return catalog.file(record.path) or record

    def _vectors(
        self,
        texts: Sequence[EmbeddedText],
        keys: Sequence[str],
        tally: _Tally,
        ahead: ReadAhead,
        cancel: CancelToken,
    ) -> Generator[IngestEvent, None, ChunkVectors | None]:
        """A row for each of `texts`; None where the vectors are another embedder's.

        Then the words alone are searched until this one has taken over.
        """
        identity = self.embedder.identity
        in_use = self.catalog.embedders.in_use()
        if in_use is not None and in_use.fingerprint != identity.fingerprint:
            return None
        matrix = np.zeros((len(texts), identity.dimension), np.float32)
        traces = [b""] * len(texts)
        yield from self._pass_border(tally, ahead, cancel)
        for rows, made in embed_in_batches(self.catalog, self.embedder, texts, keys):
            matrix[rows] = made.matrix
            for row, trace in zip(rows, made.traces, strict=True):
                traces[row] = trace
            yield _progress(tally, ahead, self.gate)
            yield from self._pass_border(tally, ahead, cancel)
        return ChunkVectors(matrix, tuple(traces))


def _progress(tally: _Tally, ahead: ReadAhead, gate: ReadingGate) -> ReadingProgress:
    path, page, pages = ahead.current or (None, 0, 0)
    return ReadingProgress(
        files_done=tally.done,
        files_total=tally.total,
        current=path,
        page=page,
        pages=pages,
        seconds_left=tally.seconds_left(),
        paused=gate.paused,
    )


def _what_is_missing(scanned: int, broken: int, pages: int) -> str:
    if scanned == pages:
        return "It is a scan: of its pages only a few words could be read."
    missing = [
        f"{count} of {pages} pages {what}"
        for count, what in ((scanned, "are scans without text"), (broken, "are damaged"))
        if count
    ]
    return f"{' and '.join(missing)}; the other pages were read."


def _read_record(
    found: FoundPath,
    kinds: Sequence[PageKind],
    text: str,
    chunks: int,
    seconds: float,
    *,
    paged: bool,
) -> FileRecord:
    """The ledger's line for a file whose pages were read, told by what was on them."""
    scanned, broken = kinds.count(PageKind.SCANNED), kinds.count(PageKind.FAILED)
    state, reason = FileState.READY, ""
    if not chunks:
        state = FileState.FAILED
        reason = str(NoTextLayer(found.path) if scanned else NoTextInFile(found.path))
    elif scanned or broken:
        state, reason = FileState.PARTIAL, _what_is_missing(scanned, broken, len(kinds))
    return replace(
        found.as_file(),
        state=state,
        reason=reason,
        pages=len(kinds),
        words=len(text.split()),
        chunks=chunks,
        scanned_pages=scanned,
        empty_pages=kinds.count(PageKind.EMPTY),
        seconds=seconds,
        paged=paged,
    )
