"""Catalog rows and the records they stand for."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rag.database import Row
from rag.protocols import FloatMatrix
from rag.records import Chunk, FileRecord, FileState, Heading, Mark, Table

HalfMatrix = NDArray[np.float16]
IdArray = NDArray[np.int64]

FILE_COLUMNS = (
    "path, root, state, reason, pages, words, chunks, scanned_pages, empty_pages, seconds,"
    " size_bytes, modified_ns, paged, unread_pages, locked, failures, first_seen, last_seen, device"
)
CHUNK_COLUMNS = "chunk.start, chunk.end, text, first_page, last_page, heading, place, context"
_HALF = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as the catalog holds it, with a file that it can be shown in."""

    chunk_id: int
    document_id: int
    path: Path  # of its document's files the first that is still there
    title: str
    paged: bool
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """Vectors of chunks: row n of `matrix` is that of `ids[n]` in `document_ids[n]`; ids rise."""

    ids: IdArray
    document_ids: IdArray
    matrix: HalfMatrix

    @classmethod
    def none(cls) -> StoredVectors:
        """Not a single one."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 0), np.float16))


def path_bytes(path: Path) -> bytes:
    """`path` as the system names it, also where that is not valid text."""
    return os.fsencode(path)


def path_of(stored: object) -> Path:
    """The path that `path_bytes` made `stored` of."""
    return Path(os.fsdecode(cast("bytes", stored)))


def clean(text: str) -> str:
    """`text` with what UTF-8 cannot hold (lone surrogates) replaced, one code point by one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def file_row(record: FileRecord) -> Row:
    """The values of `FILE_COLUMNS`."""
    return (
        path_bytes(record.path),
        path_bytes(record.root),
        record.state.value,
        clean(record.reason),
        record.pages,
        record.words,
        record.chunks,
        record.scanned_pages,
        record.empty_pages,
        record.seconds,
        record.size_bytes,
        record.modified_ns,
        record.paged,
        record.unread_pages,
        record.locked,
        record.failures,
        record.first_seen,
        record.last_seen,
        record.device,
    )


def file_record(row: Row) -> FileRecord:
    """The record of a row of `FILE_COLUMNS`, the path that holds its document, and one like it."""
    path, root, state, reason, *numbers, holder, like = row
    counts, (paged, unread, locked, *times) = numbers[:8], numbers[8:]
    failures, first_seen, last_seen, device = cast("tuple[int, float, float, int]", tuple(times))
    return FileRecord(
        path_of(path),
        path_of(root),
        FileState(cast("str", state)),
        cast("str", reason),
        *cast("list[int]", counts),
        paged=bool(paged),
        same_as=path_of(holder) if holder is not None and holder != path else None,
        like=path_of(like) if like is not None else None,
        unread_pages=cast("int", unread),
        locked=bool(locked),
        failures=failures,
        first_seen=first_seen,
        last_seen=last_seen,
        device=device,
    )


def stored_chunk(row: Row) -> StoredChunk:
    """The record of a row of id, document id, path, title, paged and `CHUNK_COLUMNS`."""
    chunk_id, document_id, path, title, paged, *chunk = row
    return StoredChunk(
        cast("int", chunk_id),
        cast("int", document_id),
        path_of(path),
        cast("str", title),
        bool(paged),
        Chunk(*cast("tuple[int, int, str, int, int, str, str, str]", tuple(chunk))),
    )


def headings_text(headings: tuple[Heading, ...]) -> str:
    """`headings` as JSON."""
    return json.dumps([[h.start, h.end, h.level, clean(h.title)] for h in headings])


def headings_of(stored: object) -> tuple[Heading, ...]:
    """The headings that `headings_text` made `stored` of."""
    return tuple(Heading(*fields) for fields in json.loads(cast("str", stored)))


def tables_text(tables: tuple[Table, ...]) -> str:
    """`tables` as JSON."""
    return json.dumps([[t.start, t.end, clean(t.caption), clean(t.heads)] for t in tables])


def tables_of(stored: object) -> tuple[Table, ...]:
    """The tables that `tables_text` made `stored` of."""
    return tuple(Table(*fields) for fields in json.loads(cast("str", stored)))


def marks_text(marks: tuple[Mark, ...]) -> str:
    """`marks` as JSON."""
    return json.dumps([[mark.start, clean(mark.name)] for mark in marks])


def marks_of(stored: object) -> tuple[Mark, ...]:
    """The marks that `marks_text` made `stored` of."""
    return tuple(Mark(*fields) for fields in json.loads(cast("str", stored)))


def half_bytes(vectors: FloatMatrix) -> list[bytes]:
    """The rows of `vectors` as they are stored."""
    return [row.tobytes() for row in vectors.astype(_HALF)]


def full_vector(stored: object) -> NDArray[np.float32]:
    """The vector that `half_bytes` made `stored` of, within the precision of float16."""
    return np.frombuffer(cast("bytes", stored), _HALF).astype(np.float32)


def half_matrix(stored: list[bytes], dimension: int) -> HalfMatrix:
    """Stored vectors as the rows of a writable matrix."""
    joined = np.frombuffer(b"".join(stored), _HALF).astype(np.float16)
    return joined.reshape(len(stored), dimension)
