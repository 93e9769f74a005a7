"""The catalog's files: their lines in the ledger and the documents they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.database import Connection
from rag.index import lexical
from rag.index.rows import FILE_COLUMNS, file_record, file_row, path_bytes, path_of
from rag.records import FileRecord

_PLACES = ", ".join("?" * len(FILE_COLUMNS.split(",")))
_UPDATES = ", ".join(f"{name} = excluded.{name}" for name in FILE_COLUMNS.split(", ")[1:])
_SAVE = f"""
    INSERT INTO file ({FILE_COLUMNS}) VALUES ({_PLACES})
    ON CONFLICT (path) DO UPDATE SET {_UPDATES}
"""  # noqa: S608
_HOLDER = """(
    SELECT holder.path FROM file AS holder
    WHERE holder.document_id = file.document_id ORDER BY holder.linked LIMIT 1
)"""
_LIKE = """(
    SELECT other.path FROM file AS other JOIN document ON document.like_id = other.document_id
    WHERE document.id = file.document_id ORDER BY other.linked LIMIT 1
)"""
_LEDGER = f"SELECT {FILE_COLUMNS}, {_HOLDER}, {_LIKE} FROM file"  # noqa: S608


def all_files(connection: Connection) -> list[FileRecord]:
    """Every line of the ledger, by path."""
    return sorted((file_record(row) for row in connection.execute(_LEDGER)), key=lambda f: f.path)


def one_file(connection: Connection, path: Path) -> FileRecord | None:
    """The line of `path`."""
    row = connection.execute(f"{_LEDGER} WHERE path = ?", (path_bytes(path),)).fetchone()
    return file_record(row) if row else None


def titles(connection: Connection) -> list[tuple[Path, str]]:
    """Every path that shows a complete document, with the document's title."""
    rows = connection.execute(
        "SELECT path, title FROM file JOIN document ON document.id = document_id WHERE complete"
    )
    return [(path_of(path), str(title)) for path, title in rows]


def save(connection: Connection, records: Iterable[FileRecord]) -> None:
    """Add or replace lines; the documents they show stay."""
    connection.executemany(_SAVE, (file_row(record) for record in records))


def document_of(connection: Connection, path: Path) -> int | None:
    """The complete document that `path` shows."""
    row = connection.execute(
        "SELECT document.id FROM file JOIN document ON document.id = document_id"
        " WHERE path = ? AND complete",
        (path_bytes(path),),
    ).fetchone()
    return int(row[0]) if row else None


def link(connection: Connection, record: FileRecord, document_id: int) -> list[int]:
    """Let `record.path` show `document_id`; returns the chunks that nothing shows any more."""
    before = document_of(connection, record.path)
    save(connection, [record])
    if before != document_id:
        connection.execute(
            "UPDATE file SET document_id = ?, linked = (SELECT max(linked) + 1 FROM file)"
            " WHERE path = ?",
            (document_id, path_bytes(record.path)),
        )
    return drop_documents(connection, [] if before is None else [before])


def forget(connection: Connection, paths: Sequence[Path]) -> list[int]:
    """Drop lines and the documents that only they show; returns the chunks that are gone."""
    shown = [document_of(connection, path) for path in paths]
    connection.executemany("DELETE FROM file WHERE path = ?", [(path_bytes(p),) for p in paths])
    return drop_documents(
        connection, sorted({document for document in shown if document is not None})
    )


def drop_documents(connection: Connection, document_ids: Sequence[int]) -> list[int]:
    """Drop those of `document_ids` that no file shows; returns the chunks that are gone."""
    gone: list[int] = []
    for document_id in document_ids:
        used = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM file WHERE document_id = ?)", (document_id,)
        ).fetchone()[0]
        if not used:
            gone += lexical.drop_words(connection, document_id)
            connection.execute("DELETE FROM document WHERE id = ?", (document_id,))
    return gone
