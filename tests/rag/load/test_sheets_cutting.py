"""Enormous sheets are cut before they are read, and say so."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
import xlsxwriter

from rag.errors import FileTooBig
from rag.load import sheets
from rag.load.how import HowToRead
from rag.load.package import open_package
from rag.load.sheets import cutting
from rag.records import Page
from tests.rag.load.zipped import with_parts

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


def pages_of(path: Path, scratch: Path | None = None) -> list[Page]:
    return [p for p in sheets.read(path, HowToRead(scratch=scratch)) if isinstance(p, Page)]


def workbook(folder: Path, cells: dict[tuple[int, int], object]) -> Path:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("Wide")
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
        made.add_worksheet("Other").write(0, 0, "whole")
    return path


def test_cells_at_both_ends_of_a_sheet_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path, {(0, 0): "first", (1, 1): "second", (LAST_ROW, LAST_COLUMN): "far"})

    wide, other = pages_of(path)

    assert wide.text == "Wide\n\nfirst\nsecond"
    assert wide.problem == "The sheet “Wide” is too big: only its first 2 rows were read."
    assert (other.text, other.problem) == ("Other\n\nwhole", "")


def test_the_rows_behind_a_limit_are_left_out_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "MAX_ROWS", 30)
    monkeypatch.setattr(cutting, "_BLOCK_BYTES", 100)
    path = workbook(tmp_path, {(row, 0): f"row {row}" for row in range(100)})

    wide, _ = pages_of(path)

    assert wide.text.splitlines()[2:] == [f"row {row}" for row in range(30)]
    assert "only its first 30 rows were read" in wide.problem


@pytest.mark.parametrize("block", [7, 64, 1_000_000])
def test_where_blocks_of_a_sheet_end_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(cutting, "_BLOCK_BYTES", block)
    monkeypatch.setattr(cutting, "MAX_CELLS", 35)
    path = workbook(tmp_path, {(row, col): row for row in range(20) for col in range(3)})

    wide, _ = pages_of(path)

    assert wide.text.splitlines()[-1] == "10 | 10 | 10"


def test_a_sheet_within_the_limits_is_not_copied(tmp_path: Path) -> None:
    path = workbook(tmp_path, {(0, 0): "a"})

    with ExitStack() as stack:
        package = stack.enter_context(open_package(path, "a spreadsheet"))
        assert cutting.cut_to_size(path, package, tmp_path, stack) == (path, {})


def test_nothing_is_left_of_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MAX_ROWS", 3)
    path = workbook(tmp_path, {(row, 0): row for row in range(10)})
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    pages_of(path, scratch)

    assert list(scratch.iterdir()) == []


def test_a_row_without_end_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MAX_ROW_BYTES", 10_000)
    monkeypatch.setattr(cutting, "_BLOCK_BYTES", 1_000)
    path = workbook(tmp_path, {(0, 0): "a"})
    row = '<worksheet><sheetData><row r="1">' + '<c r="A1"><v>1</v></c>' * 1_000

    with pytest.raises(FileTooBig):
        pages_of(with_parts(path, tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": row}))


def test_too_much_shared_text_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MAX_STRINGS_BYTES", 1_000)
    path = workbook(tmp_path, {(0, 0): "long " * 1_000})

    with pytest.raises(FileTooBig):
        pages_of(path)
