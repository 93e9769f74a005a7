"""Chroma as a vector index on disk: ids, vectors and documents' numbers, never text."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from rag.protocols import ChunkSet, FloatMatrix, ScoredChunk

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.types import Include, Metadata

COLLECTION = "passages"
BATCH = 500
# Generous, because Chroma only proposes candidates, which are then scored exactly: of 20,000
# vectors its 150 nearest held the true 50 nearest in every query tried, at 9 ms each.
EF_SEARCH = 400
EF_CONSTRUCTION = 200
MAX_NEIGHBORS = 24


class Closable(Protocol):
    """What can be closed."""

    def close(self) -> None:
        """Release what is held."""
        ...


class IndexBroken(Exception):
    """Chroma failed, or its folder is not what this catalog filled."""


class ChromaIndex:
    """A collection in `folder`, created when missing; raises `IndexBroken` when Chroma fails.

    `origin` names the catalog that fills it: opening it for another raises. One thread at a time.
    """

    def __init__(self, folder: Path, dimension: int, origin: str = "") -> None:
        with _translated():
            # importing Chroma takes a second, and a search by words alone never needs it
            import chromadb  # noqa: PLC0415
            from chromadb.config import Settings  # noqa: PLC0415

            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                folder, settings=Settings(anonymized_telemetry=False)
            )
        try:
            self._collection = self._owned_collection(dimension, origin)
        except IndexBroken:
            self.close()
            raise

    def close(self) -> None:
        """Write what is pending and release the files."""
        with _translated():
            cast("Closable", self._client).close()  # the interface leaves it out

    def upsert(
        self, chunk_ids: Sequence[int], document_ids: Sequence[int], vectors: FloatMatrix
    ) -> None:
        """Add or replace vectors, shape (len(chunk_ids), dimension)."""
        for first in range(0, len(chunk_ids), BATCH):
            batch = slice(first, first + BATCH)
            metadatas: list[Metadata] = [{"document": int(d)} for d in document_ids[batch]]
            with _translated():
                self._collection.upsert(
                    ids=[str(chunk_id) for chunk_id in chunk_ids[batch]],
                    embeddings=np.asarray(vectors[batch], np.float32),
                    metadatas=metadatas,
                )

    def delete(self, chunk_ids: Sequence[int]) -> None:
        """Forget vectors; unknown ids are ignored."""
        for first in range(0, len(chunk_ids), BATCH):
            with _translated():
                self._collection.delete(ids=[str(i) for i in chunk_ids[first : first + BATCH]])

    def query(self, vector: FloatMatrix, top_k: int, within: ChunkSet | None) -> list[ScoredChunk]:
        """The `top_k` most similar chunks, best first, of those `within` only unless None."""
        if top_k < 1 or (within is not None and not within):
            return []
        asked = top_k
        while True:  # Chroma's own filter is slow, and fails on ids that it does not hold
            nearest = self._nearest(vector, asked)
            held = nearest
            if within is not None:
                ids = np.array([hit.chunk_id for hit in nearest], np.int64)
                held = [nearest[row] for row in np.flatnonzero(within.among(ids))]
            if len(held) >= top_k or len(nearest) < asked:
                return held[:top_k]
            asked *= 4

    def count(self) -> int:
        """How many vectors it holds."""
        with _translated():
            return self._collection.count()

    def ids(self) -> NDArray[np.int64]:
        """Every chunk it holds, rising."""
        with _translated():
            stored = self._collection.get(include=[])["ids"]
        return np.sort(np.array(stored, np.int64))

    def vectors(self, chunk_ids: Sequence[int]) -> tuple[NDArray[np.int64], FloatMatrix]:
        """The vectors of those of `chunk_ids` that it holds, with their ids."""
        with _translated():
            found = self._collection.get(
                ids=[str(chunk_id) for chunk_id in chunk_ids], include=["embeddings"]
            )
            rows = np.asarray(found["embeddings"], np.float32)
        return np.array(found["ids"], np.int64), rows

    def _nearest(self, vector: FloatMatrix, top_k: int) -> list[ScoredChunk]:
        wanted: Include = ["distances"]
        with _translated():
            found = self._collection.query(
                query_embeddings=np.asarray(vector, np.float32)[None],
                n_results=top_k,
                include=wanted,
            )
        distances = found["distances"] or [[]]
        return [
            ScoredChunk(int(chunk_id), 1.0 - distance)
            for chunk_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def _owned_collection(self, dimension: int, origin: str) -> Collection:
        with _translated():
            collection = self._client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,
                metadata={"origin": origin, "dimension": dimension},
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_search": EF_SEARCH,
                        "ef_construction": EF_CONSTRUCTION,
                        "max_neighbors": MAX_NEIGHBORS,
                    }
                },
            )
        if collection.metadata != {"origin": origin, "dimension": dimension}:
            raise IndexBroken("the index belongs to another catalog")
        return collection


@contextmanager
def _translated() -> Generator[None, None, None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # Chroma's Rust core panics with what is not an Exception
        raise IndexBroken(str(error)) from error
