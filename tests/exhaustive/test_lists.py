"""What is told plainly is on the list, nothing else is, and no total comes without its list."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answering import Question
from rag.records import Answer, Mode
from rag.session import Session
from tests.exhaustive.asking import (
    HARBOUR_QUESTIONS,
    QUESTIONS,
    REPORT_QUESTIONS,
    finished,
    grade_known,
    grade_paper,
    grade_report,
)
from tests.exhaustive.grading import Score, table
from tests.exhaustive.library import KnownLibrary
from tests.exhaustive.unseen_harbour import Papers

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

ENOUGH = 0.95
ORDINARY = (
    "What is the notice period of contract C-2020-101?",
    "Who was present at meeting M-51?",
    "When was invoice INV-4007 paid?",
    "Why was there a fire at Kiln Street?",
    "Wie hoch ist die Vergütung im Vertrag V-2021-180?",
    "How do I return the keys of the archive room?",
)


def hold(scores: dict[str, Score]) -> None:
    """Each list is right and whole, and its total told."""
    failed = {
        key: score
        for key, score in scores.items()
        if min(score.precision, score.recall) < ENOUGH or not score.told
    }
    assert not failed, table(failed)


def prove(session: Session, answer: Answer) -> None:
    """Each thing that is listed is cited, word for word, and a count is that of the list."""
    counted = [s for s in answer.sentences if s.is_computed]
    assert not counted or answer.listed
    texts: dict[Path, str] = {}
    for item in answer.listed:
        assert item.citations, item
        assert item.text in answer.text
        for citation in item.citations:
            if citation.path not in texts:
                texts[citation.path] = session.showing.document_text(citation.path).text
            assert citation.quote
            assert texts[citation.path][citation.start : citation.end] == citation.quote


def test_the_lists_about_the_company_hold_what_they_should(
    company: Session, known: KnownLibrary
) -> None:
    graded = {key: grade_known(company, known, key) for key in QUESTIONS}

    hold({key: score for key, (score, _) in graded.items()})
    for _, answer in graded.values():
        prove(company, answer)


def test_the_lists_about_the_harbour_hold_what_they_should(
    harbour: Session, papers: Papers
) -> None:
    graded = {key: grade_paper(harbour, papers, key) for key in HARBOUR_QUESTIONS}

    hold({key: score for key, (score, _) in graded.items()})
    for _, answer in graded.values():
        prove(harbour, answer)


def test_the_lists_about_the_reports_hold_what_they_should(
    accidents: Session, reports_folder: Path
) -> None:
    graded = {key: grade_report(accidents, reports_folder, key) for key in REPORT_QUESTIONS}

    hold({key: score for key, (score, _) in graded.items()})
    for _, answer in graded.values():
        prove(accidents, answer)


@pytest.mark.parametrize("question", ORDINARY)
def test_a_question_that_asks_for_one_thing_is_answered_from_passages(
    company: Session, question: str
) -> None:
    assert finished(company, Question(question, plan_only=True)).mode is not Mode.EXHAUSTIVE
