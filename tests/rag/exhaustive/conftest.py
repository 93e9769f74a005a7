"""Small libraries that are gone through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rag.exhaustive.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive without files."""
    opened = Archive(tmp_path)
    yield opened
    opened.catalog.close()
