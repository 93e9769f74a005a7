"""What is kept stays within its budget and leaves the disk its room; what does not fit is said."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.generate.kvcache import SavedReadings
from tests.rag.generate.spans import (
    IDENTITY,
    LABEL,
    OTHER,
    ROOM,
    Spans,
    on_disk,
    opened,
    read_and_kept,
    restored,
    some_tokens,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library" / "states"


@pytest.fixture
def caches(folder: Path) -> SavedReadings:
    return opened(folder)


def test_what_was_used_least_lately_goes_first(caches: SavedReadings, folder: Path):
    texts = [some_tokens(1_100, seed) for seed in range(4)]
    for tokens in texts[:3]:
        read_and_kept(caches, tokens)
    restored(caches, texts[0])

    caches.use(caches.size_bytes + 1_000, 0, halve=False)
    read_and_kept(caches, texts[3])

    assert [caches.saved(IDENTITY, tokens) for tokens in texts] == [1_100, 0, 1_100, 1_100]
    assert caches.size_bytes == on_disk(folder) <= caches.budget_bytes


def test_what_another_reading_needs_stays_when_one_goes(caches: SavedReadings):
    tokens = some_tokens(3_000)
    longer = [*tokens, *some_tokens(500, seed=2)]
    read_and_kept(caches, tokens)
    read_and_kept(caches, longer, OTHER)

    caches.forget(LABEL.paths)

    assert len(restored(caches, longer).states) == 3_500


def test_a_text_too_long_for_the_budget_is_kept_as_far_as_it_goes(folder: Path):
    caches = opened(folder, budget=100_000)
    tokens = some_tokens(5_000)

    kept = read_and_kept(caches, tokens)

    assert kept == 2_048
    assert caches.size_bytes == on_disk(folder) <= 100_000
    assert caches.notice == (
        "There is no room to keep what was read: it takes more than the 0.0001 GB that Settings "
        "allow for it. It is read again when it is needed."
    )
    assert len(restored(caches, tokens).states) == 2_048


def test_older_readings_stay_where_their_going_would_not_help(folder: Path):
    caches = opened(folder, budget=100_000)
    read_and_kept(caches, some_tokens(1_024))

    tokens = some_tokens(9_000, seed=2)
    read_and_kept(caches, tokens)
    long_one_kept = caches.saved(IDENTITY, tokens)
    read_and_kept(caches, tokens)

    assert caches.saved(IDENTITY, tokens) == long_one_kept
    assert caches.size_bytes <= 100_000


def test_a_budget_of_nothing_keeps_nothing_and_says_nothing(folder: Path):
    caches = opened(folder, budget=0)

    assert read_and_kept(caches, some_tokens(1_100)) == 0
    assert caches.notice == ""
    assert not folder.exists()


def test_a_smaller_budget_holds_at_once(caches: SavedReadings, folder: Path):
    for seed in range(3):
        read_and_kept(caches, some_tokens(1_024, seed))

    caches.use(50_000, 0, halve=False)

    assert len(caches.readings()) == 1
    assert on_disk(folder) <= 50_000


def test_a_full_disk_is_not_filled_further(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=5_000_000_010))
    caches = SavedReadings(folder, ROOM, 5_000_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=4_999_999_999))

    assert read_and_kept(caches, some_tokens(3_000)) == 0

    assert not folder.exists()
    assert caches.notice == (
        "There is no room to keep what was read: less than 5 GB of the disk would stay free. "
        "It is read again when it is needed."
    )


def test_a_disk_that_runs_full_meanwhile_costs_the_segment_alone(caches: SavedReadings):
    tokens = some_tokens(3_000)
    context = FillingSpans(2)
    context.read(tokens)

    kept = caches.keep(IDENTITY, LABEL, tokens, 3_000, context)

    assert kept == 2_048
    assert "the disk is full" in caches.notice
    assert len(restored(caches, tokens).states) == 2_048


def test_a_notice_goes_once_there_is_room(caches: SavedReadings):
    tokens = some_tokens(3_000)
    context = FillingSpans(0)
    context.read(tokens)
    assert caches.keep(IDENTITY, LABEL, tokens, 1_024, context) == 0

    context.room = 9
    assert caches.keep(IDENTITY, LABEL, tokens, 3_000, context) == 3_000

    assert caches.notice == ""


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path):
    (tmp_path / "states").write_text("a file where the folder should be")
    caches = opened(tmp_path / "states")

    assert read_and_kept(caches, some_tokens(1_100)) == 0
    assert caches.notice.startswith("What was read cannot be kept: ")


class FillingSpans(Spans):
    """A context on a disk with room for so many segments."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def save_span(self, file: Path, start: int, end: int) -> None:
        if self.saved == self.room:
            file.write_bytes(b"half")
            raise OSError(28, "No space left on device")
        super().save_span(file, start, end)
