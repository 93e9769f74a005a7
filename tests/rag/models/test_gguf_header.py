"""The reader of GGUF headers, on right and on damaged files."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import pytest
from gguf import GGML_QUANT_SIZES, GGUFReader

from rag.models.discover import trial_model
from rag.models.gguf_header import TENSOR_BLOCKS, BadHeader, read
from tests.rag.models.gguf_files import write_gguf


def test_the_sizes_of_tensor_types_are_ggmls_own():
    theirs = {kind.value: sizes for kind, sizes in GGML_QUANT_SIZES.items()}

    assert {kind: theirs[kind] for kind in TENSOR_BLOCKS} == TENSOR_BLOCKS


def test_the_data_of_a_real_model_end_where_its_file_does():
    path = trial_model()
    assert path is not None

    with path.open("rb") as file:
        header = read(file)

    assert header.data_end == path.stat().st_size
    assert header.tensors == 272
    assert header.metadata["general.architecture"] == "llama"
    assert header.metadata["llama.context_length"] == 8192
    assert header.metadata["tokenizer.ggml.add_bos_token"] is False


def test_metadata_are_read_as_the_reference_reader_does(tmp_path: Path):
    path = write_gguf(tmp_path / "m.gguf", extra={"llama.some": 7, "a.text": "Grüße"})

    header = read(io.BytesIO(path.read_bytes()))

    fields = GGUFReader(path).fields
    assert header.metadata["llama.some"] == fields["llama.some"].contents() == 7
    assert header.metadata["a.text"] == fields["a.text"].contents() == "Grüße"


def test_files_with_the_same_vocabulary_are_told_by_its_fingerprint(tmp_path: Path):
    one = write_gguf(tmp_path / "one.gguf", extra={"tokenizer.chat_template": "x"})
    same = write_gguf(tmp_path / "same.gguf", architecture="qwen2", tensors=5)
    other = write_gguf(tmp_path / "other.gguf", extra={"tokenizer.ggml.pre": "gpt-4o"})
    none = write_gguf(tmp_path / "none.gguf", vocabulary=False)

    found = [read(io.BytesIO(p.read_bytes())).vocabulary for p in (one, same, other, none)]

    assert len(found[0]) == 64
    assert found[0] == found[1] != found[2]
    assert found[3] == ""


def test_absurd_lengths_neither_take_memory_nor_time():
    huge = (2**63).to_bytes(8, "little")
    for damaged in (
        b"GGUF\x03\0\0\0" + huge + huge,
        b"GGUF\x03\0\0\0" + bytes(8) + b"\x01" + bytes(7) + huge,
        b"GGUF\x03\0\0\0" + bytes(8) + b"\x01" + bytes(15) + b"\x09\0\0\0\x08\0\0\0" + huge,
    ):
        started = time.perf_counter()
        with pytest.raises(BadHeader):
            read(io.BytesIO(damaged))
        assert time.perf_counter() - started < 0.5


@pytest.mark.fuzz
def test_damaged_headers_are_read_or_refused(tmp_path: Path):
    whole = write_gguf(tmp_path / "m.gguf", extra={"a.text": "word"}).read_bytes()[:1200]
    chance = random.Random(3)
    refused: list[str] = []
    for _ in range(3000):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        started = time.perf_counter()
        try:
            read(io.BytesIO(damaged[: chance.randint(1, len(damaged))]))
        except BadHeader as error:
            refused.append(str(error))
        assert time.perf_counter() - started < 2
    assert len(refused) > 1000
    assert all(refused)
