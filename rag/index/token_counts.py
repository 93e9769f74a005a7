"""How many tokens documents have, as language models count them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rag.database import Database
from rag.index.scopes import Scopes
from rag.records import Scope

_COUNTED = """
    SELECT document.id, title, page_count, paged, tokens,
        coalesce((SELECT max(words) FROM file WHERE file.document_id = document.id), 0)
    FROM document LEFT JOIN token_count
        ON token_count.document_id = document.id AND vocabulary = ?
    WHERE document.id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class CountedDocument:
    """A complete document and how long it is."""

    document_id: int
    path: Path  # of the first file that shows it within the scope
    title: str
    pages: int | None  # None where the format knows no pages
    words: int
    tokens: int | None  # of its reading text; None where they were not counted yet


class TokenCounts:
    """Keeps for each document and vocabulary how many tokens the reading text has.

    A vocabulary is known by its fingerprint. Counts go with their document. Safe to use from any
    thread.
    """

    def __init__(self, database: Database, scopes: Scopes) -> None:
        self._database = database
        self._scopes = scopes

    def of(self, scope: Scope, vocabulary: str) -> list[CountedDocument]:
        """The complete documents in `scope`, each once, by path; raises as `documents_in`."""
        self._scopes.documents(scope)  # raises where the scope holds nothing
        shown = {number: paths[0] for number, paths in self._scopes.documents_shown(scope)}
        with self._database.reading() as connection:
            rows = connection.execute(_COUNTED, (vocabulary, json.dumps(list(shown)))).fetchall()
        found = {
            number: CountedDocument(
                number, shown[number], title, pages if paged else None, words, tokens
            )
            for number, title, pages, paged, tokens, words in rows
        }
        return [found[number] for number in shown if number in found]

    def keep(self, document_id: int, vocabulary: str, tokens: int) -> None:
        """Keep a count, unless the document is gone meanwhile."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO token_count SELECT id, ?, ? FROM document WHERE id = ?",
                (vocabulary, tokens, document_id),
            )

    def uncounted(self, vocabulary: str, at_most: int) -> list[int]:
        """Complete documents without a count, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM document WHERE complete AND id NOT IN"
                " (SELECT document_id FROM token_count WHERE vocabulary = ?)"
                " ORDER BY id DESC LIMIT ?",
                (vocabulary, at_most),
            )
            return [int(number) for (number,) in rows]
