"""Notices documents that say nearly the same: versions, drafts, copies with another first page.

Broder, "On the resemblance and containment of documents" (1997): of the hashes of all runs of five
words the smallest are kept, and how many of them two documents share tells how alike they are.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rag.database import Connection

Sketch = NDArray[np.uint32]

KEPT_HASHES = 128
LOOKED_UP = 16  # the smallest, by which others are found
RUN_WORDS = 5
FEWEST_WORDS = 50  # shorter texts are alike by chance
LIKE_SHARE = 0.7
MOST_COMPARED = 50

_WORDS = re.compile(r"\w+")
_SPREAD = np.uint32(2654435761)  # Knuth's multiplier: checksums of like texts are alike
_STORED = np.dtype("<u4")


def sketch_of(texts: Iterable[str]) -> Sketch:
    """The smallest hashes of the texts' runs of words, rising; empty for short texts."""
    words = [word.encode() for text in texts for word in _WORDS.findall(text.lower())]
    if len(words) < FEWEST_WORDS:
        return np.empty(0, np.uint32)
    word_hashes = np.fromiter(map(zlib.crc32, words), np.uint32, len(words))
    runs = np.zeros(len(words) - RUN_WORDS + 1, np.uint32)
    for step in range(RUN_WORDS):
        runs = runs * np.uint32(31) + word_hashes[step : step + len(runs)]
    return np.unique((runs ^ (runs >> np.uint32(15))) * _SPREAD)[:KEPT_HASHES]


def likeness(a: Sketch, b: Sketch) -> float:
    """The share of their runs of words that two documents have in common, 0..1."""
    if not len(a) or not len(b):
        return 0.0
    smallest = np.union1d(a, b)[:KEPT_HASHES]
    return float((np.isin(smallest, a) & np.isin(smallest, b)).mean())


def note(connection: Connection, document_id: int) -> None:
    """Keep the sketch of a document, and which earlier one it is most like, if any."""
    pages = connection.execute(
        "SELECT text FROM page WHERE document_id = ? ORDER BY number", (document_id,)
    )
    sketch = sketch_of(str(text) for (text,) in pages)
    if not len(sketch):
        return
    first = sketch[:LOOKED_UP].tolist()
    others = connection.execute(
        "SELECT document.id, sketch FROM sketch_hash JOIN document ON document.id = document_id"
        " WHERE hash IN (SELECT value FROM json_each(?)) AND complete AND document.id <> ?"
        " GROUP BY document.id ORDER BY count(*) DESC LIMIT ?",
        (json.dumps(first), document_id, MOST_COMPARED),
    ).fetchall()
    alike = [(likeness(sketch, np.frombuffer(kept, _STORED)), other) for other, kept in others]
    share, nearest = max(alike, default=(0.0, None))
    connection.execute(
        "UPDATE document SET sketch = ?, like_id = ? WHERE id = ?",
        (sketch.astype(_STORED).tobytes(), nearest if share >= LIKE_SHARE else None, document_id),
    )
    connection.executemany(
        "INSERT INTO sketch_hash (hash, document_id) VALUES (?, ?)",
        [(number, document_id) for number in first],
    )
