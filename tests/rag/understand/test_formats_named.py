"""Spreadsheets, presentations and slides are found in a question by what people call them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.records import Scope, Understanding
from rag.understand import LibraryNames, understand

ROOT = Path("library").resolve()
NAMES = (
    "Kickoff.pptx",
    "Forecast.xlsx",
    "Stock.ods",
    "Lease.pdf",
    "Talk.odp",
    "Terms.doc",
    "a.rtf",
)
LIBRARY = LibraryNames([(ROOT / name, "") for name in NAMES], [ROOT])
SLIDES, SHEETS = ("odp", "pptx"), ("ods", "xlsx")


def read(question: str, library: LibraryNames = LIBRARY) -> Understanding:
    return understand(question, (), Scope(), library, date(2026, 11, 22)).understanding


@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("What is the total in the spreadsheet?", SHEETS),
        ("In my Excel files, what is the margin?", SHEETS),
        ("Was steht in der Exceltabelle über Miete?", SHEETS),
        ("What does the revenue plan in the presentation say?", SLIDES),
        ("Which goals are named in the slides?", SLIDES),
        ("Welche Ziele stehen in der Präsentation?", SLIDES),
        ("Quels sont les objectifs dans la présentation ?", SLIDES),
        ("¿Qué objetivos hay en las diapositivas?", SLIDES),
        ("Quali obiettivi sono nella presentazione?", SLIDES),
        ("Какие цели названы в презентации?", SLIDES),
        ("What is the price in my Word documents?", ("doc",)),
        ("What is agreed in the RTF files?", ("rtf",)),
    ],
)
def test_a_format_is_called_as_people_call_it(question: str, types: tuple[str, ...]) -> None:
    assert sorted(read(question).scope.types) == sorted(types)


@pytest.mark.parametrize(
    "question",
    [
        "What is said on slide 4?",
        "Was steht auf Folie 4?",
        "Que dit la diapositive 4 ?",
        "¿Qué dice la diapositiva 4?",
        "Что написано на слайде 4?",
        "第4张幻灯片说了什么？",
    ],
)
def test_a_slide_is_a_page(question: str) -> None:
    assert read(question).scope.pages == ((4, 4),)


def test_slides_are_asked_for_where_only_presentations_are() -> None:
    library = LibraryNames([(ROOT / "Kickoff.pptx", "")], [ROOT])

    assert read("What is on slide 2?", library).scope.pages == ((2, 2),)


def test_pages_are_not_asked_for_where_nothing_has_any() -> None:
    library = LibraryNames([(ROOT / "Forecast.xlsx", "")], [ROOT])

    assert read("What is on slide 2?", library).scope == Scope()


@pytest.mark.parametrize(
    "question",
    [
        "What matters in the presentation of results?",
        "How do you make a good presentation?",
        "What is a spreadsheet?",
        "How steep is slide mountain?",
    ],
)
def test_a_word_that_only_sounds_like_a_format_narrows_nothing(question: str) -> None:
    assert read(question).scope == Scope()
