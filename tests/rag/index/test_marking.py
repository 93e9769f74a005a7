"""Marking what a question wants."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rag.index.marking import Marker
from rag.index.question import read


def marked(question: str, text: str) -> list[str]:
    places = Marker(read(question)).places(text)
    assert list(places) == sorted(places)
    assert all(before[1] < after[0] for before, after in pairwise(places))
    return [text[start:end] for start, end in places]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Who runs the embargo?", "The embargoes were running out.", ["embargoes", "running"]),
        ("Wie hoch ist der Sauerstoff?", "Der Sauerstoffgehalt", ["Sauerstoffgehalt"]),
        ("Muenchen", "In München", ["München"]),
        ("共和国的法律", "中华人民共和国法律", ["共和国法律"]),
        ("热", "多喝热水", ["热水"]),
        ("книга", "Он читал книгами", ["книгами"]),
        ("cafe", "Das Cafe\u0301 dort", ["Cafe\u0301"]),
    ],
)
def test_words_are_marked_in_every_form(question, text, expected):
    assert marked(question, text) == expected


def test_words_that_only_begin_alike_are_not_marked():
    assert marked("Which company?", "We compare companies.") == ["companies"]


def test_words_that_name_nothing_are_marked_within_quotation_marks_alone():
    assert marked("What is the price of oil?", "The price of the oil") == ["price", "oil"]
    assert marked("Who said “the price of”?", "The price of the oil") == ["The price of"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("$34,229", "34 229"),
        ("34229", "34,229"),
        ("1.234,5", "1,234.5"),
        ("ISO-9001", "ISO 9001"),
        ("12.03.2021", "2021-03-12"),
        ("e-mail", "email"),
        ("x.y@mail.org", "x.y@mail.org"),
    ],
)
def test_things_of_several_pieces_are_marked_as_one(question, text):
    assert marked(question, f"So {text} it is.") == [text]


def test_nothing_is_marked_for_a_question_without_words():
    assert marked("?!", "Some text.") == []
