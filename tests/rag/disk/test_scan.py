"""Every path under a folder is met, and left out only with a reason."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rag.disk.rules import Rules
from rag.disk.scan import FoundPath, Scanner
from rag.options import Options
from rag.records import FileState


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
def test_links_that_lead_in_a_circle_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    found = scanned(tmp_path)

    assert {line.state for line in found.values()} == {FileState.SKIPPED}
    assert "leads back to itself" in found["a"].reason


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_to_a_file_elsewhere_is_read_as_that_file(tmp_path: Path) -> None:
    elsewhere, root = tmp_path / "a.txt", tmp_path / "root"
    elsewhere.write_text("abc", "utf-8")
    root.mkdir()
    (root / "b.txt").symlink_to(elsewhere)

    found = scanned(root)["b.txt"]

    assert (found.state, found.size_bytes) == (FileState.WAITING, 3)
    assert found.device == elsewhere.stat().st_dev


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with named pipes")
def test_a_pipe_is_listed_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    os.mkfifo(tmp_path / ".gitignore")
    os.mkfifo(tmp_path / "CACHEDIR.TAG")

    found = scanned(tmp_path, hidden_files=True)

    assert "device or a connection" in found["a.txt"].reason


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


def test_a_left_out_folder_is_one_line_however_much_lies_in_it(tmp_path: Path) -> None:
    for name in ("node_modules", "venv", "cache", "built"):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "deep" / "a.txt").touch()
        (tmp_path / name / "b.txt").touch()
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    tag = "Signature: 8a477f597d28d172789f06886806bc55"
    (tmp_path / "cache" / "CACHEDIR.TAG").write_text(tag, "utf-8")
    (tmp_path / ".gitignore").write_text("built/", "utf-8")

    found = scanned(tmp_path)

    assert set(found) == {".gitignore", "node_modules", "venv", "cache", "built"}
    assert {line.state for line in found.values()} == {FileState.SKIPPED}


def test_the_rules_of_names_do_not_hold_for_what_was_added_by_itself(tmp_path: Path) -> None:
    hidden = tmp_path / ".notes"
    hidden.mkdir()
    (hidden / "a.txt").touch()
    (hidden / "pyvenv.cfg").touch()
    secret = tmp_path / ".secret.txt"
    secret.touch()

    assert scanned(hidden)["a.txt"].state is FileState.WAITING
    assert scanned(secret)["."].state is FileState.WAITING


def test_only_what_lies_below_the_wanted_path_is_looked_at(tmp_path: Path) -> None:
    for name in ("one/a.txt", "one/deep/b.txt", "two/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".gitignore").write_text("b.txt", "utf-8")
    scanner = Scanner(is_readable, Rules(Options()))

    def below(path: Path) -> dict[str, FileState]:
        return {found.path.name: found.state for found in scanner.scan(path, tmp_path)}

    assert below(tmp_path / "one") == {"a.txt": FileState.WAITING, "b.txt": FileState.SKIPPED}
    assert below(tmp_path / "one" / "a.txt") == {"a.txt": FileState.WAITING}
    assert below(tmp_path / "one" / "deep" / "b.txt") == {"b.txt": FileState.SKIPPED}
    assert below(tmp_path / "one" / "gone" / "d.txt") == {}


def test_of_a_path_in_a_left_out_folder_the_folder_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "node_modules" / "x" / "a.txt"
    deep.parent.mkdir(parents=True)
    deep.touch()
    scanner = Scanner(is_readable, Rules(Options()))

    found = [line.path for line in scanner.scan(deep, tmp_path)]

    assert found == [tmp_path / "node_modules"]


def test_other_roots_are_passed_by(tmp_path: Path) -> None:
    for name in ("a.txt", "inner/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    scanner = Scanner(is_readable, Rules(Options()))

    outer = [line.path.name for line in scanner.scan(tmp_path, tmp_path, [tmp_path / "inner"])]

    assert outer == ["a.txt"]


def test_each_folder_is_told_before_it_is_listed(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    entered: list[Path] = []

    def enter(folder: Path) -> None:
        entered.append(folder)
        (folder / "late.txt").touch()

    found = list(Scanner(is_readable, Rules(Options()), enter).scan(tmp_path, tmp_path))

    assert entered == [tmp_path, tmp_path / "inner"]
    assert len(found) == 2


def test_odd_names_are_found_as_they_are(tmp_path: Path) -> None:
    names = ["with\nnewline.txt", "x" * 200 + ".txt", " leading.txt", "ümläut 漢字.txt"]
    if sys.platform.startswith("linux"):
        names.append("caf\udce9.txt")
    for name in names:
        (tmp_path / name).touch()

    assert set(scanned(tmp_path)) == set(names)


def test_a_file_in_the_cloud_is_listed_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / ".plan.txt.icloud").touch()

    found = scanned(tmp_path)["plan.txt"]

    assert found.state is FileState.SKIPPED
    assert "in the cloud" in found.reason


def test_what_is_gone_is_not_found(tmp_path: Path) -> None:
    assert scanned(tmp_path / "gone") == {}
