"""Conversations and settings: what only the user can write again, in a database of its own."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import cast

from rag.answer_json import answer_of, answer_text, scope_of, scope_text
from rag.cancel import CancelToken
from rag.database import Connection, Database, Row
from rag.errors import DiskFull, LibraryUnwritable, NoConversation
from rag.options import Options, from_mapping
from rag.records import Answer, Conversation, ConversationInfo, Scope, Turn

FILE_NAME = "chats.sqlite3"
_OPTIONS = "options"
_INFO = "id, title, created_at, changed_at"

MIGRATIONS = (
    """
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        created_at REAL NOT NULL,
        changed_at REAL NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE turn (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
        question TEXT NOT NULL,
        scope TEXT NOT NULL,
        asked_at REAL NOT NULL,
        answer TEXT,
        error TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX turn_by_conversation ON turn (conversation_id);
    """,
    "ALTER TABLE turn ADD COLUMN rating INTEGER NOT NULL DEFAULT 0;",
)


class Chats:
    """The conversations of a library, safe to use from any thread.

    What a method wrote survives a power cut; it raises `DiskFull`, `LibraryUnwritable` or
    `LibraryDamaged` when it could not. `notice` says in plain words what was wrong at opening, or
    is empty.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._copied_commits = -1
        self.notice = ""
        if database.put_aside or database.restored:
            self.notice = _notice(database)

    @classmethod
    def open(cls, folder: Path) -> Chats:
        """Open the conversations in `folder`, or start some; damaged ones are put aside.

        Raises `LibraryUnwritable`, `LibraryFromTheFuture`, `DiskFull`.
        """
        return cls(Database.open(folder / FILE_NAME, MIGRATIONS, durable=True))

    def close(self) -> None:
        """Release the file; no other thread may be using it any more."""
        self._database.close()

    def keep_copy(self, cancel: CancelToken) -> None:
        """Keep a copy of what changed since the last one, for when the file is damaged."""
        if self._database.commits != self._copied_commits or self._database.copied_at is None:
            commits = self._database.commits
            with suppress(DiskFull, LibraryUnwritable):
                self._database.keep_copy(cancel)
                self._copied_commits = commits

    # ------------------------------------------------------------ conversations

    def conversations(self) -> list[ConversationInfo]:
        """All that are not deleted, the last changed first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_INFO} FROM conversation WHERE NOT deleted"  # noqa: S608
                " ORDER BY changed_at DESC, id DESC"
            )
            return [_info(row) for row in rows]

    def conversation(self, conversation_id: int) -> Conversation:
        """One with its turns, oldest first; raises `NoConversation`."""
        with self._database.reading() as connection:
            info = _existing(connection, conversation_id)
            rows = connection.execute(
                "SELECT id, question, scope, asked_at, answer, error, rating FROM turn"
                " WHERE conversation_id = ? ORDER BY id",
                (conversation_id,),
            )
            return Conversation(info, tuple(_turn(row) for row in rows))

    def start(self, title: str) -> ConversationInfo:
        """Begin a conversation."""
        now = time.time()
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO conversation (title, created_at, changed_at) VALUES (?, ?, ?)",
                (_clean(title), now, now),
            )
            return _existing(connection, cast("int", cursor.lastrowid))

    def rename(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title; raises `NoConversation`."""
        with self._database.writing() as connection:
            _existing(connection, conversation_id)
            connection.execute(
                "UPDATE conversation SET title = ? WHERE id = ?", (_clean(title), conversation_id)
            )

    def delete(self, conversation_id: int) -> None:
        """Hide a conversation until `restore` or `purge_deleted`; raises `NoConversation`."""
        with self._database.writing() as connection:
            _existing(connection, conversation_id)
            connection.execute(
                "UPDATE conversation SET deleted = 1 WHERE id = ?", (conversation_id,)
            )

    def restore(self, conversation_id: int) -> None:
        """Take back a `delete`; raises `NoConversation` when it was purged meanwhile."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE conversation SET deleted = 0 WHERE id = ?", (conversation_id,)
            )
            _existing(connection, conversation_id)

    def purge_deleted(self) -> None:
        """Remove deleted conversations for good: their words are overwritten on the disk."""
        with self._database.writing() as connection:
            gone = connection.execute("DELETE FROM conversation WHERE deleted").rowcount
        if gone:
            self._database.checkpoint()
            self._database.forget_copies()

    # ------------------------------------------------------------ turns

    def add_turn(self, conversation_id: int, question: str, scope: Scope) -> Turn:
        """Note that a question was asked, before it is answered; raises `NoConversation`."""
        now = time.time()
        with self._database.writing() as connection:
            _existing(connection, conversation_id)
            cursor = connection.execute(
                "INSERT INTO turn (conversation_id, question, scope, asked_at) VALUES (?, ?, ?, ?)",
                (conversation_id, _clean(question), scope_text(scope), now),
            )
            connection.execute(
                "UPDATE conversation SET changed_at = ? WHERE id = ?", (now, conversation_id)
            )
        return Turn(cast("int", cursor.lastrowid), question, scope, now)

    def finish_turn(self, turn_id: int, answer: Answer) -> None:
        """Keep the answer of a turn; nothing happens when its conversation was purged."""
        self._end_turn(turn_id, answer_text(answer), "")

    def fail_turn(self, turn_id: int, error: str) -> None:
        """Keep what went wrong instead of an answer."""
        self._end_turn(turn_id, None, _clean(error))

    def rate(self, turn_id: int, rating: int) -> None:
        """Keep what the user thinks of an answer; nothing happens when it was purged."""
        with self._database.writing() as connection:
            connection.execute("UPDATE turn SET rating = ? WHERE id = ?", (rating, turn_id))

    def _end_turn(self, turn_id: int, answer: str | None, error: str) -> None:
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE turn SET answer = ?, error = ? WHERE id = ?", (answer, error, turn_id)
            )
            connection.execute(
                "UPDATE conversation SET changed_at = ?"
                " WHERE id = (SELECT conversation_id FROM turn WHERE id = ?)",
                (time.time(), turn_id),
            )

    # ------------------------------------------------------------ settings

    def options(self) -> Options:
        """The settings that were saved; the default of each that was not, or that is bad now."""
        try:
            stored = cast("object", json.loads(self.setting(_OPTIONS) or "{}"))
        except ValueError:
            stored = {}
        return from_mapping(cast("dict[str, object]", stored) if isinstance(stored, dict) else {})

    def save_options(self, options: Options) -> None:
        """Keep settings for the next start."""
        self.set_setting(_OPTIONS, json.dumps(asdict(options)))

    def setting(self, key: str) -> str | None:
        """A value that was kept, of whatever the program remembers between starts."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_setting(self, key: str, value: str) -> None:
        """Keep a value."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))


def _notice(database: Database) -> str:
    """What happened to a file that could not be read, or was gone."""
    aside = database.put_aside
    what = f"could not be read and were put aside as “{aside}”" if aside else "were missing"
    if database.restored:
        return (
            f"The conversations {what}. Those of {database.restored:%Y-%m-%d, %H:%M} "
            "took their place."
        )
    return f"The conversations {what}. New ones are kept as usual."


def _existing(connection: Connection, conversation_id: int) -> ConversationInfo:
    row = connection.execute(
        f"SELECT {_INFO} FROM conversation WHERE id = ? AND NOT deleted",  # noqa: S608
        (conversation_id,),
    ).fetchone()
    if row is None:
        raise NoConversation(conversation_id)
    return _info(row)


def _info(row: Row) -> ConversationInfo:
    return ConversationInfo(*cast("tuple[int, str, float, float]", row))


def _turn(row: Row) -> Turn:
    turn_id, question, scope, asked_at, answer, error, rating = cast(
        "tuple[int, str, str, float, str | None, str, int]", row
    )
    kept = None if answer is None else answer_of(answer)
    return Turn(turn_id, question, scope_of(scope), asked_at, kept, error, rating)


def _clean(text: str) -> str:
    """`text` with what UTF-8 cannot hold replaced."""
    return text.encode(errors="replace").decode()
