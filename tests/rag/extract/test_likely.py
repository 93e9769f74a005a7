"""Which span of which passage is told as likely, and which are only marked."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from rag.extract import Extractor, Source, likely_words, wanted

LEASE = (
    "The lease was signed by Maria Lopez on 3 May 2020. The notice period is three months. "
    "The rent is 900 euros a month, and the tenant pays a deposit of 1,800 euros."
)
FORM = (
    "Location: Chevroux, France Accident Number: DEN08WA042\n"
    "Date & Time: 12/17/2007, 1045 UTC Registration: N461TC\n"
    "Aircraft: Reims F172 M Aircraft Damage: Destroyed\n"
    "Engine Manufacturer: Lycoming\nContact: Jennifer Kaiser, jk@example.org\n"
)
TOWER = (
    "The Harbour Tower was designed by Ana Duarte and opened in 1987. It is 212 metres tall and "
    "has 14 floors. In 2003 it was sold to the Lindgren Group."
)
GERMAN = (
    "Der Hafenturm wurde 1987 eröffnet. Die Kaution beträgt 1.500 Euro, die Miete 750 Euro. "
    "Die Kündigungsfrist beträgt drei Monate."
)
ALL = [Source(LEASE), Source(FORM), Source(TOWER), Source(GERMAN)]


def told(question: str, sources: list[Source] | None = None, trust: float = 1.0) -> str | None:
    sources = ALL if sources is None else sources
    found = likely_words(question, sources, trust).likeliest
    if found is None:
        return None
    assert sources[found.source].text[found.value.start : found.value.end] == found.value.text
    return found.value.text


@pytest.mark.parametrize(
    ("question", "answer", "source"),
    [
        ("Who signed the lease?", "Maria Lopez", LEASE),
        ("When was the lease signed?", "3 May 2020", LEASE),
        ("What is the notice period?", "three months", LEASE),
        ("How much is the deposit?", "1,800 euros", LEASE),
        ("What is the aircraft registration?", "N461TC", FORM),
        ("What is the accident number?", "DEN08WA042", FORM),
        ("What was the aircraft damage?", "Destroyed", FORM),
        ("What is the engine manufacturer?", "Lycoming", FORM),
        ("Who designed the Harbour Tower?", "Ana Duarte", TOWER),
        ("In which year did the Harbour Tower open?", "1987", TOWER),
        ("Wann wurde der Hafenturm eröffnet?", "1987", GERMAN),
        ("Wie lang ist die Kündigungsfrist?", "drei Monate", GERMAN),
        ("Wie hoch ist die Kaution?", "1.500 Euro", GERMAN),
    ],
)
def test_what_one_passage_clearly_says_is_told(question: str, answer: str, source: str) -> None:
    assert told(question, [Source(source)]) == answer


@pytest.mark.parametrize(
    "question",
    [
        "Who never signed the lease?",  # the passage says who did
        "Who sold the Harbour Tower in 1999?",  # a year that no passage has
        "What is the price of the second boat?",
        "When was the lighthouse painted?",
        "Why was the tower sold?",
    ],
)
def test_what_no_passage_says_is_not_told(question: str) -> None:
    assert told(question) is None


def test_two_passages_that_say_otherwise_leave_it_open() -> None:
    forms = [Source(f"Wind Speed: {knots} knots\nVisibility: 10 miles") for knots in (4, 15, 9)]

    assert told("What was the wind speed?", forms) is None


def test_one_of_several_values_side_by_side_is_not_told() -> None:
    row = Source("Our effective tax rate was 18% and 19% for the two quarters.")

    assert told("What was the effective tax rate?", [row]) is None


def test_a_search_that_thinks_the_passages_hold_no_answer_is_trusted() -> None:
    assert told("What is the notice period?", [Source(LEASE)], trust=0.2) is None


def test_likely_words_are_marked_in_each_passage() -> None:
    other = Source("In the club the notice period is six weeks.")

    marks = likely_words("What is the notice period?", [Source(LEASE), other]).marks

    assert [LEASE[a:b] for a, b in marks[0]] == ["three months"]
    assert [other.text[a:b] for a, b in marks[1]] == ["six weeks"]


def test_marks_rise_and_do_not_overlap() -> None:
    text = "The war was fought from 1754 to 1763; the war of 1812 came later, and 1814 ended it."

    (marks,) = likely_words("When was the war fought?", [Source(text)]).marks

    assert list(marks) == sorted(marks)
    assert all(a[1] <= b[0] for a, b in pairwise(marks))


def test_the_question_s_own_words_are_never_the_answer() -> None:
    asked = wanted("Who was the son of Harald Lindgren?")

    assert asked is not None
    values = Extractor(asked, [Source("Harald Lindgren was a painter.")]).values(0)
    assert values == []


def test_numbers_come_with_their_units() -> None:
    asked = wanted("How much is the deposit?")

    assert asked is not None
    best = Extractor(asked, [Source(LEASE)]).values(0)[0]
    assert (best.number, best.unit) == (1800.0, "eur")


@pytest.mark.parametrize("text", ["", "\n\n", "…", "12/45/2007", "|||", ":::"])
def test_odd_passages_hold_nothing(text: str) -> None:
    assert told("When was the lease signed?", [Source(text)]) is None


def test_ten_passages_are_read_within_the_time_there_is() -> None:
    sources = [Source(f"{LEASE} {TOWER} Part {n}. {TOWER}") for n in range(10)]
    likely_words("Who signed the lease?", sources)

    begun = time.process_time()
    likely_words("Who signed the lease?", sources)

    assert time.process_time() - begun < 0.1
