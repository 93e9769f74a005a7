"""Times are found as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from rag.understand.dates import times_in

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "typed", "first", "last"),
    [
        ("and in 2023?", "2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("in June 2021", "June 2021", date(2021, 6, 1), date(2021, 6, 30)),
        ("since 3 March 2023", "3 March 2023", date(2023, 3, 3), date(2023, 3, 3)),
        ("on March 3, 2023.", "March 3, 2023", date(2023, 3, 3), date(2023, 3, 3)),
        ("im 3. Oktober 2024", "3. Oktober 2024", date(2024, 10, 3), date(2024, 10, 3)),
        ("5 de marzo de 2023", "5 de marzo de 2023", date(2023, 3, 5), date(2023, 3, 5)),
        ("1er mai 2020", "1er mai 2020", date(2020, 5, 1), date(2020, 5, 1)),
        ("am 12.3.2024", "12.3.2024", date(2024, 3, 12), date(2024, 3, 12)),
        ("on 3/25/2024", "3/25/2024", date(2024, 3, 25), date(2024, 3, 25)),
        ("on 2024-03-12", "2024-03-12", date(2024, 3, 12), date(2024, 3, 12)),
        ("2022年3月5日", "2022年3月5日", date(2022, 3, 5), date(2022, 3, 5)),
        ("in Q3 2023", "Q3 2023", date(2023, 7, 1), date(2023, 9, 30)),
        (
            "the third quarter of 2023",
            "third quarter of 2023",
            date(2023, 7, 1),
            date(2023, 9, 30),
        ),
        ("since last week", "last week", date(2026, 11, 9), date(2026, 11, 15)),
        ("von gestern", "gestern", date(2026, 11, 21), date(2026, 11, 21)),
        ("le mois dernier", "le mois dernier", date(2026, 10, 1), date(2026, 10, 31)),
        ("el año pasado", "el año pasado", date(2025, 1, 1), date(2025, 12, 31)),
        ("in the last 30 days", "last 30 days", date(2026, 10, 23), TODAY),
    ],
)
def test_a_time_is_found_with_its_days(text: str, typed: str, first: date, last: date):
    (found,) = times_in(text, TODAY)

    assert text[found.start : found.end] == typed
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["it costs $2000", "1,999 people", "31 February 2023", "May I ask?", "3.1999", "12345"]
)
def test_other_numbers_are_no_times(text: str):
    assert times_in(text, TODAY) == ()
