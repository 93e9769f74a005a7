"""Notes, comments, attachments and chapters come back with the place where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pptx
import pytest
import xlsxwriter

from rag.cancel import CancelToken
from rag.load.sandbox import ParserPool
from rag.records import DocumentInfo, DocumentText, Page
from tests.roundtrip import bundles, office
from tests.roundtrip.content import Content, Grid, Heading, Paragraph

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(120)]

LEASE = Content(
    (
        Heading(1, "The lease"),
        Paragraph("The lease of the mill ends on 31 May."),
        Heading(2, "Notice"),
        Paragraph("Notice is given in writing, three months before."),
        Grid(("Year", "Rent"), (("2023", "900"), ("2024", "950"))),
    )
)


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, 60.0, 1024)
    yield pool
    pool.close()


def read(pool: ParserPool, path: Path) -> DocumentText:
    info, *pages = pool.read(path, CancelToken())
    assert isinstance(info, DocumentInfo)
    return DocumentText.from_pages(info, [page for page in pages if isinstance(page, Page)])


def place_of(document: DocumentText, words: str) -> str:
    return document.place_at(document.text.index(words))


def test_a_comment_in_a_letter_is_read(pool: ParserPool, tmp_path: Path) -> None:
    letter = docx.Document()
    run = letter.add_paragraph("The lease ends on 31 May.").runs[0]
    letter.add_comment(run, "Please check this date with Ana.", "Bo", "B")
    letter.save(str(tmp_path / "letter.docx"))

    document = read(pool, tmp_path / "letter.docx")

    assert "Please check this date with Ana." in document.text


def test_the_notes_of_a_slide_stand_at_it(pool: ParserPool, tmp_path: Path) -> None:
    show = pptx.Presentation()
    for number in (1, 2):
        slide = show.slides.add_slide(show.slide_layouts[6])
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None
        notes.text = f"Say thank you, time {number}."
    show.save(str(tmp_path / "show.pptx"))

    document = read(pool, tmp_path / "show.pptx")

    assert place_of(document, "Say thank you, time 2.").startswith("slide 2")


def test_a_note_on_a_cell_is_read(pool: ParserPool, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        sheet = book.add_worksheet("Rent")
        sheet.write_row(0, 0, ["Year", "Rent"])
        sheet.write_row(1, 0, ["2024", "950"])
        sheet.write_comment(1, 1, "Raised after the repair of the roof.")

    document = read(pool, tmp_path / "book.xlsx")

    assert place_of(document, "2024").startswith("Rent!A2")
    assert "Raised after the repair of the roof." in document.text


def test_what_is_attached_to_a_message_stands_at_its_name(pool: ParserPool, tmp_path: Path) -> None:
    office.as_docx(LEASE, tmp_path / "lease.docx")
    mail = bundles.message(LEASE)
    mail.add_attachment(
        (tmp_path / "lease.docx").read_bytes(),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="lease 2024.docx",
    )
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())

    document = read(pool, tmp_path / "mail.eml")

    written = document.text.index("Notice is given in writing")
    attached = document.text.index("Notice is given in writing", written + 1)
    assert "3 May 2024" in document.place_at(written)
    assert "lease 2024.docx" in document.place_at(attached)
    assert "2024" in document.text[attached:]


def test_each_file_of_a_zip_folder_stands_at_its_name(pool: ParserPool, tmp_path: Path) -> None:
    office.as_pdf(LEASE, tmp_path / "offer.pdf")
    files = {"a/offer.pdf": (tmp_path / "offer.pdf").read_bytes(), "b.txt": b"The mill is sold."}
    (tmp_path / "both.zip").write_bytes(bundles.archive_of(files))

    document = read(pool, tmp_path / "both.zip")

    assert "offer.pdf" in place_of(document, "The lease of the mill")
    assert place_of(document, "The lease of the mill").endswith("p. 1")
    assert "b.txt" in place_of(document, "The mill is sold.")


def test_a_chapter_of_a_book_is_the_place_of_its_text(pool: ParserPool, tmp_path: Path) -> None:
    bundles.as_book(LEASE, tmp_path / "book.epub")

    document = read(pool, tmp_path / "book.epub")

    assert place_of(document, "Notice is given").endswith("Notice")
    assert [heading.title for heading in document.headings][-1] == "Notice"
