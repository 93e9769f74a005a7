"""A pass over everything tells beforehand what it takes, and stops when it is told to."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from rag.answering import Question
from rag.cancel import CancelToken
from rag.events import PassOffered, PassProgress
from rag.outcome import Outcome
from rag.records import Mode
from rag.session import Session
from tests.exhaustive.asking import finished
from tests.exhaustive.conftest import PATIENT
from tests.exhaustive.library import KnownLibrary

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

QUESTION = "List all contracts with a notice period of more than 60 days."
BEYOND_CLOCKS_S = 2.0  # what is over in less is told well enough, on busy machines too


def test_a_pass_that_takes_long_is_offered_with_what_it_takes(company: Session) -> None:
    company.set_options(replace(PATIENT, pass_at_once_s=0.0))
    run = Outcome(company.ask(Question(QUESTION, plan_only=True), CancelToken()))
    offers = [event.offer for event in run if isinstance(event, PassOffered)]

    assert run.result.mode is not Mode.EXHAUSTIVE
    assert offers == [run.result.offer]
    assert offers[0].files >= 290
    assert offers[0].seconds > 0


def test_the_time_told_beforehand_is_about_the_time_it_takes(company: Session) -> None:
    planned = Outcome(company.ask(Question(QUESTION, plan_only=True), CancelToken()))
    told = [event.first_token_s for event in planned if hasattr(event, "first_token_s")]

    answer = finished(company, Question(QUESTION))

    (estimate,) = told
    assert estimate is not None
    assert estimate <= 2 * max(answer.seconds, BEYOND_CLOCKS_S)
    assert answer.seconds <= 2 * max(estimate, BEYOND_CLOCKS_S)


def test_a_pass_that_is_stopped_ends_at_once_and_says_so(company: Session) -> None:
    cancel = CancelToken()
    stopped_at = 0.0
    run = Outcome(company.ask(Question(QUESTION), cancel))
    for event in run:
        if isinstance(event, PassProgress) and not cancel.cancelled:
            cancel.cancel()
            stopped_at = time.monotonic()

    answer = run.result
    assert stopped_at, "no progress was told"
    assert time.monotonic() - stopped_at < 1.0
    assert answer.stopped
    assert answer.coverage.passages < answer.coverage.passages_in_scope
    assert all(item.citations for item in answer.listed)


def test_copies_count_once(company: Session, known: KnownLibrary) -> None:
    answer = finished(company, Question(QUESTION))

    listed = [known.original(item.citations[0].path) for item in answer.listed]
    assert len(listed) == len(set(listed))
