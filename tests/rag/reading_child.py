"""A reading to be killed: real parsers and a real catalog, but a quick embedder.

Run as `python -m tests.rag.reading_child LIBRARY FILE`; prints how far it is, event by event.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from rag.cancel import CancelToken
from rag.events import ReadingProgress
from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex
from rag.library import Library
from rag.load.sandbox import ParserPool
from rag.reading import drafts
from rag.reading.patience import tidy_up
from tests.fakes import DIMENSION, FakeEmbedder

BATCH_S = 0.05  # so that there is something to be cut short


def _tell(place: int | str, embedder: FakeEmbedder) -> None:
    sys.stdout.write(f"{place} {len(embedder.embedded)}\n")
    sys.stdout.flush()


def main(library: Path, file: Path) -> None:
    drafts.KEPT_AFTER_S, drafts.KEPT_EVERY_S, drafts.KEPT_CHUNKS = 0.0, 0.05, 50
    catalog = Catalog.open(library)
    tidy_up(catalog)
    pool = ParserPool(1, 60, 1024)
    embedder = FakeEmbedder(before_batch=lambda: time.sleep(BATCH_S))
    vectors = ExactIndex(DIMENSION)
    reading = Library(catalog, vectors, pool, lambda: embedder, 1)
    for event in reading.add([file], CancelToken()):
        if isinstance(event, ReadingProgress):
            _tell(event.page, embedder)
    _tell("end", embedder)
    pool.close()
    catalog.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
