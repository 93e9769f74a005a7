"""Windows opens paths of any length where they are written in full."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from rag.long_paths import for_system, in_full

LONG = "\\".join(["a folder with a name of forty characters"] * 8)


def test_long_paths_are_written_in_full() -> None:
    assert in_full(PureWindowsPath(f"C:\\{LONG}\\a.txt")) == f"\\\\?\\C:\\{LONG}\\a.txt"


def test_long_paths_on_shares_are_written_in_full_too() -> None:
    path = PureWindowsPath(f"\\\\server\\share\\{LONG}")

    assert in_full(path) == f"\\\\?\\UNC\\server\\share\\{LONG}"


def test_short_paths_and_those_in_full_stay_as_they_are() -> None:
    for text in ("C:\\a.txt", f"\\\\?\\C:\\{LONG}"):
        assert in_full(PureWindowsPath(text)) == text


def test_a_path_names_the_same_file_on_this_system(tmp_path: Path) -> None:
    assert for_system(tmp_path).samefile(tmp_path)
