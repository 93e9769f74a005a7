"""Search by words: BM25 over the catalog's full-text table, each word in the best of its forms.

A chunk earns for every word of the question what its best matching form is worth: the word itself,
one that begins as it does, or another spelling. Only single words are looked up in FTS5; their
scores are put together here.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.database import Connection, Database
from rag.index import words
from rag.index.question import Wanted, Way, read
from rag.index.vocabulary import VOCABULARY_CHARS, Vocabulary
from rag.index.widening import widen
from rag.protocols import ChunkSet, ScoredChunk
from rag.records import Chunk

HEADER_WEIGHT = 1.0  # of a word in the title or heading, where one in the text counts 1
# Chunks that a question's words may bring up together: in a big library half as many as there are.
# Measured over 100,000 chunks that keeps 97 of 100 places, a tenth as many keep 90.
POSTINGS_BUDGET, POSTINGS_SHARE = 10_000, 0.5
RAREST_KEPT = 3  # words that are looked up whatever they cost
MOST_TERMS = 64
ROWS_AT_ONCE = 1000
_LEAST_IDF = 1e-6  # what FTS5's bm25() takes for words that more than half of the rows hold

_Scores = NDArray[np.float64]
_POSTING = np.dtype([("chunk_id", np.int64), ("score", np.float64)])


def add_words(
    connection: Connection, title: str, chunk_ids: Sequence[int], chunks: Sequence[Chunk]
) -> None:
    """Make `chunks` findable by their words and those of their title and heading."""
    _add(
        connection,
        [
            (chunk_id, chunk.text, f"{title} {chunk.heading}")
            for chunk_id, chunk in zip(chunk_ids, chunks, strict=True)
        ],
    )


def drop_words(connection: Connection, document_id: int) -> list[int]:
    """Let the chunks of a document, which are returned, be found no more.

    Something of the document is left in the database's files until `erase_leftovers`.
    """
    passages = connection.execute(
        "SELECT chunk.id, text, title || ' ' || heading FROM chunk"
        " JOIN document ON document.id = document_id LEFT JOIN passage ON chunk_id = chunk.id"
        " WHERE document_id = ?",
        (document_id,),
    )
    gone: list[int] = []
    uses: Counter[str] = Counter()
    for chunk_id, text, header in passages:
        met: set[str] = set()
        words.index_text(f"{text} {header}", met)
        uses.update(_kept(met))
        gone.append(int(chunk_id))
    connection.executemany(
        "UPDATE word SET uses = uses - ? WHERE folded = ?", [(n, word) for word, n in uses.items()]
    )
    connection.executemany(
        "DELETE FROM word WHERE folded = ? AND uses < 1", [(word,) for word in uses]
    )
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(gone),)
    )
    connection.execute("UPDATE word_index SET chunks = chunks - ?, leftovers = 1", (len(gone),))
    return gone


def has_leftovers(connection: Connection) -> bool:
    """Whether something of dropped documents may be left in the database's files."""
    return bool(connection.execute("SELECT leftovers FROM word_index").fetchone()[0])


def erase_leftovers(connection: Connection) -> None:
    """Write the word index anew: deleted words otherwise stay in it until it is merged some day."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def declare_erased(connection: Connection) -> None:
    """Nothing of dropped documents is left, neither in the word index nor in the log."""
    connection.execute("UPDATE word_index SET leftovers = 0")


def renew(database: Database) -> None:
    """Make the word index anew when it was made by other rules than those of today."""
    with database.reading() as connection:
        if connection.execute("SELECT version FROM word_index").fetchone()[0] == words.VERSION:
            return
    with database.writing() as connection:
        connection.execute("DELETE FROM words")
        connection.execute("DELETE FROM word")
        connection.execute("UPDATE word_index SET chunks = 0, leftovers = 1")
        passages = connection.execute(
            "SELECT chunk.id, text, title || ' ' || heading FROM passage"
            " JOIN chunk ON chunk.id = chunk_id JOIN document ON document.id = document_id"
        )
        while rows := passages.fetchmany(ROWS_AT_ONCE):
            _add(connection, rows)
        connection.execute("UPDATE word_index SET version = ?", (words.VERSION,))


def _add(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Index chunks given as (id, text, header)."""
    uses: Counter[str] = Counter()
    ready: list[tuple[int, str, str]] = []
    for chunk_id, text, header in rows:
        met: set[str] = set()
        ready.append((chunk_id, words.index_text(text, met), words.index_text(header, met)))
        uses.update(_kept(met))
    connection.executemany("INSERT INTO words (rowid, body, header) VALUES (?, ?, ?)", ready)
    connection.executemany(
        "INSERT INTO word (folded, uses) VALUES (?, ?)"
        " ON CONFLICT (folded) DO UPDATE SET uses = uses + excluded.uses",
        uses.items(),
    )
    connection.execute("UPDATE word_index SET chunks = chunks + ?", (len(ready),))


def _kept(written: Iterable[str]) -> set[str]:
    """What the vocabulary holds of the words that a chunk was written with."""
    return {
        folded
        for word in written
        if len(folded := words.fold(word)) in VOCABULARY_CHARS and folded.isalpha()
    }


def wanted_of(connection: Connection, question: str, vocabulary: Vocabulary) -> list[Wanted]:
    """What `question` wants, in the ways that it may be written in this library."""
    vocabulary.refresh(connection)
    return widen(read(question), vocabulary)


def search(
    connection: Connection, wanted: Sequence[Wanted], top_k: int, within: ChunkSet | None
) -> list[ScoredChunk]:
    """The chunks of complete documents that hold something of what is `wanted`, best first."""
    if top_k < 1:
        return []
    chunks = count_chunks(connection)
    if not chunks:
        return []
    last_id: int = connection.execute("SELECT max(id) FROM chunk").fetchone()[0]
    total = np.zeros(last_id + 1)
    first: set[int] = set()
    for want, ways in _worth_looking_up(connection, wanted, chunks):
        best = np.zeros(last_id + 1)
        for way in ways:
            ids, scores = _look_up(connection, way, chunks)
            best[ids] = np.maximum(best[ids], way.weight * scores)
            if want.quoted:
                first.update(ids.tolist())
        total += want.weight * best
    if first:
        total[sorted(first)] += total.max()
    if within is not None:
        total[~within.among(np.arange(len(total)))] = 0
    return _complete(connection, total, top_k)


def count_chunks(connection: Connection) -> int:
    """How many chunks there are, those of unfinished documents too; takes no time."""
    return int(connection.execute("SELECT chunks FROM word_index").fetchone()[0])


def frequencies(connection: Connection, terms: Sequence[str]) -> list[int]:
    """In how many chunks each of `terms` (see `words.terms`) occurs, in any of its forms."""
    found = [
        connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (term,)).fetchone()
        for term in terms
    ]
    return [int(row[0]) if row else 0 for row in found]


def _look_up(connection: Connection, way: Way, chunks: int) -> tuple[NDArray[np.int64], _Scores]:
    """The chunks that hold `way`, and their BM25 scores for it, > 0."""
    match = f'"{" ".join(way.terms)}"' + (" *" if way.open_ended else "")
    found = np.fromiter(
        connection.execute(
            "SELECT rowid, -bm25(words, 1.0, ?) FROM words WHERE words MATCH ?",
            (HEADER_WEIGHT, match),
        ),
        dtype=_POSTING,
    )
    count = len(found)
    # bm25() gives words that more than half of the rows hold no weight at all; in a library of one
    # file these may be all there are.
    taken = max(_LEAST_IDF, math.log((chunks - count + 0.5) / (count + 0.5)))
    given = math.log(1 + (chunks - count + 0.5) / (count + 0.5))
    return found["chunk_id"], found["score"] * (given / taken)


def _worth_looking_up(
    connection: Connection, wanted: Sequence[Wanted], chunks: int
) -> list[tuple[Wanted, list[Way]]]:
    """What is wanted in the ways that occur, the rarest as far as the budget allows.

    Frequent words say little, and words that only begin alike are looked up last.
    """
    counts = {
        way: count
        for want in wanted
        for way in want.ways
        if (count := _postings(connection, way)) > 0
    }
    budget = max(POSTINGS_BUDGET, POSTINGS_SHARE * chunks)
    kept: dict[Wanted, list[Way]] = {}
    for open_ended in (False, True):
        spent = 0
        offers = [
            (counts[way], way, want)
            for want in wanted
            for way in want.ways
            if way in counts and way.open_ended == open_ended
        ]
        for count, way, owner in sorted(offers, key=lambda offer: offer[0]):
            spent += count
            if spent > budget and (open_ended or len(kept) >= RAREST_KEPT):
                break
            if owner in kept or len(kept) < MOST_TERMS:
                kept.setdefault(owner, []).append(way)
    return list(kept.items())


def _postings(connection: Connection, way: Way) -> int:
    """At most how many chunks hold `way`."""
    if not way.open_ended:
        return min(frequencies(connection, way.terms), default=0)
    start = way.terms[0]
    found = connection.execute(
        "SELECT sum(doc) FROM vocabulary WHERE term >= ? AND term < ?",
        (start, start + "\U0010ffff"),
    ).fetchone()
    return int(found[0] or 0)


def _complete(connection: Connection, total: _Scores, top_k: int) -> list[ScoredChunk]:
    """The `top_k` best chunks of complete documents that have a score."""
    scored = np.flatnonzero(total)
    ordered = scored[np.argsort(-total[scored], kind="stable")].tolist()
    found: list[ScoredChunk] = []
    for start in range(0, len(ordered), 2 * top_k):
        batch = ordered[start : start + 2 * top_k]
        complete = {
            chunk_id
            for (chunk_id,) in connection.execute(
                "SELECT chunk.id FROM chunk JOIN document ON document.id = document_id"
                " WHERE chunk.id IN (SELECT value FROM json_each(?)) AND complete",
                (json.dumps(batch),),
            )
        }
        found += [ScoredChunk(i, float(total[i])) for i in batch if i in complete]
        if len(found) >= top_k:
            break
    return found[:top_k]
