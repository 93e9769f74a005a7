"""Recognised lines are read in the order of a person, whatever order they were found in."""

from __future__ import annotations

import random

from rag.load.pdf.lines import Fragment
from rag.load.pdf.scan_order import even_out, reading_order

SIZE = 10.0


class Scan:
    """Lines put anywhere on a page."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.fragments: list[Fragment] = []

    def put(self, text: str, x: float, y: float, size: float = SIZE) -> None:
        parts = [(len(self.texts), len(self.texts) + 1, False)]
        self.texts.append(text)
        self.fragments.append(Fragment(x, y, x + 0.5 * size * len(text), y + size, parts))

    def text_of(self, fragment: Fragment) -> str:
        return self.texts[fragment.parts[0][0]]

    def read(self) -> list[str]:
        random.Random(3).shuffle(self.fragments)
        rows = reading_order(self.fragments, self.text_of)
        return [" | ".join(map(self.text_of, row.fragments)) for row in rows]


def prose(name: str, count: int) -> list[str]:
    return [f"{name} line {at} goes on about the matter" for at in range(count)]


def test_columns_are_read_one_after_the_other_also_where_their_lines_do_not_align() -> None:
    scan = Scan()
    left, right = prose("left", 6), prose("right", 7)
    scan.put("A title over both of the columns, which reaches from the left to the right", 50, 20)
    for at, text in enumerate(left):
        scan.put(text, 50, 60 + 14 * at)
    for at, text in enumerate(right):
        scan.put(text, 300, 55 + 14 * at)

    assert scan.read() == [scan.texts[0], *left, *right]


def test_three_columns_are_read_from_left_to_right() -> None:
    scan = Scan()
    columns = [prose(name, 5) for name in ("one", "two", "three")]
    for place, column in enumerate(columns):
        for at, text in enumerate(column):
            scan.put(text, 50 + 220 * place, 60 + 14 * at)

    assert scan.read() == [text for column in columns for text in column]


def test_a_table_is_read_row_by_row() -> None:
    scan = Scan()
    rows = [("Net sales", "34,229", "35,355"), ("Cost", "20,1", "19"), ("Tax", "3", "4")] * 2
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            scan.put(cell, 50 + 150 * place, 60 + 14 * at)

    assert scan.read() == [" | ".join(row) for row in rows]


def test_a_line_over_two_columns_parts_what_is_above_from_what_is_below() -> None:
    scan = Scan()
    for block, y in (("upper", 60), ("lower", 200)):
        for side, x in (("left", 50), ("right", 300)):
            for at, text in enumerate(prose(f"{block} {side}", 5)):
                scan.put(text, x, y + 14 * at)
    scan.put("A heading that reaches over both of the columns from left to right", 80, 150)

    read = scan.read()

    assert [read[at].split(" line")[0] for at in (0, 5, 11, 16)] == [
        "upper left",
        "upper right",
        "lower left",
        "lower right",
    ]
    assert read[10] == scan.texts[-1]


def test_lines_of_one_type_size_get_one_height() -> None:
    scan = Scan()
    for at, size in enumerate((9, 10, 10, 11, 10, 20)):
        scan.put("some words of text", 50, 30 * at, size)

    even_out(scan.fragments)

    assert [round(f.size) for f in scan.fragments] == [10, 10, 10, 10, 10, 20]


def test_an_empty_page_has_no_rows() -> None:
    assert Scan().read() == []
