"""What the tests of the engine share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex
from rag.library import Library
from tests.fakes import DIMENSION, FakeEmbedder, FakeReader
from tests.rag.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    catalog = Catalog.open(tmp_path / "library")
    vectors, reader, embedder = ExactIndex(DIMENSION), FakeReader(), FakeEmbedder()
    library = Library(catalog, vectors, reader, lambda: embedder, 1)
    (tmp_path / "files").mkdir()
    yield House(tmp_path / "files", catalog, vectors, reader, embedder, library)
    catalog.close()
