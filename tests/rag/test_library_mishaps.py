"""What goes wrong with one file or folder costs no other, and nothing that was read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rag.cancel import CancelToken
from rag.errors import FileNotReadable, NotInLibrary
from rag.reading.read_ahead import content_hash
from rag.records import FileState
from tests.rag.house import House, follow


def test_a_removed_file_stays_out_until_it_is_added_again(house: House) -> None:
    path = house.write("one/a.txt", "Rowan berries are red.")
    house.write("one/b.txt", "Sloes are blue.")
    house.add()

    house.library.remove([path])
    house.refresh()
    house.add()

    assert house.catalog.file(path) is None
    assert house.finds("sloes") == {"b.txt"}
    house.add(path)
    assert house.finds("rowan") == {"a.txt"}


def test_a_removal_with_one_wrong_path_removes_nothing(house: House) -> None:
    house.write("a.txt", "Rowan berries are red.")
    house.add()

    with pytest.raises(NotInLibrary):
        house.library.remove([house.folder, house.folder.parent / "other"])

    assert house.catalog.roots() == [house.folder]
    assert house.finds("rowan") == {"a.txt"}


def test_one_folder_has_one_name_however_it_is_written(house: House) -> None:
    path = house.write("one/a.txt", "Rowan berries are red.")
    house.write("two/b.txt", "Sloes are blue.")

    house.add(house.folder / "two" / ".." / "one")
    house.add(house.folder / "two")

    assert next(file.path for file in house.catalog.files()) == path
    assert len(house.catalog.files()) == 2


def test_a_file_that_failed_is_tried_again_when_asked(house: House) -> None:
    house.write("a.txt", "BROKEN")
    house.add()
    house.reader.paths.clear()

    follow(house.library.refresh((), CancelToken(), retry=False))
    assert house.reader.paths == []
    assert house.refresh().failed == 1


def test_what_no_code_page_can_hold_stops_no_other_file(house: House) -> None:
    odd = house.write("caf\udce9.txt", "Rowan berries are red.")
    house.write("b.txt", "Sloes are blue.")

    summary = house.add()

    assert summary.read == 2
    assert house.file(odd).state is FileState.READY
    assert house.finds("rowan") == {odd.name}


def test_an_error_that_nobody_foresaw_costs_one_file(house: House) -> None:
    bad = house.write("a.txt", "Rowan berries are red.")
    house.write("b.txt", "Sloes are blue.")
    pages = house.reader.read

    def fail_at_rowan(path: Path, *rest: Any) -> Any:
        if path == bad:
            raise ValueError("no rowan")
        return pages(path, *rest)

    house.reader.read = fail_at_rowan

    summary = house.add()

    assert (summary.read, summary.failed) == (1, 1)
    assert "no rowan" in house.file(bad).reason


def test_a_file_that_changes_while_it_is_read_is_not_believed(house: House) -> None:
    path = house.write("a.txt", "Rowan berries are red.")
    house.reader._before_page = lambda: path.write_text("Sloes are blue.", "utf-8")

    house.add()

    assert house.file(path).state is FileState.FAILED
    house.reader._before_page = lambda: None
    assert house.refresh().read == 1
    assert house.finds("sloes") == {"a.txt"}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="needs a user whom the system can refuse a folder",
)
def test_a_folder_that_cannot_be_listed_loses_nothing(house: House) -> None:
    path = house.write("one/a.txt", "Rowan berries are red.")
    house.add()
    path.parent.chmod(0)

    house.refresh()

    path.parent.chmod(0o700)
    assert house.file(path).state is FileState.MISSING
    assert house.finds("rowan") == {"a.txt"}


def test_the_copy_of_a_file_that_then_changed_is_read(house: House) -> None:
    first = house.write("a.txt", "Rowan berries are red.")
    house.add()
    second = house.write("b.txt", "Rowan berries are red. ")
    second.write_bytes(first.read_bytes())
    first.write_text("Sloes are blue, and this line makes it the longer file.", "utf-8")

    house.refresh()

    assert house.finds("rowan") == {"b.txt"}
    assert house.finds("sloes") == {"a.txt"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")

    with pytest.raises(FileNotReadable, match="no longer a file"):
        content_hash(tmp_path / "a.txt", CancelToken())
