"""What must be true of the things that are asked for."""

from __future__ import annotations

from datetime import date

import pytest

from rag.exhaustive.aim import Compared, Condition, Dated, Mention
from rag.exhaustive.conditions import conditions_in
from rag.exhaustive.phrases import words_of


def conditions(text: str) -> tuple[Condition, ...]:
    return conditions_in(text, words_of(text), [])


def only(text: str) -> Condition:
    found = conditions(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "attribute"),
    [
        ("have a deposit above 1,000 €", 1000, float("inf"), "eur", "deposit"),
        ("with a rent of less than 900 euros", float("-inf"), 900, "eur", "rent"),
        ("with at least 3 employees", 3, float("inf"), "", "employees"),
        ("with a notice period of 3 months", 3, 3, "month", "notice"),
        ("mit einer Kaution über 500 €", 500, float("inf"), "eur", "Kaution"),
        ("avec un loyer entre 500 et 900 euros", 500, 900, "eur", "loyer"),
    ],
)
def test_numbers_are_compared_with_what_is_told(
    text: str, low: float, high: float, unit: str, attribute: str
) -> None:
    found = only(text)

    assert isinstance(found, Compared)
    assert (found.low, found.high, found.unit) == (low, high, unit)
    assert found.attribute[0].text == attribute


def test_older_than_asks_for_an_age_and_not_for_a_date() -> None:
    found = only("older than 60")

    assert isinstance(found, Compared)
    assert "age" in found.attribute[0].forms
    assert "date" not in found.attribute[0].forms


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from 2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("in March 2022", date(2022, 3, 1), date(2022, 3, 31)),
        ("before 2021", date.min, date(2020, 12, 31)),
        ("after 5 May 2020", date(2020, 5, 6), date.max),
        ("between 2019 and 2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("seit 2020", date(2020, 1, 1), date.max),
        ("between 3 May and 9 June 2021", date(2021, 5, 3), date(2021, 6, 9)),
    ],
)
def test_times_are_spans_of_days(text: str, first: date, last: date) -> None:
    found = only(text)

    assert isinstance(found, Dated)
    assert (found.first, found.last) == (first, last)


def test_what_happened_on_a_date_is_kept_with_it() -> None:
    found = only("that expire before 2025")

    assert isinstance(found, Dated)
    assert [term.text for term in found.attribute] == ["expire"]


def test_words_of_a_name_stand_together_and_others_in_one_statement() -> None:
    found = only("signed by Anna Weber")

    assert isinstance(found, Mention)
    assert [(term.text, term.exact) for term in found.terms] == [
        ("signed", False),
        ("Anna Weber", True),
    ]


@pytest.mark.parametrize("text", ["without a deposit", "that have no deposit", "ohne Kaution"])
def test_a_denial_asks_for_what_is_not_so(text: str) -> None:
    found = only(text)

    assert isinstance(found, Mention)
    assert found.negated


def test_unpaid_is_also_what_is_not_paid() -> None:
    found = only("unpaid")

    assert isinstance(found, Mention)
    assert "paid" in found.terms[0].denied


def test_mentioning_is_about_the_words_alone() -> None:
    mentioned, had = only("mention arbitration"), only("have arbitration")

    assert isinstance(mentioned, Mention)
    assert isinstance(had, Mention)
    assert (mentioned.as_word, had.as_word) == (True, False)


def test_or_leaves_a_choice_and_and_demands_both() -> None:
    chosen, both = conditions("mention roof or cellar"), conditions("mention roof and cellar")

    assert isinstance(chosen[0], Mention)
    assert [term.text for term in chosen[0].alternatives[0]] == ["cellar"]
    assert len(both) == 2
