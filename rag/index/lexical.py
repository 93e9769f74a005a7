"""Search by words: BM25 over the catalog's full-text table."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from rag.database import Connection, open_in_memory
from rag.index.words import TOKENIZER, index_text, query_terms
from rag.protocols import ChunkSet, ScoredChunk
from rag.records import Chunk

HEADER_WEIGHT = 0.5  # of a word in the title or heading, where one in the text counts 1
# Chunks that a question's words may bring up together. Measured over 3,400 chunks: half as many as
# there are chunks costs no place in the ranking, a quarter costs a little.
POSTINGS_BUDGET = 10_000
RAREST_KEPT = 3  # words that are looked up whatever they cost
MOST_TERMS = 64
CACHED_STEMS = 10_000


class Stemmer:
    """FTS5's own tokenizer, asked through a table in memory, so that both always agree."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, ...]] = {}
        self._connection = open_in_memory()
        self._connection.executescript(
            f"""
            CREATE VIRTUAL TABLE text USING fts5 (body, tokenize = "{TOKENIZER}");
            CREATE VIRTUAL TABLE token USING fts5vocab (text, instance);
            """
        )

    def stems(self, term: str) -> tuple[str, ...]:
        """The tokens that the word index holds for `term`; nearly always one."""
        with self._lock:
            if term not in self._known:
                if len(self._known) >= CACHED_STEMS:
                    self._known.clear()
                self._connection.execute("INSERT INTO text (rowid, body) VALUES (1, ?)", (term,))
                tokens = self._connection.execute("SELECT term FROM token ORDER BY offset")
                self._known[term] = tuple(str(token) for (token,) in tokens)
                self._connection.execute("DELETE FROM text WHERE rowid = 1")
            return self._known[term]

    def close(self) -> None:
        """Forget everything; the stemmer cannot be used any more."""
        self._connection.close()


def add_words(
    connection: Connection, title: str, chunk_ids: Sequence[int], chunks: Sequence[Chunk]
) -> None:
    """Make `chunks` findable by their words and those of their title and heading."""
    connection.executemany(
        "INSERT INTO words (rowid, body, header) VALUES (?, ?, ?)",
        (
            (chunk_id, index_text(chunk.text), index_text(f"{title} {chunk.heading}"))
            for chunk_id, chunk in zip(chunk_ids, chunks, strict=True)
        ),
    )


def erase_leftovers(connection: Connection) -> None:
    """Write the word index anew: deleted words otherwise stay in it until it is merged some day."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def search(
    connection: Connection,
    stemmer: Stemmer,
    question: str,
    top_k: int,
    within: ChunkSet | None,
) -> list[ScoredChunk]:
    """The chunks of complete documents that share words with `question`, by BM25, best first."""
    terms = _worth_looking_up(connection, stemmer, query_terms(question)[: 4 * MOST_TERMS])
    if not terms or top_k < 1:
        return []
    match = " OR ".join(f'"{term}"' for term in terms)
    if len(terms) == 1 and len(terms[0]) == 1 and not terms[0].isascii():
        match += " *"  # a single character of a script that is indexed in pairs
    rows = connection.execute(
        """
        SELECT words.rowid, -bm25(words, 1.0, :header) AS score
        FROM words CROSS JOIN chunk ON chunk.id = words.rowid
        WHERE words MATCH :match
          AND chunk.document_id IN (SELECT id FROM document WHERE complete)
          AND (:within IS NULL OR substr(:within, words.rowid + 1, 1) = x'01')
        ORDER BY score DESC, words.rowid LIMIT :top_k
        """,
        {
            "header": HEADER_WEIGHT,
            "match": match,
            "within": None if within is None else within.marks.tobytes(),
            "top_k": top_k,
        },
    ).fetchall()
    return [ScoredChunk(int(chunk_id), float(score)) for chunk_id, score in rows if score > 0]


def frequencies(connection: Connection, words: Sequence[str]) -> list[int]:
    """In how many chunks each of `words` (see `indexed_words`) occurs, in any of its forms."""
    found = [
        connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
        for word in words
    ]
    return [int(row[0]) if row else 0 for row in found]


def indexed_words(stemmer: Stemmer, text: str) -> list[str]:
    """The words of `text` as the index holds them, each once, in order."""
    return list(dict.fromkeys(s for term in query_terms(text) for s in stemmer.stems(term)))


def _worth_looking_up(connection: Connection, stemmer: Stemmer, terms: Sequence[str]) -> list[str]:
    """The rarest of `terms` that occur, as many as the budget allows; frequent ones say little."""
    counted = sorted(
        (min(frequencies(connection, stemmer.stems(term)), default=0), term) for term in terms
    )
    present = [(count, term) for count, term in counted if count > 0][:MOST_TERMS]
    if not present and len(terms) == 1:
        return list(terms)
    kept: list[str] = []
    postings = 0
    for count, term in present:
        postings += count
        if postings > POSTINGS_BUDGET and len(kept) >= RAREST_KEPT:
            break
        kept.append(term)
    return kept
