"""Drives that vanish and files in the cloud cost nothing that was read of them."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.events import FilesChanged, IngestEvent
from rag.records import FileState
from tests.rag.disk.fake_disk import FakeDisk
from tests.rag.house import House, follow

ROWAN = "Rowan berries are red."


def unplug(house: House, folder: Path) -> Path:
    """An empty mount point is all that is left."""
    away = folder.rename(house.folder.parent / "away")
    folder.mkdir()
    return away


def plug_in(folder: Path, away: Path) -> None:
    folder.rmdir()
    away.rename(folder)


def test_an_empty_mount_point_empties_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.write("usb/a.txt", ROWAN)
    drive = FakeDisk(path.parent, monkeypatch)
    house.add()
    device = house.file(path).device
    away = unplug(house, path.parent)
    drive.number = 78

    house.refresh()

    line = house.file(path)
    assert line.state is FileState.MISSING
    assert "not connected" in line.reason
    assert house.finds("rowan") == {"a.txt"}
    drive.number = 77
    plug_in(path.parent, away)
    house.reader.paths.clear()
    monkeypatch.setattr(
        "rag.reading.read_ahead.content_hash", lambda *_: pytest.fail("it was opened")
    )

    house.refresh()

    assert (house.file(path).state, house.file(path).reason) == (FileState.READY, "")
    assert house.file(path).device == device == 77
    assert house.reader.paths == []


def test_a_file_that_changed_while_its_drive_was_away_is_read_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.write("usb/a.txt", ROWAN)
    away = path.parent.rename(house.folder.parent / "away")
    away.rename(path.parent)
    house.add(path.parent)
    away = path.parent.rename(house.folder.parent / "away")
    house.refresh()
    assert house.file(path).state is FileState.MISSING
    (away / "a.txt").write_text("Sloes are blue, and many.", "utf-8")
    away.rename(path.parent)

    house.refresh()

    assert house.file(path).state is FileState.READY
    assert house.finds("sloes") == {"a.txt"}
    assert house.finds("rowan") == set()


def test_what_waited_when_its_drive_vanished_is_read_when_it_is_back(house: House) -> None:
    path = house.write("usb/a.txt", ROWAN)
    house.add(path.parent)
    path.write_text("Sloes are blue, and many.", "utf-8")
    house.library.gate.pause()
    reading = house.library.refresh((), CancelToken())
    assert isinstance(next(reading), FilesChanged)
    reading.close()
    house.library.gate.resume()
    away = path.parent.rename(house.folder.parent / "away")
    house.refresh()
    assert house.file(path).state is FileState.MISSING
    away.rename(path.parent)

    house.refresh()

    assert house.finds("sloes") == {"a.txt"}
    assert house.finds("rowan") == set()


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.EACCES, errno.ETIMEDOUT])
def test_a_share_that_fails_empties_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = house.write("share/a.txt", ROWAN)
    house.add()
    drive = FakeDisk(path.parent, monkeypatch)
    drive.error = number

    house.refresh()
    again: list[IngestEvent] = []
    follow(house.library.catch_up((), CancelToken()), again.append)

    assert house.file(path).state is FileState.MISSING
    assert house.finds("rowan") == {"a.txt"}
    assert again == []
    drive.error = 0
    house.refresh()
    assert house.file(path).state is FileState.READY


def test_files_of_a_drive_with_a_new_number_are_let_go_when_they_are_deleted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.write("usb/a.txt", ROWAN)
    stays = house.write("usb/b.txt", "Sloes are blue.")
    drive = FakeDisk(path.parent, monkeypatch)
    house.add()
    drive.number = 78
    path.unlink()

    house.refresh()

    assert house.catalog.file(path) is None
    assert house.file(stays).state is FileState.READY
    assert house.file(stays).device == 78


def test_a_file_in_the_cloud_is_listed_and_not_opened(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FakeDisk(house.folder, monkeypatch)
    path = house.write("a.txt", ROWAN)
    disk.cloud_names = {"a.txt"}

    house.add()

    assert house.file(path).state is FileState.SKIPPED
    assert "in the cloud" in house.file(path).reason
    disk.cloud_names = set()
    house.refresh()
    assert house.file(path).state is FileState.READY


def test_what_was_read_of_a_file_stays_when_it_goes_to_the_cloud(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FakeDisk(house.folder, monkeypatch)
    path = house.write("a.txt", ROWAN)
    house.add()
    disk.cloud_names = {"a.txt"}

    house.refresh()

    assert house.file(path).state is FileState.MISSING
    assert "in the cloud only" in house.file(path).reason
    assert house.finds("rowan") == {"a.txt"}
    assert house.refresh().unchanged == 1
    disk.cloud_names = set()
    house.reader.paths.clear()
    house.refresh()
    assert house.file(path).state is FileState.READY
    assert house.reader.paths == []


def test_a_stub_in_a_file_s_place_keeps_what_was_read_of_it(house: House) -> None:
    path = house.write("a.txt", ROWAN)
    house.add()
    path.unlink()
    house.write(".a.txt.icloud", "bplist")

    house.refresh()

    assert house.file(path).state is FileState.MISSING
    assert house.finds("rowan") == {"a.txt"}


@pytest.mark.faults
@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="needs the right to mount"
)
def test_a_real_drive_can_go_and_come_back(house: House) -> None:
    folder = house.folder / "drive"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "footnote-test", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let itself be mounted on")
    inner = house.folder.parent / "kept"
    try:
        path = house.write("drive/a.txt", ROWAN)
        other = house.write("drive/b.txt", "Sloes are blue.")
        house.add()
        other.unlink()
        house.refresh()
        assert house.catalog.file(other) is None
        inner.write_bytes(path.read_bytes())
    finally:
        subprocess.run(["umount", str(folder)], check=True)

    house.refresh()

    assert house.file(path).state is FileState.MISSING
    assert house.finds("rowan") == {"a.txt"}
    assert not stat.S_ISREG(folder.stat().st_mode)
    subprocess.run(mount, check=True)
    try:
        path.write_bytes(inner.read_bytes())
        house.reader.paths.clear()
        house.refresh()
        assert house.file(path).state is FileState.READY
        assert house.reader.paths == []
    finally:
        subprocess.run(["umount", str(folder)], check=True)
