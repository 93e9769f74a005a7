"""Decides whether a question has documents read whole or in sections, and has them read so."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace

from rag.answering.question import Means, Question
from rag.answering.sections import FromSections
from rag.answering.whole import FromWhole
from rag.cancel import CancelToken
from rag.errors import ModelBroken, ModelMissing, NoModel
from rag.events import AnswerEvent, PlanMade
from rag.footnotes import Citations
from rag.plan import LongPlan
from rag.records import Answer, Breadth, Mode, Understanding
from rag.understand.breadth import breadth_of
from rag.whole.desk import WholeDesk
from rag.whole.facts import Wish

_FEW_DOCUMENTS = 2  # that are offered to be read whole, where passages answer
_LONG = (Mode.WHOLE_DOCUMENT, Mode.SECTIONS)
_CHARS_PER_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Longer:
    """What the plan for long documents says of a question."""

    desk: WholeDesk
    wish: Wish
    plan: LongPlan


def longer_for(
    means: Means, question: Question, understood: Understanding, cancel: CancelToken
) -> Longer | None:
    """The plan for long documents; None where passages answer and nothing more is to be said.

    That is so of pages that were asked for by their numbers, and of facts asked of many documents.
    """
    desk, scope = means.whole, understood.scope
    if desk is None or scope.pages or question.read is Mode.EXHAUSTIVE:
        return None
    breadth = breadth_of(understood.question)
    if breadth is Breadth.FACT and question.read not in _LONG:
        documents = means.search.catalog.documents_in(scope)
        if documents is None or len(documents) > _FEW_DOCUMENTS:
            return None
    asked = len(understood.question) // _CHARS_PER_TOKEN
    wish = Wish(scope, breadth, question.read, means.options.answer_tokens, asked)
    with suppress(NoModel, ModelMissing, ModelBroken):  # told when one is to answer
        return Longer(desk, wish, desk.plan(wish, cancel))
    return None


def at_length(
    means: Means,
    question: Question,
    longer: Longer,
    citations: Citations,
    retrieval_s: float,
    answer: Answer,
    cancel: CancelToken,
) -> Generator[AnswerEvent, None, Answer]:
    """`answer`, which holds what was found, as the plan in `longer` has it made.

    Nothing but the plan happens where only that is wanted, or where it declines.
    """
    plan = longer.plan
    if plan.mode is Mode.WHOLE_DOCUMENT and not question.plan_only:
        model, _, _ = means.model()
        ready = longer.desk.ready(model, plan, longer.wish)
        plan = ready.plan
        if ready.wanted is not None and answer.understood is not None:
            yield _told(plan)
            reader, understood = longer.desk.reader, answer.understood
            whole = FromWhole(means, reader, question, understood, citations, cancel)
            return (yield from whole.answer(answer, model, ready, ready.wanted, retrieval_s))
    if plan.mode is Mode.SECTIONS and not question.plan_only and answer.understood is not None:
        understood = answer.understood
        sections = FromSections(means, question, understood, plan.documents, citations, cancel)
        return (yield from sections.answer(answer, reason_of(plan)))
    yield _told(plan)
    declined = plan.mode is Mode.DECLINE
    return replace(answer, mode=plan.mode, declined=declined, plan=reason_of(plan))


def reason_of(plan: LongPlan) -> str:
    """Why a question is answered in this way, with what else is to be known of it."""
    return f"{plan.reason} {plan.note}".strip()


def _told(plan: LongPlan) -> PlanMade:
    return PlanMade(plan.mode, reason_of(plan), 0, plan.tokens, plan.seconds)
