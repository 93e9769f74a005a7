"""A Word document is read in its order, with its lists and tables."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from rag.errors import CorruptFile, FileTooBig
from rag.load import package, word
from rag.records import DocumentInfo, Page
from tests.rag.load.ole_files import write_ole
from tests.rag.load.zipped import with_parts


def read(path: Path) -> tuple[DocumentInfo, Page]:
    info, page = word.read(path)
    assert isinstance(info, DocumentInfo)
    assert isinstance(page, Page)
    return info, page


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("House rules", 0)
    document.add_paragraph("Quiet hours are from ten to six.")
    document.add_heading("Fees", 2)
    document.add_paragraph("Rent", style="List Number")
    document.add_paragraph("Heating", style="List Number")
    document.add_paragraph("Pets are free", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("What", "How much", "Rent", "1,250"), strict=True):
        cell.text = text
    document.add_paragraph("The end.")
    path = tmp_path / "rules.docx"
    document.save(str(path))
    return path


def test_paragraphs_lists_and_tables_are_read_in_order(sample: Path) -> None:
    _, page = read(sample)

    assert page.text == (
        "House rules\n\nQuiet hours are from ten to six.\n\nFees\n\n"
        "1. Rent\n2. Heating\n• Pets are free\n\n"
        "What | How much\nRent | 1,250\n\nThe end."
    )


def test_headings_have_their_levels_and_places(sample: Path) -> None:
    info, page = read(sample)

    assert [(h.level, h.title) for h in page.headings] == [(1, "House rules"), (2, "Fees")]
    assert all(page.text[h.start : h.end] == h.title for h in page.headings)
    assert info.title == "House rules"


def test_a_document_in_the_strict_form_is_read(sample: Path, tmp_path: Path) -> None:
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(sample) as archive, zipfile.ZipFile(strict, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            for transitional, other in (
                (
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
                (
                    b"http://schemas.openxmlformats.org/officeDocument/2006/",
                    b"http://purl.oclc.org/ooxml/officeDocument/",
                ),
            ):
                content = content.replace(transitional, other)
            copy.writestr(name, content)

    assert read(strict)[1].text == read(sample)[1].text


def test_an_old_document_with_a_new_name_is_not_told_as_locked(tmp_path: Path) -> None:
    path = write_ole(tmp_path / "a.docx", {"WordDocument": b"?"})

    with pytest.raises(CorruptFile, match="not a Word document"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken"])
def test_what_is_no_document_is_told_as_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)

    with pytest.raises(CorruptFile):
        read(path)


def test_an_archive_that_unpacks_to_too_much_is_left_out(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", 1_000)

    with pytest.raises(FileTooBig):
        read(sample)


def test_a_comment_stands_behind_what_it_is_about(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Rent is due on the first.")
    document.add_comment(paragraph.runs[0], text="Since when?", author="Ann Bee")
    document.add_paragraph("Heating is not.")
    document.save(str(tmp_path / "a.docx"))

    _, page = read(tmp_path / "a.docx")

    assert page.text == (
        "Rent is due on the first.\n\n[Comment by Ann Bee: Since when?]\n\nHeating is not."
    )


def test_what_stands_on_every_page_is_told_once_and_page_counts_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    document.add_section()
    for section in document.sections:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Nordwind GmbH, confidential"
        section.footer.paragraphs[0].text = "Page 3 of 12"
    document.save(str(tmp_path / "a.docx"))

    _, page = read(tmp_path / "a.docx")

    assert page.text == "Text.\n\nNordwind GmbH, confidential"


def test_a_cell_over_several_rows_speaks_for_each_of_them(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    texts = ("Region", "Quarter", "Sales", "North", "Q1", "5", "", "Q2", "6")
    for cell, text in zip(table._cells, texts, strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(tmp_path / "a.docx"))

    _, page = read(tmp_path / "a.docx")

    assert page.text == "Region | Quarter | Sales\nNorth | Q1 | 5\nNorth | Q2 | 6"


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        ("docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        (
            "dotx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        ),
    ],
)
def test_documents_with_macros_and_templates_are_read(
    sample: Path, tmp_path: Path, suffix: str, content_type: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(sample) as archive, zipfile.ZipFile(path, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name).replace(plain.encode(), content_type.encode()))

    assert read(path)[1].text == read(sample)[1].text


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "docProps/core.xml"])
def test_a_damaged_part_costs_only_itself_and_is_told(
    sample: Path, tmp_path: Path, part: str
) -> None:
    path = with_parts(sample, tmp_path / "a.docx", {part: "<broken"})

    _, page = read(path)

    assert "Quiet hours are from ten to six." in page.text
    assert part in page.problem


def test_a_missing_picture_is_no_damage(sample: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sample) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    picture = '<Relationship Id="rId99" Type="http://x/image" Target="media/none.png"/></Rel'
    path = with_parts(
        sample,
        tmp_path / "a.docx",
        {"word/_rels/document.xml.rels": relations.replace("</Rel", picture)},
    )

    assert read(path)[1] == read(sample)[1]


def test_without_its_main_part_a_document_is_told_as_damaged(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(CorruptFile, match=r"word/document\.xml"):
        read(with_parts(sample, tmp_path / "a.docx", {"word/document.xml": "<broken"}))
