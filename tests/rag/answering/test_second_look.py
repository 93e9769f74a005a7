"""What the passages do not bear out is looked for once more in all that was asked of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import second_look
from rag.events import EvidenceAdded, SentenceCited
from rag.records import Scope, Support
from tests.rag.desk import FILLER, LEASE, NOTICE, Desk, evidence, final

PRICE = "The deposit of the flat on the second floor costs 90 euros."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    (desk.files / "prices.txt").write_text(f"{FILLER}\n\n{PRICE}", "utf-8")
    # more about notice than the model is shown, so that the price is not among it
    for number in range(8):
        (desk.files / f"{number}.txt").write_text(
            f"{LEASE} Flat {number}. Notice {number}.", "utf-8"
        )
    desk.options = replace(desk.options, passages=2)
    desk.model.answer = f"{LEASE} {PRICE}"
    yield desk
    desk.catalog.close()


def test_support_that_is_found_elsewhere_is_cited_and_told_to_be_found_later(desk: Desk) -> None:
    desk.read()

    events = desk.ask(NOTICE)

    answer = final(events)
    first, later = [e.sentence for e in events if isinstance(e, SentenceCited)][1:]
    (added,) = [event for event in events if isinstance(event, EvidenceAdded)]
    assert (first.text, first.support, first.found_later) == (PRICE, Support.NOT_FOUND, False)
    assert (later.start, later.support, later.found_later) == (
        first.start, Support.SUPPORTED, True,
    )  # fmt: skip
    assert [c.path.name for c in later.citations] == ["prices.txt"]
    assert PRICE in later.citations[0].quote
    assert events.index(added) < max(
        n for n, event in enumerate(events) if isinstance(event, SentenceCited)
    )
    assert answer.sentences[1] == later
    assert answer.evidence == (*evidence(events).hits, *added.hits)
    assert [hit.rank for hit in answer.evidence] == list(range(1, len(answer.evidence) + 1))
    assert later.citations[0].number == 2


def test_what_is_nowhere_stays_marked(desk: Desk) -> None:
    desk.model.answer = "The castle was sold to a circus in 1931."
    desk.read()

    events = desk.ask(NOTICE)

    assert not any(isinstance(event, EvidenceAdded) for event in events)
    assert [s.is_unproven for s in final(events).sentences] == [True]


@pytest.mark.parametrize(
    "said",
    [
        "The deposit of the flat on the second floor costs 95 euros.",
        "The deposit of the flat on the second floor costs nothing.",
        "The deposit of the flat on the third floor does not cost 90 euros.",
    ],
)
def test_what_the_files_contradict_is_not_borne_out_by_what_looks_alike(
    desk: Desk, said: str
) -> None:
    desk.model.answer = said
    desk.read()

    assert [s.support for s in final(desk.ask(NOTICE)).sentences] == [Support.NOT_FOUND]


def test_what_is_not_named_is_not_proven_by_a_document_on_something_else(desk: Desk) -> None:
    desk.model.answer = f"{LEASE} It costs 90 euros on the second floor."
    desk.read()

    assert final(desk.ask(NOTICE)).sentences[1].is_unproven


def test_marks_and_numbers_of_the_answer_are_not_searched_for(desk: Desk) -> None:
    desk.model.answer = f"{LEASE}\n2. {PRICE[:-1]} [1]."
    desk.read()
    asked = desk.embedder.embed_question
    questions: list[str] = []

    def embed(text: str):
        questions.append(text)
        return asked(text)

    desk.embedder.embed_question = embed
    answer = final(desk.ask(NOTICE))

    assert questions[1].startswith("The deposit of the flat")
    assert "[1]" not in questions[1]
    assert answer.sentences[1].found_later


def test_it_looks_only_in_what_was_asked_of(desk: Desk) -> None:
    desk.read()

    scope = Scope((desk.files / "0.txt", desk.files / "1.txt"))
    answer = final(desk.ask(replace(NOTICE, scope=scope)))

    assert answer.sentences[1].is_unproven


def test_it_can_be_turned_off(desk: Desk) -> None:
    desk.options = replace(desk.options, second_look=False)
    desk.read()

    events = desk.ask(NOTICE)

    assert final(events).sentences[1].is_unproven
    assert not any(isinstance(event, EvidenceAdded) for event in events)


def test_it_begins_no_search_after_its_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "BUDGET_S", -1.0)
    desk.read()

    assert final(desk.ask(NOTICE)).sentences[1].is_unproven


def test_an_answer_that_stands_is_not_held_up(desk: Desk) -> None:
    desk.model.answer = LEASE
    desk.read()
    asked = desk.embedder.embed_question
    questions: list[str] = []

    def embed(text: str):
        questions.append(text)
        return asked(text)

    desk.embedder.embed_question = embed
    desk.ask(NOTICE)

    assert questions == [NOTICE.text]
