"""Builds a library of many chunks, to measure how searching holds up in it.

Run by hand: `python -m tests.benchmarks.big_library DATA LIBRARY --chunks 100000`. The texts are
those of public documents, cut into files of ten chunks at most; when they run out, further copies
have three words in ten replaced by words drawn from all the documents, as often as they occur
there. Vectors are seeded, so that no hour of embedding is needed: each piece of real text has its
true embedding as the centre of its topic, and the chunks of it and of its copies lie around that at
random. A library that is there already is used again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np

from rag import traces
from rag.cancel import CancelToken
from rag.chats import Chats
from rag.chunk import chunk_document
from rag.errors import UnreadableFile
from rag.index.catalog import Catalog
from rag.index.reconcile import SafeIndex
from rag.load.sandbox import ParserPool
from rag.loaded_models import LoadedModels
from rag.options import Options
from rag.protocols import ChunkVectors, Embedder, FloatMatrix
from rag.records import Chunk, DocumentInfo, DocumentText, FileRecord, FileState, Page
from rag.traces import TokenVectors

SETS = ("filings", "reports", "long", "squad", "chunking_eval", "two_hop", "xquad_de", "xquad_zh")
PIECE_CHARS = 6500  # about ten chunks
FILES_PER_FOLDER = 100
REPLACED = 0.3  # of a copy's words
SPREAD = 0.9  # length of the noise around a topic's centre of length 1: a cosine of 0.74 with it
FIRST_DAY_S, DAYS = 1_420_070_400, 3650  # files were changed in the ten years from 2015 on
SETTLED_WITHIN_S = 3600
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a real document that becomes a file of its own."""

    info: DocumentInfo
    suffix: str
    pages: tuple[str, ...]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("library", type=Path)
    arguments.add_argument("--chunks", type=int, default=10_000)
    options = arguments.parse_args()
    build(options.data, options.library.absolute(), options.chunks)


def build(data: Path, library: Path, chunks: int) -> None:
    """Make a library with `chunks` chunks, unless `library` is one; Chroma is filled too."""
    catalog, chats = Catalog.open(library), Chats.open(library)
    models = LoadedModels(library / "models", chats)
    root = library / "documents"
    try:
        embedder = models.embedder()
        catalog.embedders.adopt(embedder.identity.name, embedder.identity)
        if catalog.roots():
            print(f"using the library of {catalog.count_chunks()} chunks in {library}")
        else:
            begun = time.perf_counter()
            pieces = read_pieces(data)
            print(f"{len(pieces)} pieces of real text, {time.perf_counter() - begun:.0f} s")
            files = fill(catalog, embedder, pieces, root, chunks)
            catalog.add_root(root)
            print(f"{chunks} chunks of {files} files, {time.perf_counter() - begun:.0f} s")
        begun = time.perf_counter()
        vectors = SafeIndex(catalog, library, embedder.identity.dimension)
        vectors.open()
        settled = vectors.wait_until_settled(SETTLED_WITHIN_S)
        vectors.close()
        print(f"Chroma ready: {settled}, {time.perf_counter() - begun:.0f} s")
    finally:
        models.close()
        chats.close()
        catalog.close()


def read_pieces(data: Path) -> list[Piece]:
    """The real documents under `data` in pieces, the sets mixed."""
    options = Options()
    pool = ParserPool(2, options.parse_seconds, options.parse_memory_mb)
    pieces: list[Piece] = []
    try:
        for name in SETS:
            folder = data / name
            documents = folder / "docs" if (folder / "docs").is_dir() else folder
            for path in sorted(documents.rglob("*")):
                if path.suffix in {".pdf", ".txt", ".md", ".html"}:
                    pieces += _pieces_of(pool, path)
    finally:
        pool.close()
    random.Random(0).shuffle(pieces)
    return pieces


def _pieces_of(pool: ParserPool, path: Path) -> Iterator[Piece]:
    info = DocumentInfo(path.stem, 1, paged=False, format="text")
    held: list[str] = []
    try:
        for item in pool.read(path, CancelToken(), lambda: None):
            if isinstance(item, DocumentInfo):
                info = item
                continue
            for part in _parts(item.text):
                if held and sum(map(len, held)) + len(part) > PIECE_CHARS:
                    yield Piece(info, path.suffix, tuple(held))
                    held = []
                held.append(part)
    except UnreadableFile as error:
        print(error)
    if held:
        yield Piece(info, path.suffix, tuple(held))


def _parts(text: str) -> Iterator[str]:
    """`text` along its lines, each part at most `PIECE_CHARS` if lines allow it."""
    held = ""
    for line in text.splitlines(keepends=True):
        if held and len(held) + len(line) > PIECE_CHARS:
            yield held
            held = ""
        held += line
    if held.strip():
        yield held


def fill(
    catalog: Catalog, embedder: Embedder, pieces: Sequence[Piece], root: Path, wanted: int
) -> int:
    """Put `wanted` chunks into an empty catalog; returns how many files they are of."""
    centres = embedder.embed_passages([" ".join(piece.pages)[:1000] for piece in pieces]).vectors
    words = [word for piece in pieces for page in piece.pages for word in _WORD.findall(page)]
    drawn, noise = random.Random(1), np.random.default_rng(1)
    done = 0
    for number in count():
        piece = pieces[number % len(pieces)]
        if number >= len(pieces):
            piece = _copy(piece, words, drawn)
        pages = [Page(n, str(n), text) for n, text in enumerate(piece.pages, 1)]
        info = replace(piece.info, page_count=len(pages), paged=piece.info.paged)
        document = DocumentText.from_pages(info, pages)
        chunks = chunk_document(document)[: wanted - done]
        if chunks:
            vectors = _around(centres[number % len(pieces)], chunks, noise)
            path = root / f"{number // FILES_PER_FOLDER:03}" / f"{number:05}{piece.suffix}"
            _write(catalog, embedder, path, root, info, pages, chunks, vectors)
            done += len(chunks)
        if number % 1000 == 0:
            print(f"  {done} chunks")
        if done == wanted:
            return number + 1
    raise AssertionError("the numbers never end")


def _copy(piece: Piece, words: Sequence[str], drawn: random.Random) -> Piece:
    def replaced(match: re.Match[str]) -> str:
        return drawn.choice(words) if drawn.random() < REPLACED else match[0]

    return replace(piece, pages=tuple(_WORD.sub(replaced, page) for page in piece.pages))


def _around(
    centre: FloatMatrix, chunks: Sequence[Chunk], noise: np.random.Generator
) -> ChunkVectors:
    """Unit vectors about `centre` for each chunk, and for each of its words."""
    starts = [[match.start() for match in _WORD.finditer(chunk.text)] for chunk in chunks]
    matrix = _unit_vectors(centre, len(chunks), noise)
    kept = tuple(
        traces.pack(TokenVectors(np.array(own, np.int64), _unit_vectors(centre, len(own), noise)))
        for own in starts
    )
    return ChunkVectors(matrix, kept)


def _unit_vectors(centre: FloatMatrix, rows: int, noise: np.random.Generator) -> FloatMatrix:
    away = noise.normal(size=(rows, len(centre))).astype(np.float32)
    vectors = centre + SPREAD * away / np.linalg.norm(away, axis=1, keepdims=True)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _write(
    catalog: Catalog,
    embedder: Embedder,
    path: Path,
    root: Path,
    info: DocumentInfo,
    pages: Sequence[Page],
    chunks: Sequence[Chunk],
    vectors: ChunkVectors,
) -> None:
    text = "\f".join(page.text for page in pages)
    sha256 = hashlib.sha256(os.fsencode(path)).hexdigest()
    document_id = catalog.start_document(sha256, info)
    catalog.write_pages(document_id, pages)
    keys = [f"{sha256[:24]}{n:08}" for n in range(len(chunks))]
    catalog.write_chunks(document_id, chunks, keys, vectors, embedder.identity.fingerprint)
    day = FIRST_DAY_S + document_id % DAYS * 86_400
    record = FileRecord(
        path,
        root,
        FileState.READY,
        pages=len(pages),
        words=len(text.split()),
        chunks=len(chunks),
        size_bytes=len(text.encode()),
        modified_ns=day * 1_000_000_000,
        paged=info.paged,
    )
    catalog.finish_document(document_id, record)


if __name__ == "__main__":
    main()
