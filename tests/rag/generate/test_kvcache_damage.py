"""A damaged, truncated, foreign or old file is never loaded, but cleared away and read anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rag.generate.kvcache import SavedReadings
from tests.rag.generate.cache_damage import (
    MANIFEST_CASES,
    SEGMENT_CASES,
    TOKENS,
    Case,
    Damaged,
    check_possible,
    foreign_identities,
)
from tests.rag.generate.spans import IDENTITY, LABEL, ROOM, read_and_kept, restored, some_tokens


def named(case: Case) -> str:
    return case.name


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two readings, and what others kept of the first's tokens beside it."""
    place = tmp_path_factory.mktemp("prepared")
    for seed in (1, 2):
        caches = SavedReadings(place / "states", ROOM, 0)
        read_and_kept(caches, some_tokens(TOKENS, seed))
    for what, identity in foreign_identities(IDENTITY).items():
        caches = SavedReadings(place / what, ROOM, 0)
        read_and_kept(caches, some_tokens(TOKENS), identity=identity)
    return place


@pytest.fixture
def damaged(prepared: Path, tmp_path: Path) -> Damaged:
    shutil.copytree(prepared / "states", tmp_path / "states")
    foreign: dict[str, Path] = {}
    for what, identity in foreign_identities(IDENTITY).items():
        foreign[what] = Damaged(prepared / what, {}, tmp_path, identity).segment(1)
    (tmp_path / "outside").mkdir()
    outside = tmp_path / "outside" / "second"
    damaged = Damaged(tmp_path / "states", foreign, outside, IDENTITY)
    shutil.copyfile(damaged.segment(1), outside)
    return damaged


def opened(damaged: Damaged) -> SavedReadings:
    return SavedReadings(damaged.folder, ROOM, 0)


@pytest.mark.parametrize("case", [*SEGMENT_CASES, *MANIFEST_CASES], ids=named)
def test_what_is_damaged_is_never_loaded_but_cleared_and_read_anew(damaged: Damaged, case: Case):
    if why := check_possible(case):
        pytest.skip(why)
    case.change(damaged)

    caches = opened(damaged)
    context = restored(caches, some_tokens(TOKENS))

    assert len(context.states) == case.left
    assert caches.saved(IDENTITY, some_tokens(TOKENS)) == case.left
    check_only_what_is_listed_is_there(damaged, caches)
    assert damaged.outside.exists()
    assert len(restored(caches, some_tokens(TOKENS, seed=2)).states) == TOKENS

    context.read(some_tokens(TOKENS)[case.left :])
    assert caches.keep(IDENTITY, LABEL, some_tokens(TOKENS), TOKENS, context) == TOKENS
    assert len(restored(opened(damaged), some_tokens(TOKENS)).states) == TOKENS


@pytest.mark.parametrize("case", SEGMENT_CASES, ids=named)
def test_what_is_damaged_while_the_library_is_open_is_not_loaded_either(
    damaged: Damaged, case: Case
):
    if why := check_possible(case):
        pytest.skip(why)
    caches = opened(damaged)
    case.change(damaged)

    context = restored(caches, some_tokens(TOKENS))

    assert len(context.states) == case.left
    assert caches.saved(IDENTITY, some_tokens(TOKENS)) == case.left
    check_only_what_is_listed_is_there(damaged, caches)


def test_a_damaged_segment_is_no_other_readings_either(damaged: Damaged):
    longer = [*some_tokens(TOKENS), *some_tokens(600, seed=3)]
    read_and_kept(opened(damaged), longer, replace(LABEL, title="Longer"))
    damaged.segment(1).write_bytes(b"garbage")

    caches = opened(damaged)

    assert len(restored(caches, longer).states) == 1024
    assert {r.tokens for r in caches.readings() if r.title == "Longer"} == {1024}
    check_only_what_is_listed_is_there(damaged, caches)


def test_what_a_crash_left_is_cleared_at_opening(damaged: Damaged):
    segment = damaged.segment(0)
    shutil.copyfile(segment, segment.with_name("0" * 40 + ".kv"))
    segment.with_name("1" * 40 + ".kv.part").write_bytes(b"half of it")
    segment.with_name("2" * 40 + ".json.part").write_bytes(b"{")
    segment.with_name("notes.txt").write_text("not ours")

    caches = opened(damaged)

    assert segment.with_name("notes.txt").exists()
    segment.with_name("notes.txt").unlink()
    check_only_what_is_listed_is_there(damaged, caches)
    assert len(caches.readings()) == 2


def check_only_what_is_listed_is_there(damaged: Damaged, caches: SavedReadings) -> None:
    files = list(damaged.folder.iterdir())
    assert sum(path.lstat().st_size for path in files) == caches.size_bytes
    assert all(path.is_file() and not path.is_symlink() for path in files)
    assert len([path for path in files if path.suffix == ".json"]) == len(caches.readings())
