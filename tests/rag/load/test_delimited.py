"""Tables kept as text are read row by row, under their heads, whatever wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.chunk import chunk_document
from rag.errors import CorruptFile
from rag.load import lined_text
from tests.rag.load.reading import document_of, place_of, read_page, read_text

SALES = "City,Sales,Year\nKöln,120,2023\nBonn,80,2023\n"


def test_each_row_is_a_line_of_cells(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", SALES)

    assert page.text == "City | Sales | Year\nKöln | 120 | 2023\nBonn | 80 | 2023"


def test_every_passage_is_told_the_heads(tmp_path: Path) -> None:
    info, pages = read_text(
        tmp_path, "a.csv", SALES + "".join(f"Ulm,{n},2024\n" for n in range(99))
    )

    chunks = chunk_document(document_of(info, pages))

    assert len(chunks) > 2
    assert all(chunk.table == "City | Sales | Year" for chunk in chunks)


def test_a_place_is_a_row_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", SALES)

    assert place_of(page, "Köln") == "row 2"
    assert place_of(page, "Köln | 120 | 2023\nBonn") == "row 2–3"


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [
        ("a.csv", ","),
        ("a.csv", ";"),
        ("a.csv", "\t"),
        ("a.csv", "|"),
        ("a.tsv", "\t"),
        ("a.psv", "|"),
    ],
)
def test_the_sign_between_cells_is_found(tmp_path: Path, name: str, delimiter: str) -> None:
    page = read_page(tmp_path, name, SALES.replace(",", delimiter))

    assert page.tables[0].heads == "City | Sales | Year"


def test_figures_with_commas_do_not_hide_the_semicolon(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", "Ware;Preis\nBrot;3,50\nSalz;0,99\n")

    assert "Brot | 3,50" in page.text


def test_the_first_line_may_name_the_sign(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", "sep=;\nWare;Preis\nBrot;3\n")

    assert page.text == "Ware | Preis\nBrot | 3"
    assert place_of(page, "Brot") == "row 3"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac-roman"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    page = read_page(tmp_path, "a.csv", "Straße,Größe\nÄußere Gasse,fünf\n".encode(encoding))

    assert page.text == "Straße | Größe\nÄußere Gasse | fünf"


def test_a_quoted_cell_may_hold_lines_and_commas(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", 'name,note\nAnna,"first, second\nthird"\nBert,none\n')

    assert "Anna | first, second third" in page.text
    assert place_of(page, "Bert") == "row 3"


def test_a_quote_that_never_closes_costs_only_its_line(tmp_path: Path) -> None:
    rows = "".join(f"x{n},{n}\n" for n in range(50))

    page = read_page(tmp_path, "a.csv", 'name,size\n"Anna,7\n' + rows)

    assert page.text.count("\n") == 51
    assert "x49 | 49" in page.text
    assert '"Anna | 7' in page.text


def test_an_inch_is_no_quote(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", 'record,price\n12" vinyl,9.99\n7" single,4.99\n')

    assert page.text.split("\n")[1:] == ['12" vinyl | 9.99', '7" single | 4.99']


def test_titles_above_the_heads_name_the_table(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", "Stanley Cups,,\nTeam,Location,Cups\nBlues,STL,1\n")

    assert page.tables[0].caption == "Stanley Cups"
    assert page.tables[0].heads == "Team | Location | Cups"
    assert place_of(page, "Blues") == "row 3"


@pytest.mark.parametrize("content", ["1,2,3\n4,5,6\n", "A,A,A\nA,A,B\n", "only,one\n"])
def test_rows_without_heads_get_none(tmp_path: Path, content: str) -> None:
    page = read_page(tmp_path, "a.csv", content)

    assert page.tables[0].heads == ""


def test_ragged_and_empty_rows_stay_rows(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", "a,b,c\n1\n\n,,\n1,2,3,4\n")

    assert page.text == "a | b | c\n1\n1 | 2 | 3 | 4"
    assert place_of(page, "1 | 2") == "row 5"


def test_where_the_heads_are_many_each_cell_says_its_own(tmp_path: Path) -> None:
    heads = [f"measurement number {n}" for n in range(40)]
    row = ["" if n % 2 else str(n) for n in range(40)]

    page = read_page(tmp_path, "a.csv", f"{','.join(heads)}\n{','.join(row)}\n")

    assert "measurement number 38: 38" in page.text
    assert "measurement number 39:" not in page.text
    assert page.tables[0].heads == ""


def test_one_column_is_read_as_lines(tmp_path: Path) -> None:
    assert read_page(tmp_path, "a.csv", "name\nAnna\nBert\n").text == "name\nAnna\nBert"


def test_zero_bytes_and_form_feeds_become_spaces(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.csv", b"name,city\nAn\0na,Ko\x0cln\n" + b"Bert,Bonn\n" * 20)

    assert "An na | Ko ln" in page.text


def test_an_empty_file_is_an_empty_page(tmp_path: Path) -> None:
    assert read_page(tmp_path, "a.csv", "").text == ""


def test_data_is_told_as_data(tmp_path: Path) -> None:
    with pytest.raises(CorruptFile, match="data, not text"):
        read_page(tmp_path, "a.csv", bytes(range(256)) * 4)


def test_a_long_file_goes_on_over_several_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lined_text, "PAGE_CHARS", 200)

    info, pages = read_text(
        tmp_path, "a.csv", SALES + "".join(f"Ulm,{n},2024\n" for n in range(60))
    )

    document = document_of(info, pages)
    assert len(pages) > 3
    assert all(page.tables[0].heads == "City | Sales | Year" for page in pages)
    assert document.place_at(document.text.index("Ulm | 59")) == "row 63"


def test_the_marks_of_a_file_stay_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lined_text, "MARKS", 10)

    page = read_page(tmp_path, "a.csv", "a,b\n" + "x,y\n" * 500)

    assert len(page.marks) <= 30
    assert place_of(page, page.text).endswith("–501")
