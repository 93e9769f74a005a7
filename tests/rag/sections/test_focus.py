"""What a wish for a summary is about, and which sections are worth reading for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.records import Hit
from rag.sections.cutting import Section, Stretch
from rag.sections.focus import EVERYTHING, Focus, focus_of, sections_found, to_read_again

TITLES = ["Lease of the house in Mill Lane", "lease 2024", "War and Peace"]


@pytest.mark.parametrize(
    "question",
    [
        "Summarise this book.",
        "Give me a one-page summary of War and Peace, please.",
        "What is this document about?",
        "Can you sum up the whole report in 300 words?",
        "What are the main points of lease 2024.pdf?",
        "Tell me what the lease says, in short.",
        "tl;dr",
        "Fasse das Buch auf einer Seite zusammen.",
        "Worum geht es in diesem Bericht?",
        "Résume ce rapport en une page, s'il te plaît.",
        "Resume este documento.",
        "Riassumi questo libro.",
        "总结这份文件",
        "この文書を要約してください",
    ],
)
def test_a_plain_wish_is_about_everything(question: str) -> None:
    assert focus_of(question, TITLES) == EVERYTHING


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Summarise the lease from the point of view of the tenant.", "tenant"),
        ("Give me an overview of what the report says about wages.", "wag"),
        ("Explain how the harbour is financed.", "harb"),
        ("Fasse den Vertrag aus Sicht des Mieters zusammen.", "miet"),
        ("Summarise War and Peace with a focus on Natasha.", "natasha"),
        ("请从租户的角度总结这份合同", "租"),
    ],
)
def test_a_wish_that_names_something_is_about_that(question: str, term: str) -> None:
    focus = focus_of(question, TITLES)

    assert focus.question == question
    assert any(term in one for one in focus.terms)
    assert not {"summari", "point", "view", "report", "book"} & set(focus.terms)


def test_a_comparison_asks_for_more_than_a_summary_though_no_text_has_its_words() -> None:
    focus = focus_of("Compare these two leases.", TITLES)

    assert focus == Focus("Compare these two leases.", ())


SECTIONS = [Section((Stretch(1, 100 * n, 100 * n + 99),), 30) for n in range(20)] + [
    Section((Stretch(2, 0, 50), Stretch(3, 0, 50)), 30)
]


def hit(document_id: int, start: int) -> Hit:
    found = Hit(1, 1.0, 0.0, 0.0, 1, document_id, Path("a"), "", start, start + 9, "", "", "", None)
    return replace(found)


def test_the_sections_of_hits_come_once_each_the_best_first() -> None:
    hits = [hit(1, 730), hit(3, 10), hit(1, 710), hit(9, 0), hit(1, 0), hit(2, 49)]

    assert sections_found(SECTIONS, hits) == [7, 20, 0]


def test_at_most_a_quarter_is_read_again_those_with_the_words_first() -> None:
    general = dict.fromkeys(range(20))
    found = [3, 9, 11, 25, 4, 6, 8]

    again = to_read_again(
        general,
        found,
        lambda n: "The tenant pays." if n > 5 else "Apples.",
        Focus("q", ("tenant",)),
    )

    assert again == {9, 11, 6, 8, 3}


def test_where_nothing_was_found_nothing_is_read_again() -> None:
    assert to_read_again({1: None}, [], lambda _: "", Focus("q", ("tenant",))) == set()
