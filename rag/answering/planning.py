"""Tells how a question would be answered, and with what, without answering it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rag.answering.answerer import Answerer
from rag.answering.longer import longer_for
from rag.answering.question import Question
from rag.cancel import CancelToken
from rag.errors import ModelBroken, ModelMissing, NoModel
from rag.events import PlanMade
from rag.models.shape import shape_of
from rag.models.verify import check_gguf
from rag.outcome import Outcome
from rag.plan import LongPlan
from rag.records import Mode, PrefillCurve, Scope
from rag.whole.facts import ModelFacts, Wish


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another computer has to answer with; None is as here."""

    free_bytes: int | None = None  # of memory, before the program is started
    tokens_per_s: float | None = None  # that the model reads, at the beginning of a text
    model: Path | None = None  # a file, which is looked at and not loaded


@dataclass(frozen=True, slots=True)
class Planned:
    """How a question would be answered."""

    mode: Mode
    reason: str
    passages: int  # that would be read
    seconds: float | None  # until the first word; None where it cannot be told
    answer_tokens: int  # that the answer may have
    model: ModelFacts | None  # None where there is none
    long: LongPlan | None  # what there is to read, and to read it with; None without a model


def planned(
    answerer: Answerer, question: Question, cancel: CancelToken, where: Elsewhere = Elsewhere()
) -> Planned:
    """The plan that `answerer` would follow there; raises as it does, and `ModelBroken`."""
    facts = _facts(answerer, where)
    if facts is not None and answerer.whole is not None:
        answerer = replace(answerer, whole=answerer.whole.with_facts(facts))
    run = Outcome(answerer.answer(replace(question, plan_only=True), cancel))
    told: PlanMade | None = None
    for event in run:
        if isinstance(event, PlanMade):
            told = event
    answer = run.result
    scope, longer = question.scope, None
    if answer.understood is not None:
        scope = answer.understood.scope
        longer = longer_for(answerer, question, answer.understood, cancel)
    by_passages = answer.mode not in {Mode.WHOLE_DOCUMENT, Mode.SECTIONS}
    return Planned(
        mode=answer.mode,
        reason=told.reason if told else answer.plan,
        passages=told.passages if told and by_passages else 0,
        seconds=told.first_token_s if told else None,
        answer_tokens=answerer.options.answer_tokens,
        model=facts,
        long=longer.plan if longer else _what_there_is(answerer, scope),
    )


def _facts(answerer: Answerer, where: Elsewhere) -> ModelFacts | None:
    """What is known of the model that answers there; None where there is none."""
    if where.model is not None:
        info = check_gguf(where.model)
        shape = shape_of(where.model)
        facts = ModelFacts(info.name, shape, info.vocabulary, None, is_loaded=False)
    elif answerer.whole is None:
        return None
    else:
        try:
            facts = answerer.whole.facts()
        except (NoModel, ModelMissing):
            return None
    if where.tokens_per_s is not None:
        curve = PrefillCurve(where.tokens_per_s)
        facts = replace(facts, curve=curve, writes_tokens_per_s=None)
    return replace(facts, free_bytes=where.free_bytes)


def _what_there_is(answerer: Answerer, scope: Scope) -> LongPlan | None:
    """The documents in `scope` and the memory, where nothing but passages comes into question."""
    if answerer.whole is None:
        return None
    wish = Wish(scope, read=Mode.PASSAGES, answer_tokens=answerer.options.answer_tokens)
    with suppress(NoModel, ModelMissing, ModelBroken):
        return replace(answerer.whole.plan(wish), offer=None)
    return None
