"""Questions that ask several things come apart into searches of their own."""

from __future__ import annotations

import pytest

from tests.rag.understand.library import read

PARTED = (
    (
        "What is the notice period, and who may waive it?",
        ("What is the notice period?", "Who may waive it? (notice period)"),
    ),
    (
        "What is the rent? Who pays the deposit?",
        ("What is the rent?", "Who pays the deposit? (rent)"),
    ),
    (
        "Wie hoch ist die Miete und wer zahlt die Kaution?",
        ("Wie hoch ist die Miete?", "Wer zahlt die Kaution? (Miete)"),
    ),
    (
        "Quel est le loyer et qui paie la caution ?",
        ("Quel est le loyer?", "Qui paie la caution? (loyer)"),
    ),
    (
        "Compare the revenue of Apple and Microsoft in 2022",
        ("Compare the revenue of Apple in 2022", "Compare the revenue of Microsoft in 2022"),
    ),
    (
        "Compare Nordwind, Helios and Bergmann",
        ("Compare Nordwind", "Compare Helios", "Compare Bergmann"),
    ),
    (
        "Compare the notice period in the lease and in the supply contract",
        (
            "Compare the notice period in the lease",
            "Compare the notice period in the supply contract",
        ),
    ),
    (
        "Which came first, Nordwind or Helios?",
        ("Which came first, Nordwind?", "Which came first, Helios?"),
    ),
    (
        "Which is cheaper, the lease or the loan?",
        ("Which is cheaper, the lease?", "Which is cheaper, the loan?"),
    ),
    (
        "Which is farther west, Sheridan County, Montana or Chandra Taal?",
        (
            "Which is farther west, Sheridan County, Montana?",
            "Which is farther west, Chandra Taal?",
        ),
    ),
    (
        "Are both Superdrag and Collective Soul rock bands?",
        ("Are Superdrag rock bands?", "Are Collective Soul rock bands?"),
    ),
    (
        "Quelle est la différence entre Renault et Peugeot ?",
        ("Quelle est la différence entre Renault?", "Quelle est la différence entre Peugeot?"),
    ),
    ("Was kostet mehr, Strom oder Gas?", ("Was kostet mehr, Strom?", "Was kostet mehr, Gas?")),
)
WHOLE = (
    "Who wrote War and Peace?",
    "When and where was the treaty signed?",
    "What was the change in revenue between 2012 and 2013?",
    "Is the school public or private?",
    "Who was the king who built the tower and who also founded the city?",
    "What are the differences between temporary and permanent modifications?",
    "Which act regulates the import and export of salt?",
    "What are the names of the members of the duo who worked with Ada and Bob?",
    "公司和银行的区别是什么？",
)


@pytest.mark.parametrize(("question", "parts"), PARTED)
def test_each_thing_that_is_asked_is_searched_for_by_itself(question: str, parts: tuple[str, ...]):
    assert read(question).understanding.parts == parts


@pytest.mark.parametrize("question", WHOLE)
def test_a_question_that_asks_one_thing_stays_whole(question: str):
    assert read(question).understanding.parts == ()
