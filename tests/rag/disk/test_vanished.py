"""A file that is not found was deleted, or its drive is away: only one of them loses its text."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.disk.vanished import Vanished
from rag.records import FileRecord, FileState


def line(path: Path, root: Path, device: int = 0) -> FileRecord:
    return FileRecord(path, root, FileState.READY, device=device)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def drive_of(path: Path) -> int:
    return path.stat().st_dev


def test_a_file_whose_folder_is_there_was_deleted(root: Path) -> None:
    assert Vanished().reason_to_keep(line(root / "a.txt", root, drive_of(root))) == ""


def test_a_file_whose_folder_was_deleted_too_was_deleted(root: Path) -> None:
    assert Vanished().reason_to_keep(line(root / "x" / "y" / "a.txt", root, drive_of(root))) == ""


def test_a_file_added_by_itself_was_deleted_where_its_folder_is_there(root: Path) -> None:
    path = root / "a.txt"

    assert Vanished().reason_to_keep(line(path, path, drive_of(root))) == ""


def test_files_of_a_root_that_is_gone_are_kept(root: Path) -> None:
    path = root / "gone" / "x" / "a.txt"

    reason = Vanished().reason_to_keep(line(path, root / "gone", drive_of(root)))

    assert str(root / "gone") in reason
    assert "cannot be reached" in reason


def test_a_file_added_by_itself_is_kept_where_its_folder_is_gone(root: Path) -> None:
    path = root / "gone" / "a.txt"

    assert Vanished().reason_to_keep(line(path, path, drive_of(root)))


def test_files_are_kept_where_another_drive_is_at_their_place(root: Path) -> None:
    reason = Vanished().reason_to_keep(line(root / "usb" / "a.txt", root, drive_of(root) + 1))

    assert "is not connected" in reason


def test_a_drive_that_was_numbered_anew_is_the_same_drive(root: Path) -> None:
    now = drive_of(root)

    judge = Vanished(renumbered={(now + 1, now)})

    assert judge.reason_to_keep(line(root / "a.txt", root, now + 1)) == ""
    assert judge.reason_to_keep(line(root / "a.txt", root, now + 2))


def test_files_of_a_folder_that_cannot_be_listed_are_kept(root: Path) -> None:
    folder = root / "closed"
    folder.mkdir()
    judge = Vanished(closed=[folder])

    assert str(folder) in judge.reason_to_keep(line(folder / "x" / "a.txt", root, drive_of(root)))
    assert judge.reason_to_keep(line(root / "b.txt", root, drive_of(root))) == ""


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ETIMEDOUT, errno.ENODEV])
def test_files_are_kept_where_the_system_fails_to_look(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_stat: Callable[..., os.stat_result] = Path.stat

    def failing(path: Path, **how: bool) -> os.stat_result:
        if path.name == "share":
            raise OSError(number, os.strerror(number))
        return true_stat(path, **how)

    monkeypatch.setattr(Path, "stat", failing)

    reason = Vanished().reason_to_keep(line(root / "share" / "a.txt", root, drive_of(root)))

    assert os.strerror(number) in reason


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_of_a_link_the_drive_of_what_it_leads_to_counts(root: Path) -> None:
    link = root / "link.txt"
    link.symlink_to(root / "target" / "a.txt")

    assert Vanished().reason_to_keep(line(link, root, drive_of(root))) == ""
    assert Vanished().reason_to_keep(line(link, root, drive_of(root) + 1))
