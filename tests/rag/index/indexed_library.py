"""A catalog with its vector index, as the tests of both need it."""

from __future__ import annotations

from pathlib import Path

from rag.index.catalog import Catalog
from rag.index.reconcile import FOLDER_NAME, SafeIndex
from rag.protocols import FloatMatrix, ScoredChunk
from tests.rag.index.filling import DIMENSION, begin, record, vectors_of

DOCUMENTS = 30
CHUNKS = 50
SETTLE_S = 200.0
Answers = list[list[ScoredChunk]]


class Library:
    """A catalog with its index, which can be closed and opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chroma = folder / FOLDER_NAME
        self.notice = ""
        self.start()

    def start(self) -> None:
        self.catalog = Catalog.open(self.folder)
        self.index = SafeIndex(self.catalog, self.folder, DIMENSION)
        self.notice = self.index.open()

    def stop(self) -> None:
        self.index.close()
        self.catalog.close()

    def add(self, name: str, count: int = CHUNKS) -> list[int]:
        """Write a document as the library does: catalog, index, then all of it seen at once."""
        text = "\n".join(f"{name} line {n}" for n in range(count))
        document_id, ids = begin(self.catalog, text)
        vectors = vectors_of(text.split("\n"))
        self.index.upsert(ids, [document_id] * len(ids), vectors)
        gone = self.catalog.finish_document(document_id, record(Path("files", name)))
        self.index.delete(gone)
        return ids

    def answers(self) -> Answers:
        return [self.index.query(question, 20, None) for question in questions()]

    @property
    def chroma_answers(self) -> bool:
        return self.index.wait_until_settled(SETTLE_S)


def questions() -> FloatMatrix:
    return vectors_of([f"question {n}" for n in range(12)])
