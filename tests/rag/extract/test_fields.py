"""Labels with their values, in forms and in tables."""

from __future__ import annotations

from rag.extract.fields import fields


def told(text: str, heads: str = "") -> list[tuple[str, str]]:
    return [(field.label, text[field.start : field.end]) for field in fields(text, heads)]


def test_a_colon_parts_a_label_from_its_value() -> None:
    assert told("Deposit: 1,200 €\nRent: 900 €") == [("Deposit", "1,200 €"), ("Rent", "900 €")]


def test_two_columns_of_labels_in_a_line_are_told_apart() -> None:
    line = "Location: Chevroux, France Accident Number: DEN08WA042"

    assert told(line) == [("Location", "Chevroux, France"), ("Accident Number", "DEN08WA042")]


def test_a_label_without_a_value_has_no_field() -> None:
    assert told("Defining Event: Injuries: 1 Fatal") == [("Injuries", "1 Fatal")]


def test_a_list_s_marks_and_bold_type_are_no_part_of_a_field() -> None:
    assert told("- **Deposit:** 1,200 €") == [("Deposit", "1,200 €")]


def test_a_time_of_day_is_no_label() -> None:
    assert told("Departure: 10:45") == [("Departure", "10:45")]


def test_a_long_sentence_before_a_colon_is_no_label() -> None:
    assert told("He said to all of them that there were three ways: by land") == []


def test_a_row_of_two_cells_is_a_field() -> None:
    assert told("total purchase price | $15704") == [("total purchase price", "$15704")]


def test_cells_stand_under_the_heads_of_their_columns() -> None:
    row = "Boat | 1,200 € | 300 €"

    assert told(row, "Item | Price | Deposit") == [
        ("Item", "Boat"),
        ("Price", "1,200 €"),
        ("Deposit", "300 €"),
    ]


def test_a_first_row_without_figures_is_taken_for_heads() -> None:
    text = "Item | Price | Deposit\nBoat | 1,200 € | 300 €"

    assert told(text) == [("Item", "Boat"), ("Price", "1,200 €"), ("Deposit", "300 €")]


def test_a_full_width_colon_parts_too() -> None:
    assert told("押金：1200元") == [("押金", "1200元")]
