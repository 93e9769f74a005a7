"""Makes the vectors of many chunks: each once, in batches of like length that end soon."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from rag import traces
from rag.index.catalog import Catalog
from rag.protocols import ChunkVectors, Embedder

_BATCH_S = 0.35  # a pause, a question or a cancel waits no longer than for one batch
_FIRST_BATCH = 8
_SMALLEST_BATCH, _LARGEST_BATCH = 4, 256  # a graphics processor comes to the largest


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """What is embedded of a chunk: its text, below the line that tells where it stands."""

    context: str
    text: str

    @property
    def whole(self) -> str:
        """Both, as the embedder is given them."""
        return f"{self.context}\n{self.text}"

    @property
    def text_start(self) -> int:
        """Where the text begins in the whole."""
        return len(self.context) + 1

    def key(self, fingerprint: str) -> str:
        """Names the vectors that the embedder with this fingerprint makes of it."""
        named = f"{fingerprint}\0{self.whole}".encode()
        return hashlib.blake2b(named, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedBatch:
    """Some vectors, with the places of their texts among those that were given."""

    places: list[int]
    vectors: ChunkVectors
    was_known: bool = False  # and took no time


def embed_in_batches(
    catalog: Catalog, embedder: Embedder, texts: Sequence[EmbeddedText], keys: Sequence[str]
) -> Generator[EmbeddedBatch, None, None]:
    """Yield the vectors of `texts` batch by batch: each place once.

    What `catalog` holds under one of `keys` comes first, and is not embedded again. Nothing is
    computed between taking a batch and asking for the next.
    """
    known = catalog.known_vectors(keys)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    held = [place for place, key in enumerate(keys) if key in known]
    if held:
        vectors = ChunkVectors.of([known[keys[place]] for place in held])
        yield EmbeddedBatch(held, vectors, was_known=True)
    todo = sorted(
        (key for key in places if key not in known), key=lambda k: len(texts[places[k][0]].whole)
    )
    batch_size, begin = _FIRST_BATCH, 0
    while begin < len(todo):
        batch = todo[begin : begin + batch_size]
        begun = time.monotonic()
        made = _embedded(embedder, [texts[places[key][0]] for key in batch])
        rate = len(batch) / max(1e-3, time.monotonic() - begun)
        batch_size = max(_SMALLEST_BATCH, min(_LARGEST_BATCH, int(rate * _BATCH_S)))
        begin += len(batch)
        rows = np.repeat(np.arange(len(batch)), [len(places[key]) for key in batch])
        held = [place for key in batch for place in places[key]]
        yield EmbeddedBatch(held, made.rows(rows.tolist()))


def _embedded(embedder: Embedder, texts: Sequence[EmbeddedText]) -> ChunkVectors:
    made = embedder.embed_passages([text.whole for text in texts])
    kept = (
        traces.pack(tokens.after(text.text_start))
        for tokens, text in zip(made.tokens, texts, strict=True)
    )
    return ChunkVectors(made.vectors, tuple(kept))
