"""`footnote conversations` and `footnote export`: what was asked, and papers of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from rag.chats import Chats
from rag.cli import main
from rag.records import Scope
from tests.rag.export import bibtex_reader, markdown_reader
from tests.rag.export.told import answer, proven

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a verb on a library with two conversations, the first of two turns."""
    chats = Chats.open(tmp_path / "library")
    for title, count in (("Notice", 2), ("A title\nof two lines", 1)):
        kept = chats.start(title)
        for number in range(count):
            turn = chats.add_turn(kept.id, f"Question {number}?", Scope())
            chats.finish_turn(turn.id, answer(proven(f"Answer {number}.")))
    chats.close()

    def verb(*arguments: object) -> tuple[int, str, str]:
        code = main([*map(str, arguments), "--library", str(tmp_path / "library")])
        told = capsys.readouterr()
        return code, told.out, told.err

    return verb


def test_conversations_are_listed_the_last_changed_first(run: Run) -> None:
    code, listed, _ = run("conversations")
    _, as_json, _ = run("conversations", "--json")

    assert code == 0
    assert [line.split("  ")[-1] for line in listed.splitlines()] == [
        "A title of two lines",
        "Notice",
    ]
    assert [json.loads(line)["id"] for line in as_json.splitlines()] == [2, 1]


def test_the_questions_of_one_are_listed_with_the_ids_that_export_takes(run: Run) -> None:
    _, as_json, _ = run("conversations", 1, "--json")
    _, listed, _ = run("conversations", 1)

    rows = [json.loads(line) for line in as_json.splitlines()]
    assert [(row["id"], row["question"], row["answered"]) for row in rows] == [
        (1, "Question 0?", True),
        (2, "Question 1?", True),
    ]
    assert listed.splitlines()[1].endswith("Question 1?")


def test_each_format_is_written_as_the_name_tells(run: Run, tmp_path: Path) -> None:
    for name in ("paper.md", "paper.DOCX", "sources.json", "sources.bib"):
        code, out, _ = run("export", 1, "--to", tmp_path / name, "--json")
        told = {"path": str(tmp_path / name), "format": name.split(".")[1].lower()}
        assert (code, json.loads(out)) == (0, told)

    read = markdown_reader.read((tmp_path / "paper.md").read_text("utf-8"))
    assert sorted(read.notes) == read.marks == [1, 2]
    words = [line.text for line in Document(str(tmp_path / "paper.DOCX")).paragraphs]
    assert "Answer 0." in words
    (item,) = json.loads((tmp_path / "sources.json").read_text("utf-8"))
    assert list(bibtex_reader.read((tmp_path / "sources.bib").read_text("utf-8"))) == [item["id"]]


def test_one_question_alone_is_written(run: Run, tmp_path: Path) -> None:
    run("export", 1, "--turn", 2, "--to", tmp_path / "one.md")

    text = (tmp_path / "one.md").read_text("utf-8")
    assert "Answer 1." in text
    assert "Answer 0." not in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((1, "--to", "paper.pdf"), "tells no format that can be written here"),
        ((9, "--to", "paper.md"), "There is no conversation 9"),
        ((1, "--turn", 3, "--to", "paper.md"), "There is no question 3 in this conversation"),
        ((1, "--to", "gone/paper.md"), "there is no folder"),
    ],
)
def test_what_cannot_be_written_is_told(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    code, _, said = run("export", *arguments)

    assert code == 2
    assert told in said
    assert {path.name for path in tmp_path.iterdir()} == {"library"}
