"""What was read whole is found again, shared, limited, listed and deleted."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from rag.generate.kvcache import SavedReadings
from rag.protocols import ReadingLabel
from tests.rag.generate.spans import (
    IDENTITY,
    LABEL,
    OTHER,
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


# -------------------------------------------------------------------- found again


def test_what_was_kept_is_loaded_after_a_restart(caches: SavedReadings, folder: Path):
    tokens = some_tokens(2_500)
    read_and_kept(caches, tokens)

    context = restored(opened(folder), tokens)

    assert len(context.states) == 2_500
    assert opened(folder).saved(IDENTITY, tokens) == 2_500


def test_the_beginning_that_two_texts_share_is_read_once(caches: SavedReadings, folder: Path):
    first, second = some_tokens(2_500), some_tokens(2_000, seed=2)
    read_and_kept(caches, first)
    before = len(list(folder.glob("*.kv")))

    both = [*first, *second]
    assert caches.saved(IDENTITY, both) == 2_500
    read_and_kept(caches, both, OTHER)

    assert len(list(folder.glob("*.kv"))) == before + 3
    assert len(restored(caches, both).states) == 4_500
    assert len(restored(caches, first).states) == 2_500


def test_of_a_segment_that_goes_on_otherwise_the_beginning_is_loaded(caches: SavedReadings):
    tokens = some_tokens(2_500)
    read_and_kept(caches, tokens)
    changed = [*tokens[:1_500], 7, *tokens[1_501:]]

    assert caches.saved(IDENTITY, changed) == 1_500
    assert len(restored(caches, changed).states) == 1_500


def test_a_beginning_whose_segment_does_not_fit_is_left_alone(caches: SavedReadings):
    tokens = some_tokens(2_000)
    read_and_kept(caches, tokens)
    context = Spans(n_ctx=1_200)

    assert list(caches.restore(IDENTITY, tokens[:1_100], context)) == [1_024]
    assert caches.saved(IDENTITY, tokens) == 2_000


def test_a_text_that_begins_otherwise_finds_nothing(caches: SavedReadings):
    read_and_kept(caches, some_tokens(1_100))

    assert caches.saved(IDENTITY, some_tokens(1_100, seed=2)) == 0
    assert restored(caches, some_tokens(1_100, seed=2)).states == []


@pytest.mark.parametrize(
    "other",
    [
        replace(IDENTITY, model_sha256="b" * 64),
        replace(IDENTITY, regime="short"),
        replace(IDENTITY, kv_type="q8_0"),
        replace(IDENTITY, flash_attention=False),
    ],
)
def test_what_another_model_or_context_read_is_not_used_but_stays(caches: SavedReadings, other):
    tokens = some_tokens(1_100)
    read_and_kept(caches, tokens)

    assert restored(caches, tokens, other).states == []
    assert len(restored(caches, tokens).states) == 1_100


def test_what_another_version_of_the_library_wrote_is_deleted(caches: SavedReadings, folder: Path):
    tokens = some_tokens(1_100)
    read_and_kept(caches, tokens)

    newer = replace(IDENTITY, library="llama-cpp-python 1.1")
    assert restored(caches, tokens, newer).states == []

    assert caches.readings() == ()
    assert list(folder.iterdir()) == []


def test_loading_that_is_given_up_leaves_what_was_loaded(caches: SavedReadings):
    tokens = some_tokens(5_000)
    read_and_kept(caches, tokens)
    context = Spans()

    loading = caches.restore(IDENTITY, tokens, context)
    next(loading)
    loading.close()

    assert len(context.states) == 1_024
    assert len(restored(caches, tokens).states) == 5_000


# -------------------------------------------------------------------- kept


def test_each_segment_is_written_once(caches: SavedReadings):
    tokens = some_tokens(3_000)
    context = Spans()
    context.read(tokens)

    for read in (1_024, 2_048, 3_000, 3_000):
        assert caches.keep(IDENTITY, LABEL, tokens, read, context) == read

    assert context.saved == 3


def test_a_reading_that_was_cut_short_goes_on_where_it_ended(caches: SavedReadings, folder: Path):
    tokens = some_tokens(4_000)
    read_and_kept(caches, tokens, upto=1_500)

    caches = opened(folder)
    [unfinished] = caches.readings()
    context = restored(caches, tokens)
    context.read(tokens[1_500:])
    caches.keep(IDENTITY, LABEL, tokens, 4_000, context)

    assert (unfinished.tokens, unfinished.tokens_total) == (1_500, 4_000)
    assert not unfinished.is_complete
    assert context.saved == 3
    assert len(list(folder.glob("*.kv"))) == 4
    [finished] = caches.readings()
    assert finished.is_complete
    assert len(restored(opened(folder), tokens).states) == 4_000


def test_less_read_than_is_kept_takes_nothing_away(caches: SavedReadings):
    tokens = some_tokens(3_000)
    read_and_kept(caches, tokens)

    assert read_and_kept(caches, tokens, upto=1_024) == 3_000
    assert len(restored(caches, tokens).states) == 3_000


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_can_read_what_is_kept(caches: SavedReadings, folder: Path):
    read_and_kept(caches, some_tokens(1_100))

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_nothing_is_written_before_something_is_kept(caches: SavedReadings, folder: Path):
    assert caches.saved(IDENTITY, some_tokens(10)) == 0
    assert not folder.exists()


# -------------------------------------------------------------------- for people


def test_readings_are_listed_with_their_sizes_the_last_used_first(
    caches: SavedReadings, folder: Path
):
    read_and_kept(caches, some_tokens(1_100))
    read_and_kept(caches, some_tokens(2_000, seed=2), OTHER)

    second, first = caches.readings()

    assert (first.title, first.paths, first.model) == ("The harbour", LABEL.paths, "Phi-4-mini")
    assert (first.tokens, first.tokens_total, first.is_complete) == (1_100, 1_100, True)
    assert second.title == "The yard"
    assert first.size_bytes + second.size_bytes == caches.size_bytes == on_disk(folder)
    restored(caches, some_tokens(1_100))
    assert [reading.id for reading in caches.readings()] == [first.id, second.id]
    assert [reading.id for reading in opened(folder).readings()] == [first.id, second.id]


def test_what_is_deleted_is_gone_from_the_disk(caches: SavedReadings, folder: Path):
    read_and_kept(caches, some_tokens(1_100))
    [reading] = caches.readings()

    assert caches.delete([reading.id, "unknown"])

    assert not caches.delete([reading.id])
    assert (caches.readings(), caches.size_bytes) == ((), 0)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("removed", ["/papers/harbour.pdf", "/papers"])
def test_a_document_that_is_removed_takes_its_readings_along(
    caches: SavedReadings, folder: Path, removed: str
):
    joined = replace(LABEL, paths=(Path("/letters/may.txt"), *LABEL.paths))
    kept = ReadingLabel((Path("/letters/may.txt"),), "May", "Phi-4-mini")
    read_and_kept(caches, some_tokens(1_100), joined)
    read_and_kept(caches, some_tokens(1_100, seed=2), kept)

    assert caches.forget([Path(removed)])

    assert [reading.title for reading in caches.readings()] == ["May"]
    assert on_disk(folder) == caches.size_bytes


def test_all_can_be_deleted(caches: SavedReadings, folder: Path):
    for seed in range(3):
        read_and_kept(caches, some_tokens(1_100, seed))

    assert caches.clear()

    assert list(folder.iterdir()) == []


def test_a_reading_that_was_deleted_while_it_is_loaded_does_not_come_back(
    caches: SavedReadings, folder: Path
):
    tokens = some_tokens(3_000)
    read_and_kept(caches, tokens)
    loading = caches.restore(IDENTITY, tokens, Spans())
    next(loading)

    caches.clear()
    list(loading)

    assert caches.readings() == ()
    assert list(folder.iterdir()) == []


def test_what_is_deleted_while_it_is_read_is_not_kept_again_unless_it_is_asked_for(
    caches: SavedReadings, folder: Path
):
    tokens = some_tokens(4_000)
    context = DeletingSpans(caches, at=2_048)
    context.read(tokens)

    kept = [
        caches.keep(IDENTITY, LABEL, tokens, read, context) for read in (1_024, 2_048, 3_072, 4_000)
    ]

    assert kept == [1_024, 2_048, 0, 0]
    assert (caches.readings(), list(folder.iterdir()), caches.notice) == ((), [], "")
    assert caches.saved(IDENTITY, tokens) == 0
    assert read_and_kept(caches, tokens) == 4_000


class DeletingSpans(Spans):
    """A context whose reading is deleted while its cache is written."""

    def __init__(self, caches: SavedReadings, at: int) -> None:
        super().__init__()
        self._caches, self._at = caches, at

    def save_span(self, file: Path, start: int, end: int) -> None:
        super().save_span(file, start, end)
        if start == self._at:
            self._caches.clear()
