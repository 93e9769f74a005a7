"""What holds for every question, whatever is typed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.records import Scope, Understanding
from rag.understand import LibraryNames, understand
from tests.rag.understand.library import LIBRARY, ROOT, TODAY, paths, read

PIECES = (
    "and", "what about", "in the", "lease", "2024.pdf", "since", "2022", "page 7", "it", "who",
    "signed", "or", "both", "Apple", "Microsoft", "(", ")", "?", ",", ".", "und", "那", "呢",
    "第7页", "\n", '"', "“", "”", "Contracts", "folder", "the second one", "compare", "between",
)  # fmt: skip
TYPED = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def large_library() -> LibraryNames:
    """Ten thousand files under a hundred folders."""
    kinds = ("lease", "report", "contract", "letter", "minutes")
    return LibraryNames(
        [
            (Path(f"/docs/{n % 97}/{kinds[n % 5]} {n}.pdf"), f"The {kinds[n % 5]} of {n}")
            for n in range(10_000)
        ],
        [Path("/docs")],
    )


def test_an_ordinary_question_is_searched_for_as_it_is():
    question = "Which suppliers deliver turbines to the Oslo plant?"

    assert read(question).understanding == Understanding(question)


def test_the_models_words_take_the_place_of_the_rules():
    history = (("What are the phases?", "There are several."),)

    understood = understand(
        "And the second one?", history, Scope(), LIBRARY, TODAY, rewritten="What is phase two?"
    )

    assert understood.understanding.question == "What is phase two?"
    assert not understood.needs_model


@pytest.mark.parametrize(
    "question",
    ["What happened on page 7 of the trial?", "What is due since 2022 in Lease 2024.pdf?"],
)
def test_without_narrowing_a_question_is_searched_for_whole_in_all_that_was_asked_of(
    question: str,
):
    asked = Scope(paths=paths("Reports"))

    understood = understand(question, (), asked, LIBRARY, TODAY, narrow=False)

    assert understood.understanding == Understanding(question, scope=asked)
    assert read(question).understanding != Understanding(question)


def test_without_narrowing_a_follow_up_is_still_completed():
    history = (("What does the lease say about pets?", "Pets are allowed."),)

    understood = understand(
        "What about the handbook?", history, Scope(), LIBRARY, TODAY, narrow=False
    )

    assert understood.understanding == Understanding("What does the handbook say about pets?")


def test_without_narrowing_a_comparison_is_still_parted():
    question = "Compare the rent in the lease and the supply contract"

    understood = understand(question, (), Scope(), LIBRARY, TODAY, narrow=False)

    assert understood.understanding.parts == (
        "Compare the rent in the lease",
        "Compare the rent in the supply contract",
    )
    assert understood.understanding.scope == Scope()


def test_a_whole_text_is_not_taken_apart():
    text = "What is in the lease and what about it? " * 100

    assert read(text).understanding == Understanding(text)


@settings(max_examples=60, deadline=None)
@given(question=TYPED, former=TYPED, answer=TYPED)
def test_whatever_is_typed_is_understood_within_what_was_asked_of(
    question: str, former: str, answer: str
):
    asked = Scope(paths=paths("Contracts"), pages=((1, 9),))

    understanding = read(question, (former, answer), asked=asked).understanding

    assert all(ROOT / "Contracts" in (path, *path.parents) for path in understanding.scope.paths)
    assert all(1 <= first <= last <= 9 for first, last in understanding.scope.pages)
    assert understanding.scope.paths
    assert understanding.scope.pages
    assert all(words in question or words in former for words in understanding.narrowed_by)
    assert understanding.question.strip() or not question.strip()


@pytest.mark.parametrize(
    "question",
    [
        "What is the notice period in the lease, and who may waive it?",
        "and in 2023?",
        "Which came first, the Treaty of Aldern or the Treaty of Beck, on page 7 of the handbook?",
    ],
)
def test_ten_thousand_files_cost_a_few_milliseconds(question: str, large_library: LibraryNames):
    history = (("What was Apple's revenue in 2022?", "394 billion dollars."),)
    times: list[float] = []

    for number in range(9):
        begun = time.process_time()
        read(f"{question} {number}", *history, library=large_library)
        times.append(time.process_time() - begun)

    assert sorted(times)[4] < 0.005
