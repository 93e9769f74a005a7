"""What was read whole is forgotten when its file is no longer what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.records import SavedReading
from rag.whole.contents import ReadContents
from tests.rag.house import House


def saved(*paths: Path) -> SavedReading:
    return SavedReading("1", paths, "Lease", "fake", 10, 10, 100, 0.0)


@pytest.fixture
def lease(house: House) -> Path:
    path = house.write("lease.txt", "Notice is three months.")
    house.add()
    return path


def test_what_stays_as_it_was_read_is_not_changed(house: House, lease: Path) -> None:
    contents = ReadContents(house.catalog, lambda: [saved(lease)])
    contents.note([lease])
    house.refresh()

    assert contents.changed() == []


def test_a_file_that_says_something_else_is_changed(house: House, lease: Path) -> None:
    contents = ReadContents(house.catalog, lambda: [saved(lease)])
    contents.note([lease])
    house.write("lease.txt", "Notice is four months, and in writing.")
    house.refresh()

    assert contents.changed() == [lease]


def test_a_file_that_was_removed_is_changed(house: House, lease: Path) -> None:
    contents = ReadContents(house.catalog, lambda: [saved(lease)])
    contents.note([lease])
    house.library.remove([lease])

    assert contents.changed() == [lease]


def test_nothing_stays_of_files_that_are_gone(house: House, lease: Path) -> None:
    kept = [saved(lease)]
    contents = ReadContents(house.catalog, lambda: kept)
    contents.note([lease])
    house.library.remove([lease])
    kept.clear()

    contents.note(())

    assert house.catalog.setting("whole_contents") == "{}"


def test_what_is_being_read_and_not_kept_yet_stays_noted(house: House, lease: Path) -> None:
    kept: list[SavedReading] = []
    contents = ReadContents(house.catalog, lambda: kept)
    contents.note([lease])
    contents.note(())
    kept.append(saved(lease))

    assert contents.changed() == []


def test_notes_that_cannot_be_read_are_none(house: House, lease: Path) -> None:
    house.catalog.set_setting("whole_contents", "[")

    assert ReadContents(house.catalog, lambda: [saved(lease)]).changed() == [lease]


def test_a_file_that_goes_before_anything_of_it_is_kept_is_changed(
    house: House, lease: Path
) -> None:
    contents = ReadContents(house.catalog, list)
    contents.note([lease])
    house.library.remove([lease])

    assert contents.changed() == [lease]
    contents.note(())
    assert contents.changed() == []
