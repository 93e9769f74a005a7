"""What a .gitignore names is known as git knows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.disk.ignore_files import IgnoreFiles, Patterns


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), "utf-8")


def test_files_and_folders_are_named_as_in_git(root: Path) -> None:
    write(root / ".gitignore", "*.log", "build/", "/top.txt", "# note", "", "data/*", "!data/keep")

    ignores = IgnoreFiles().inside(root)

    assert ignores.name(root / "a.log", is_folder=False)
    assert ignores.name(root / "deep" / "a.log", is_folder=False)
    assert ignores.name(root / "deep" / "build", is_folder=True)
    assert not ignores.name(root / "build", is_folder=False)
    assert ignores.name(root / "top.txt", is_folder=False)
    assert not ignores.name(root / "deep" / "top.txt", is_folder=False)
    assert not ignores.name(root / "data", is_folder=True)
    assert ignores.name(root / "data" / "x", is_folder=False)
    assert not ignores.name(root / "data" / "keep", is_folder=False)


def test_an_inner_file_has_the_last_word(root: Path) -> None:
    write(root / ".gitignore", "*.log")
    write(root / "inner" / ".gitignore", "!wanted.log", "*.txt")

    inner = IgnoreFiles().inside(root).inside(root / "inner")

    assert not inner.name(root / "inner" / "wanted.log", is_folder=False)
    assert inner.name(root / "inner" / "other.log", is_folder=False)
    assert inner.name(root / "inner" / "a.txt", is_folder=False)


def test_a_repository_s_own_list_counts_less_than_its_gitignore(root: Path) -> None:
    write(root / ".git" / "info" / "exclude", "*.tmp.md", "secret.md")
    write(root / ".gitignore", "!secret.md")

    ignores = IgnoreFiles().inside(root)

    assert ignores.name(root / "a.tmp.md", is_folder=False)
    assert not ignores.name(root / "secret.md", is_folder=False)


def test_what_lies_above_a_root_holds_within_the_repository_only(root: Path) -> None:
    write(root.parent / ".gitignore", "*.md")
    write(root / ".git" / "HEAD", "ref")
    write(root / ".gitignore", "*.log")
    (root / "docs" / "deep").mkdir(parents=True)

    ignores = IgnoreFiles.above(root / "docs" / "deep")

    assert ignores.name(root / "docs" / "deep" / "a.log", is_folder=False)
    assert not ignores.name(root / "docs" / "deep" / "a.md", is_folder=False)


def test_a_root_that_is_ignored_itself_was_wanted_all_the_same(root: Path) -> None:
    write(root / ".git" / "HEAD", "ref")
    write(root / ".gitignore", "*.log", "build/")
    (root / "build" / "docs").mkdir(parents=True)

    assert IgnoreFiles.above(root / "build" / "docs") == IgnoreFiles()


def test_outside_a_repository_nothing_above_counts(root: Path) -> None:
    write(root / ".gitignore", "*.log")

    assert IgnoreFiles.above(root / "docs") == IgnoreFiles()


def test_lines_that_make_no_sense_do_not_spoil_the_others() -> None:
    patterns = Patterns.of(["!", "", "*.bak", "///"])

    assert patterns is not None
    assert patterns.opinion(Path("a.bak"), Path(), is_folder=False) == (True, "*.bak")
    assert patterns.opinion(Path("a.txt"), Path(), is_folder=False) == (None, "")
    assert Patterns.of(["", " "]) is None


def test_names_that_are_no_text_are_matched_too(root: Path) -> None:
    write(root / ".gitignore", "*.log")

    ignores = IgnoreFiles().inside(root)

    assert ignores.name(root / "caf\udce9.log", is_folder=False)


def test_what_is_no_small_file_is_not_opened(root: Path) -> None:
    (root / ".gitignore").mkdir()
    (root / ".git" / "info").mkdir(parents=True)
    (root / ".git" / "info" / "exclude").write_bytes(b"*\n" * 600_000)

    assert not IgnoreFiles().inside(root).name(root / "a.txt", is_folder=False)
