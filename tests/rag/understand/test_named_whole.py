"""What a question wants whole is found by its name, without "in the …" before it."""

from __future__ import annotations

import pytest

from tests.rag.understand.library import paths, read

LEASE = "Contracts/Lease 2024.pdf"
SUPPLY = "Contracts/Nordwind supply contract.docx"
REPORTS = ["Reports/Annual report 2023.pdf", "Reports/Annual report 2024.pdf"]


@pytest.mark.parametrize(
    ("question", "files"),
    [
        ("Summarise the lease", [LEASE]),
        ("Can you summarise the supply contract for me, please?", [SUPPLY]),
        ("Summarise the handbook in five sentences.", ["Employee handbook.pdf"]),
        ("What is the parental leave policy about?", ["HR/Parental leave policy.pdf"]),
        ("Give me an overview of the 2024 annual report", [REPORTS[1]]),
        ("What are the main points of the supply contract?", [SUPPLY]),
        ("Explain the argument of French and Indian War", ["Wiki/French_and_Indian_War.md"]),
        ("Compare the lease and the supply contract", [LEASE, SUPPLY]),
        ("Compare the lease with the supply contract", [LEASE, SUPPLY]),
        ("What changed between the 2023 annual report and the 2024 annual report?", REPORTS),
        ("Fasse den Mietvertrag zusammen", ["Contracts/Mietvertrag Hafenstraße.pdf"]),
        ("Résume le rapport annuel", ["Reports/rapport_annuel_2023.pdf"]),
        ("Summarise the offer of last week", ["mail/offer.eml"]),
    ],
)
def test_what_is_wanted_whole_narrows_the_scope_to_it(question: str, files: list[str]):
    assert set(read(question).understanding.scope.paths) == set(paths(*files))


@pytest.mark.parametrize(
    "question",
    [
        "Summarise everything",
        "Summarise the history of Germany and its offers",
        "Summarise the handbook conditions",
        "Compare the lease with the prenup",
        "Summarise the novel",
        "What is the budget of Germany?",
    ],
)
def test_words_that_no_file_is_called_after_leave_the_scope_alone(question: str):
    assert not read(question).understanding.scope.paths
