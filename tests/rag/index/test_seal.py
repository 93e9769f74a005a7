"""The seal on Chroma's folder."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rag.index.seal import Condition, Seal


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    folder = tmp_path / "chroma"
    (folder / "segment").mkdir(parents=True)
    (folder / "chroma.sqlite3").write_bytes(b"database")
    (folder / "segment" / "data.bin").write_bytes(bytes(1000))
    seal = Seal(folder, "catalog", 384)
    seal.apply()
    return seal


def test_a_folder_that_nobody_touched_is_sound(seal: Seal):
    assert seal.condition() is Condition.SOUND


def test_no_folder_and_no_seal_is_empty(tmp_path: Path):
    assert Seal(tmp_path / "chroma", "catalog", 384).condition() is Condition.EMPTY


def test_a_folder_in_use_when_its_process_died_is_unsure(seal: Seal):
    seal.lift()

    assert seal.condition() is Condition.UNSURE


@pytest.mark.parametrize("damage", ["one byte", "shorter", "file gone", "segment gone", "all gone"])
def test_any_change_of_a_file_is_damage(seal: Seal, damage: str):
    data = seal.folder / "segment" / "data.bin"
    match damage:
        case "one byte":
            data.write_bytes(bytes(500) + b"\1" + bytes(499))
        case "shorter":
            data.write_bytes(bytes(999))
        case "file gone":
            data.unlink()
        case "segment gone":
            shutil.rmtree(data.parent)
        case "all gone":
            shutil.rmtree(seal.folder)

    assert seal.condition() is Condition.DAMAGED


def test_an_index_of_another_catalog_or_size_is_foreign(seal: Seal):
    assert replace(seal, origin="other").condition() is Condition.FOREIGN
    assert replace(seal, dimension=768).condition() is Condition.FOREIGN


def test_an_index_that_failed_in_use_is_damaged(seal: Seal):
    seal.lift()
    seal.declare_damaged()

    assert seal.condition() is Condition.DAMAGED


def test_a_seal_that_cannot_be_read_tells_nothing(seal: Seal):
    seal.folder.with_name("chroma.seal").write_bytes(b"\xff{")

    assert seal.condition() is Condition.UNSURE
