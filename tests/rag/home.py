"""A library in a folder whose search model can be changed, and the sentences to fill it with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rag.cancel import CancelToken
from rag.embedders import LibraryEmbedders
from rag.events import EmbedderChanged
from rag.index.catalog import Catalog
from rag.index.current import OpenableIndex
from rag.index.exact import ExactIndex
from rag.library import Library
from tests.fakes import FakeEmbedders, FakeReader
from tests.rag.house import follow


def many_sentences(count: int = 300) -> str:
    """A text of several groups of chunks."""
    return "\n\n".join(f"Parcel {n} was seen at gate {n} that day. " * 8 for n in range(count))


class MemoryIndex(ExactIndex):
    """The catalog's vectors in memory alone."""

    def __init__(self, catalog: Catalog, dimension: int) -> None:
        super().__init__(dimension)
        self._catalog = catalog

    def open(self) -> str:
        for block in self._catalog.vector_blocks(100):
            self.upsert(block.ids.tolist(), block.document_ids.tolist(), block.matrix)
        return ""

    def close(self) -> None:
        pass


class Home:
    """A library in a folder, with fake embedders, which can be closed and opened again."""

    def __init__(
        self,
        folder: Path,
        source: FakeEmbedders,
        make_index: Callable[[Catalog, int], OpenableIndex] = MemoryIndex,
    ) -> None:
        self.folder, self.source, self.make_index = folder, source, make_index
        (folder / "files").mkdir(exist_ok=True)
        self.open()

    def open(self) -> None:
        self.catalog = Catalog.open(self.folder / "library")
        self.embedders = LibraryEmbedders(
            self.catalog, lambda dimension: self.make_index(self.catalog, dimension), self.source
        )
        self.notices = self.embedders.open()
        self.library = Library(
            self.catalog, self.embedders.vectors, FakeReader(), self.embedders.reading, 1
        )

    def close(self) -> None:
        self.embedders.close()
        self.catalog.close()

    def reopen(self) -> None:
        self.close()
        self.open()

    def add(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.folder / "files" / f"{name}.txt").write_text(text, "utf-8")
        follow(self.library.add([self.folder / "files"], CancelToken()))

    def change(self, seen: Callable[[EmbedderChanged], None] = lambda _: None) -> int:
        """Go on with a change; how many events that took."""
        count = 0
        for state in self.embedders.change(self.library.gate, CancelToken()):
            seen(state)
            count += 1
        return count

    def nearest(self, text: str) -> list[str]:
        embedder, vectors = self.embedders.searching()
        found = vectors.query(embedder.embed_question(text).vector, 10, None)
        chunks = self.catalog.chunks([hit.chunk_id for hit in found])
        return [chunk.chunk.text for chunk in chunks]

    @property
    def used(self) -> str:
        known = self.catalog.embedders.in_use()
        return known.name if known else ""
