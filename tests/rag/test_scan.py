"""Every path under a folder is met, and left out only with a reason."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rag.options import Options
from rag.records import FileState
from rag.rules import Rules
from rag.scan import FoundPath, Scanner


def is_readable(path: Path) -> bool:
    return path.suffix == ".txt"


def scanned(root: Path, **options: str | bool) -> dict[str, FoundPath]:
    scanner = Scanner(is_readable, Rules(replace(Options(), **options)))
    return {found.path.relative_to(root).as_posix(): found for found in scanner.scan(root, root)}


def test_readable_files_wait_with_their_size_and_time(tmp_path: Path) -> None:
    file = tmp_path / "below" / "a.txt"
    file.parent.mkdir()
    file.write_text("abc", "utf-8")

    found = scanned(tmp_path)["below/a.txt"]

    assert (found.state, found.size_bytes) == (FileState.WAITING, 3)
    assert found.modified_ns == file.stat().st_mtime_ns
    assert found.root == tmp_path


def test_a_file_can_be_its_own_root(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.touch()

    assert list(scanned(file)) == ["."]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.xyz", "cannot read .xyz files"),
        ("noext", "without an extension"),
        ("~$a.txt", "Temporary"),
        ("a.txt.part", "Temporary"),
        (".a.txt", "Hidden"),
    ],
)
def test_what_is_left_out_is_listed_with_its_reason(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).touch()

    found = scanned(tmp_path)[name]

    assert found.state is FileState.SKIPPED
    assert reason in found.reason


def test_a_hidden_folder_is_listed_but_not_entered(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "a.txt").touch()

    assert list(scanned(tmp_path)) == [".cache"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)

    found = scanned(tmp_path)

    assert list(found) == ["loop"]
    assert "not followed" in found["loop"].reason


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_dangling_link_is_listed_as_failed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")

    assert scanned(tmp_path)["a.txt"].state is FileState.FAILED


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="needs a user whom the system can refuse a folder",
)
def test_an_unreadable_folder_is_listed_as_failed(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)

    found = scanned(tmp_path)["locked"]

    locked.chmod(0o700)
    assert found.state is FileState.FAILED
    assert "cannot be opened" in found.reason
