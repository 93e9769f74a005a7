"""Questions that ask for everything: made at once, offered, forced, or answered from passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Question
from rag.events import AnswerEvent, EvidenceFound, PassOffered, PlanMade, TextStreamed
from rag.records import Mode, Scope
from tests.rag.desk import LEASE, NOTICE, Desk, final

ALL = Question("Which files mention apples?")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    for number in range(9):
        (desk.files / f"orchard {number}.txt").write_text(f"Apples of row {number}.", "utf-8")
    (desk.files / "cellar.txt").write_text("Wine and cider, nothing else.", "utf-8")
    desk.read()
    yield desk
    desk.catalog.close()


def names(events: list[AnswerEvent]) -> set[str]:
    listed = final(events).listed
    return {citation.path.name for one in listed for citation in one.citations}


def plan(events: list[AnswerEvent]) -> PlanMade:
    return next(event for event in events if isinstance(event, PlanMade))


def test_a_short_pass_is_made_at_once_and_finds_what_passages_could_not_hold(desk: Desk) -> None:
    events = desk.ask(ALL)

    answer = final(events)
    assert answer.mode is Mode.EXHAUSTIVE
    assert names(events) == {
        "garden.txt", "lease.txt", *(f"orchard {number}.txt" for number in range(9)),
    }  # fmt: skip
    assert len(names(events)) > desk.options.passages
    assert (answer.coverage.files_in_scope, answer.offer) == (12, None)
    assert answer.understood is not None
    assert [type(event) for event in events[:2]] == [EvidenceFound, PlanMade]
    assert plan(events).mode is Mode.EXHAUSTIVE
    assert desk.model.prompts == []
    assert "".join(e.text for e in events if isinstance(e, TextStreamed)) == answer.text


def test_a_long_pass_is_offered_and_passages_are_read(desk: Desk) -> None:
    desk.options = replace(desk.options, pass_at_once_s=0.0, decline=False)

    events = desk.ask(ALL)

    (offered,) = [event for event in events if isinstance(event, PassOffered)]
    answer = final(events)
    assert answer.mode is Mode.PASSAGES
    assert answer.offer == offered.offer
    assert (offered.offer.files, offered.offer.passages) == (12, answer.coverage.passages_in_scope)
    assert answer.coverage.passages <= desk.options.passages
    assert answer.text == desk.model.answer


def test_who_asks_for_passages_is_offered_nothing(desk: Desk) -> None:
    desk.options = replace(desk.options, decline=False)

    events = desk.ask(replace(ALL, read=Mode.PASSAGES))

    assert final(events).mode is Mode.PASSAGES
    assert final(events).offer is None
    assert not any(isinstance(event, PassOffered) for event in events)


def test_who_asks_for_everything_gets_it_however_long_it_takes(desk: Desk) -> None:
    desk.options = replace(desk.options, pass_at_once_s=0.0)

    assert final(desk.ask(replace(ALL, read=Mode.EXHAUSTIVE))).mode is Mode.EXHAUSTIVE


def test_a_question_that_asks_for_no_such_thing_is_answered_from_passages(desk: Desk) -> None:
    for read in (None, Mode.EXHAUSTIVE):
        answer = final(desk.ask(replace(NOTICE, read=read)))

        assert (answer.mode, answer.offer) == (Mode.PASSAGES, None)


def test_a_pass_goes_through_what_was_asked_of_alone(desk: Desk) -> None:
    scope = Scope((desk.files / "garden.txt", desk.files / "cellar.txt"))

    events = desk.ask(replace(ALL, scope=scope))

    assert names(events) == {"garden.txt"}
    assert final(events).coverage.files_in_scope == 2


def test_what_rules_can_make_no_number_of_is_left_to_the_model(desk: Desk) -> None:
    desk.model.answer = LEASE
    desk.options = replace(desk.options, decline=False)
    highest = Question("Which file has the highest deposit?")

    answer = final(desk.ask(highest))
    forced = final(desk.ask(replace(highest, read=Mode.EXHAUSTIVE)))

    assert (answer.mode, answer.text) == (Mode.PASSAGES, LEASE)
    assert forced.mode is Mode.EXHAUSTIVE


def test_a_plan_alone_makes_no_pass(desk: Desk) -> None:
    events = desk.ask(replace(ALL, plan_only=True))

    assert (final(events).mode, final(events).declined) == (Mode.EXHAUSTIVE, False)
    assert (final(events).listed, final(events).text) == ((), "")
