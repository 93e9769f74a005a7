"""How soon the evidence shows in a library of 10,000 chunks.

Run by hand: `python -m tests.benchmarks.asking DATA/long/book.txt DATA/squad/questions.jsonl`. The
chunks are those of real text; their vectors are random, so that no hour of embedding is needed. The
questions go through the engine's pipe as the window's do, and the clock stops at `EvidenceFound`.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from rag.chats import Chats
from rag.chunk import chunk_document
from rag.events import AnswerFinished, Ask, EvidenceFound, ModelChanged, SearchReady, StopAnswer
from rag.index.catalog import Catalog
from rag.loaded_models import LoadedModels
from rag.protocols import ChunkVectors
from rag.records import DocumentInfo, DocumentText, FileRecord, FileState, Page
from rag.scores import read_questions
from tests.rag.engine_process import EngineProcess

CHUNKS = 10_000
QUESTIONS = 40
SHIFT_CHARS = 137  # each copy of the text is cut elsewhere


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("text", type=Path)
    arguments.add_argument("questions", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "library")
        chunks = fill(folder, Path(scratch), options.text.read_text("utf-8"))
        waits = ask(folder, [item.question for item in read_questions(options.questions)])
    waits.sort()
    print(f"{chunks} chunks, {len(waits)} questions: evidence after")
    print(
        f"median {1000 * statistics.median(waits):.0f} ms, "
        f"p95 {1000 * waits[int(0.95 * len(waits))]:.0f} ms, worst {1000 * waits[-1]:.0f} ms"
    )


def fill(folder: Path, files: Path, text: str) -> int:
    """Put copies of `text`, each cut elsewhere, into a new library; returns its chunks."""
    drawn = np.random.default_rng(0)
    catalog, chats = Catalog.open(folder), Chats.open(folder)
    embedder = LoadedModels(folder / "models", chats).embedder()
    catalog.embedders.adopt(embedder.identity.name, embedder.identity)
    total = 0
    while total < CHUNKS:
        text = text[SHIFT_CHARS:]
        path = files / f"{total}.txt"
        path.write_text(text, "utf-8")
        info = DocumentInfo(path.stem, 1, paged=False, format="text")
        page = Page(1, "1", text)
        document = DocumentText.from_pages(info, [page])
        chunks = chunk_document(document)[: CHUNKS - total]
        vectors = drawn.normal(size=(len(chunks), embedder.identity.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        document_id = catalog.start_document(f"{total:064}", info)
        catalog.write_pages(document_id, [page])
        keys = [f"{total}-{n}" for n in range(len(chunks))]
        made = ChunkVectors(vectors, (b"",) * len(chunks))
        catalog.write_chunks(document_id, chunks, keys, made, embedder.identity.fingerprint)
        facts = path.stat()
        record = FileRecord(
            path,
            files,
            FileState.READY,
            chunks=len(chunks),
            size_bytes=facts.st_size,
            modified_ns=facts.st_mtime_ns,
        )
        catalog.finish_document(document_id, record)
        total += len(chunks)
    catalog.close()
    chats.close()
    return total


def ask(folder: Path, questions: list[str]) -> list[float]:
    """Seconds until the evidence of each question, the first few not counted."""
    waits: list[float] = []
    with EngineProcess(folder) as engine:
        engine.wait_for(SearchReady)
        engine.wait_for(ModelChanged)
        for question in questions[: QUESTIONS + 3]:
            begun = time.perf_counter()
            engine.send(Ask(question))
            engine.wait_for(EvidenceFound)
            waits.append(time.perf_counter() - begun)
            engine.send(StopAnswer())
            engine.wait_for(AnswerFinished)
    return waits[3:]


if __name__ == "__main__":
    main()
