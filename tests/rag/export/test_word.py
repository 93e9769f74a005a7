"""Word documents with real footnotes, read back by others, that refer to nothing outside."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rag.export import lay_out
from rag.export.plain import plain
from rag.export.word import word
from rag.records import Conflict, Paper, PaperBlock, Statement, Support
from tests.rag.export.attacks import ATTACKS
from tests.rag.export.test_markdown import hostile
from tests.rag.export.told import RULES, answer, cited, conversation, proven, turn, unproven

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = shutil.which("soffice")


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def xml(content: bytes, part: str) -> etree._Element:
    return etree.fromstring(parts_of(content)[part])


def words(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


@pytest.fixture
def paper() -> Paper:
    old, new = cited(quote="within 30 days"), cited(RULES, "within 60 days", "§ 2")
    conflict = Conflict((Statement("60 days", new), Statement("30 days", old)))
    first = answer(
        proven("**Both** hold.", old, new), " ", proven("Again.", old), "\n- ", unproven("No.")
    )
    return lay_out(conversation(replace(first, conflicts=(conflict,)), answer(proven("C."))))


def test_python_docx_reads_the_same_words(paper: Paper) -> None:
    document = Document(io.BytesIO(word(paper)))

    lines = [p.text for p in document.paragraphs if p.text]
    assert lines[0] == paper.title
    assert lines[3] == "Both hold., Again."
    assert [p.style.name for p in document.paragraphs if p.text][:3] == [
        "Title",
        "Heading 1",
        "Detail",
    ]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "“within 60 days”",
        "",
        "House rules.docx, § 2",
    ]
    assert document.core_properties.title == paper.title
    assert document.core_properties.created.timestamp() == paper.asked_at
    assert document.core_properties.modified.timestamp() == paper.answered_at


def test_each_note_is_marked_once_and_referred_to_after_that(paper: Paper) -> None:
    content = word(paper)

    body, notes = xml(content, "word/document.xml"), xml(content, "word/footnotes.xml")

    marked = [int(mark.get(f"{W}id", "")) for mark in body.iter(f"{W}footnoteReference")]
    texts = {int(note.get(f"{W}id", "")): words(note).strip() for note in notes}
    assert marked == [note.number for note in paper.notes]
    assert [texts[note.number] for note in paper.notes] == [
        f"“{note.quote}” — {note.source}" for note in paper.notes
    ]
    assert set(texts) - set(marked) == {-1, 0}, "the lines between text and notes"
    again = [(f.get(f"{W}instr"), words(f)) for f in body.iter(f"{W}fldSimple")]
    assert again == [
        (" NOTEREF _RefNote1 \\f ", "1"),
        (" NOTEREF _RefNote2 \\f ", "2"),
        (" NOTEREF _RefNote1 \\f ", "1"),
    ]
    names = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert names == {f"_RefNote{note.number}" for note in paper.notes}


def test_every_style_and_part_that_is_used_is_there(paper: Paper) -> None:
    parts = parts_of(word(paper))

    styles = {s.get(f"{W}styleId") for s in etree.fromstring(parts["word/styles.xml"])}
    used = {
        element.get(f"{W}val")
        for name in ("word/document.xml", "word/footnotes.xml")
        for element in etree.fromstring(parts[name]).iter(
            f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"
        )
    }
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {part.get("PartName", "")[1:] for part in types if part.get("PartName")}
    assert used <= styles
    assert next(iter(parts)) == "[Content_Types].xml"
    assert named | {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"} == set(
        parts
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_words_become_xml_fields_or_relations(attack: str) -> None:
    paper = lay_out(hostile(attack))

    parts = parts_of(word(paper))

    body = etree.fromstring(parts["word/document.xml"])
    fields = [field.get(f"{W}instr", "") for field in body.iter(f"{W}fldSimple")]
    assert all(field.startswith(" NOTEREF _RefNote") for field in fields)
    assert {element.tag.removeprefix(W) for element in body.iter()} <= {
        *(
            "document",
            "body",
            "p",
            "pPr",
            "pStyle",
            "bidi",
            "r",
            "rPr",
            "rStyle",
            "b",
            "bCs",
            "rtl",
        ),
        *("t", "tab", "bookmarkStart", "bookmarkEnd", "footnoteReference", "fldSimple"),
        *("tbl", "tblPr", "tblStyle", "tblW", "tblGrid", "gridCol", "tr", "trPr", "tblHeader"),
        *("tc", "tcPr", "tcW", "ind", "sectPr", "pgSz", "pgMar"),
    }
    listings = b"".join(content for name, content in parts.items() if name.endswith(".rels"))
    assert b"External" not in listings
    assert b"hyperlink" not in listings
    shown = [words(line) for line in body.iter(f"{W}p")]
    for block in paper.blocks:
        if isinstance(block, PaperBlock):
            said = "".join(run.text for run in block.runs if not run.note)
            assert any(said in line for line in shown)


@given(st.text(max_size=60))
def test_any_text_makes_a_document(text: str) -> None:
    told = answer(proven("Yes.", cited(quote=text)))
    paper = lay_out(conversation(turn(1, told, question=f"A{text}"), title=text))

    content = word(paper)

    lines = [words(line) for line in xml(content, "word/document.xml").iter(f"{W}p")]
    assert plain(f"A{text}").strip() in (line.strip() for line in lines)
    notes = xml(content, "word/footnotes.xml")
    assert words(notes[2]).strip().endswith(paper.notes[0].source)


def test_each_stretch_of_text_has_its_direction() -> None:
    mixed = "إشعار كتابي according to ISO 9001 مدته ثلاثة"
    quote = cited(quote="مدته ثلاثة أشهر", place="ص 3")

    content = word(lay_out(conversation(answer((mixed, Support.SUPPORTED, (quote,))))))

    body, notes = xml(content, "word/document.xml"), xml(content, "word/footnotes.xml")
    line = next(p for p in body.iter(f"{W}p") if "ISO" in words(p))
    assert line.find(f"{W}pPr/{W}bidi") is not None
    runs = [(words(run), run.find(f"{W}rPr/{W}rtl") is not None) for run in line.iter(f"{W}r")]
    assert [run for run in runs if run[0]] == [
        ("إشعار كتابي ", True),
        ("according to ISO 9001 ", False),
        ("مدته ثلاثة", True),
    ]
    assert notes[2].find(f"{W}p/{W}pPr/{W}bidi") is not None


def test_equal_papers_make_equal_files(paper: Paper) -> None:
    assert word(paper) == word(paper)


@pytest.mark.faults
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_prints_the_notes(paper: Paper, tmp_path: Path) -> None:
    assert OFFICE
    (tmp_path / "paper.docx").write_bytes(word(paper))

    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "paper.docx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=100)

    assert (tmp_path / "paper.pdf").exists(), done.stderr
    with pypdfium2.PdfDocument(tmp_path / "paper.pdf") as printed:
        text = " ".join(page.get_textpage().get_text_range() for page in printed)
    for note in paper.notes:
        assert f"{note.number} “{note.quote}” — {note.source}" in " ".join(text.split())
