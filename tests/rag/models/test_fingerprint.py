"""A model file's sum is found out once, and again when the file changes."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, ModelBroken, ModelMissing
from rag.models.fingerprint import sha256_of


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"weights" * 1_000)
    return path


@pytest.fixture
def remembered(tmp_path: Path) -> Path:
    return tmp_path / "sums.json"


def test_the_sum_is_that_of_all_of_the_file(model: Path, remembered: Path):
    assert sha256_of(model, remembered) == hashlib.sha256(model.read_bytes()).hexdigest()


def test_the_file_is_read_once(model: Path, remembered: Path):
    first = sha256_of(model, remembered)
    told = model.stat()

    model.write_bytes(b"another" * 1_000)
    os.utime(model, ns=(told.st_atime_ns, told.st_mtime_ns))

    assert sha256_of(model, remembered) == first


@pytest.mark.parametrize("content", [b"another" * 1_000, b"longer" * 2_000])
def test_a_file_that_changed_is_read_again(model: Path, remembered: Path, content: bytes):
    first = sha256_of(model, remembered)
    told = model.stat()

    model.write_bytes(content)
    os.utime(model, ns=(told.st_atime_ns, told.st_mtime_ns + 1))

    assert sha256_of(model, remembered) == hashlib.sha256(content).hexdigest() != first


def test_several_files_are_remembered_beside_each_other(model: Path, remembered: Path):
    other = model.with_name("other.gguf")
    other.write_bytes(b"other")
    sums = [sha256_of(model, remembered), sha256_of(other, remembered)]

    assert [value["sha256"] for value in json.loads(remembered.read_text()).values()] == sums
    assert list(model.parent.glob("*.new")) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"a": 1}',
        "[" * 100_000,
        '{"%s": {"size": 7000, "mtime_ns": %d, "sha256": 5}}',
        '{"%s": {"size": 7000, "mtime_ns": %d, "sha256": "abc"}}',
    ],
)
def test_what_is_remembered_wrongly_is_found_out_anew(model: Path, remembered: Path, content: str):
    if "%s" in content:
        content %= (str(model.resolve()), model.stat().st_mtime_ns)
    remembered.write_text(content)

    assert sha256_of(model, remembered) == hashlib.sha256(model.read_bytes()).hexdigest()
    assert json.loads(remembered.read_text())


def test_a_sum_that_cannot_be_remembered_is_found_out_all_the_same(model: Path, tmp_path: Path):
    nowhere = tmp_path / "no folder" / "sums.json"

    assert sha256_of(model, nowhere) == hashlib.sha256(model.read_bytes()).hexdigest()


def test_it_can_be_stopped(model: Path, remembered: Path):
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        sha256_of(model, remembered, cancel)
    assert not remembered.exists()


def test_a_file_that_is_not_there_or_cannot_be_read_is_said(tmp_path: Path, remembered: Path):
    with pytest.raises(ModelMissing):
        sha256_of(tmp_path / "gone.gguf", remembered)
    with pytest.raises(ModelBroken):
        sha256_of(tmp_path, remembered)
