"""A file is written whole or not at all, and what went wrong is told."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from rag.errors import NotExported
from rag.export.target import write_whole

POSIX = sys.platform != "win32"


def failing(number: int):
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_what_was_there_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "paper.md"
    target.write_bytes(b"old and longer")

    write_whole(target, b"new")

    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_disk_that_fills_up_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "paper.md"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))

    with pytest.raises(NotExported, match="the disk is full"):
        write_whole(target, b"new")

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_another_program_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", failing(errno.EACCES))

    with pytest.raises(NotExported, match="open in another program"):
        write_whole(tmp_path / "paper.md", b"new")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotExported, match="there is no folder"):
        write_whole(tmp_path / "gone" / "paper.md", b"new")


def test_a_folder_of_that_name_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "paper.md").mkdir()

    with pytest.raises(NotExported, match="something else with that name"):
        write_whole(tmp_path / "paper.md", b"new")


def test_the_longest_name_is_written_and_a_longer_one_told(tmp_path: Path) -> None:
    longest = 255 if POSIX else 120
    write_whole(tmp_path / f"{'n' * (longest - 3)}.md", b"new")

    with pytest.raises(NotExported):
        write_whole(tmp_path / f"{'n' * 400}.md", b"new")

    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not POSIX, reason="links want rights on Windows")
def test_a_link_stays_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "paper.md").symlink_to(tmp_path / "there" / "real.md")

    write_whole(tmp_path / "paper.md", b"new")

    assert (tmp_path / "paper.md").is_symlink()
    assert (tmp_path / "there" / "real.md").read_bytes() == b"new"


@pytest.mark.skipif(not POSIX, reason="Windows has no such rights")
def test_others_may_read_it_as_any_file_that_the_user_makes(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "paper.md", b"new")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "paper.md").stat().st_mode) == 0o644
