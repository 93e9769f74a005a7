from __future__ import annotations

import html
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import make_samples
import pypdfium2
import pytest

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
FILES = sorted((SAMPLES / "Sample library").iterdir())
QUESTIONS = [
    json.loads(line) for line in (SAMPLES / "questions.jsonl").read_text("utf-8").splitlines()
]


def words(path: Path, page: int | None = None) -> str:
    """A sample's text on one line; of one page (1-based) in a PDF."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            numbers = range(len(document)) if page is None else [page - 1]
            text = "\n".join(document[n].get_textpage().get_text_range() for n in numbers)
    elif path.suffix == ".docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    else:
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["Larkspur warranty.pdf", "Water report 2025.pdf"])
def test_the_pdfs_in_the_library_are_those_that_are_made(name):
    assert make_samples.MADE[name]() == (SAMPLES / "Sample library" / name).read_bytes()


def test_the_word_file_in_the_library_is_the_one_that_is_made():
    name = "Council minutes March 2026.docx"

    with (
        zipfile.ZipFile(io.BytesIO(make_samples.MADE[name]())) as made,
        zipfile.ZipFile(SAMPLES / "Sample library" / name) as kept,
    ):
        assert {n: made.read(n) for n in made.namelist()} == {
            n: kept.read(n) for n in kept.namelist()
        }


def test_every_format_of_the_library_is_one_that_is_read():
    assert {path.suffix for path in FILES} == {".pdf", ".docx", ".html", ".md", ".txt"}
    assert 6 <= len(FILES) <= 8


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_the_evidence_of_a_question_stands_where_it_says(question):
    assert question["answerable"] == bool(question["evidence"]) == bool(question["answers"])
    for item in question["evidence"]:
        assert item["text"] in words(SAMPLES / "Sample library" / item["file"], item.get("page"))


def test_one_question_needs_two_documents_and_one_has_no_answer():
    files = [{item["file"] for item in question["evidence"]} for question in QUESTIONS]

    assert any(len(names) == 2 for names in files)
    assert any(not names for names in files)


def test_nothing_in_the_library_speaks_of_what_has_no_answer():
    assert not any(re.search(r"swim|pool|ticket", words(path), re.IGNORECASE) for path in FILES)


def test_the_figures_of_the_water_report_add_up():
    text = words(SAMPLES / "Sample library" / "Water report 2025.pdf", page=1)
    totals = [
        int(figure.replace(",", "")) for figure in re.findall(r"All districts ([\d,]+)", text)
    ]

    assert len(totals) == 5
    assert sum(totals[:4]) == totals[4]
    assert max(totals[:4]) == totals[2] == 61480
