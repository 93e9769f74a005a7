"""Follow-ups are completed from the conversation; questions that stand alone are left alone."""

from __future__ import annotations

import pytest

from tests.rag.understand.library import read
from tests.rag.understand.talks import ALL, Talk


@pytest.mark.parametrize("talk", ALL, ids=lambda talk: talk.question)
def test_a_follow_up_is_searched_for_with_what_it_leans_on(talk: Talk):
    understood = read(talk.question, *talk.history)

    searched = understood.understanding.question.casefold()
    assert [word for word in talk.must if word.casefold() not in searched] == []
    assert [word for word in talk.must_not if word.casefold() in searched] == []
    if talk.unchanged:
        assert understood.understanding.question == talk.question
        assert not understood.needs_model


@pytest.mark.parametrize("talk", ALL, ids=lambda talk: talk.question)
def test_without_a_conversation_nothing_is_added(talk: Talk):
    understood = read(talk.question)

    assert understood.understanding.question == talk.question
    assert not understood.needs_model


def test_a_follow_up_that_chooses_from_no_list_needs_the_model():
    understood = read(
        "And the second one?", ("What are the phases of the project?", "There are several.")
    )

    assert understood.needs_model


def test_a_completed_year_needs_no_model():
    understood = read("and in 2023?", ("What was Apple's revenue in 2022?", "394 billion dollars."))

    assert not understood.needs_model


def test_thanks_in_between_does_not_break_the_chain():
    history = (
        ("What was Apple's revenue in 2022?", "394 billion dollars."),
        ("Thanks, great!", "You're welcome."),
    )

    assert read("and in 2021?", *history).understanding.question == (
        "What was Apple's revenue in 2021?"
    )


def test_what_was_asked_of_a_file_is_still_asked_of_it():
    history = ("What does the lease say about pets?", "Pets are allowed.")

    understood = read("Who signed it?", history)

    assert [path.name for path in understood.understanding.scope.paths] == ["Lease 2024.pdf"]


def test_another_file_takes_the_place_of_the_one_before():
    history = ("What does the lease say about pets?", "Pets are allowed.")

    understanding = read("What about the handbook?", history).understanding

    assert understanding.question == "What does the handbook say about pets?"
    assert [path.name for path in understanding.scope.paths] == ["Employee handbook.pdf"]


def test_another_page_takes_the_place_of_the_one_before():
    history = ("What is on page 7 of Lease 2024.pdf about pets?", "Pets are allowed.")

    understanding = read("and on page 8?", history).understanding

    assert understanding.scope.pages == ((8, 8),)
    assert [path.name for path in understanding.scope.paths] == ["Lease 2024.pdf"]
