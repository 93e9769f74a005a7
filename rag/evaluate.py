"""Runs a folder's questions through a session and scores what comes out."""

from __future__ import annotations

import random
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.answering import Question
from rag.cancel import CancelToken
from rag.cite import Attributor, Evidence, states_something
from rag.errors import PathNotFound
from rag.events import ReadingProgress
from rag.outcome import Outcome
from rag.records import Answer, Hit, Scope, Support
from rag.scores import (
    QuestionItem,
    SearchScores,
    exact_match,
    read_questions,
    score_search,
    word_f1,
)
from rag.session import Session

_TOP_K = 20  # hits looked at, so that a span budget is always filled
_SHOWN_S = 2.0


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """Means in percent, but for `f1` (0..1)."""

    answered: int
    exact_match: float
    f1: float
    supported: float  # of the sentences that state something
    falsely_supported: float  # of the same sentences, against evidence of other questions
    refused_rightly: float  # of the questions without an answer
    refused_wrongly: float  # of the questions with one


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `run` found."""

    search: SearchScores
    answers: AnswerScores | None
    search_ms: float  # the median


def run(session: Session, folder: Path, *, answers: bool) -> Generator[str, None, Evaluation]:
    """Index `folder/docs`, ask `folder/questions.jsonl`; yields lines of progress.

    Raises `PathNotFound`, `BadQuestions` and what the session raises.
    """
    documents, questions_file = folder / "docs", folder / "questions.jsonl"
    for path in (documents, questions_file):
        if not path.exists():
            raise PathNotFound(path)
    items = read_questions(questions_file)
    shown = 0.0
    for event in session.add([documents], CancelToken()):
        if isinstance(event, ReadingProgress) and time.monotonic() - shown > _SHOWN_S:
            shown = time.monotonic()
            yield f"reading {event.files_done} of {event.files_total} files"
    scope = Scope((documents,))
    session.warm_up_search()
    results: list[tuple[QuestionItem, list[Hit], list[int]]] = []
    times: list[float] = []
    for item in items:
        begun = time.monotonic()
        hits = session.search(item.question, scope, _TOP_K)
        times.append(time.monotonic() - begun)
        results.append((item, hits, [session.tokens(hit.text) for hit in hits]))
    scored = score_search(results, documents)
    given = None
    if answers:
        given = yield from _answer_all(session, items, scope)
    return Evaluation(scored, given, 1000 * sorted(times)[len(times) // 2] if times else 0.0)


def _answer_all(
    session: Session, items: Sequence[QuestionItem], scope: Scope
) -> Generator[str, None, AnswerScores]:
    answers: list[Answer] = []
    for number, item in enumerate(items, 1):
        yield f"answering {number} of {len(items)}"
        run = Outcome(session.ask(Question(item.question, scope), CancelToken()))
        for _ in run:
            pass
        answers.append(run.result)
    return score_answers(items, answers)


def score_answers(items: Sequence[QuestionItem], answers: Sequence[Answer]) -> AnswerScores:
    """Scores of `answers`, which belong to `items` in order."""
    answered = [
        (item, answer)
        for item, answer in zip(items, answers, strict=True)
        if item.answerable and item.answers
    ]
    sentences = [s for a in answers for s in a.sentences if states_something(s.text)]
    return AnswerScores(
        answered=sum(not answer.declined for answer in answers),
        exact_match=_percent([exact_match(a.text, item.answers) for item, a in answered]),
        f1=sum(word_f1(a.text, item.answers) for item, a in answered) / max(1, len(answered)),
        supported=_percent([s.support is Support.SUPPORTED for s in sentences]),
        falsely_supported=_percent(_supported_by_others(answers)),
        refused_rightly=_percent(
            [a.declined for item, a in zip(items, answers, strict=True) if not item.answerable]
        ),
        refused_wrongly=_percent(
            [a.declined for item, a in zip(items, answers, strict=True) if item.answerable]
        ),
    )


def _supported_by_others(answers: Sequence[Answer]) -> list[bool]:
    """Whether each sentence is carried by the evidence of another, randomly drawn answer."""
    drawn = random.Random(0)  # noqa: S311 - the same figures at every run
    verdicts: list[bool] = []
    for answer in answers:
        own = {hit.chunk_id for hit in answer.evidence}
        others = [
            other
            for other in answers
            if other.evidence and not own & {hit.chunk_id for hit in other.evidence}
        ]
        if not others:
            continue
        evidence = drawn.choice(others).evidence
        attributor = Attributor([Evidence(n, hit.text) for n, hit in enumerate(evidence)])
        verdicts += [
            attributor.attribute(s.text).support is Support.SUPPORTED
            for s in answer.sentences
            if states_something(s.text)
        ]
    return verdicts


def _percent(verdicts: Sequence[bool]) -> float:
    return 100 * sum(verdicts) / max(1, len(verdicts))
