"""Which statements contradict each other, and which only look as if they did."""

from __future__ import annotations

import pytest

from rag.cite.conflicts import Told, contradictions
from tests.rag.cite.conflict_cases import CONFLICTS, Case
from tests.rag.cite.no_conflict_cases import NO_CONFLICTS


def told(case: Case) -> list[Told]:
    return [
        Told(key, key, text, name) for key, (name, text) in enumerate((case.one, case.other), 1)
    ]


def said(case: Case) -> list[tuple[str, ...]]:
    texts = {passage.key: passage.text for passage in told(case)}
    return [
        tuple(texts[s.key][s.value_start : s.value_end] for s in found.says)
        for found in contradictions(case.question, told(case), case.asks)
    ]


@pytest.mark.parametrize("case", CONFLICTS, ids=lambda case: f"{case.one[1][:40]}")
def test_what_is_said_otherwise_of_the_same_is_a_conflict(case: Case) -> None:
    assert said(case) == [case.values]


@pytest.mark.parametrize("case", NO_CONFLICTS, ids=lambda case: f"{case.one[1][:40]}")
def test_what_is_said_of_something_else_is_none(case: Case) -> None:
    assert said(case) == []


def test_there_are_enough_cases_to_tell() -> None:
    assert len(CONFLICTS) >= 25
    assert len(NO_CONFLICTS) >= 40
