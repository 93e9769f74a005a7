"""Keeps what was said of sections, so that nothing is read twice; deleted with the documents."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from rag.database import Database
from rag.errors import DocumentGone, FootnoteError, LibraryDamaged, LibraryFromTheFuture
from rag.sections.statements import Place, Proven

FILE_NAME = "sections.sqlite3"
_MIGRATIONS = (
    """
    CREATE TABLE summary (
        key TEXT PRIMARY KEY,
        model TEXT NOT NULL,
        tokens INTEGER NOT NULL,
        said TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE source (
        document TEXT NOT NULL,
        key TEXT NOT NULL REFERENCES summary ON DELETE CASCADE,
        PRIMARY KEY (document, key)
    ) WITHOUT ROWID;
    CREATE INDEX source_by_key ON source (key);
    """,
    """
    ALTER TABLE summary ADD COLUMN section TEXT NOT NULL DEFAULT '';
    CREATE INDEX summary_by_section ON summary (section) WHERE section <> '';
    """,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a summary was made of, and by whom."""

    documents: tuple[str, ...]  # the hashes of the files
    model: str
    tokens: int  # of text that was read for it, if nothing was asked but what the text says
    section: str = ""  # a name of the section, whatever is asked of it; empty for joined statements


class KeptSections:
    """A file in the library's folder, readable by the user alone; safe to use from any thread.

    All of it can be made again. So what cannot be kept, or read, is as if it had never been there.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, folder: Path) -> KeptSections:
        """Open what is kept in `folder`, or start anew. Raises `LibraryUnwritable`, `DiskFull`."""
        path = folder / FILE_NAME
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            database = Database.open(path, _MIGRATIONS)
        except LibraryFromTheFuture:
            path.unlink()
            database = Database.open(path, _MIGRATIONS)
        if database.put_aside:
            database.forget_copies()  # it may hold what is removed later
        return cls(database)

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def get(self, key: str) -> tuple[Proven, ...] | None:
        """What was said under `key`; None where that is not known."""
        with suppress(FootnoteError), self._database.reading() as connection:
            row = connection.execute("SELECT said FROM summary WHERE key = ?", (key,)).fetchone()
            return _read(row[0]) if row else None
        return None

    def of_section(self, section: str) -> tuple[Proven, ...] | None:
        """The most that was said of a section, whatever was asked; None where nothing was."""
        with suppress(FootnoteError), self._database.reading() as connection:
            row = connection.execute(
                "SELECT said FROM summary WHERE section = ? AND section <> ''"
                " ORDER BY tokens = 0, length(said) DESC LIMIT 1",
                (section,),
            ).fetchone()
            return (_read(row[0]) if row else None) or None
        return None

    def keep(self, key: str, origin: Origin, said: Sequence[Proven]) -> None:
        """Remember what was `said`, at once; without effect where the disk is full."""
        with suppress(FootnoteError), self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO summary (key, model, tokens, said, section)"
                " VALUES (?, ?, ?, ?, ?)",
                (key, origin.model, origin.tokens, _written(said), origin.section),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO source (document, key) VALUES (?, ?)",
                [(document, key) for document in origin.documents],
            )

    def tokens(self, document: str, model: str) -> int:
        """How many tokens of a document (by its hash) a model has read, for whatever was asked."""
        with suppress(FootnoteError), self._database.reading() as connection:
            row = connection.execute(
                "SELECT sum(tokens) FROM source JOIN summary USING (key)"
                " WHERE document = ? AND model = ?",
                (document, model),
            ).fetchone()
            return int(row[0] or 0)
        return 0

    def counter(self, content_of: Callable[[int], str]) -> Callable[[Sequence[int], str], int]:
        """Tells how many tokens of documents (by their ids) a model has read, see `tokens`.

        `content_of` gives a document's hash, or raises `DocumentGone`.
        """

        def count(document_ids: Sequence[int], model: str) -> int:
            total = 0
            for document_id in document_ids:
                with suppress(DocumentGone):
                    total += self.tokens(content_of(document_id), model)
            return total

        return count

    def forget_unless(self, is_known: Callable[[str], bool]) -> None:
        """Delete what was said of documents that are not known (by their hashes) any more.

        Nothing of it is then left in the file; a damaged one is made anew at the next start.
        Raises `DiskFull`, `LibraryUnwritable`.
        """
        with suppress(LibraryDamaged):
            self._forget_unless(is_known)

    def _forget_unless(self, is_known: Callable[[str], bool]) -> None:
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT document FROM source").fetchall()
        gone = [(document,) for (document,) in rows if not is_known(str(document))]
        if not gone:
            return
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM summary WHERE key IN (SELECT key FROM source WHERE document = ?)", gone
            )
        self._database.checkpoint()
        self._database.forget_copies()


def _written(said: Sequence[Proven]) -> str:
    return json.dumps(
        [
            [
                one.text,
                one.by_model,
                one.new_paragraph,
                [[p.stretch, p.start, p.end, round(p.score, 4)] for p in one.places],
            ]
            for one in said
        ],
        ensure_ascii=False,
    )


def _read(stored: object) -> tuple[Proven, ...] | None:
    try:
        rows = cast(
            "list[tuple[str, bool, bool, list[tuple[int, int, int, float]]]]",
            json.loads(str(stored)),
        )
        return tuple(
            Proven(
                str(text),
                tuple(Place(int(n), int(start), int(end), float(s)) for n, start, end, s in places),
                bool(by_model),
                bool(opens),
            )
            for text, by_model, opens, places in rows
        )
    except (ValueError, TypeError):
        return None
