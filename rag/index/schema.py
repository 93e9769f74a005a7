"""The catalog's tables, and how its database is opened or, when damaged, started again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import cast

from rag.database import Database, disk_error
from rag.errors import CatalogDamaged
from rag.index import lexical
from rag.index.words import TOKENIZER

FILE_NAME = "library.sqlite3"
SIDE_COPY_NAME = "library.json"  # what a scan of the user's files cannot bring back

# Chunk ids are never used twice (AUTOINCREMENT), so that a vector left over in the vector index
# can never pass for another chunk's. Paths are bytes as the system names them: not every name of
# a file is text. The FTS table keeps its own copy of the folded words, because only then can
# SQLite 3.40 delete a row without being told again exactly what was in it.
MIGRATIONS = (
    """
    CREATE TABLE identity (name TEXT NOT NULL);
    INSERT INTO identity VALUES (lower(hex(randomblob(16))));
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE root (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
    CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL,
        complete INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL,
        page_count INTEGER NOT NULL,
        paged INTEGER NOT NULL,
        format TEXT NOT NULL
    );
    CREATE INDEX document_by_content ON document (sha256);
    CREATE TABLE file (
        path BLOB PRIMARY KEY,
        root BLOB NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        pages INTEGER NOT NULL,
        words INTEGER NOT NULL,
        chunks INTEGER NOT NULL,
        scanned_pages INTEGER NOT NULL,
        empty_pages INTEGER NOT NULL,
        seconds REAL NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        paged INTEGER NOT NULL,
        document_id INTEGER REFERENCES document (id) ON DELETE SET NULL,
        linked INTEGER NOT NULL DEFAULT 0  -- rises; of paths with one document the lowest holds it
    );
    CREATE INDEX file_by_document ON file (document_id, linked);
    CREATE TABLE page (
        document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        label TEXT NOT NULL,
        kind TEXT NOT NULL,
        headings TEXT NOT NULL,  -- JSON: [[start, end, level, title], ...]
        text TEXT NOT NULL,
        glyphs BLOB NOT NULL,
        UNIQUE (document_id, number)
    );
    CREATE TABLE chunk (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        first_page INTEGER NOT NULL,
        last_page INTEGER NOT NULL
    );
    CREATE INDEX chunk_by_document ON chunk (document_id);
    CREATE TABLE passage (  -- apart, so that filtering thousands of chunks reads no text
        chunk_id INTEGER PRIMARY KEY REFERENCES chunk (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        heading TEXT NOT NULL,
        place TEXT NOT NULL,
        context TEXT NOT NULL
    );
    CREATE TABLE vector (
        chunk_id INTEGER PRIMARY KEY REFERENCES chunk (id) ON DELETE CASCADE,
        document_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        half BLOB NOT NULL  -- float16, little endian
    );
    CREATE INDEX vector_by_key ON vector (key);
    CREATE VIRTUAL TABLE words USING fts5 (body, header);
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
    """,
    # Vectors belong to the embedder that made them. There was only one before they were told
    # apart; its fingerprint is learned when it is loaded, see `rag.embedders`.
    """
    CREATE TABLE embedder (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,  -- as in "all-MiniLM-L6-v2@int8"
        fingerprint TEXT NOT NULL,  -- empty while it is not known
        dimension INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('current', 'coming', 'past'))
    );
    CREATE UNIQUE INDEX embedder_by_role ON embedder (role) WHERE role <> 'past';
    INSERT INTO embedder (name, fingerprint, dimension, role)
        SELECT 'all-MiniLM-L6-v2@float32', '', length(half) / 2, 'current'
        FROM vector ORDER BY chunk_id DESC LIMIT 1;
    ALTER TABLE vector RENAME TO old_vector;
    DROP INDEX vector_by_key;
    CREATE TABLE vector (
        chunk_id INTEGER NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,
        embedder_id INTEGER NOT NULL REFERENCES embedder (id),
        document_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        half BLOB NOT NULL,  -- float16, little endian
        UNIQUE (chunk_id, embedder_id)
    );
    INSERT INTO vector
        SELECT chunk_id, embedder.id, document_id, key, half FROM old_vector, embedder
        WHERE length(half) = 2 * dimension ORDER BY chunk_id;
    DROP TABLE old_vector;
    CREATE INDEX vector_by_key ON vector (key);
    """,
    # Words come ready to the full-text table, which is filled when the library is opened, see
    # `lexical.renew`. The words as they are written are kept to find those that are near or inside.
    f"""
    DROP TABLE vocabulary;
    DROP TABLE words;
    CREATE VIRTUAL TABLE words USING fts5 (body, header, tokenize = "{TOKENIZER}");
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
    CREATE TABLE word_index (version INTEGER NOT NULL);  -- of the rules that its words follow
    INSERT INTO word_index VALUES (0);
    CREATE TABLE word (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folded TEXT NOT NULL UNIQUE,
        term TEXT NOT NULL  -- as the full-text table holds it
    );
    """,  # noqa: S608
    # For late interaction, apart from the vectors, which are all read at each start. What was
    # embedded before has none, and is embedded again because its keys are of the past.
    """
    CREATE TABLE trace (
        chunk_id INTEGER NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,
        embedder_id INTEGER NOT NULL REFERENCES embedder (id),
        bits BLOB NOT NULL,  -- see rag.traces
        UNIQUE (chunk_id, embedder_id)
    );
    """,
    # A written word is kept for as long as a chunk holds it, so their uses are counted; the word
    # index is made anew for that. Counting all chunks would take longer than looking up a word.
    """
    DROP TABLE word;
    CREATE TABLE word (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folded TEXT NOT NULL UNIQUE,
        uses INTEGER NOT NULL  -- how many chunks hold it
    );
    UPDATE word_index SET version = 0;
    ALTER TABLE word_index ADD COLUMN chunks INTEGER NOT NULL DEFAULT 0;  -- how many are indexed
    -- whether something of dropped documents may be left in the database's files
    ALTER TABLE word_index ADD COLUMN leftovers INTEGER NOT NULL DEFAULT 1;
    """,
    # What is known of files and pages beyond their text; drafts of large files, so that reading
    # goes on where it was cut short.
    """
    ALTER TABLE file ADD COLUMN unread_pages INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE file ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE file ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE file ADD COLUMN first_seen REAL NOT NULL DEFAULT 0;
    ALTER TABLE file ADD COLUMN last_seen REAL NOT NULL DEFAULT 0;
    ALTER TABLE file ADD COLUMN device INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE page ADD COLUMN tables TEXT NOT NULL DEFAULT '[]';  -- JSON as `headings`
    ALTER TABLE page ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';  -- JSON: [[start, name], ...]
    ALTER TABLE page ADD COLUMN boxes BLOB NOT NULL DEFAULT x'';
    ALTER TABLE page ADD COLUMN problem TEXT NOT NULL DEFAULT '';
    ALTER TABLE document ADD COLUMN sketch BLOB NOT NULL DEFAULT x'';  -- see rag.index.likeness
    ALTER TABLE document ADD COLUMN like_id INTEGER REFERENCES document (id) ON DELETE SET NULL;
    CREATE TABLE sketch_hash (
        hash INTEGER NOT NULL,
        document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE
    );
    CREATE INDEX sketch_by_hash ON sketch_hash (hash);
    CREATE INDEX sketch_by_document ON sketch_hash (document_id);
    CREATE INDEX document_by_like ON document (like_id);
    CREATE TABLE draft_vector (  -- made for a document that is still being read
        key TEXT NOT NULL,
        document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        half BLOB NOT NULL,
        bits BLOB NOT NULL,
        PRIMARY KEY (document_id, key)
    ) WITHOUT ROWID;
    CREATE INDEX draft_vector_by_key ON draft_vector (key);
    """,
    # See rag.index.drafts.
    """
    CREATE TABLE draft (
        document_id INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
        path BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        made TEXT NOT NULL  -- how it was read: what is read otherwise does not go on with it
    );
    CREATE TABLE in_work (path BLOB PRIMARY KEY, pages INTEGER NOT NULL) WITHOUT ROWID;
    """,
    # See rag.index.token_counts.
    """
    CREATE TABLE token_count (
        document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        vocabulary TEXT NOT NULL,  -- the fingerprint of a language model's
        tokens INTEGER NOT NULL,
        PRIMARY KEY (document_id, vocabulary)
    ) WITHOUT ROWID;
    """,
)


def open_database(folder: Path) -> tuple[Database, str]:
    """The catalog's database in `folder`, and in plain words what happened to a damaged one, or "".

    The last copy of a damaged or lost database takes its place. Without one, roots and settings
    come back from their side copy, and the documents when the roots are read again.
    """
    database = Database.open(folder / FILE_NAME, MIGRATIONS)
    try:
        if database.restored:
            _rename(database)
        lexical.renew(database)
        recovered = _restore_side_copy(database, folder / SIDE_COPY_NAME)
    except BaseException:
        database.close()
        raise
    return database, _notice(database, recovered=recovered)


def _notice(database: Database, *, recovered: bool) -> str:
    """What happened to the catalog, and what follows from it."""
    aside = database.put_aside
    what = f"damaged and was put aside as “{aside}”" if aside else "missing"
    if database.restored:
        return (
            f"The library's catalog was {what}. Its copy of {database.restored:%Y-%m-%d, %H:%M} "
            "took its place; what changed since then is read again."
        )
    if recovered:
        again = "Your files are untouched and" if aside else "Its folders are known and"
        return f"The library's catalog was {what}. {again} will be read again."
    return str(CatalogDamaged(Path(aside))) if aside else ""


def _rename(database: Database) -> None:
    """Give a catalog that went back in time another name: chunk ids will be used a second time."""
    with database.writing() as connection:
        connection.execute("UPDATE identity SET name = lower(hex(randomblob(16)))")


def save_side_copy(database: Database, folder: Path) -> None:
    """Keep the roots and settings beside the database; raises `DiskFull`, `LibraryUnwritable`."""
    with database.reading() as connection:
        roots = [
            os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM root ORDER BY id")
        ]
        settings = dict(connection.execute("SELECT key, value FROM setting").fetchall())
    target = folder / SIDE_COPY_NAME
    fresh = target.with_suffix(".json.new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"roots": roots, "settings": settings}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        raise disk_error(folder, error) from error


def _restore_side_copy(database: Database, source: Path) -> bool:
    """Add what an empty or older catalog lacks; False when there was nothing to bring back."""
    if not (database.created or database.restored) or not source.exists():
        return False
    roots, settings = _read_side_copy(source)
    with database.writing() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO root (path) VALUES (?)", [(os.fsencode(r),) for r in roots]
        )
        connection.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", settings.items())
    return bool(roots)


def _read_side_copy(source: Path) -> tuple[list[str], dict[str, str]]:
    try:
        stored = cast("object", json.loads(source.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return [], {}
    if not isinstance(stored, dict):
        return [], {}
    fields = cast("dict[str, object]", stored)
    roots, settings = fields.get("roots"), fields.get("settings")
    return (
        [r for r in cast("list[object]", roots) if isinstance(r, str)]
        if isinstance(roots, list)
        else [],
        {k: v for k, v in cast("dict[str, object]", settings).items() if isinstance(v, str)}
        if isinstance(settings, dict)
        else {},
    )
