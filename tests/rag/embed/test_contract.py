"""Every embedder keeps the contract, with its real model and with tiny ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.embed import precision
from rag.embed.export import export
from rag.embed.onnx import OnnxEmbedder
from rag.embed.sentence import SentenceEmbedder
from rag.models.discover import embedder_folder, fast_copies
from rag.protocols import Embedder
from tests.rag.embed.contract import EmbedderContract
from tests.rag.embed.tiny_models import tiny_model

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def real_folder() -> Path:
    folder = embedder_folder()
    assert folder is not None, "the search model's package is not installed"
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A tiny model that takes the first token's vector, and its fast copy."""
    folder = tmp_path_factory.mktemp("tiny")
    made = tiny_model(folder, "cls", dense=96)
    export(made, folder / "fast")
    return made, folder / "fast"


class TestReference(EmbedderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def embedder(cls, real_folder: Path) -> Embedder:
        return SentenceEmbedder(real_folder)


class TestReferenceWithTinyModel(EmbedderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def embedder(cls, tiny: tuple[Path, Path]) -> Embedder:
        return SentenceEmbedder(tiny[0])


@pytest.mark.skipif(not precision.multiplies_bfloat16(), reason="needs a processor with AMX")
class TestBfloat16(EmbedderContract):
    most_difference = 0.02

    @pytest.fixture(scope="class")
    @classmethod
    def embedder(cls, real_folder: Path) -> Embedder:
        return SentenceEmbedder(real_folder, precision="bfloat16")


class TestFastCopy(EmbedderContract):
    most_difference = 0.0

    @pytest.fixture(scope="class")
    @classmethod
    def embedder(cls) -> Embedder:
        return OnnxEmbedder(fast_copies("all-MiniLM-L6-v2")[-1])


class TestFastCopyOfTinyModel(EmbedderContract):
    most_difference = 0.0

    @pytest.fixture(scope="class")
    @classmethod
    def embedder(cls, tiny: tuple[Path, Path]) -> Embedder:
        return OnnxEmbedder(tiny[1])
