"""What the library remembers beside its ledger outlives it being closed."""

from __future__ import annotations

from pathlib import Path

from rag.records import FileRecord, FileState
from rag.remembered import RemovedPaths, ScanTimes
from tests.rag.house import House

ROOT, OTHER = Path("root").absolute(), Path("other").absolute()


def line(state: FileState = FileState.READY, root: Path = ROOT) -> FileRecord:
    return FileRecord(root / "a.txt", root, state, first_seen=5.0, last_seen=5.0)


def test_what_was_removed_stays_out_with_all_below_it(house: House) -> None:
    RemovedPaths(house.catalog).keep_out([ROOT / "a"])

    removed = RemovedPaths(house.catalog)

    assert removed.covers(ROOT / "a")
    assert removed.covers(ROOT / "a" / "b" / "c.txt")
    assert not removed.covers(ROOT / "ab")


def test_adding_what_lies_in_a_removed_folder_lets_the_folder_in(house: House) -> None:
    removed = RemovedPaths(house.catalog)
    removed.keep_out([ROOT / "a", OTHER])

    removed.let_in([ROOT / "a" / "b.txt"])

    assert not removed.covers(ROOT / "a")
    assert removed.covers(OTHER)


def test_a_file_was_there_when_its_root_was_looked_at_last(house: House) -> None:
    ScanTimes(house.catalog).note([ROOT], 99.0, [ROOT, OTHER])

    times = ScanTimes(house.catalog)

    assert times.last_seen(line()) == 99.0
    assert times.brought_up(line()).last_seen == 99.0
    assert times.brought_up(line()).first_seen == 5.0
    assert times.last_seen(line(root=OTHER)) == 5.0


def test_a_missing_file_was_not_there(house: House) -> None:
    times = ScanTimes(house.catalog)
    times.note([ROOT], 99.0, [ROOT])

    assert times.last_seen(line(FileState.MISSING)) == 5.0


def test_nothing_is_remembered_of_a_root_that_was_removed(house: House) -> None:
    times = ScanTimes(house.catalog)
    times.note([ROOT, OTHER], 99.0, [ROOT, OTHER])
    times.note((), 100.0, [OTHER])

    assert times.last_seen(line()) == 5.0
    assert str(ROOT) not in (house.catalog.setting("scanned") or "")
