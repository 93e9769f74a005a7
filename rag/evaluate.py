"""Runs a folder's questions through a session and scores what comes out."""

from __future__ import annotations

import random
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.answering import Question
from rag.cancel import CancelToken
from rag.cite import Attributor, Evidence
from rag.errors import PathNotFound
from rag.events import ReadingProgress
from rag.outcome import Outcome
from rag.records import Answer, Hit, Scope, Support
from rag.scores import (
    QuestionItem,
    SearchScores,
    exact_match,
    holds,
    read_questions,
    score_search,
    word_f1,
)
from rag.session import Session

_TOP_K = 20  # hits looked at, so that a span budget is always filled
_SHOWN_S = 2.0


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """What answers are worth.

    Shares are in percent, F1s are means from 0 to 1; each is None where there was nothing to take
    it of. A claim is a sentence that states something, a reference an answer known to be right.
    """

    asked: int
    answered: int
    exact_match: float | None  # of the questions with a reference
    f1: float | None
    holds_reference: float | None  # the answer holds a reference, among other words
    claims: int
    supported: float | None  # of the claims
    partly: float | None
    not_found: float | None
    falsely_supported: float | None  # of the claims, against passages of other documents
    found_later: float | None  # of the claims: a second look found what supports them
    refused_rightly: float | None  # of the questions without an answer
    refused_wrongly: float | None  # of the questions with one
    likely_shown: float | None  # before the answer, of the questions with a reference
    likely_exact: float | None  # of those shown
    likely_f1: float | None
    likely_holds_reference: float | None
    likely_shown_wrongly: float | None  # of the questions without an answer


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `run` found."""

    search: SearchScores
    answers: AnswerScores | None
    search_ms: float  # the median


def run(
    session: Session, folder: Path, *, answers: bool, limit: int | None = None
) -> Generator[str, None, Evaluation]:
    """Index `folder/docs`, ask `folder/questions.jsonl`; yields lines of progress.

    With a `limit` only so many questions are asked, see `some_of`. Raises `PathNotFound`,
    `BadQuestions` and what the session raises.
    """
    documents, questions_file = folder / "docs", folder / "questions.jsonl"
    for path in (documents, questions_file):
        if not path.exists():
            raise PathNotFound(path)
    items = some_of(read_questions(questions_file), limit)
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


def some_of(items: Sequence[QuestionItem], limit: int | None) -> list[QuestionItem]:
    """`limit` of the questions, drawn from all over the file, always the same ones, in its order.

    A lower limit gives a part of what a higher one does.
    """
    if limit is None or limit >= len(items):
        return list(items)
    order = list(range(len(items)))
    random.Random(0).shuffle(order)  # noqa: S311 - the same figures at every run
    return [items[index] for index in sorted(order[:limit])]


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
    pairs = list(zip(items, answers, strict=True))
    known = [(item.answers, answer) for item, answer in pairs if item.answerable and item.answers]
    unanswerable = [answer for item, answer in pairs if not item.answerable]
    claims = [s for answer in answers for s in answer.sentences if s.is_claim]
    likely = [(refs, answer.likely.text) for refs, answer in known if answer.likely is not None]
    return AnswerScores(
        asked=len(pairs),
        answered=sum(not answer.declined for answer in answers),
        exact_match=_percent([exact_match(a.text, refs) for refs, a in known]),
        f1=_mean([word_f1(a.text, refs) for refs, a in known]),
        holds_reference=_percent([holds(a.text, refs) for refs, a in known]),
        claims=len(claims),
        supported=_percent([s.support is Support.SUPPORTED for s in claims]),
        partly=_percent([s.support is Support.PARTLY for s in claims]),
        not_found=_percent([s.support is Support.NOT_FOUND for s in claims]),
        falsely_supported=_percent(_supported_by_others(answers)),
        found_later=_percent([s.found_later for s in claims]),
        refused_rightly=_percent([a.declined for a in unanswerable]),
        refused_wrongly=_percent([a.declined for item, a in pairs if item.answerable]),
        likely_shown=_percent([a.likely is not None for _, a in known]),
        likely_exact=_percent([exact_match(text, refs) for refs, text in likely]),
        likely_f1=_mean([word_f1(text, refs) for refs, text in likely]),
        likely_holds_reference=_percent([holds(text, refs) for refs, text in likely]),
        likely_shown_wrongly=_percent([a.likely is not None for a in unanswerable]),
    )


def _supported_by_others(answers: Sequence[Answer]) -> list[bool]:
    """Whether each claim is carried by passages, drawn at random, of documents that it is not from.

    They are those that other questions were answered from, as many as the claim's own.
    """
    drawn = random.Random(0)  # noqa: S311 - the same figures at every run
    passages = {hit.chunk_id: hit for answer in answers for hit in answer.evidence}
    verdicts: list[bool] = []
    for answer in answers:
        own = {hit.document_id for hit in answer.evidence}
        foreign = [hit for hit in passages.values() if hit.document_id not in own]
        if not foreign:
            continue
        offered = drawn.sample(foreign, min(len(foreign), max(1, len(answer.evidence))))
        attributor = Attributor([Evidence(n, hit.text) for n, hit in enumerate(offered)])
        verdicts += [
            attributor.attribute(s.text).support is Support.SUPPORTED
            for s in answer.sentences
            if s.is_claim and not s.is_computed
        ]
    return verdicts


def _percent(verdicts: Sequence[bool]) -> float | None:
    return 100 * sum(verdicts) / len(verdicts) if verdicts else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
