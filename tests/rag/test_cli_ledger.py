"""The command line reads, tells what became of each file, and shows what Footnote sees."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen import canvas

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

PASSWORD = "rowan & sloe"
NOTES = "# Notes\n\n## 3.2 Fruit\n\nRowan berries are red.\n\n## 3.3 Other\n\nSloes are blue.\n"


def footnote(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def status(library: Path) -> dict[str, Any]:
    return json.loads(footnote("status", "--library", library, "--json").stdout)


def write_pdf(path: Path, *pages: str, password: str = "") -> None:
    paper = canvas.Canvas(str(path))
    for text in pages:
        paper.drawString(72, 700, text)
        paper.showPage()
    paper.save()
    if password:
        writer = PdfWriter(clone_from=path)
        writer.encrypt(password, algorithm="AES-256")
        writer.write(path)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / ".hidden.md").write_text("Plums are purple.", "utf-8")
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "readme.md").write_text("Nothing to read.", "utf-8")
    write_pdf(folder / "plan.pdf", "Apples ripen in September.", "Pears ripen in October.")
    write_pdf(folder / "secret.pdf", "The key lies under the mat.", password=PASSWORD)
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, files: Path) -> Path:
    folder = tmp_path_factory.mktemp("library")
    footnote("index", files, "--library", folder)
    return folder


def test_plain_status_tells_how_each_folder_stands_and_what_needs_a_look(
    library: Path, files: Path
) -> None:
    plain = footnote("status", "--library", library).stdout
    whole = footnote("status", "--all", "--library", library).stdout

    first, *rest = plain.splitlines()
    assert first.startswith(f"{files}: 5 files: 2 ready, ")
    assert [line.split()[0] for line in rest] == ["failed"]
    assert "secret.pdf" in rest[0]
    assert len(whole.splitlines()) == 6


def test_status_tells_the_rules_with_what_they_left_out(library: Path) -> None:
    rules = {row["id"]: row["paths"] for row in status(library)["rules"]}

    assert (rules["hidden"], rules["caches"]) == (1, 1)


def test_a_document_is_shown_as_it_was_read_with_its_places(library: Path, files: Path) -> None:
    pages = footnote("show", files / "plan.pdf", "--library", library)
    second = footnote("show", files / "plan.pdf", "--page", 2, "--library", library)
    notes = footnote("show", files / "notes.md", "--library", library)

    assert "[p. 1]\nApples ripen in September." in pages.stdout
    assert "[p. 2]\nPears ripen in October." in pages.stdout
    assert second.stdout == "[p. 2]\nPears ripen in October.\n"
    assert "[§3.2 Fruit]\n" in notes.stdout
    assert "Sloes are blue." in notes.stdout


def test_a_page_that_is_not_there_is_told(library: Path, files: Path) -> None:
    done = footnote("show", files / "plan.pdf", "--page", 3, "--library", library)

    assert done.returncode == 2
    assert "has 2 pages. Type one from 1 to 2." in done.stderr


def test_a_setting_is_shown_changed_and_kept(tmp_path: Path) -> None:
    library = tmp_path / "library"

    set_ = footnote("settings", "hidden_files", "yes", "--library", library)
    (shown,) = json.loads(
        footnote("settings", "hidden_files", "--library", library, "--json").stdout
    )
    bad = footnote("settings", "hidden_files", "perhaps", "--library", library)
    unknown = footnote("settings", "hidden", "--library", library)

    assert "hidden_files = yes" in set_.stdout
    assert (shown["value"], shown["default"]) == (True, False)
    assert (bad.returncode, unknown.returncode) == (2, 2)
    assert "must be yes or no" in bad.stderr
    assert "There are: passages, " in unknown.stderr


def test_a_changed_rule_holds_from_the_next_refresh(files: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    footnote("settings", "hidden_files", "yes", "--library", library)
    footnote("settings", "leave_out", "*.pdf; notes.*", "--library", library)
    footnote("index", files, "--library", library)

    states = {Path(row["path"]).name: row["state"] for row in status(library)["documents"]}

    assert states == {
        ".hidden.md": "ready",
        "node_modules": "skipped",
        "notes.md": "skipped",
        "plan.pdf": "skipped",
        "secret.pdf": "skipped",
    }


def test_locked_files_open_with_a_password_from_a_file_which_is_kept_nowhere(
    files: Path, tmp_path: Path
) -> None:
    library, passwords = tmp_path / "library", tmp_path / "passwords.txt"
    passwords.write_text(f"wrong\n\n{PASSWORD}\n", "utf-8")
    before = footnote("index", files / "secret.pdf", "--library", library)
    assert before.returncode == 1
    (row,) = status(library)["documents"]
    assert row["locked"]

    done = footnote("refresh", "--password-file", passwords, "--library", library)

    assert done.returncode == 0, done.stderr
    (row,) = status(library)["documents"]
    assert (row["state"], row["locked"]) == ("ready", False)
    kept = b"".join(path.read_bytes() for path in library.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in kept
    assert PASSWORD not in done.stdout + done.stderr


def test_a_password_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = footnote(
        "refresh", "--password-file", tmp_path / "gone.txt", "--library", tmp_path / "library"
    )

    assert done.returncode == 2
    assert "does not exist" in done.stderr


def test_watching_reads_what_changes_until_it_is_stopped(tmp_path: Path) -> None:
    folder, library = tmp_path / "files", tmp_path / "library"
    folder.mkdir()
    footnote("index", folder, "--library", library)
    command = [sys.executable, "-m", "app", "watch", "--library", str(library), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as watching:
        assert watching.stdout
        assert watching.stderr
        assert "Watching for changes" in watching.stderr.readline()
        (folder / "notes.md").write_text(NOTES, "utf-8")

        row = json.loads(watching.stdout.readline())

        watching.terminate()
        watching.communicate()
    assert row["read"] == 1
    assert row["totals"]["ready"] == 1
