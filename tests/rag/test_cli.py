"""The command line reads, finds and answers for real, and speaks JSON that a program can use."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

LEASE = "The lease may be ended by either party with three months' notice in writing."
QUESTION = "With how many months' notice may the lease be ended by either party?"


def footnote(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "lease.md").write_text(f"# Lease\n\n## Ending it\n\n{LEASE}\n", "utf-8")
    (folder / "garden.txt").write_text("Apples ripen in September.", "utf-8")
    (folder / "copy.txt").write_text("Apples ripen in September.", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (folder / "model.xyz").touch()
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, files: Path) -> Path:
    folder = tmp_path_factory.mktemp("library")
    done = footnote("index", files, "--library", folder, "--json")
    assert done.returncode == 1, done.stderr
    assert f"{files / 'broken.pdf'}: “broken.pdf” is damaged" in done.stderr
    (row,) = rows(done)
    assert (row["read"], row["failed"]) == (3, 1)
    return folder


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("questions") / "questions.jsonl"
    items = [
        {"id": "lease", "question": QUESTION},
        {"id": "foreign", "question": "Who painted the Sistine Chapel's ceiling?"},
    ]
    file.write_text("\n".join(json.dumps(item) for item in items), "utf-8")
    return file


def test_status_has_a_row_for_every_path_met(library: Path, files: Path) -> None:
    (status,) = rows(footnote("status", "--library", library, "--json"))

    by_name = {Path(row["path"]).name: row for row in status["documents"]}
    assert set(by_name) == {path.name for path in files.iterdir()}
    assert by_name["lease.md"]["state"] == "ready"
    assert by_name["broken.pdf"]["state"] == "failed"
    assert by_name["model.xyz"]["state"] == "skipped"
    assert by_name["garden.txt"]["same_as"] in (None, str(files / "copy.txt"))
    assert status["totals"]["files"] == 5


def test_an_unread_file_is_told_at_every_reading(library: Path, files: Path) -> None:
    again = footnote("index", files, "--library", library)

    assert again.returncode == 1
    assert "“broken.pdf” is damaged" in again.stderr


def test_search_prints_a_line_for_each_question(
    library: Path, files: Path, questions: Path
) -> None:
    done = footnote("search", "--questions", questions, "--library", library, "--top", 2)

    first, second = rows(done)
    assert (first["id"], second["id"]) == ("lease", "foreign")
    hit = first["hits"][0]
    text = (files / "lease.md").read_text("utf-8")
    assert hit["document"] == str(files / "lease.md")
    assert hit["text"] == text[hit["start"] : hit["end"]]
    assert (hit["rank"], hit["pages"]) == (1, None)
    assert LEASE in hit["text"]


def test_search_tells_how_a_question_was_read_and_why_each_passage_was_found(
    library: Path, files: Path
) -> None:
    question = f"{QUESTION[:-1]} in lease.md?"

    (found,) = rows(footnote("search", question, "--library", library, "--json"))

    assert found["narrowed_by"] == ["lease.md"]
    assert found["scope"]["paths"] == [str(files / "lease.md")]
    (searched,) = found["searched"]
    assert searched.startswith(QUESTION[:-1])
    assert 0.5 < found["chance"] <= 1
    (hit,) = found["hits"]
    why = hit["why"]
    assert why["dense"] > 0.3
    assert why["lexical"] > 0
    assert 0 <= why["rerank"] <= 1
    matches = [hit["text"][start:end] for start, end in why["matches"]]
    assert {"lease", "ended", "either", "party", "notice"} <= set(matches)


def test_why_is_told_in_words_and_where_it_was_looked_too(library: Path) -> None:
    question = f"{QUESTION[:-1]} in lease.md?"

    plain = footnote("search", question, "--library", library)
    why = footnote("search", question, "--library", library, "--why")

    assert "“lease.md”" in why.stderr
    assert "matching:" not in plain.stdout
    told = next(line for line in why.stdout.splitlines() if "matching:" in line)
    assert all(part in told for part in ("meaning 0.", "words ", "closer look ", "notice"))


def test_as_typed_looks_everywhere(library: Path) -> None:
    question = "When do apples ripen in lease.md?"

    (found,) = rows(footnote("search", question, "--as-typed", "--library", library, "--json"))

    assert found["narrowed_by"] == []
    assert found["scope"]["paths"] == []
    assert {Path(hit["document"]).name for hit in found["hits"]} > {"lease.md"}


def test_a_scope_leaves_out_what_is_not_in_it(library: Path, files: Path) -> None:
    scope = files / "garden.txt"

    (found,) = rows(footnote("search", QUESTION, "--scope", scope, "--library", library, "--json"))

    assert {Path(hit["document"]).name for hit in found["hits"]} <= {"garden.txt", "copy.txt"}


def test_types_and_dates_narrow_a_search_and_are_told(library: Path, files: Path) -> None:
    today = datetime.fromtimestamp((files / "lease.md").stat().st_mtime).date()  # noqa: DTZ006
    limits = ("--type", "markdown,pdf", "--since", "2020", "--until", today)

    (found,) = rows(footnote("search", QUESTION, *limits, "--library", library, "--json"))

    assert {Path(hit["document"]).name for hit in found["hits"]} == {"lease.md"}
    assert found["scope"] == {
        "paths": [],
        "types": ["md", "markdown", "pdf"],
        "since": "2020-01-01",
        "until": str(today),
        "pages": [],
    }


def test_a_scope_without_files_is_told_in_words(library: Path, files: Path) -> None:
    for limits, words in (
        (("--type", "rtf", "--since", "2023"), "is of type RTF and was changed on 2023-01-01"),
        (("--scope", files, "--pages", "2"), f"lies in “{files.name}” and has page 2"),
    ):
        done = footnote("ask", QUESTION, *limits, "--plan-only", "--library", library, "--json")

        assert (done.returncode, done.stdout) == (2, "")
        assert f"No file in the library {words}" in done.stderr


def test_ask_proves_its_sentences_and_declines_what_is_not_there(
    library: Path, files: Path, questions: Path
) -> None:
    done = footnote("ask", "--questions", questions, "--library", library, "--json")

    lease, foreign = rows(done)
    assert lease["mode"] == "passages"
    assert all(lease["text"][s["start"] : s["end"]] == s["text"] for s in lease["sentences"])
    cited = [c for s in lease["sentences"] for c in s["citations"]]
    text = (files / "lease.md").read_text("utf-8")
    assert cited, lease["text"]
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in cited)
    assert lease["stats"]["prompt_tokens"] > 0
    assert (foreign["declined"], foreign["stats"], foreign["text"]) == (True, None, "")


def test_plan_only_generates_nothing(library: Path, questions: Path) -> None:
    done = footnote("ask", "--questions", questions, "--plan-only", "--library", library)

    assert [row["mode"] for row in rows(done)] == ["passages", "decline"]
    assert all(row["stats"] is None for row in rows(done))


def test_wrong_use_says_what_is_wrong(library: Path, tmp_path: Path) -> None:
    for arguments, words in (
        (("index", tmp_path / "gone"), "does not exist"),
        (("remove", tmp_path), "is not in the library"),
        (("search",), "Type a question"),
        (("search", "?", "--scope", tmp_path), "is not in the library"),
        (("search", "?", "--type", "exe"), "Type one or more of pdf, docx"),
        (("search", "?", "--since", "soon"), "Type “since” as 2023, 2023-06"),
        (("ask", "?", "--since", "2024", "--until", "2023"), "Type the earlier date"),
        (("ask", "?", "--plan-only", "--pages", "5-2"), "as in 3 or 2-5,9"),
        (("ask", "?", "--model", tmp_path / "gone.gguf"), "is not there"),
        (("nonsense-verb",), "invalid choice"),
    ):
        done = footnote(*arguments, "--library", library)
        assert done.returncode == 2, arguments
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_evaluate_scores_a_folder(tmp_path: Path) -> None:
    documents = tmp_path / "set" / "docs"
    documents.mkdir(parents=True)
    (documents / "lease.txt").write_text(LEASE, "utf-8")
    (documents / "garden.txt").write_text("Apples ripen in September.", "utf-8")
    item = {"id": 1, "question": QUESTION, "evidence": [{"file": "lease.txt"}]}
    (tmp_path / "set" / "questions.jsonl").write_text(json.dumps(item), "utf-8")

    done = footnote("evaluate", tmp_path / "set", "--library", tmp_path / "library", "--json")

    (scores,) = rows(done)
    assert (scores["hit@1"], scores["mrr@10"], scores["ndcg@10"]) == (100, 1, 1)


def test_the_search_model_is_told_and_changed(tmp_path: Path) -> None:
    file, library = tmp_path / "lease.txt", tmp_path / "library"
    file.write_text(LEASE, "utf-8")
    footnote("index", file, "--library", library)
    (before,) = rows(footnote("embedder", "--library", library, "--json"))
    other = next(
        choice["id"]
        for choice in before["choices"]
        if choice["installed"] and choice["id"] != before["id"]
    )

    done = footnote("embedder", other, "--library", library, "--json")

    (after,) = rows(done)
    assert (after["id"], after["coming"]) == (other, None)
    assert f"embedding with {other}: 0 of 1 passages" in done.stderr
    (status,) = rows(footnote("status", "--library", library, "--json"))
    assert status["embedder"]["id"] == other
    shown = footnote("embedder", "--library", library)
    assert f"* {other}" in shown.stdout


def test_a_search_model_that_is_not_there_cannot_be_chosen(tmp_path: Path) -> None:
    done = footnote("embedder", "nonsense@int8", "--library", tmp_path / "library")

    assert done.returncode == 2
    assert "“nonsense” is not on this computer" in done.stderr


def test_whoever_stops_listening_is_told_no_traceback(library: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app", "status", "--library", str(library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()

    assert said == ""
    assert process.returncode == 0
