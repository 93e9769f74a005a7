"""Asks a library for everything through its public door, and grades what it lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.answering import Question
from rag.cancel import CancelToken
from rag.outcome import Outcome
from rag.records import Answer, Mode
from rag.session import Session
from tests.exhaustive import (
    questions,
    reports,
    unseen_harbour,
    unseen_questions,
    unseen_reports,
)
from tests.exhaustive.grading import Expected, Score, grade
from tests.exhaustive.library import KnownLibrary
from tests.exhaustive.questions import Known
from tests.exhaustive.reports import KnownReports
from tests.exhaustive.unseen_harbour import KnownPapers, Papers

QUESTIONS: Mapping[str, Known] = {**questions.QUESTIONS, **unseen_questions.QUESTIONS}
REPORT_QUESTIONS: Mapping[str, KnownReports] = {**reports.QUESTIONS, **unseen_reports.QUESTIONS}
HARBOUR_QUESTIONS: Mapping[str, KnownPapers] = unseen_harbour.QUESTIONS
KEPT_ASIDE = frozenset(
    {*unseen_questions.QUESTIONS, *unseen_reports.QUESTIONS, *unseen_harbour.QUESTIONS}
)


def read_into(session: Session, paths: Sequence[Path]) -> None:
    """Let a session read files, all of them."""
    run = Outcome(session.add(paths, CancelToken()))
    for _ in run:
        pass
    assert not run.result.failed


def ask(session: Session, text: str) -> Answer:
    """The answer to a question; one that passages would answer is only planned, not written."""
    planned = finished(session, Question(text, plan_only=True))
    return finished(session, Question(text)) if planned.mode is Mode.EXHAUSTIVE else planned


def finished(session: Session, question: Question) -> Answer:
    run = Outcome(session.ask(question, CancelToken()))
    for _ in run:
        pass
    return run.result


def grade_known(session: Session, library: KnownLibrary, key: str) -> tuple[Score, Answer]:
    """How well the question `key` about the invented company is answered."""
    known = QUESTIONS[key]
    answer = ask(session, known.text)
    expected: Expected = known.expected(library)
    return grade(known.text, answer, expected, lambda path: str(library.original(path))), answer


def grade_report(session: Session, folder: Path, key: str) -> tuple[Score, Answer]:
    """How well the question `key` about the accident reports in `folder` is answered."""
    known = REPORT_QUESTIONS[key]
    answer = ask(session, known.text)
    return grade(known.text, answer, known.expected(folder), str), answer


def grade_paper(session: Session, papers: Papers, key: str) -> tuple[Score, Answer]:
    """How well the question `key` about the harbour's papers is answered."""
    known = HARBOUR_QUESTIONS[key]
    answer = ask(session, known.text)
    return grade(known.text, answer, known.expected(papers), str), answer
