"""Makes the vectors of many texts: each once, in batches of like length that end soon."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Sequence

import numpy as np

from rag.index.catalog import Catalog
from rag.protocols import Embedder, FloatMatrix

_BATCH_S = 0.35  # a pause, a question or a cancel waits no longer than for one batch
_FIRST_BATCH = 8
_SMALLEST_BATCH, _LARGEST_BATCH = 4, 64


def embedded_text(context: str, text: str) -> str:
    """What is embedded of a chunk: its text, below the line that tells where it stands."""
    return f"{context}\n{text}"


def vector_key(fingerprint: str, embedded: str) -> str:
    """Names the vector that the embedder with this fingerprint makes of a text."""
    return hashlib.blake2b(f"{fingerprint}\0{embedded}".encode(), digest_size=16).hexdigest()


def embed_in_batches(
    catalog: Catalog, embedder: Embedder, texts: Sequence[str], keys: Sequence[str]
) -> Generator[tuple[list[int], FloatMatrix], None, None]:
    """Yield the vectors of `texts` batch by batch, with their places in `texts`: each place once.

    What `catalog` holds under one of `keys` comes first, and is not embedded again. Nothing is
    computed between taking a batch and asking for the next.
    """
    known = catalog.known_vectors(keys)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    held = [place for place, key in enumerate(keys) if key in known]
    if held:
        yield held, np.stack([known[keys[place]] for place in held])
    todo = sorted(
        (key for key in places if key not in known), key=lambda k: len(texts[places[k][0]])
    )
    batch_size, begin = _FIRST_BATCH, 0
    while begin < len(todo):
        batch = todo[begin : begin + batch_size]
        begun = time.monotonic()
        vectors = embedder.embed_passages([texts[places[key][0]] for key in batch])
        rate = len(batch) / max(1e-3, time.monotonic() - begun)
        batch_size = max(_SMALLEST_BATCH, min(_LARGEST_BATCH, int(rate * _BATCH_S)))
        begin += len(batch)
        copies = [len(places[key]) for key in batch]
        yield [p for key in batch for p in places[key]], np.repeat(vectors, copies, axis=0)
