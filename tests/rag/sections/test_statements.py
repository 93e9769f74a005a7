"""What a model writes of a section counts as far as the section's words bear it out."""

from __future__ import annotations

import pytest

from rag.sections.statements import LONGEST_CHARS, Evidence
from tests.rag.sections.writers import fact, nonsense, page, paraphrased

TEXT = page(0)


def test_a_copied_sentence_is_proven_by_its_own_words() -> None:
    (proven,) = Evidence([TEXT]).prove(fact(5))

    place = proven.places[0]
    assert (proven.text, proven.by_model) == (fact(5), True)
    assert TEXT[place.start : place.end].rstrip(".") == fact(5).rstrip(".")


def test_a_sentence_in_other_words_is_proven_by_the_sentence_that_says_it() -> None:
    (proven,) = Evidence(["Nothing here.", TEXT]).prove(paraphrased(fact(7)))

    place = proven.places[0]
    assert place.stretch == 1
    assert TEXT[place.start : place.end].rstrip(".") in fact(7)


@pytest.mark.parametrize(
    "text",
    [
        nonsense(""),
        fact(5).replace("1405", "1505"),
        fact(5).replace("Anna", "Clara"),
        "Here is a summary of the section:",
        "## The buildings of Aldern",
        "What was built in Aldern?",
        "The passages do not answer this question.",
        "",
    ],
)
def test_what_is_wrong_or_states_nothing_is_not_proven(text: str) -> None:
    assert Evidence([TEXT]).prove(text) == []


def test_of_a_text_the_proven_sentences_stay_each_once_and_without_list_marks() -> None:
    text = f"Summary:\n\n- {fact(1)}\n- {nonsense('')}\n- {fact(2)}\n- {fact(1)}"

    proven = Evidence([TEXT]).prove(text)

    assert [one.text for one in proven] == [fact(1), fact(2)]


def test_paragraphs_are_remembered_over_what_was_left_out() -> None:
    text = f"{fact(1)} {fact(2)}\n\n{nonsense('')} {fact(3)} {fact(4)}"

    proven = Evidence([TEXT]).prove(text)

    assert [one.new_paragraph for one in proven] == [False, False, True, False]


def test_few_frequent_words_prove_nothing() -> None:
    novel = (
        "He did not know that the steward had shown him in the accounts what the farm made. " * 20
    )

    assert Evidence([novel]).prove("Nobody knows their accountant's name.") == []


def test_a_sentence_without_end_is_no_statement() -> None:
    endless = " and ".join(fact(n).rstrip(".") for n in range(12))

    assert len(endless) > LONGEST_CHARS
    assert Evidence([TEXT]).prove(endless) == []


def test_a_last_sentence_that_was_cut_off_is_left_out() -> None:
    proven = Evidence([TEXT]).prove(f"{fact(1)} {fact(2).removesuffix(' in 1402.')}")

    assert [one.text for one in proven] == [fact(1)]
