"""The catalog's embedders: the one in use, the coming one, and the vectors that each made.

Searching uses the vectors of the one in use alone. The coming one takes over in one transaction,
once it has made a vector of every chunk.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rag.database import Connection, Database
from rag.index.rows import StoredVectors, full_vector, half_bytes, half_matrix
from rag.protocols import ChunkVectors, EmbedderIdentity, FloatMatrix

DROPPED_AT_ONCE = 2000  # so that nobody who writes waits long
KEYS_COMPARED = 3

_MISSING = """
    FROM document JOIN chunk ON chunk.document_id = document.id
    WHERE complete AND NOT EXISTS (
        SELECT 1 FROM vector WHERE vector.chunk_id = chunk.id AND embedder_id = ?
    )
"""


class Role(StrEnum):
    """What an embedder is to the library; those that were replaced are of the past."""

    CURRENT = "current"
    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class KnownEmbedder:
    """An embedder that made vectors of this library, installed or not."""

    row: int
    name: str  # as in `EmbedderInfo.id`
    fingerprint: str  # empty for one that worked before fingerprints were kept
    dimension: int


@dataclass(frozen=True, slots=True)
class UnembeddedChunk:
    """A chunk that an embedder has made no vector of yet."""

    chunk_id: int
    document_id: int
    text: str
    context: str


class Embedders:
    """Who made the library's vectors. Safe to use from any thread; each method is one transaction.

    All raise `DiskFull`, `LibraryUnwritable`, `LibraryDamaged`, and then nothing changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def in_use(self) -> KnownEmbedder | None:
        """The one whose vectors are searched."""
        with self._database.reading() as connection:
            return with_role(connection, Role.CURRENT)

    def coming(self) -> KnownEmbedder | None:
        """The one that takes over once it has made all vectors."""
        with self._database.reading() as connection:
            return with_role(connection, Role.COMING)

    def adopt(self, name: str, identity: EmbedderIdentity) -> KnownEmbedder:
        """Let an embedder be in use where there was none; returns the one in use."""
        with self._database.writing() as connection:
            known = with_role(connection, Role.CURRENT)
            return known or add(
                connection, name, identity.fingerprint, identity.dimension, Role.CURRENT
            )

    def identify(self, fingerprint: str) -> None:
        """Keep the fingerprint of the embedder in use, which was not known."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE embedder SET fingerprint = ? WHERE role = 'current'", (fingerprint,)
            )

    def expect(self, name: str, identity: EmbedderIdentity) -> KnownEmbedder:
        """Let this embedder be the coming one; what it made already, before a halt, counts."""
        with self._database.writing() as connection:
            known = with_role(connection, Role.COMING)
            if known is not None and known.fingerprint == identity.fingerprint:
                return known
            retire(connection, Role.COMING)
            return add(connection, name, identity.fingerprint, identity.dimension, Role.COMING)

    def expect_none(self) -> None:
        """Let the embedder in use stay."""
        with self._database.writing() as connection:
            retire(connection, Role.COMING)

    def take_over(self) -> bool:
        """Let the coming embedder be the one in use; False when a chunk has no vector of it yet."""
        with self._database.writing() as connection:
            return promote(connection)

    def drop_past(self) -> None:
        """Delete the vectors of embedders that were replaced, a few in each transaction."""
        left = True
        while left:
            with self._database.writing() as connection:
                left = drop_past(connection, DROPPED_AT_ONCE)

    def unembedded(self, embedder: KnownEmbedder, limit: int) -> list[UnembeddedChunk]:
        """At most `limit` chunks that can be found and have no vector by `embedder`, in order."""
        with self._database.reading() as connection:
            return unembedded(connection, embedder, limit)

    def count_unembedded(self, embedder: KnownEmbedder) -> int:
        """How many chunks that can be found have no vector by `embedder`."""
        with self._database.reading() as connection:
            return count_unembedded(connection, embedder)

    def write_vectors(
        self,
        embedder: KnownEmbedder,
        chunks: Sequence[UnembeddedChunk],
        keys: Sequence[str],
        vectors: ChunkVectors,
    ) -> None:
        """Keep vectors that `embedder` made; those of chunks that are gone are left out."""
        ids = [chunk.chunk_id for chunk in chunks]
        owners = [chunk.document_id for chunk in chunks]
        with self._database.writing() as connection:
            write_vectors(connection, embedder, ids, owners, keys, vectors)

    def some_keys(self, embedder: KnownEmbedder) -> list[tuple[str, str, str]]:
        """Key, context and text of a few chunks that `embedder` made vectors of."""
        with self._database.reading() as connection:
            return some_keys(connection, embedder, KEYS_COMPARED)


def with_role(connection: Connection, role: Role) -> KnownEmbedder | None:
    """The embedder in use, or the coming one."""
    row = connection.execute(
        "SELECT id, name, fingerprint, dimension FROM embedder WHERE role = ?", (role,)
    ).fetchone()
    return KnownEmbedder(*row) if row else None


def in_use_for(connection: Connection, fingerprint: str, dimension: int) -> KnownEmbedder:
    """The embedder in use, which must have this fingerprint; one without a name if there is none.

    Raises `ValueError` for another: vectors of different embedders are never mixed.
    """
    known = with_role(connection, Role.CURRENT)
    if known is None:
        return add(connection, "", fingerprint, dimension, Role.CURRENT)
    if (known.fingerprint, known.dimension) != (fingerprint, dimension):
        raise ValueError(f"vectors of {fingerprint!r} among those of {known}")
    return known


def add(
    connection: Connection, name: str, fingerprint: str, dimension: int, role: Role
) -> KnownEmbedder:
    """Remember an embedder; there is none of this role yet."""
    connection.execute(
        "INSERT INTO embedder (name, fingerprint, dimension, role) VALUES (?, ?, ?, ?)",
        (name, fingerprint, dimension, role),
    )
    added = with_role(connection, role)
    if added is None:
        raise AssertionError(role)
    return added


def retire(connection: Connection, role: Role) -> None:
    """Let the embedder of this role be of the past."""
    connection.execute("UPDATE embedder SET role = 'past' WHERE role = ?", (role,))


def promote(connection: Connection) -> bool:
    """Let the coming embedder take over, if every chunk that can be found has its vector."""
    coming = with_role(connection, Role.COMING)
    if coming is None or _lacks_vectors(connection, coming):
        return False
    retire(connection, Role.CURRENT)
    connection.execute("UPDATE embedder SET role = 'current' WHERE role = 'coming'")
    connection.execute("UPDATE identity SET name = lower(hex(randomblob(16)))")
    return True


def _lacks_vectors(connection: Connection, embedder: KnownEmbedder) -> bool:
    return bool(
        connection.execute(
            f"SELECT EXISTS (SELECT 1 {_MISSING})",
            (embedder.row,),
        ).fetchone()[0]
    )


def drop_past(connection: Connection, rows: int) -> bool:
    """Delete at most `rows` vectors of past embedders; whether some are left."""
    for table in ("trace", "vector"):
        deleted = connection.execute(
            f"DELETE FROM {table} WHERE rowid IN (SELECT {table}.rowid FROM {table}"  # noqa: S608
            " JOIN embedder ON embedder.id = embedder_id WHERE role = 'past' LIMIT ?)",
            (rows,),
        ).rowcount
        if deleted == rows:
            return True
    connection.execute("DELETE FROM embedder WHERE role = 'past'")
    return False


def unembedded(
    connection: Connection, embedder: KnownEmbedder, limit: int
) -> list[UnembeddedChunk]:
    """At most `limit` chunks that can be found and have no vector by `embedder`, in order."""
    rows = connection.execute(
        f"WITH wanted AS (SELECT chunk.id {_MISSING} ORDER BY chunk.id LIMIT ?)"  # noqa: S608
        " SELECT chunk.id, document_id, text, context FROM wanted JOIN chunk USING (id)"
        " JOIN passage ON passage.chunk_id = chunk.id ORDER BY chunk.id",
        (embedder.row, limit),
    )
    return [UnembeddedChunk(*row) for row in rows]


def count_unembedded(connection: Connection, embedder: KnownEmbedder) -> int:
    """How many chunks that can be found have no vector by `embedder`."""
    return int(
        connection.execute(
            f"SELECT count(*) {_MISSING}",
            (embedder.row,),
        ).fetchone()[0]
    )


def write_vectors(
    connection: Connection,
    embedder: KnownEmbedder,
    chunk_ids: Sequence[int],
    document_ids: Sequence[int],
    keys: Sequence[str],
    vectors: ChunkVectors,
) -> None:
    """Keep vectors that `embedder` made; those of chunks that are gone are left out."""
    connection.executemany(
        "INSERT OR REPLACE INTO vector (chunk_id, embedder_id, document_id, key, half)"
        " SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM chunk WHERE id = ?1)",
        (
            (chunk_id, embedder.row, document_id, key, half)
            for chunk_id, document_id, key, half in zip(
                chunk_ids, document_ids, keys, half_bytes(vectors.matrix), strict=True
            )
        ),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO trace (chunk_id, embedder_id, bits)"
        " SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM chunk WHERE id = ?1)",
        (
            (chunk_id, embedder.row, bits)
            for chunk_id, bits in zip(chunk_ids, vectors.traces, strict=True)
        ),
    )


def known_vectors(
    connection: Connection, keys: Sequence[str]
) -> dict[str, tuple[FloatMatrix, bytes]]:
    """Stored vectors and traces by the key of the text they were made of; the unknown left out."""
    rows = connection.execute(
        "SELECT key, half, bits FROM vector JOIN trace USING (chunk_id, embedder_id)"
        " WHERE key IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT key, half, bits FROM draft_vector"
        " WHERE key IN (SELECT value FROM json_each(?1))",
        (json.dumps(list(keys)),),
    )
    return {str(key): (full_vector(half), bits) for key, half, bits in rows}


def traces(connection: Connection, chunk_ids: Sequence[int], fingerprint: str) -> dict[int, bytes]:
    """The traces that the embedder with this fingerprint left of `chunk_ids`."""
    rows = connection.execute(
        "SELECT chunk_id, bits FROM trace JOIN embedder ON embedder.id = embedder_id"
        " WHERE fingerprint = ? AND chunk_id IN (SELECT value FROM json_each(?))",
        (fingerprint, json.dumps(list(chunk_ids))),
    )
    return {int(chunk_id): bits for chunk_id, bits in rows}


def some_keys(
    connection: Connection, embedder: KnownEmbedder, limit: int
) -> list[tuple[str, str, str]]:
    """Key, context and text of a few chunks that `embedder` made vectors of."""
    rows = connection.execute(
        "SELECT key, context, text FROM vector JOIN passage USING (chunk_id)"
        " WHERE embedder_id = ? LIMIT ?",
        (embedder.row, limit),
    )
    return [(str(key), str(context), str(text)) for key, context, text in rows]


def count_vectors(connection: Connection, embedder: KnownEmbedder) -> int:
    """How many vectors `embedder` made, those of unfinished documents too."""
    row = connection.execute(
        "SELECT count(*) FROM vector WHERE embedder_id = ?", (embedder.row,)
    ).fetchone()
    return int(row[0])


def vectors(
    connection: Connection, embedder: KnownEmbedder, rows: int, *, unfinished_too: bool
) -> Generator[StoredVectors, None, None]:
    """The vectors that `embedder` made, by chunk, in blocks of at most `rows`."""
    cursor = connection.execute(
        "SELECT chunk_id, document_id, half FROM vector WHERE embedder_id = ?"
        " AND (? OR document_id IN (SELECT id FROM document WHERE complete)) ORDER BY chunk_id",
        (embedder.row, unfinished_too),
    )
    while block := cursor.fetchmany(rows):
        yield StoredVectors(
            np.array([row[0] for row in block], np.int64),
            np.array([row[1] for row in block], np.int64),
            half_matrix([row[2] for row in block], embedder.dimension),
        )
