"""Names of files, folders, types, times and pages in a question narrow where it is searched."""

from __future__ import annotations

from datetime import date

import pytest

from rag.records import Scope
from rag.understand import LibraryNames
from tests.rag.understand.library import ROOT, paths, read

LEASE = "Contracts/Lease 2024.pdf"
MIETVERTRAG = "Contracts/Mietvertrag Hafenstraße.pdf"
NAMED = (
    # question, the files or folders, the words as typed
    ("What is the notice period in Lease 2024.pdf?", [LEASE], ["Lease 2024.pdf"]),
    ("what is the notice period in lease 2024", [LEASE], ["lease 2024"]),
    ("What is the notice period in the lease?", [LEASE], ["lease"]),
    ("What is the rent in the signed lease?", [LEASE], ["signed lease"]),
    ("what does the lease say about pets?", [LEASE], ["lease"]),
    (
        "According to the 2024 annual report, what was the profit?",
        ["Reports/Annual report 2024.pdf"],
        ["2024 annual report"],
    ),
    (
        "What does the annual report say about risks?",
        ["Reports/Annual report 2023.pdf", "Reports/Annual report 2024.pdf"],
        ["annual report"],
    ),
    ("What was revenue in 2022 Q3 AAPL?", ["Reports/2022 Q3 AAPL.pdf"], ["2022 Q3 AAPL"]),
    ("What is the revenue in the AAPL filing?", ["Reports/2022 Q3 AAPL.pdf"], ["AAPL filing"]),
    ("Who signed the Mietvertrag Hafenstraße?", [MIETVERTRAG], ["Mietvertrag Hafenstraße"]),
    ("What happened in 20080102X00002?", ["20080102X00002.pdf"], ["20080102X00002"]),
    (
        "What is the price in the Helios agreement?",
        ["Contracts/Helios_service_agreement_v2.pdf"],
        ["Helios agreement"],
    ),
    (
        "What does the parental leave policy cover?",
        ["HR/Parental leave policy.pdf"],
        ["parental leave policy"],
    ),
    (
        "What is said in the Scottish Parliament article about seats?",
        ["Wiki/Scottish_Parliament.md"],
        ["Scottish Parliament article"],
    ),
    (
        "Compare the rent in the lease and the supply contract",
        [LEASE, "Contracts/Nordwind supply contract.docx"],
        ["lease", "supply contract"],
    ),
    ("Wie lange ist die Frist laut Mietvertrag?", [MIETVERTRAG], ["Mietvertrag"]),
    ("Was steht im Brief an Weber?", ["Letters/Brief an Weber.docx"], ["Brief an Weber"]),
    (
        "Selon le rapport annuel 2023, quel est le bénéfice ?",
        ["Reports/rapport_annuel_2023.pdf"],
        ["rapport annuel 2023"],
    ),
    ("租约.pdf的押金是多少？", ["租约.pdf"], ["租约.pdf"]),
    ("In the Contracts folder, who are the landlords?", ["Contracts"], ["Contracts folder"]),
    ("Which parties are named in Contracts?", ["Contracts"], ["Contracts"]),
    ("Im Ordner Contracts: wie hoch ist die Miete?", ["Contracts"], ["Ordner Contracts"]),
    ("in the finance 2023 folder, what is the total?", ["Finance 2023"], ["finance 2023 folder"]),
)
NOT_NAMED = (
    "What is the notice period in lease.pdf?",  # no such file
    "What is usual in contracts?",
    "What belongs in a supply contract with nordwind?",
    "What does a parental leave policy cost?",
    "Who won in Germany?",
    "In the French and Indian War, who fought?",
    "According to the Scottish Parliament, what is devolution?",
    "In the Nordwind lease, what is the rent?",
    "How was the constitution amended in the agreement of 1998?",
    "What does the document say?",
    "In the report, what is the profit?",
    "Compare the rent in the lease and the loan agreement for Berlin",
    "What did the policy of appeasement lead to?",
    "Who scored in the last three minutes?",
    "How is text stored in PDF?",
    "What has changed in the law since 2022?",
    "How have the contracts changed since 2022?",
    "What was the net change in forward contracts from October 30, 2010, to October 29, 2011?",
    "What happened in 2019?",
    "What was on page 1 of the New York Times in 1929?",
    "How did the S&P 500 perform in 2006?",
    "Who designed ABC's 1998 graphics?",
)
TIMES = (
    ("Which files since 2022 mention Nordwind?", (date(2022, 1, 1), None)),
    ("What do reports from March 2023 say?", (date(2023, 3, 1), date(2023, 3, 31))),
    ("What do letters before 2020 say?", (None, date(2019, 12, 31))),
    ("How has the rent developed, since 2022?", (date(2022, 1, 1), None)),
    ("Only since 2024", (date(2024, 1, 1), None)),
    ("Which documents have I changed since last week?", (date(2026, 11, 9), None)),
    ("Which files were changed after 3 May 2024?", (date(2024, 5, 4), None)),
    (
        "Which reports were modified between May 2023 and July 2024?",
        (date(2023, 5, 1), date(2024, 7, 31)),
    ),
    ("Was steht in den Dateien seit letzter Woche?", (date(2026, 11, 9), None)),
    ("Quels fichiers depuis 2024 parlent de Nordwind ?", (date(2024, 1, 1), None)),
)
PAGES = (
    ("What is on page 7?", (7, 7)),
    ("Summarise pages 3 to 5 of the employee handbook", (3, 5)),
    ("What does p. 12 say about pets?", (12, 12)),
    ("Was steht auf Seite 7 im Mietvertrag?", (7, 7)),
    ("Que dit la page 4 du bail ?", (4, 4)),
    ("¿Qué dice la página 4?", (4, 4)),
    ("第7页说了什么？", (7, 7)),
    ("7ページには何が書いてありますか？", (7, 7)),
    ("On the first page, who is named?", (1, 1)),
)
TYPES = (
    ("What is the deadline in the PDFs?", ("pdf",)),
    ("What do the PDFs say about pets?", ("pdf",)),
    ("Find the price in my Word documents", ("docx",)),
    ("What is the offer in my emails?", ("eml",)),
    ("Which PDFs mention Nordwind?", ("pdf",)),
)


@pytest.mark.parametrize(("question", "names", "words"), NAMED)
def test_a_named_file_or_folder_is_where_it_is_searched(
    question: str, names: list[str], words: list[str]
):
    understanding = read(question).understanding

    assert understanding.scope == Scope(paths=paths(*names))
    assert list(understanding.narrowed_by) == words


@pytest.mark.parametrize("question", NOT_NAMED)
def test_what_only_looks_like_a_name_narrows_nothing(question: str):
    understanding = read(question).understanding

    assert understanding.scope == Scope()
    assert understanding.narrowed_by == ()
    assert understanding.question == question


@pytest.mark.parametrize(("question", "days"), TIMES)
def test_times_of_documents_become_days_of_change(
    question: str, days: tuple[date | None, date | None]
):
    scope = read(question).understanding.scope

    assert (scope.since, scope.until) == days


@pytest.mark.parametrize(("question", "pages"), PAGES)
def test_pages_are_where_it_is_searched(question: str, pages: tuple[int, int]):
    assert read(question).understanding.scope.pages == (pages,)


@pytest.mark.parametrize(("question", "types"), TYPES)
def test_types_that_the_library_holds_are_where_it_is_searched(
    question: str, types: tuple[str, ...]
):
    assert read(question).understanding.scope.types == types


def test_a_type_that_the_library_has_no_file_of_narrows_nothing():
    library = LibraryNames([(ROOT / "notes.md", "Notes")], [ROOT])

    assert read("What is the deadline in the PDFs?", library=library).understanding.scope == Scope()


def test_pages_mean_nothing_where_no_file_has_any():
    library = LibraryNames([(ROOT / "notes.md", "Notes")], [ROOT])

    assert read("What is on page 7?", library=library).understanding.scope == Scope()


def test_words_that_only_say_where_to_look_are_not_searched_for():
    searched = [
        read(question).understanding.question
        for question in (
            "What is the notice period in the file Lease 2024.pdf?",
            "What does page 7 of the lease say about pets?",
            "Which files since 2022 mention Nordwind?",
            "Find the price in my Word documents",
        )
    ]

    assert searched == [
        "What is the notice period?",
        "What does the lease say about pets?",
        "Which files mention Nordwind?",
        "Find the price",
    ]


def test_a_question_is_searched_for_as_typed_when_nothing_else_would_be_left():
    assert read("What is on page 7?").understanding.question == "What is on page 7?"


@pytest.mark.parametrize(
    ("question", "asked", "expected"),
    [
        # a file outside of what was asked of is not looked at
        (
            "What is in the lease?",
            Scope(paths=paths("Reports")),
            Scope(paths=paths("Reports")),
        ),
        ("What is in the lease?", Scope(paths=paths("Contracts")), Scope(paths=paths(LEASE))),
        # a folder above what was asked of leaves it as it is
        (
            "Which parties are named in Contracts?",
            Scope(paths=paths(LEASE)),
            Scope(paths=paths(LEASE)),
        ),
        (
            "What is on pages 3 to 9?",
            Scope(pages=((1, 5),), types=("pdf",)),
            Scope(pages=((3, 5),), types=("pdf",)),
        ),
        ("What is on page 9?", Scope(pages=((1, 5),)), Scope(pages=((1, 5),))),
        (
            "Which files since 2022 mention Nordwind?",
            Scope(since=date(2024, 1, 1)),
            Scope(since=date(2024, 1, 1)),
        ),
        (
            "Which files since 2022 mention Nordwind?",
            Scope(until=date(2021, 1, 1)),
            Scope(until=date(2021, 1, 1)),
        ),
        ("What do the PDFs say?", Scope(types=("docx",)), Scope(types=("docx",))),
    ],
)
def test_what_was_asked_of_is_never_widened(question: str, asked: Scope, expected: Scope):
    assert read(question, asked=asked).understanding.scope == expected


@pytest.mark.parametrize(
    ("follow_up", "names"),
    [
        ("And who signed it?", [LEASE]),
        ("And what about the deposit?", [LEASE]),
        ("Who signed?", [LEASE]),
        ("And who signed the contract?", []),
        ("And who approved the bridge repair?", []),
    ],
)
def test_a_follow_up_with_a_subject_of_its_own_leaves_the_file_before(
    follow_up: str, names: list[str]
):
    before = ("What is the notice period in Lease 2024.pdf?", "Three months.")

    scope = read(follow_up, before).understanding.scope

    assert scope.paths == paths(*names)
