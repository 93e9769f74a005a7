"""A workbook is read sheet by sheet, and each row knows its cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from rag.chunk import chunk_document
from rag.errors import CorruptFile, FileTooBig, ProtectedFile
from rag.load import sheets
from rag.load.sheets import blocks
from rag.load.sheets.cells import column_name, place_of
from rag.records import DocumentInfo, DocumentText, Page, PageKind
from tests.rag.load.ole_files import write_ole
from tests.rag.load.zipped import with_parts, write_zip

RENTS = (("What", "2023", "2024"), ("Rent", 1250, 1300.5), ("Heating", 90, 95))


class Book:
    """A workbook in the making."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "book.xlsx"
        self._made = xlsxwriter.Workbook(str(self.path))

    def sheet(self, name: str = "Sheet1") -> Worksheet:
        return self._made.add_worksheet(name)

    def format(self, text: str) -> object:
        return self._made.add_format({"num_format": text})

    def read(self) -> tuple[DocumentInfo, list[Page]]:
        self._made.close()
        return read(self.path)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def read(path: Path) -> tuple[DocumentInfo, list[Page]]:
    info, *pages = sheets.read(path)
    assert isinstance(info, DocumentInfo)
    found = [page for page in pages if isinstance(page, Page)]
    for page in found:
        assert all(page.text[h.start : h.end] == h.title for h in page.headings)
        assert [mark.start for mark in page.marks] == sorted(mark.start for mark in page.marks)
    return info, found


def write(
    sheet: Worksheet, rows: tuple[tuple[object, ...], ...], row: int = 0, col: int = 0
) -> None:
    for at, cells in enumerate(rows):
        sheet.write_row(row + at, col, cells)


def place(page: Page, words: str) -> str:
    """The place that a citation of `words` names."""
    document = DocumentText.from_pages(DocumentInfo("", 1, paged=False, format=""), [page])
    start = page.text.index(words)
    return document.place_at(start, start + len(words))


def test_a_sheet_is_a_page_with_its_name_and_a_line_for_each_row(book: Book) -> None:
    write(book.sheet("Costs"), RENTS)

    info, (page,) = book.read()

    assert info == DocumentInfo("book", 1, paged=False, format="spreadsheet")
    assert page.text == "Costs\n\nWhat | 2023 | 2024\nRent | 1250 | 1300.5\nHeating | 90 | 95"
    assert [h.title for h in page.headings] == ["Costs"]


def test_each_row_names_its_cells_and_rows_together_a_range(book: Book) -> None:
    write(book.sheet("Costs"), RENTS, row=2, col=1)

    _, (page,) = book.read()

    assert place(page, "Rent | 1250") == "Costs!B4:D4"
    assert place(page, page.text[page.text.index("Rent") :]) == "Costs!B4:D5"


def test_a_range_holds_all_the_cells_of_its_rows(book: Book) -> None:
    sheet = book.sheet("Costs")
    sheet.write(0, 1, "Above")
    write(sheet, RENTS, row=2, col=1)
    sheet.write(6, 1, "Below")

    _, (page,) = book.read()

    assert place(page, page.text[page.text.index("Above") :]) == "Costs!B1:D7"
    assert place(page, "Above") == "Costs!B1"


@pytest.mark.parametrize(
    ("name", "expected"), [("Plan B", "'Plan B'!A1:C1"), ("Anna's", "'Anna''s'!A1:C1")]
)
def test_a_sheet_is_named_as_in_a_formula(book: Book, name: str, expected: str) -> None:
    write(book.sheet(name), RENTS)

    _, (page,) = book.read()

    assert place(page, "What") == expected


def test_columns_after_z_are_named_by_two_letters() -> None:
    assert [column_name(column) for column in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
    assert place_of("S", 3, 25, 26) == "S!Z3:AA3"


def test_the_context_of_a_passage_holds_the_heads_of_its_columns(book: Book) -> None:
    rows = tuple((f"item {at}", at, at * 2) for at in range(400))
    write(book.sheet("Costs"), (("What", "2023", "2024"), *rows))

    info, pages = book.read()

    chunks = chunk_document(DocumentText.from_pages(info, pages))
    assert len(chunks) > 5
    assert all("What | 2023 | 2024" in chunk.context for chunk in chunks)
    assert all("Costs!A" in chunk.context for chunk in chunks)


def test_tables_parted_by_an_empty_row_are_several(book: Book) -> None:
    sheet = book.sheet()
    write(sheet, RENTS)
    write(sheet, (("Name", "City", "Zip"), ("Zoë", "Köln", "50667")), row=5)

    _, (page,) = book.read()

    assert [table.heads for table in page.tables] == ["What | 2023 | 2024", "Name | City | Zip"]
    assert page.text[page.tables[1].start : page.tables[1].end] == (
        "Name | City | Zip\nZoë | Köln | 50667"
    )


@pytest.mark.parametrize("gap", [0, 1])
def test_a_line_above_a_table_is_its_caption(book: Book, gap: int) -> None:
    sheet = book.sheet()
    sheet.write(0, 0, "Costs in EUR")
    write(sheet, RENTS, row=1 + gap)

    _, (page,) = book.read()

    assert page.tables[0].caption == "Costs in EUR"
    assert page.tables[0].heads == "What | 2023 | 2024"
    assert place(page, "Costs in EUR") == "Sheet1!A1"


def test_heads_in_two_rows_are_told_together(book: Book) -> None:
    sheet = book.sheet()
    sheet.merge_range("B1:C1", "Sales")
    rows = (("Region", "2023", "2024", "Head"), ("North", 5, 6, "Ann"), ("South", 7, 8, "Bea"))
    write(sheet, rows, row=1)

    _, (page,) = book.read()

    assert page.tables[0].heads == "Region; Sales: 2023 | 2024; Head"


def test_a_merged_cell_speaks_for_each_of_its_rows(book: Book) -> None:
    sheet = book.sheet()
    write(sheet, (("Region", "Quarter", "Sales"), ("", "Q1", 5), ("", "Q2", 6), ("South", "Q1", 7)))
    sheet.merge_range("A2:A3", "North")

    _, (page,) = book.read()

    assert page.text.splitlines()[3:] == ["North | Q1 | 5", "North | Q2 | 6", "South | Q1 | 7"]


def test_values_are_written_as_people_write_them(book: Book) -> None:
    sheet = book.sheet()
    day = book.format("yyyy-mm-dd hh:mm")
    sheet.write_row(0, 0, ("a", 3.0, 0.1 + 0.2, True, "two\nlines", 1234567890123))
    sheet.write_datetime(1, 0, dt.datetime.fromisoformat("2024-05-03"), day)
    sheet.write_datetime(1, 1, dt.datetime.fromisoformat("2024-05-03 14:30"), day)
    sheet.write_datetime(1, 2, dt.time(9, 5), book.format("hh:mm"))

    _, (page,) = book.read()

    assert page.text.splitlines()[2:] == [
        "a | 3 | 0.3 | TRUE | two lines | 1234567890123",
        "2024-05-03 | 2024-05-03 14:30 | 09:05",
    ]


def test_an_empty_column_between_others_is_not_shown_but_a_missing_cell_is(book: Book) -> None:
    write(
        book.sheet(), (("What", None, "2023", "2024"), ("Rent", None, None, 5), ("x", None, 1, 2))
    )

    _, (page,) = book.read()

    assert page.text.splitlines()[2:] == ["What | 2023 | 2024", "Rent |  | 5", "x | 1 | 2"]


def test_hidden_sheets_are_read_and_empty_ones_counted(book: Book) -> None:
    book.sheet("Empty")
    hidden = book.sheet("Hidden")
    hidden.write(0, 0, "found")
    hidden.hide()

    info, pages = book.read()

    assert info.page_count == 2
    assert [(page.kind, page.text) for page in pages] == [
        (PageKind.EMPTY, ""),
        (PageKind.TEXT, "Hidden\n\nfound"),
    ]


def test_comments_are_told_with_their_cell(book: Book) -> None:
    sheet = book.sheet()
    write(sheet, RENTS)
    sheet.write_comment("C3", "Ann Bee: estimated", {"author": "Ann Bee"})

    _, (page,) = book.read()

    assert page.text.endswith("\n\n[Comment on C3 by Ann Bee: estimated]")
    assert place(page, "[Comment on C3") == "Sheet1!C3"


def test_text_boxes_and_charts_on_a_sheet_are_read(book: Book) -> None:
    sheet = book.sheet()
    write(sheet, RENTS)
    sheet.insert_textbox("F2", "All prices\nwithout tax")
    chart = book._made.add_chart({"type": "column"})
    chart.add_series({"name": "=Sheet1!$B$1", "values": "=Sheet1!$B$2:$B$3"})
    chart.set_title({"name": "Costs per year"})
    sheet.insert_chart("F9", chart)

    _, (page,) = book.read()

    assert "All prices\nwithout tax" in page.text
    assert "Chart: Costs per year" in page.text


def test_a_long_sheet_becomes_several_pages_without_losing_a_row(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "PAGE_ROWS", 100)
    write(book.sheet(), (("What", "2023", "2024"), *((f"row {at}", at, at) for at in range(250))))

    _, pages = book.read()

    assert [page.number for page in pages] == [1, 2, 3]
    rows = [line for page in pages for line in page.text.splitlines() if line.startswith("row ")]
    assert rows == [f"row {at} | {at} | {at}" for at in range(250)]
    assert {table.heads for page in pages for table in page.tables} == {"What | 2023 | 2024"}
    assert place(pages[2], "row 249") == "Sheet1!A251:C251"


def test_a_broken_list_of_comments_costs_only_itself(book: Book, tmp_path: Path) -> None:
    sheet = book.sheet()
    write(sheet, RENTS)
    sheet.write_comment("C3", "estimated")
    book.read()

    _, (page,) = read(with_parts(book.path, tmp_path / "b.xlsx", {"xl/comments1.xml": "<comm"}))

    assert "Rent | 1250" in page.text
    assert "is damaged" in page.text


def test_a_locked_workbook_of_old_is_told_as_locked(tmp_path: Path) -> None:
    begin = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
    locked = b"\x2f\x00\x06\x00\x01\x00\x01\x00\x01\x00"
    path = write_ole(tmp_path / "a.xls", {"Workbook": begin + locked})

    with pytest.raises(ProtectedFile):
        read(path)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".xlsb", ".ods"])
@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_told_as_damaged(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)

    with pytest.raises(CorruptFile):
        read(path)


def test_a_workbook_with_the_name_of_an_older_one_is_read(book: Book, tmp_path: Path) -> None:
    write(book.sheet(), RENTS)
    book.read()
    named = tmp_path / "a.xls"
    named.write_bytes(book.path.read_bytes())

    assert read(named)[1][0].text == read(book.path)[1][0].text


def test_a_sheet_of_an_opendocument_is_read(test_data: Path) -> None:
    _, (page,) = read(test_data / "mixed/rtf_odt_ods/odf_table_with_title_01.ods")

    assert page.tables[0].caption == "Number of freshwater ducks per year"
    assert page.tables[0].heads == "Year | Freshwater Ducks"
    assert place(page, "2023 | 160") == "Sheet1!B9:C9"


FAR = """<table:table table:name="Wide"><table:table-row><table:table-cell
    office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>
    <table:table-row><table:table-cell table:number-columns-repeated="16000"/><table:table-cell
    office:value-type="string"><text:p>b</text:p></table:table-cell></table:table-row>
    </table:table>"""


def test_an_opendocument_sheet_whose_cells_lie_too_far_apart_is_left_out(tmp_path: Path) -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="m"/>',
        "content.xml": f"<office:document-content {names}><office:body><office:spreadsheet>{FAR}"
        "</office:spreadsheet></office:body></office:document-content>",
    }

    with pytest.raises(FileTooBig):
        read(write_zip(tmp_path / "a.ods", parts))


def test_a_sheet_that_cannot_be_read_costs_only_itself(book: Book, tmp_path: Path) -> None:
    write(book.sheet("Costs"), RENTS)
    write(book.sheet("Rents"), RENTS)
    book.read()
    broken = {"xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="1"><c></row>'}

    _, pages = read(with_parts(book.path, tmp_path / "b.xlsx", broken))

    assert [page.kind for page in pages] == [PageKind.FAILED, PageKind.TEXT]
    assert "“Costs”" in pages[0].problem
    assert pages[1].text.startswith("Rents\n\nWhat")


def test_the_reason_of_a_sheet_that_is_alone_is_the_files(book: Book, tmp_path: Path) -> None:
    write(book.sheet("Costs"), RENTS)
    book.read()
    broken = {"xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="1"><c></row>'}

    with pytest.raises(CorruptFile):
        read(with_parts(book.path, tmp_path / "b.xlsx", broken))
