"""The library stays in line with the disk, at the least cost."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import pytest

from rag.cancel import CancelToken
from rag.errors import NotInLibrary, PathNotFound
from rag.events import FilesChanged, IngestEvent, ReadingProgress
from rag.protocols import ChunkSet
from rag.records import FileState, Scope
from tests.rag.house import House, follow


def test_what_was_read_can_be_found(house: House) -> None:
    path = house.write("a.txt", "Rowan berries\fare red.")

    summary = house.add()

    record = house.file(path)
    assert (summary.read, summary.failed) == (1, 0)
    assert (record.state, record.pages, record.words) == (FileState.READY, 2, 4)
    assert house.finds("rowan") == {"a.txt"}
    assert house.vectors.count() == house.catalog.count_chunks() == record.chunks > 0


def test_an_unchanged_file_is_neither_read_nor_embedded_again(house: House) -> None:
    house.write("a.txt", "Rowan berries are red.")
    house.add()
    house.reader.paths.clear()
    house.embedder.embedded.clear()

    summary = house.refresh()

    assert summary.unchanged == 1
    assert house.reader.paths == []
    assert house.embedder.embedded == []


def test_a_file_that_only_looks_changed_is_not_parsed_again(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.add()
    house.reader.paths.clear()
    house.touch_later(path)

    house.refresh()

    assert house.reader.paths == []
    assert house.file(path).state is FileState.READY
    assert house.refresh().unchanged == 1


def test_of_a_changed_file_only_the_changed_chunks_are_embedded(house: House) -> None:
    same = " ".join(f"Sentence {n} stays as it was." for n in range(60))
    path = house.write("a.txt", f"{same}\fThe old ending.")
    house.add()
    house.embedder.embedded.clear()
    path.write_text(f"{same}\fThe new ending, which is longer.", "utf-8")

    house.refresh()

    assert len(house.embedder.embedded) < house.file(path).chunks
    assert house.finds("new") == {"a.txt"}
    assert house.finds("old") == set()
    assert house.vectors.count() == house.catalog.count_chunks()


def test_old_words_of_a_changed_file_are_nowhere_on_the_disk(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.write("b.txt", "A berry is a fruit.")
    house.add()
    path.write_text("The new text is longer than the old one.", "utf-8")

    house.refresh()

    library = house.folder.parent / "library"
    left = b"".join(p.read_bytes() for p in library.glob("library.sqlite3*")).lower()
    assert b"longer" in left
    assert b"rowan" not in left
    assert b"berries" not in left
    assert b"berry" in left


def test_a_renamed_file_is_not_embedded_again(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.add()
    house.embedder.embedded.clear()
    path.rename(house.folder / "b.txt")

    house.refresh()

    assert house.embedder.embedded == []
    assert house.finds("rowan") == {"b.txt"}


def test_a_deleted_file_disappears(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.add()
    path.unlink()

    summary = house.refresh()

    assert summary.removed == 1
    assert house.finds("rowan") == set()
    assert house.catalog.file(path) is None
    assert house.vectors.count() == 0


def test_a_folder_that_vanishes_empties_nothing(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.add()
    away = house.folder.rename(house.folder.parent / "away")

    house.refresh()

    assert house.file(path).state is FileState.MISSING
    assert house.finds("rowan") == {"a.txt"}
    away.rename(house.folder)
    house.refresh()
    assert house.file(path).state is FileState.READY


def test_a_copy_is_stored_once_and_says_of_what(house: House) -> None:
    first = house.write("a.txt", "Rowan berries are red.")
    second = house.write("b.txt", "Rowan berries are red.")

    house.add()

    assert house.file(second).same_as == first
    assert house.file(second).state is FileState.READY
    assert len(house.catalog.search_words("rowan", 10, None)) == 1


def test_one_bad_file_does_not_stop_the_others(house: House) -> None:
    bad = house.write("a.txt", "BROKEN")
    house.write("b.txt", "Rowan berries are red.")

    summary = house.add()

    assert (summary.read, summary.failed) == (1, 1)
    assert house.file(bad).state is FileState.FAILED
    assert "damaged" in house.file(bad).reason


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("", FileState.FAILED, "holds no text"),
        ("SCAN\fSCAN", FileState.FAILED, "is a scan"),
        ("Words.\fSCAN", FileState.PARTIAL, "1 of 2 pages are scans"),
    ],
)
def test_no_file_without_its_text_is_called_ready(
    house: House, text: str, state: FileState, reason: str
) -> None:
    path = house.write("a.txt", text)

    house.add()

    assert house.file(path).state is state
    assert reason in house.file(path).reason


def test_a_file_that_became_unreadable_is_not_found_any_more(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.add()
    path.write_text("BROKEN", "utf-8")

    house.refresh()

    assert house.file(path).state is FileState.FAILED
    assert house.finds("rowan") == set()


def test_adding_a_folder_drops_no_other(house: House) -> None:
    first = house.write("one/a.txt", "Rowan berries are red.")
    second = house.write("two/b.txt", "Sloes are blue.")

    house.add(first.parent)
    house.add(second.parent)

    assert house.catalog.roots() == [first.parent, second.parent]
    assert house.finds("rowan") == {"a.txt"}


def test_a_folder_within_a_known_one_becomes_no_root_of_its_own(house: House) -> None:
    path = house.write("one/a.txt", "Rowan berries are red.")
    house.add()

    house.add(path.parent)

    assert house.catalog.roots() == [house.folder]


def test_removing_forgets_the_library_s_copy_but_never_the_file(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.add()

    changed = house.library.remove([house.folder])

    assert changed.removed == (path,)
    assert path.exists()
    assert house.catalog.roots() == []
    assert house.finds("rowan") == set()
    assert house.vectors.count() == 0


def test_paths_that_do_not_exist_or_were_never_added_are_told(house: House) -> None:
    with pytest.raises(PathNotFound):
        house.add(house.folder / "gone.txt")
    with pytest.raises(NotInLibrary):
        house.library.remove([house.folder])
    with pytest.raises(NotInLibrary):
        house.refresh(house.folder)


def test_a_cancelled_reading_keeps_what_was_finished_and_goes_on_later(house: House) -> None:
    for number in range(40):
        house.write(f"{number:02}.txt", f"Berry number {number} is red. " * 300)
    cancel = CancelToken()

    def cancel_at_first(event: IngestEvent) -> None:
        if isinstance(event, FilesChanged) and event.files[0].state is FileState.READY:
            cancel.cancel()

    summary = follow(house.library.add([house.folder], cancel), cancel_at_first)

    states = [file.state for file in house.catalog.files()]
    assert summary.cancelled
    assert summary.read == states.count(FileState.READY) > 0
    assert states.count(FileState.WAITING) == 40 - summary.read > 0
    assert house.refresh().read == 40 - summary.read


def test_a_closed_generator_leaves_no_thread_behind(house: House) -> None:
    for number in range(40):
        house.write(f"{number:02}.txt", f"Berry number {number} is red. " * 300)
    house.library.gate.pause()

    reading = house.library.add([house.folder], CancelToken())
    assert isinstance(next(reading), FilesChanged)
    paused = next(reading)
    assert isinstance(paused, ReadingProgress)
    assert paused.paused
    reading.close()


def test_progress_rises_to_the_end(house: House) -> None:
    for number in range(20):
        house.write(f"{number:02}.txt", f"Berry number {number} is red. " * 300)
    events: list[IngestEvent] = []

    follow(house.library.add([house.folder], CancelToken()), events.append)

    progress = [event for event in events if isinstance(event, ReadingProgress)]
    done = [event.files_done for event in progress]
    assert done == sorted(done)
    assert (done[-1], progress[-1].files_total) == (20, 20)


def test_a_scope_holds_what_is_below_its_paths(house: House) -> None:
    one = house.write("one/a.txt", "Rowan berries are red.")
    house.write("two/b.txt", "Rowan berries are orange.")
    house.add()

    found = house.catalog.chunks_in(Scope((one.parent,)))

    assert _names(house, found) == {"a.txt"}


def test_the_whole_library_can_be_deleted_and_read_again(house: House) -> None:
    house.write("a.txt", "Rowan berries are red.")
    house.add()
    shutil.rmtree(house.folder)
    house.library.remove([house.folder])
    house.folder.mkdir()
    house.write("a.txt", "Rowan berries are red.")

    assert house.add().read == 1
    assert house.finds("rowan") == {"a.txt"}


def _names(house: House, within: ChunkSet | None) -> set[str]:
    found: Sequence[int] = [f.chunk_id for f in house.catalog.search_words("rowan", 9, within)]
    return {chunk.path.name for chunk in house.catalog.chunks(found)}
