"""An answer from the model's own knowledge is told apart: no file is in it, and no footnote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Question
from rag.events import EvidenceFound, PlanMade
from rag.records import Mode, Support
from tests.rag.desk import LEASE, NOTICE, Desk, final, turn


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.read()
    yield desk
    desk.catalog.close()


def test_no_sentence_has_a_citation_and_nothing_was_looked_at(desk: Desk) -> None:
    desk.model.answer = f"Here is what I know: {LEASE} I do not know more."

    events = desk.ask(replace(NOTICE, own_knowledge=True))

    answer = final(events)
    assert (answer.mode, answer.declined, answer.evidence) == (Mode.OWN_KNOWLEDGE, True, ())
    assert {(s.support, s.citations) for s in answer.sentences} == {(Support.NOT_FOUND, ())}
    assert [s.is_claim for s in answer.sentences if LEASE in s.text] == [True]
    assert not any(isinstance(event, EvidenceFound) for event in events)
    plan = next(event for event in events if isinstance(event, PlanMade))
    assert "not from your files" in plan.reason


def test_a_follow_up_is_completed_without_showing_what_the_files_said(desk: Desk) -> None:
    before = turn("Who owns the old mill in Tarnbrook?", "Mr Miller owns it.")

    desk.ask(Question("And in 1950?", turns=(before,), own_knowledge=True))

    prompt = desk.model.prompts[-1]
    assert "1950" in prompt
    assert "mill in Tarnbrook" in prompt
    assert "Miller" not in prompt


def test_its_language_is_named_where_it_is_known(desk: Desk) -> None:
    desk.ask(Question("Wer hat die Sixtinische Kapelle und die Decke bemalt?", own_knowledge=True))

    assert desk.model.prompts[-1].endswith("Answer in German.")
