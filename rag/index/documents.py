"""The catalog's documents: pages, chunks and vectors, written in batches and read back."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from rag.database import Connection
from rag.errors import DocumentGone
from rag.index import embedders
from rag.index.lexical import add_words
from rag.index.rows import (
    CHUNK_COLUMNS,
    StoredChunk,
    clean,
    headings_of,
    headings_text,
    marks_of,
    marks_text,
    stored_chunk,
    tables_of,
    tables_text,
)
from rag.protocols import ChunkVectors
from rag.records import Chunk, DocumentInfo, DocumentText, Page, PageKind

# Of the files that show a document the first that is still there.
_PLACE = """(
    SELECT path FROM file WHERE file.document_id = document.id
    ORDER BY state = 'missing', linked LIMIT 1
)"""
_CHUNKS = f"""
    SELECT chunk.id, document.id, {_PLACE} AS path, title, paged, {CHUNK_COLUMNS}
    FROM chunk
    JOIN passage ON passage.chunk_id = chunk.id
    JOIN document ON document.id = chunk.document_id
    WHERE complete AND path IS NOT NULL
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class PageState:
    """How a page was read."""

    kind: PageKind
    has_text: bool
    problem: str  # as `Page.problem`

    @classmethod
    def of(cls, page: Page) -> PageState:
        """That of a page that is not in the catalog yet."""
        return cls(page.kind, bool(page.text), page.problem)


def find(connection: Connection, sha256: str) -> int | None:
    """The newest complete document with this content."""
    row = connection.execute(
        "SELECT max(id) FROM document WHERE sha256 = ? AND complete", (sha256,)
    ).fetchone()
    return cast("int | None", row[0])


def content_of(connection: Connection, document_id: int) -> str:
    """The hash of a document's file; raises `DocumentGone`."""
    row = connection.execute("SELECT sha256 FROM document WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        raise DocumentGone
    return str(row[0])


def is_complete(connection: Connection, document_id: int) -> bool:
    """Whether there is this document, and it can be seen."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM document WHERE id = ? AND complete)", (document_id,)
    ).fetchone()
    return bool(row[0])


def incomplete(connection: Connection, sha256: str | None = None) -> list[int]:
    """The documents that were never finished, with this content if one is given."""
    rows = connection.execute(
        "SELECT id FROM document WHERE NOT complete AND (?1 IS NULL OR sha256 = ?1)", (sha256,)
    )
    return [int(document_id) for (document_id,) in rows]


def start(connection: Connection, sha256: str, info: DocumentInfo) -> int:
    """Add an incomplete document."""
    cursor = connection.execute(
        "INSERT INTO document (sha256, title, page_count, paged, format) VALUES (?, ?, ?, ?, ?)",
        (sha256, clean(info.title), info.page_count, info.paged, info.format),
    )
    return cast("int", cursor.lastrowid)


def write_pages(connection: Connection, document_id: int, pages: Sequence[Page]) -> None:
    """Add pages."""
    connection.executemany(
        "INSERT INTO page (document_id, number, label, kind, headings, text, glyphs, tables,"
        " marks, boxes, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                document_id,
                page.number,
                clean(page.label),
                page.kind.value,
                headings_text(page.headings),
                clean(page.text),
                page.glyphs,
                tables_text(page.tables),
                marks_text(page.marks),
                page.boxes,
                clean(page.problem),
            )
            for page in pages
        ),
    )


def write_chunks(
    connection: Connection,
    document_id: int,
    chunks: Sequence[Chunk],
    keys: Sequence[str],
    vectors: ChunkVectors | None,
    fingerprint: str,
) -> list[int]:
    """Add chunks with their words, and vectors by the embedder in use; returns their ids."""
    title = connection.execute(
        "SELECT title FROM document WHERE id = ?", (document_id,)
    ).fetchone()[0]
    ids = [
        cast(
            "int",
            connection.execute(
                "INSERT INTO chunk (document_id, start, end, first_page, last_page)"
                " VALUES (?, ?, ?, ?, ?)",
                (document_id, chunk.start, chunk.end, chunk.first_page, chunk.last_page),
            ).lastrowid,
        )
        for chunk in chunks
    ]
    connection.executemany(
        "INSERT INTO passage (chunk_id, text, heading, place, context) VALUES (?, ?, ?, ?, ?)",
        (
            (chunk_id, clean(c.text), clean(c.heading), clean(c.place), clean(c.context))
            for chunk_id, c in zip(ids, chunks, strict=True)
        ),
    )
    if vectors is not None:
        embedder = embedders.in_use_for(connection, fingerprint, vectors.matrix.shape[1])
        owners = [document_id] * len(ids)
        embedders.write_vectors(connection, embedder, ids, owners, keys, vectors)
    add_words(connection, title, ids, chunks)
    return ids


def page_states(connection: Connection, document_id: int) -> list[PageState]:
    """How each page of a document was read, in order."""
    rows = connection.execute(
        "SELECT kind, text <> '', problem FROM page WHERE document_id = ? ORDER BY number",
        (document_id,),
    )
    return [PageState(PageKind(kind), bool(has_text), problem) for kind, has_text, problem in rows]


def text_of(connection: Connection, document_id: int) -> DocumentText:
    """The reading text of a document; raises `DocumentGone`."""
    info = connection.execute(
        "SELECT title, page_count, paged, format FROM document WHERE id = ?", (document_id,)
    ).fetchone()
    if info is None:
        raise DocumentGone
    pages = pages_of(connection, document_id, whole=False)
    return DocumentText.from_pages(DocumentInfo(info[0], info[1], bool(info[2]), info[3]), pages)


def pages_of(connection: Connection, document_id: int, *, whole: bool) -> list[Page]:
    """The pages of a document in order; `whole` with what only showing and reading them needs."""
    more = "glyphs, boxes, tables, problem" if whole else "x'', x'', '[]', ''"
    rows = connection.execute(
        f"SELECT number, label, text, kind, headings, marks, {more} FROM page"  # noqa: S608
        " WHERE document_id = ? ORDER BY number",
        (document_id,),
    )
    return [
        Page(
            int(number),
            str(label),
            str(text),
            PageKind(kind),
            headings_of(headings),
            glyphs=glyphs,
            tables=tables_of(tables),
            marks=marks_of(marks),
            boxes=boxes,
            problem=str(problem),
        )
        for number, label, text, kind, headings, marks, glyphs, boxes, tables, problem in rows
    ]


def glyphs_of(connection: Connection, document_id: int, page: int) -> tuple[bytes, bytes]:
    """The glyph map of a page, and the boxes that it counts on a scan; raises `DocumentGone`."""
    row = connection.execute(
        "SELECT glyphs, boxes FROM page WHERE document_id = ? AND number = ?", (document_id, page)
    ).fetchone()
    if row is None:
        raise DocumentGone
    return row[0], row[1]


def chunks(connection: Connection, chunk_ids: Sequence[int]) -> list[StoredChunk]:
    """The chunks of complete documents among `chunk_ids`, in their order."""
    rows = connection.execute(
        f"{_CHUNKS} AND chunk.id IN (SELECT value FROM json_each(?))",  # noqa: S608
        (json.dumps(list(chunk_ids)),),
    )
    found = {chunk.chunk_id: chunk for chunk in map(stored_chunk, rows)}
    return [found[chunk_id] for chunk_id in chunk_ids if chunk_id in found]


def neighbours(connection: Connection, chunk_id: int, before: int, after: int) -> list[StoredChunk]:
    """A chunk between those written `before` and `after` it, as far as its document has them."""
    ids = connection.execute(
        """
        WITH here AS (SELECT id, document_id FROM chunk WHERE id = ?)
        SELECT * FROM (
            SELECT chunk.id FROM chunk, here WHERE chunk.document_id = here.document_id
            AND chunk.id <= here.id ORDER BY chunk.id DESC LIMIT ?
        ) UNION ALL SELECT * FROM (
            SELECT chunk.id FROM chunk, here WHERE chunk.document_id = here.document_id
            AND chunk.id > here.id ORDER BY chunk.id LIMIT ?
        )
        """,
        (chunk_id, before + 1, after),
    )
    return chunks(connection, sorted(int(found) for (found,) in ids))


def count_chunks(connection: Connection, document_ids: Collection[int] | None) -> int:
    """How many chunks complete documents have, or those of `document_ids` that are complete."""
    scope = None if document_ids is None else json.dumps(list(document_ids))
    row = connection.execute(
        "SELECT count(*) FROM document JOIN chunk ON chunk.document_id = document.id WHERE complete"
        " AND (?1 IS NULL OR document.id IN (SELECT value FROM json_each(?1)))",
        (scope,),
    ).fetchone()
    return int(row[0])


def complete_among(connection: Connection, chunk_ids: Sequence[int]) -> set[int]:
    """Those of `chunk_ids` that belong to complete documents."""
    rows = connection.execute(
        "SELECT chunk.id FROM chunk JOIN document ON document.id = document_id"
        " WHERE complete AND chunk.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(chunk_ids)),),
    )
    return {int(chunk_id) for (chunk_id,) in rows}
