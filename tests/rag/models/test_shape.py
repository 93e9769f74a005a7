"""What a file's header says of the memory that its contexts will take."""

from __future__ import annotations

from pathlib import Path

import pytest
from gguf import GGUFWriter

from rag.errors import ModelBroken, ModelMissing
from rag.models.discover import trial_model
from rag.models.shape import shape_of
from rag.records import ModelShape
from tests.rag.models.gguf_files import write_gguf


def test_the_trial_models_shape_is_read_from_its_header():
    path = trial_model()
    assert path is not None

    shape = shape_of(path)

    assert shape == ModelShape(
        layers=30,
        heads=9,
        kv_heads=3,
        head_size=64,
        hidden=576,
        feed_forward=1536,
        vocabulary=49152,
        context_tokens=8192,
        weights_bytes=96_576_768,
    )


def test_of_layers_that_differ_the_largest_counts(tmp_path: Path):
    path = tmp_path / "m.gguf"
    writer = GGUFWriter(path, "other")
    writer.add_block_count(3)
    writer.add_embedding_length(128)
    writer.add_head_count([4, 8, 4])
    writer.add_head_count_kv([2, 1, 2])
    writer.add_feed_forward_length([256, 512, 256])
    writer.add_key_length(32)
    writer.add_context_length(4096)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()

    shape = shape_of(path)

    assert (shape.heads, shape.kv_heads, shape.feed_forward, shape.head_size) == (8, 2, 512, 32)
    assert (shape.vocabulary, shape.weights_bytes) == (0, 0)


def test_a_file_that_does_not_say_its_size_is_told(tmp_path: Path):
    path = write_gguf(tmp_path / "m.gguf")

    with pytest.raises(ModelBroken, match="how large"):
        shape_of(path)


def test_a_file_that_is_no_model_is_told(tmp_path: Path):
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF")

    with pytest.raises(ModelBroken):
        shape_of(path)
    with pytest.raises(ModelMissing):
        shape_of(tmp_path / "none.gguf")
