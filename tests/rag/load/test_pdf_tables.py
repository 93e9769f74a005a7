"""The rows of a PDF's tables stay whole, and it is known what their columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from rag.chunk import chunk_document
from rag.load.pdf.column_heads import is_figure, is_unit
from rag.records import Chunk, DocumentInfo, DocumentText, Page
from tests.rag.load.papers import LEADING, LEFT, TOP, read_pdf, text_of, write_lines

RIGHT_EDGES = (330.0, 400.0, 470.0, 540.0)
ROWS = (
    ("Net sales", "$ 34,229", "$ 35,355", "$ 67,001", "$ 70,102"),
    ("Cost of sales", "21,003", "22,118", "41,200", "43,950"),
    ("Gross margin", "13,226", "13,237", "25,801", "26,152"),
    ("Taxes", "(1,120)", "—", "(2,240)", "1.5 %"),
)


def write_row(canvas: Canvas, top: float, cells: Sequence[str], font: str = "Helvetica") -> None:
    """A label at the left, figures set flush with the right edges of their columns."""
    write_lines(canvas, cells[:1], top=top, font=font)
    canvas.setFont(font, 10)
    for edge, cell in zip(RIGHT_EDGES, cells[1:], strict=False):
        canvas.drawRightString(edge, top, cell)


def write_rows(canvas: Canvas, top: float, rows: Sequence[Sequence[str]]) -> float:
    for row in rows:
        write_row(canvas, top, row)
        top -= LEADING
    return top


def statement(path: Path) -> Path:
    """A page with a table whose heads have two lines, the upper ones over two columns each."""
    canvas = Canvas(str(path), pagesize=letter)
    write_lines(canvas, ["The following table shows what we sold (in millions):"])
    top = TOP - 2 * LEADING
    canvas.drawCentredString(350, top, "Three Months Ended")
    canvas.drawCentredString(490, top, "Six Months Ended")
    write_row(canvas, top - LEADING, ("", "May 2023", "May 2022", "May 2023", "May 2022"))
    top = write_rows(canvas, top - 2.5 * LEADING, ROWS)
    write_lines(
        canvas, ["We sold less than in the year before, and no one knows why."], top=top - 30
    )
    canvas.save()
    return path


def test_every_row_is_one_line(tmp_path: Path) -> None:
    lines = text_of(statement(tmp_path / "a.pdf")).split("\n")

    assert [line for line in lines if line.startswith(tuple(row[0] for row in ROWS))] == [
        " ".join(row) for row in ROWS
    ]


def test_heads_of_two_lines_are_told_column_by_column(tmp_path: Path) -> None:
    page = read_pdf(statement(tmp_path / "a.pdf"))[1][0]

    (table,) = page.tables

    assert table.heads == (
        "Three Months Ended: May 2023 | May 2022; Six Months Ended: May 2023 | May 2022"
    )
    assert table.caption == "The following table shows what we sold (in millions):"


def test_a_table_ends_with_its_last_row(tmp_path: Path) -> None:
    page = read_pdf(statement(tmp_path / "a.pdf"))[1][0]

    said = page.text[page.tables[0].start : page.tables[0].end]

    assert said.startswith("Three Months Ended Six Months Ended\n")
    assert said.endswith("\nTaxes (1,120) — (2,240) 1.5 %")


def test_the_chunks_of_a_long_table_are_told_its_heads(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_row(canvas, TOP, ("(in thousands)", "2023", "2022"))
    rows = [(f"Branch number {n}", f"{n},310", f"{n},295") for n in range(1, 46)]
    write_rows(canvas, TOP - LEADING, rows)
    canvas.save()
    info, pages = read_pdf(tmp_path / "a.pdf")

    chunks = chunks_of(info, pages)

    assert len(chunks) > 2
    assert {chunk.context for chunk in chunks} == {"a, p. 1 · table: (in thousands) | 2023 | 2022"}


def chunks_of(info: DocumentInfo, pages: list[Page]) -> list[Chunk]:
    return chunk_document(DocumentText.from_pages(info, pages))


def test_a_table_that_goes_on_on_the_next_page_keeps_its_heads(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, ["Rents are as follows:"], top=TOP + 2 * LEADING)
    write_row(canvas, TOP, ("", "May", "June", "July", "August"))
    write_rows(canvas, TOP - LEADING, ROWS)
    canvas.showPage()
    write_rows(canvas, TOP, ROWS[1:])
    canvas.save()

    first, second = (page.tables[0] for page in read_pdf(tmp_path / "a.pdf")[1])

    assert (first.caption, first.heads) == ("Rents are as follows:", "May | June | July | August")
    assert (second.caption, second.heads) == (first.caption, first.heads)


def test_two_tables_have_their_own_heads(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    top = TOP
    for year in ("2023", "2019"):
        write_row(canvas, top, ("", f"May {year}", f"June {year}"))
        top = write_rows(canvas, top - LEADING, [row[:3] for row in ROWS]) - LEADING
    canvas.save()

    tables = read_pdf(tmp_path / "a.pdf")[1][0].tables

    assert [table.heads for table in tables] == ["May 2023 | June 2023", "May 2019 | June 2019"]


def test_a_label_of_two_lines_is_one_row_with_its_figures(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    top = write_rows(canvas, TOP, ROWS)
    write_lines(canvas, ["Change in the value of what was"], top=top)
    write_row(canvas, top - LEADING, ("bought before", "12", "13", "14", "15"))
    write_rows(canvas, top - 2 * LEADING, ROWS)
    canvas.save()

    text = text_of(tmp_path / "a.pdf")

    assert "\nChange in the value of what was bought before 12 13 14 15\n" in text


def test_bold_lines_between_rows_come_below_the_tables_own_heading(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, ["Balance Sheets"], top=TOP, font="Helvetica-Bold")
    write_row(canvas, TOP - 2 * LEADING, ("", "2023", "2022"), font="Helvetica-Bold")
    top = write_rows(canvas, TOP - 3 * LEADING, [row[:3] for row in ROWS])
    write_lines(canvas, ["Liabilities"], top=top, font="Helvetica-Bold")
    write_rows(canvas, top - LEADING, [row[:3] for row in ROWS])
    canvas.save()
    info, pages = read_pdf(tmp_path / "a.pdf")

    document = DocumentText.from_pages(info, pages)
    section = document.section_at(document.text.rindex("Gross margin"))

    assert [heading.title for heading in section] == ["Balance Sheets", "Liabilities"]


def test_running_text_is_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, ["In 2023 we sold 12 of 30 boats.", "In 2022 it was 14 of 31."])
    write_lines(canvas, ["Of these 3 were lost."], left=LEFT, top=TOP - 80)
    canvas.save()

    assert read_pdf(tmp_path / "a.pdf")[1][0].tables == ()


def test_the_fields_of_a_form_are_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for at, (one, other) in enumerate((("2", "Damage:"), ("N/A", "Fire:"), ("0", "Smoke:"))):
        for x, said in ((72, "Injuries:"), (180, one), (300, other), (400, "None")):
            write_lines(canvas, [said], left=x, top=TOP - at * LEADING)
    canvas.save()

    page = read_pdf(tmp_path / "a.pdf")[1][0]

    assert page.text.split("\n")[0] == "Injuries: 2 Damage: None"
    assert page.tables == ()


@pytest.mark.parametrize(
    "text", ["34,229", "$ (10)", "—", "9%", "(1)ppt", "1.20 $", "12.5 %", "8 years", "N/A", "€ 3"]
)
def test_figures_are_known(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["Total", "June 25,", "Level 1", "$", "", "a) Income", "Note 3"])
def test_words_are_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_units_are_known() -> None:
    assert is_unit("(In millions, except per share data)")
    assert is_unit("(Unaudited)")
    assert not is_unit("(A note)")
