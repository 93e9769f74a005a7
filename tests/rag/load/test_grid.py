"""Tables keep their rows, and it is known what their columns mean."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from rag.load import markdown, web, word
from rag.load.grid import grid_of
from rag.records import Page


def page_of(items: object) -> Page:
    _, page = items  # type: ignore[misc] - the two that every such reader yields
    assert isinstance(page, Page)
    return page


def web_page(tmp_path: Path, body: str) -> Page:
    (tmp_path / "a.html").write_text(f"<html><body>{body}</body></html>", "utf-8")
    return page_of(web.read(tmp_path / "a.html"))


def test_a_head_over_several_columns_is_said_once_with_those_below_it() -> None:
    rows = [
        ["", "Three months", "Three months", "Six months", "Six months"],
        ["in millions", "2023", "2022", "2023", "2022"],
        ["Rent", "1", "2", "3", "4"],
    ]

    grid = grid_of(rows, head_rows=2)

    assert grid.heads == "in millions; Three months: 2023 | 2022; Six months: 2023 | 2022"
    assert grid.rows[-1] == ["Rent", "1", "2", "3", "4"]


def test_signs_that_have_a_cell_of_their_own_join_their_figure() -> None:
    rows = [
        ["Net sales", "", "$", "34,229", "", "", "(", "12", ")"],
        ["Costs", "", "", "7", "", "", "", "8", "%"],
    ]

    grid = grid_of(rows, head_rows=0)

    assert grid.rows == [["Net sales", "$34,229", "(12)"], ["Costs", "7", "8%"]]


def test_a_first_row_of_words_over_figures_is_the_heads() -> None:
    assert grid_of([["What", "2023"], ["Rent", "1,250"]], 0).heads == "What | 2023"
    assert grid_of([["Rent", "1,100"], ["Heating", "310"]], 0).heads == ""
    assert grid_of([["What", "Price"], ["Rent", "1,250"]], 0).heads == "What | Price"
    assert grid_of([["Name", "Anna"], ["City", "Ulm"]], 0).heads == ""


def test_a_head_that_spans_the_whole_table_is_its_caption() -> None:
    grid = grid_of([["Duck", "Duck"], ["Kingdom", "Animalia"]], head_rows=1)

    assert (grid.caption, grid.heads) == ("Duck", "")


def test_a_web_pages_table_knows_its_caption_and_heads(tmp_path: Path) -> None:
    page = web_page(
        tmp_path,
        "<p>Before</p><table><caption>Costs <i>per month</i></caption>"
        "<tr><th rowspan=1>What</th><th colspan=2>2023</th></tr>"
        "<tr><th></th><th>May</th><th>June</th></tr>"
        "<tr><th>Rent<br>(cold)</th><td>1</td><td>2</td></tr></table><p>After</p>",
    )

    (table,) = page.tables

    assert (table.caption, table.heads) == ("Costs per month", "What; 2023: May | June")
    assert page.text[table.start : table.end] == "What | 2023\n | May | June\nRent (cold) | 1 | 2"


def test_the_line_that_names_a_table_is_its_caption(tmp_path: Path) -> None:
    rows = "<table><tr><td>What</td><td>Price</td></tr><tr><td>Tea</td><td>3</td></tr></table>"

    for line, caption in (
        ("Prices are as follows:", "Prices are as follows:"),
        ("Table 2. Prices", "Table 2. Prices"),
        ("We had tea.", ""),
    ):
        assert web_page(tmp_path, f"<p>{line}</p>{rows}").tables[0].caption == caption


def test_the_repeated_row_of_a_word_table_is_its_heads(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Table 1: Costs")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("2023", "2022", "1,250", "1,100\n(cold)"), strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.save(str(tmp_path / "a.docx"))

    page = page_of(word.read(tmp_path / "a.docx"))

    (found,) = page.tables
    assert (found.caption, found.heads) == ("Table 1: Costs", "2023 | 2022")
    assert page.text[found.start : found.end] == "2023 | 2022\n1,250 | 1,100 (cold)"


def test_a_word_tables_mark_for_heads_can_be_off(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Anna", "Ulm", "Otto", "Bonn"), strict=True):
        cell.text = text
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "0")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    document.save(str(tmp_path / "a.docx"))

    assert page_of(word.read(tmp_path / "a.docx")).tables[0].heads == ""


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["| A | B |", "|---|:-:|", "| 1 | 2 |"], [("", "A | B")]),
        (["Prices:", "", "A | B", "--- | ---", "1 | 2"], [("Prices:", "A | B")]),
        (["```", "| A | B |", "|---|---|", "```"], []),
        (["A | B, said in passing", "", "no table"], []),
    ],
)
def test_tables_are_found_in_markdown(
    tmp_path: Path, lines: list[str], found: list[tuple[str, str]]
) -> None:
    (tmp_path / "a.md").write_text("\n".join(["# Title", *lines, "", "After"]), "utf-8")

    page = page_of(markdown.read(tmp_path / "a.md"))

    assert [(table.caption, table.heads) for table in page.tables] == found
    for table in page.tables:
        rows = "\n".join(line for line in lines if "|" in line)
        assert page.text[table.start : table.end] == rows
