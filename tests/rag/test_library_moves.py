"""Content decides: what was moved is not read again, and what is the same is stored once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.events import FilesChanged, IngestEvent
from rag.records import FileState
from tests.rag.house import House, follow

ROWAN = "Rowan berries are red."
LONG = "\n\n".join(f"Parcel {n} was seen at gate {n} that day. " * 8 for n in range(40))


def events_of(house: House, *paths: Path) -> list[FilesChanged]:
    seen: list[IngestEvent] = []
    follow(house.library.catch_up(paths, CancelToken()), seen.append)
    return [event for event in seen if isinstance(event, FilesChanged)]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of the next scans: set its first number."""
    now = [1000.0]
    monkeypatch.setattr("rag.library.time.time", lambda: now[0])
    return now


def test_a_moved_folder_is_neither_parsed_nor_embedded_again(house: House) -> None:
    for number in range(5):
        house.write(f"old/{number}.txt", f"{ROWAN} {number}")
    house.add()
    house.embedder.embedded.clear()
    house.reader.paths.clear()
    (house.folder / "old").rename(house.folder / "new")

    summary = house.refresh()

    assert (summary.read, summary.removed) == (5, 5)
    assert (house.embedder.embedded, house.reader.paths) == ([], [])
    assert {file.path.parent.name for file in house.catalog.files()} == {"new"}
    assert len(house.finds("rowan")) == 5


def test_of_a_file_that_was_moved_and_edited_only_the_changed_chunks_are_embedded(
    house: House,
) -> None:
    path = house.write("old/a.txt", LONG)
    house.add()
    before = len(house.embedder.embedded)
    path.unlink()
    new = house.write("new/a.txt", f"{LONG}\n\nAnd this is new.")

    house.refresh()

    assert house.file(new).state is FileState.READY
    assert 0 < len(house.embedder.embedded) - before < before / 4
    assert house.finds("parcel") == {"a.txt"}


def test_a_move_never_shows_a_document_twice_or_not_at_all(house: House) -> None:
    path = house.write("a.txt", ROWAN)
    house.add()
    path.rename(house.folder / "b.txt")
    shown: list[int] = []

    def count(_event: IngestEvent) -> None:
        chunks = house.catalog.search_words("rowan", 9, None)
        shown.append(len(house.catalog.chunks([hit.chunk_id for hit in chunks])))

    follow(house.library.catch_up((), CancelToken()), count)

    assert set(shown) == {1}


def test_at_the_end_of_a_move_the_new_line_is_told_as_it_stands(house: House) -> None:
    path = house.write("a.txt", ROWAN)
    house.add()
    new = path.rename(house.folder / "b.txt")

    events = events_of(house)

    lines = [line for event in events for line in event.files if line.path == new]
    assert [path for event in events for path in event.removed] == [path]
    assert lines[-1] == house.file(new)
    assert (lines[-1].state, lines[-1].same_as) == (FileState.READY, None)


def test_when_the_holder_of_copies_goes_the_next_one_is_told_as_holder(house: House) -> None:
    first, second = house.write("a.txt", ROWAN), house.write("b.txt", ROWAN)
    house.add()
    assert house.file(second).same_as == first
    first.unlink()

    events = events_of(house, first)

    assert events[-1].files == (house.file(second),)
    assert house.file(second).same_as is None
    assert house.finds("rowan") == {"b.txt"}
    assert house.vectors.count() == 1


def test_a_hard_link_is_a_copy(house: House) -> None:
    first = house.write("a.txt", ROWAN)
    second = house.folder / "b.txt"
    os.link(first, second)

    house.add()

    assert {house.file(first).same_as, house.file(second).same_as} <= {None, first, second}
    assert house.vectors.count() == 1


def test_what_was_deleted_is_forgotten_before_anything_new_is_read(house: House) -> None:
    gone = house.write("gone.txt", ROWAN)
    house.add()
    gone.unlink()
    for number in range(3):
        house.write(f"new/{number}.md.txt", LONG.replace("Parcel", f"Letter {number}"))

    events = events_of(house)

    assert events[0].removed == (gone,)
    assert all(line.state is FileState.WAITING for line in events[0].files)


def test_what_is_deleted_while_others_are_read_is_forgotten_at_once(house: House) -> None:
    gone = house.write("gone.txt", ROWAN)
    house.add()
    for number in range(3):
        house.write(f"{number}.txt", LONG.replace("Parcel", f"Letter {number}"))
    found: list[set[str]] = []

    def delete_meanwhile(event: IngestEvent) -> None:
        if gone.exists():
            gone.unlink()
            house.library.notice([gone])
        elif isinstance(event, FilesChanged) and gone in event.removed:
            found.append(house.finds("rowan"))

    follow(house.library.catch_up((), CancelToken()), delete_meanwhile)

    assert found == [set()]
    assert house.catalog.file(gone) is None
    assert house.catalog.count_chunks() == house.vectors.count()


def test_what_moved_while_others_are_read_is_not_forgotten(house: House) -> None:
    path = house.write("a.txt", ROWAN)
    house.add()
    house.embedder.embedded.clear()
    house.write("b.txt", "Sloes are blue.")
    new = house.folder / "c.txt"

    def move_meanwhile(event: IngestEvent) -> None:
        if path.exists():
            path.rename(new)
            house.library.notice([path, new])

    follow(house.library.catch_up((), CancelToken()), move_meanwhile)
    follow(house.library.catch_up((path, new), CancelToken()))

    assert house.finds("rowan") == {"c.txt"}
    assert not any("Rowan" in text for text in house.embedder.embedded)


def test_a_move_that_is_interrupted_costs_nothing_when_it_goes_on(house: House) -> None:
    path = house.write("a.txt", ROWAN)
    house.add()
    since = house.file(path).first_seen
    house.embedder.embedded.clear()
    new = path.rename(house.folder / "b.txt")
    cancel = CancelToken()

    summary = follow(house.library.catch_up((), cancel), lambda _event: cancel.cancel())

    assert summary.cancelled
    assert house.finds("rowan") == {"a.txt"}
    house.refresh()
    assert house.finds("rowan") == {"b.txt"}
    assert house.embedder.embedded == []
    assert house.catalog.file(path) is None
    assert house.file(new).state is FileState.READY
    assert house.file(new).first_seen == since


def test_a_file_that_is_deleted_before_its_turn_leaves_no_line(house: House) -> None:
    paths = [house.write(f"{number}.txt", f"{LONG} {number}") for number in range(3)]

    def delete_last(_event: IngestEvent) -> None:
        paths[-1].unlink(missing_ok=True)

    summary = follow(house.library.add([house.folder], CancelToken()), delete_last)

    assert house.catalog.file(paths[-1]) is None
    assert (summary.read, summary.failed) == (2, 0)


def test_the_time_a_file_was_first_seen_goes_with_it(house: House, clock: list[float]) -> None:
    path = house.write("a.txt", ROWAN)
    house.add()
    clock[0] = 2000.0
    path.write_text(f"{ROWAN} Sloes are blue.", "utf-8")
    house.refresh()
    assert (house.file(path).first_seen, house.file(path).last_seen) == (1000.0, 2000.0)
    clock[0] = 3000.0
    new = path.rename(house.folder / "b.txt")

    house.refresh()

    assert (house.file(new).first_seen, house.file(new).last_seen) == (1000.0, 3000.0)


def test_looking_again_tells_that_files_are_there_and_writes_no_line(
    house: House, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [house.write(f"{number}.txt", f"{ROWAN} {number}") for number in range(3)]
    house.add()
    clock[0] = 2000.0
    written: list[object] = []
    save = house.catalog.save_files
    monkeypatch.setattr(
        house.catalog, "save_files", lambda lines: (written.extend(lines), save(lines))
    )

    house.refresh()

    assert written == []
    seen = {line.path: (line.first_seen, line.last_seen) for line in house.library.files()}
    assert seen == dict.fromkeys(paths, (1000.0, 2000.0))


def test_a_file_that_becomes_a_folder_makes_way(house: House) -> None:
    path = house.write("a.txt", ROWAN)
    house.add()
    path.unlink()
    inner = house.write("a.txt/b.txt", "Sloes are blue.")

    house.refresh()

    assert [line.path for line in house.catalog.files()] == [inner]
    assert house.finds("rowan") == set()


def test_a_root_within_another_root_is_read_once(house: House) -> None:
    inner = house.write("inner/a.txt", ROWAN)
    outer = house.write("b.txt", "Sloes are blue.")
    house.add(inner.parent)

    house.add()
    house.refresh()

    lines = {line.path: line for line in house.catalog.files()}
    assert set(lines) == {inner, outer}
    assert lines[inner].root == inner.parent
    assert house.refresh().unchanged == 2
    house.library.remove([inner.parent])
    assert house.refresh().unchanged == 1


def test_copies_are_not_told_again_where_nothing_changed(house: House) -> None:
    house.write("a.txt", ROWAN)
    house.write("b.txt", ROWAN)
    house.add()

    assert events_of(house) == []
