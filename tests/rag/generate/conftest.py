"""A small model with a long context, and a place for what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.generate.kvcache import SavedReadings
from rag.generate.llama import LlamaModel
from tests.rag.generate.long_texts import kept_in


@pytest.fixture
def tiny(tiny_phi3: Path) -> Iterator[LlamaModel]:
    model = LlamaModel(tiny_phi3)
    yield model
    model.close()


@pytest.fixture
def caches(tmp_path: Path) -> SavedReadings:
    return kept_in(tmp_path / "states")
