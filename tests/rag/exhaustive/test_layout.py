"""Fields and tables are found in texts as readers leave them."""

from __future__ import annotations

from rag.exhaustive.layout import LabelBook, layout_of


def pairs(text: str, book: LabelBook | None = None) -> list[tuple[str, str]]:
    layout = layout_of(text, book or LabelBook())
    return [(one.label, text[one.start : one.end]) for one in layout.fields]


def test_a_line_with_a_colon_is_a_field() -> None:
    text = "Tenant: Anna Weber\n- **Monthly rent:** 950 €\nSeen at 10:30 by all."

    assert pairs(text) == [("tenant", "Anna Weber"), ("monthly rent", "950 €")]


def test_two_fields_on_a_line_are_parted_where_their_labels_begin() -> None:
    book = LabelBook()
    lines = [f"Location: {town} Accident Number: A{n}" for n, town in enumerate(_TOWNS)]
    for line in lines:
        layout_of(line, book)

    assert pairs(lines[0], book) == [("location", "Venice, FL"), ("accident number", "A0")]
    assert pairs(lines[2], book) == [("location", "St Kitts"), ("accident number", "A2")]


def test_rows_of_a_table_carry_the_heads_of_its_columns() -> None:
    text = "Staff\n\nName | City | Salary\nAnna Weber | Bonn | 52000\nTom Klein | Ulm | 48000"

    rows = layout_of(text, LabelBook()).rows

    assert [[(f.label, text[f.start : f.end]) for f in row.fields] for row in rows] == [
        [("name", "Anna Weber"), ("city", "Bonn"), ("salary", "52000")],
        [("name", "Tom Klein"), ("city", "Ulm"), ("salary", "48000")],
    ]


def test_a_table_of_two_columns_without_heads_is_fields() -> None:
    assert pairs("Tenant | Tom Klein\nDeposit | 1,900 €") == [
        ("tenant", "Tom Klein"),
        ("deposit", "1,900 €"),
    ]


def test_an_empty_line_ends_a_table() -> None:
    text = "Tenant | Tom Klein\nCity | Bonn\n\nItem | Amount | Tax\nLamp | 40 | 8"

    layout = layout_of(text, LabelBook())

    assert [one.label for one in layout.fields] == ["tenant", "city"]
    assert len(layout.rows) == 1


def test_a_book_learns_whether_dates_begin_with_the_month() -> None:
    american, british = LabelBook(), LabelBook()
    american.learn_dates("on 12/17/2007 and 3/4/2008")
    british.learn_dates("on 17/12/2007 and 3/4/2008")

    assert american.month_first
    assert not british.month_first


_TOWNS = ("Venice, FL", "Houston, TX", "St Kitts", "Ulm", "Lyon, France")
