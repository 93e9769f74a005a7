"""Summarised for another question, what was read before serves as far as it fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.sections import Focus, KeptSections
from rag.sections.closeness import terms_of
from tests.rag.sections.bench import Bench, everything_is_borne_out
from tests.rag.sections.writers import Writer, book, nonsense

BOOK = book(24)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptSections]:
    kept = KeptSections.open(tmp_path)
    yield kept
    kept.close()


def about(question: str) -> Focus:
    return Focus(question, tuple(terms_of(question)))


LINDT = about("granary of Corvey")


def test_a_question_is_put_to_the_sections_and_to_the_page() -> None:
    writer = Writer()

    Bench([BOOK], writer).run(LINDT)

    assert all("Question: granary of Corvey" in prompt[-1].content for prompt in writer.prompts)


def test_for_another_question_what_has_to_do_with_it_is_read_again_and_the_rest_serves(
    kept: KeptSections,
) -> None:
    writer = Writer()
    bench = Bench([BOOK], writer, kept)
    bench.run()
    sections = len(bench.making().work.sections)
    bench.found = [4, 2]

    work = bench.making(LINDT).work
    before = len(writer.prompts)
    bench.run(LINDT)
    again = bench.making(LINDT).work

    assert set(work.to_read) == {2, 4}
    assert work.read_again == 2
    assert work.otherwise == frozenset(range(sections)) - {2, 4}
    assert [p for p in writer.prompts[before:] if "[1] A survey" in p[-1].content] == [
        *writer.prompts[before : before + 2]
    ]
    assert again.to_read == ()


def test_what_was_read_for_one_question_serves_for_another_one_too(kept: KeptSections) -> None:
    bench = Bench([BOOK], Writer(), kept)
    bench.run(LINDT)
    bench.found = [3]

    work = bench.making(about("towers of Drossen")).work

    assert work.to_read == (3,)
    assert (work.read_again, len(work.otherwise)) == (1, len(work.sections) - 1)


def test_what_did_not_help_with_one_question_is_read_for_another_one(kept: KeptSections) -> None:
    refusing = Writer(lambda _: "The passages do not answer this question.")
    bench = Bench([BOOK], refusing, kept)
    bench.run(LINDT)

    work = bench.making(about("towers of Drossen")).work

    assert len(work.to_read) == len(work.sections)


def test_what_was_read_for_one_question_does_not_serve_for_everything(kept: KeptSections) -> None:
    bench = Bench([BOOK], Writer(), kept)
    bench.run(LINDT)

    work = bench.making().work

    assert len(work.to_read) == len(work.sections)


def test_where_no_section_has_the_words_of_a_question_a_page_is_told_all_the_same() -> None:
    bench = Bench([BOOK], Writer(nonsense))

    run = bench.run(about("zeppelins over Mars"))

    everything_is_borne_out(bench, run)


def test_a_section_that_the_model_says_does_not_help_is_left_out() -> None:
    def helps(sentence: str) -> str:
        return sentence if "chapel" in sentence else "The passages do not answer this question."

    bench = Bench([BOOK], Writer(helps, facts=1))

    run = bench.run(about("chapels"))

    assert all("chapel" in text for text in run.texts)
