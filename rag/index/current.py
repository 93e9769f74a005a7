"""The vector index of the embedder in use: another one once another embedder takes over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from rag.index.catalog import Catalog
from rag.protocols import ChunkSet, FloatMatrix, ScoredChunk, VectorIndex


class OpenableIndex(VectorIndex, Protocol):
    """A vector index over a catalog's vectors, see `rag.index.reconcile.SafeIndex`."""

    def open(self) -> str:
        """Load the vectors; says in plain words what was wrong, or ""."""
        ...

    def close(self) -> None:
        """Release the files; it answers all the same."""
        ...


class CurrentIndex:
    """A `VectorIndex`, empty while the library has no embedder. Safe to use from any thread.

    Only one thread at a time may open, renew or close it.
    """

    def __init__(self, catalog: Catalog, make: Callable[[int], OpenableIndex]) -> None:
        """`make` gives an index for vectors of so many numbers, not yet opened."""
        self._catalog = catalog
        self._make = make
        self._index: OpenableIndex | None = None

    @property
    def now(self) -> VectorIndex:
        """The index of this moment, which goes on answering when it was renewed meanwhile."""
        return self._index or self

    def open(self) -> str:
        """Open the index once there is an embedder; says in plain words what was wrong, or ""."""
        known = self._catalog.embedders.in_use()
        if known is None or self._index is not None:
            return ""
        index = self._make(known.dimension)
        notice = index.open()
        self._index = index
        return notice

    def renew(self) -> None:
        """Search the vectors of the embedder that took over; whoever searches does not wait."""
        known = self._catalog.embedders.in_use()
        before = self._index
        if known is None:
            return
        fresh = self._make(known.dimension)
        if before is not None:
            before.close()  # two may not use Chroma's folder; it answers exactly from now on
        fresh.open()
        self._index = fresh

    def close(self) -> None:
        """Release the files; nobody may be using the index any more."""
        if self._index is not None:
            self._index.close()

    def upsert(
        self, chunk_ids: Sequence[int], document_ids: Sequence[int], vectors: FloatMatrix
    ) -> None:
        """Add vectors of the embedder in use that the catalog holds already."""
        if self._index is not None:
            self._index.upsert(chunk_ids, document_ids, vectors)

    def delete(self, chunk_ids: Sequence[int]) -> None:
        """Forget vectors; unknown ids are ignored."""
        if self._index is not None:
            self._index.delete(chunk_ids)

    def query(self, vector: FloatMatrix, top_k: int, within: ChunkSet | None) -> list[ScoredChunk]:
        """The `top_k` nearest chunks, best first, of those `within` only unless None."""
        return [] if self._index is None else self._index.query(vector, top_k, within)

    def count(self) -> int:
        """How many vectors it holds."""
        return 0 if self._index is None else self._index.count()
