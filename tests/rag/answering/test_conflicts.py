"""Passages that contradict each other stand side by side, the newest document first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from rag.answering import Question
from rag.events import ConflictsFound
from rag.records import Conflict
from tests.rag.desk import Desk, final

ASKED = Question("How many days may a customer of the shop return a lamp?")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.model.answer = "A customer of the shop may return a lamp within 60 days."
    yield desk
    desk.catalog.close()


def write(desk: Desk, name: str, days: int, changed: str = "2020-01-01") -> Path:
    path = desk.files / name
    path.write_text(
        f"Returns\n\nA customer of the shop may return a lamp within {days} days.", "utf-8"
    )
    moment = datetime.fromisoformat(changed).astimezone().timestamp()
    os.utime(path, (moment, moment))
    return path


def conflicts(desk: Desk) -> tuple[Conflict, ...]:
    desk.read()
    events = desk.ask(ASKED)
    told = [event.conflicts for event in events if isinstance(event, ConflictsFound)]
    answer = final(events)
    assert told == ([answer.conflicts] if answer.conflicts else [])
    return answer.conflicts


def test_each_side_has_its_value_its_date_and_a_footnote_of_its_own(desk: Desk) -> None:
    old = write(desk, "Policy v2 2023-03-01.txt", 30)
    new = write(desk, "Policy v3 2024-05-02.txt", 60)

    (conflict,) = conflicts(desk)

    first, second = conflict.statements
    assert (first.citation.path, second.citation.path) == (new, old)
    assert ("60" in first.value, "30" in second.value) == (True, True)
    assert all(s.value in s.citation.quote for s in conflict.statements)
    assert (first.dated, first.dated_by) == (date(2024, 5, 2), "its name")
    assert (second.dated, second.dated_by) == (date(2023, 3, 1), "its name")
    for statement in conflict.statements:
        text = desk.catalog.document_text(statement.citation.document_id).text
        cited = statement.citation
        assert text[cited.start : cited.end] == cited.quote


def test_numbers_go_on_with_those_of_the_answer(desk: Desk) -> None:
    write(desk, "Policy v2 2023-03-01.txt", 30)
    write(desk, "Policy v3 2024-05-02.txt", 60)
    desk.read()

    answer = final(desk.ask(ASKED))

    numbers = {c.number: c.quote for s in answer.sentences for c in s.citations}
    for statement in answer.conflicts[0].statements:
        number = statement.citation.number
        assert numbers.setdefault(number, statement.citation.quote) == statement.citation.quote
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_where_nothing_else_tells_it_the_file_s_own_date_counts(desk: Desk) -> None:
    write(desk, "Policy v2.txt", 30, changed="2021-02-03")
    write(desk, "Policy v3.txt", 60, changed="2022-04-05")

    (conflict,) = conflicts(desk)

    assert [(s.dated, s.dated_by) for s in conflict.statements] == [
        (date(2022, 4, 5), "its file"),
        (date(2021, 2, 3), "its file"),
    ]


def test_passages_that_agree_are_no_conflict(desk: Desk) -> None:
    write(desk, "Policy v2 2023-03-01.txt", 60)
    write(desk, "Policy v3 2024-05-02.txt", 60)

    assert conflicts(desk) == ()


def test_a_declined_question_shows_no_conflict(desk: Desk) -> None:
    write(desk, "Policy v2 2023-03-01.txt", 30)
    write(desk, "Policy v3 2024-05-02.txt", 60)
    desk.model.answer = "The passages do not answer this question."

    assert conflicts(desk) == ()
