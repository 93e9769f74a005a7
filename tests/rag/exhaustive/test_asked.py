"""Which wordings ask for everything."""

from __future__ import annotations

import pytest

from rag.exhaustive.aim import Aggregation
from rag.exhaustive.asked import asked


@pytest.mark.parametrize(
    ("question", "made", "language"),
    [
        ("How many contracts mention a penalty?", Aggregation.COUNT, "en"),
        ("In how many files is Weber named?", Aggregation.COUNT, "en"),
        ("What is the number of invoices from Acme?", Aggregation.COUNT, "en"),
        ("Please list all tenants.", Aggregation.LIST, "en"),
        ("Can you show me every letter about the roof?", Aggregation.LIST, "en"),
        ("Which files speak of arbitration?", Aggregation.LIST, "en"),
        ("Give me a list of the suppliers", Aggregation.LIST, "en"),
        ("Are there any leases without a deposit?", Aggregation.EXISTS, "en"),
        ("What is the total of all invoices?", Aggregation.SUM, "en"),
        ("How much did we pay Acme in total?", Aggregation.SUM, "en"),
        ("What is the average rent of the leases?", Aggregation.MEAN, "en"),
        ("Wie viele Verträge erwähnen eine Kaution?", Aggregation.COUNT, "de"),
        ("Welche Dateien nennen Weber?", Aggregation.LIST, "de"),
        ("Liste alle Rechnungen auf", Aggregation.LIST, "de"),
        ("Gibt es Verträge ohne Kaution?", Aggregation.EXISTS, "de"),
        ("Combien de factures sont impayées ?", Aggregation.COUNT, "fr"),
        ("Quels fichiers mentionnent une caution ?", Aggregation.LIST, "fr"),
        ("¿Cuántos contratos tienen fianza?", Aggregation.COUNT, "es"),
        ("¿Qué archivos mencionan el arbitraje?", Aggregation.LIST, "es"),
        ("有多少份合同提到押金？", Aggregation.COUNT, "zh"),
        ("列出所有发票", Aggregation.LIST, "zh"),
    ],
)
def test_questions_that_ask_for_everything_are_told_by_their_words(
    question: str, made: Aggregation, language: str
) -> None:
    found = asked(question)

    assert found is not None
    assert (found.aggregation, found.language) == (made, language)


@pytest.mark.parametrize(
    ("question", "made"),
    [
        ("Which contract has the highest deposit?", Aggregation.HIGHEST),
        ("What is the lowest rent?", Aggregation.LOWEST),
        ("Welcher Vertrag hat die niedrigste Miete?", Aggregation.LOWEST),
        ("Which tenant pays the most?", Aggregation.HIGHEST),
    ],
)
def test_a_superlative_asks_for_everything_it_is_taken_from(
    question: str, made: Aggregation
) -> None:
    found = asked(question)

    assert found is not None
    assert found.superlative
    assert found.aggregation is made


@pytest.mark.parametrize(
    "question",
    [
        "How many days of notice must be given?",
        "How many people live in Hamburg?",
        "Wie viele Monate läuft der Vertrag?",
        "When does the lease end?",
        "Who signed the contract?",
        "Why was the meeting put off?",
        "Warum wurde gekündigt?",
        "Explain the penalty clause",
    ],
)
def test_what_one_passage_tells_does_not_ask_for_everything(question: str) -> None:
    assert asked(question) is None


def test_at_least_is_no_superlative() -> None:
    found = asked("Which leases have a notice period of at least three months?")

    assert found is not None
    assert found.superlative == ""
