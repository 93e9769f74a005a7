"""The words that likely answer are marked before the model has read anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Question
from rag.answering.first_words import first_words
from rag.footnotes import Citations
from rag.records import Hit, Scope
from tests.fakes import NoBoxes
from tests.rag.desk import Desk, evidence, final

RENT = "The rent of the house in Mill Lane is 940 euros a month."
ASKED = "How much is the rent of the house in Mill Lane a month?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    (desk.files / "rent.txt").write_text(f"Of the house.\n\n{RENT}", "utf-8")
    desk.read()
    yield desk
    desk.catalog.close()


def found(desk: Desk) -> list[Hit]:
    return desk.answerer().search.hits(ASKED, Scope(), 3)


def citations(desk: Desk) -> Citations:
    return Citations(desk.catalog, NoBoxes(), lambda _: True)


def test_what_a_passage_clearly_says_is_told_with_its_footnote(desk: Desk) -> None:
    shown = first_words(ASKED, found(desk), 1.0, citations(desk))

    assert shown.likely is not None
    likely = shown.likely
    text = desk.catalog.document_text(likely.citation.document_id).text
    assert "940 euros" in likely.text
    assert text[likely.citation.start : likely.citation.end] == likely.text == likely.citation.quote
    assert (likely.citation.number, likely.citation.path.name) == (1, "rent.txt")


def test_likely_words_are_marked_in_the_passages(desk: Desk) -> None:
    hits = found(desk)

    shown = first_words(ASKED, hits, 1.0, citations(desk))

    marked = {hit.path.name: [hit.text[a:b] for a, b in hit.likely] for hit in shown.hits}
    assert any("940 euros" in words for words in marked["rent.txt"])
    assert [replace(hit, likely=()) for hit in shown.hits] == hits


def test_where_the_passages_hardly_answer_nothing_is_told_to_be_likely(desk: Desk) -> None:
    assert first_words(ASKED, found(desk), 0.1, citations(desk)).likely is None


def test_a_question_that_asks_for_no_few_words_has_none(desk: Desk) -> None:
    shown = first_words("Why is the sky blue?", found(desk), 1.0, citations(desk))

    assert shown.likely is None
    assert len(shown.hits) == len(found(desk))


def test_a_document_that_was_just_removed_leaves_the_passages(desk: Desk) -> None:
    hits = found(desk)
    desk.catalog.forget_files([desk.files / "rent.txt"])

    shown = first_words(ASKED, hits, 1.0, citations(desk))

    assert shown.likely is None
    assert len(shown.hits) == len(hits)


def test_the_answer_keeps_what_was_likely_and_how_the_question_was_read(desk: Desk) -> None:
    events = desk.ask(Question(ASKED))

    answer = final(events)
    assert evidence(events).likely is not None
    assert answer.likely == evidence(events).likely
    assert answer.understood == evidence(events).understood
    assert answer.evidence == evidence(events).hits
