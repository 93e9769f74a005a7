"""A library of fakes around a real catalog, and the folder of its user."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.cancel import CancelToken
from rag.events import IngestEvent
from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex
from rag.library import Library
from rag.records import FileRecord, IngestSummary
from tests.fakes import FakeEmbedder, FakeReader


@dataclass
class House:
    """A library of fakes around a real catalog, and the folder of the user."""

    folder: Path
    catalog: Catalog
    vectors: ExactIndex
    reader: FakeReader
    embedder: FakeEmbedder
    library: Library

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def touch_later(self, path: Path) -> None:
        facts = path.stat()
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1_000_000_000))

    def add(self, *paths: Path) -> IngestSummary:
        return follow(self.library.add(paths or [self.folder], CancelToken()))

    def refresh(self, *paths: Path) -> IngestSummary:
        return follow(self.library.refresh(paths, CancelToken()))

    def file(self, path: Path) -> FileRecord:
        record = self.catalog.file(path)
        assert record is not None
        return record

    def finds(self, word: str) -> set[str]:
        found = self.catalog.search_words(word, 50, None)
        return {c.path.name for c in self.catalog.chunks([f.chunk_id for f in found])}


def follow(
    reading: Iterator[IngestEvent], seen: Callable[[IngestEvent], None] = lambda _: None
) -> IngestSummary:
    while True:
        try:
            seen(next(reading))
        except StopIteration as end:
            return end.value
