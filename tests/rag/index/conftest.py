"""A catalog in a folder of its own, and one with its vector index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.index.catalog import Catalog
from tests.rag.index.indexed_library import DOCUMENTS, Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def catalog(folder: Path) -> Iterator[Catalog]:
    catalog = Catalog.open(folder)
    yield catalog
    catalog.close()


@pytest.fixture(scope="session")
def closed_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = Library(tmp_path_factory.mktemp("closed") / "library")
    for n in range(DOCUMENTS):
        library.add(f"{n}.txt")
    assert library.chroma_answers
    library.stop()
    return library.folder


@pytest.fixture
def library(closed_library: Path, folder: Path) -> Iterator[Library]:
    shutil.copytree(closed_library, folder)
    library = Library(folder)
    assert library.chroma_answers
    yield library
    library.stop()
