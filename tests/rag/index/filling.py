"""Documents to fill a catalog with: made up, but shaped as readers and the chunker make them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.index.catalog import Catalog
from rag.protocols import ChunkVectors, FloatMatrix
from rag.records import Chunk, DocumentInfo, DocumentText, FileRecord, FileState, Heading, Page

DIMENSION = 16


def record(path: Path, state: FileState = FileState.READY, root: Path | None = None) -> FileRecord:
    return FileRecord(path, root or path.parent, state)


def pages_of(*texts: str) -> list[Page]:
    """Pages whose first line is a heading where it begins with a paragraph sign."""
    pages: list[Page] = []
    for number, text in enumerate(texts, 1):
        first = text.split("\n")[0]
        headings = (Heading(0, len(first), 1, first),) if first.startswith("§") else ()
        pages.append(Page(number, f"p{number}", text, headings=headings, glyphs=bytes([number])))
    return pages


def chunks_of(document: DocumentText) -> list[Chunk]:
    """A chunk for each line that is not empty."""
    chunks: list[Chunk] = []
    start = 0
    for line in document.text.replace("\f", "\n").split("\n"):
        end = start + len(line)
        if line:
            page = document.page_at(start)
            section = document.section_at(start)
            heading = section[-1].title if section else ""
            place = document.place_at(start)
            context = f"{document.title} > {heading}"
            chunks.append(
                Chunk(start, end, document.text[start:end], page, page, heading, place, context)
            )
        start = end + 1
    return chunks


def vectors_of(texts: Sequence[str], dimension: int = DIMENSION) -> FloatMatrix:
    """A unit vector for each text, the same for the same text."""
    rows = [
        np.random.default_rng(int(content_hash(text)[:8], 16)).normal(size=dimension)
        for text in texts
    ]
    matrix = np.array(rows, np.float32).reshape(len(rows), dimension)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def made_of(texts: Sequence[str], dimension: int = DIMENSION) -> ChunkVectors:
    """What an embedder keeps of each text, the same for the same text."""
    return ChunkVectors(
        vectors_of(texts, dimension), tuple(text.encode(errors="replace") for text in texts)
    )


def begin(
    catalog: Catalog, *texts: str, title: str = "A title", vectors: bool = True, paged: bool = True
) -> tuple[int, list[int]]:
    """Write a document all but its end; returns it and its chunks."""
    pages = pages_of(*texts)
    info = DocumentInfo(title, len(pages), paged, format="PDF")
    document_id = catalog.start_document(content_hash(*texts), info)
    catalog.write_pages(document_id, pages)
    chunks = chunks_of(DocumentText.from_pages(info, pages))
    keys = [key(chunk.text) for chunk in chunks]
    made = made_of([chunk.text for chunk in chunks]) if vectors else None
    return document_id, catalog.write_chunks(document_id, chunks, keys, made)


def add(catalog: Catalog, path: Path, *texts: str, title: str = "A title") -> int:
    """Write a document and let `path` show it."""
    document_id, _ = begin(catalog, *texts, title=title)
    catalog.finish_document(document_id, record(path))
    return document_id


def content_hash(*texts: str) -> str:
    return hashlib.sha256("\f".join(texts).encode(errors="surrogatepass")).hexdigest()


def key(text: str) -> str:
    return content_hash("key", text)
