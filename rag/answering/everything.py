"""Decides whether a question is answered by a pass over everything in scope, and makes it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from rag.answering.question import Means, Question
from rag.cancel import CancelToken
from rag.events import AnswerEvent, PassProgress, PlanMade
from rag.exhaustive import Aggregation, Aim, Exhaustive
from rag.outcome import Outcome
from rag.records import Answer, Coverage, Mode, PassOffer, Understanding

_COMPARING = frozenset(
    (
        Aggregation.HIGHEST,
        Aggregation.LOWEST,
        Aggregation.SUM,
        Aggregation.MEAN,
        Aggregation.COMPARE,
    )
)
_WHY = "Going through everything in scope."
_WHY_AT_ONCE = "The question asks for everything: going through all files in scope."


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass that a question asks for; `is_due` tells that it is to be made, and not offered."""

    aim: Aim
    offer: PassOffer
    is_due: bool
    reason: str


def pass_for(means: Means, question: Question, understood: Understanding) -> Pass | None:
    """The pass that a question asks for, as it was understood; None where passages answer it.

    One that takes longer than the user lets it, or that the wording leaves in doubt, is offered.
    Whoever asks for everything gets it; whoever asks for passages is offered nothing.
    """
    if question.read not in (None, Mode.EXHAUSTIVE):
        return None
    exhaustive = _exhaustive(means)
    aim = exhaustive.aim(understood.question, understood.scope)
    if aim is None:
        return None
    offer = exhaustive.estimate(aim)
    if question.read is Mode.EXHAUSTIVE:
        return Pass(aim, offer, True, _WHY)
    at_once = aim.is_sure and offer.seconds <= means.options.pass_at_once_s
    return Pass(aim, offer, at_once, _WHY_AT_ONCE)


def made(
    means: Means, question: Question, understood: Understanding, due: Pass, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer | None]:
    """Make a pass; ends in its answer. Nothing but the plan happens where only that is wanted.

    Ends in None, with no word of an answer, where nobody asked for the pass and it read no number
    or date to compare: the model may understand what rules do not.
    """
    yield PlanMade(Mode.EXHAUSTIVE, due.reason, due.offer.passages, 0, due.offer.seconds)
    if question.plan_only:
        read, unread = means.search.catalog.coverage(understood.scope)
        in_scope = due.offer.passages
        coverage = Coverage(0, 0, read, unread, in_scope)
        return Answer(
            question.text, Mode.EXHAUSTIVE, False, "", (), (), coverage, understood=understood
        )
    may_be_left = due.aim.aggregation in _COMPARING and question.read is not Mode.EXHAUSTIVE
    run = Outcome(_exhaustive(means).answer(due.aim, question.text, cancel))
    told: list[AnswerEvent] = []  # what may be taken back, which takes no time to tell
    for event in run:
        if isinstance(event, PassProgress) or not may_be_left:
            yield event
        else:
            told.append(event)
    answer = run.result
    if may_be_left and not (answer.listed or answer.stopped):
        return None
    yield from told
    return replace(answer, understood=understood)


def _exhaustive(means: Means) -> Exhaustive:
    return Exhaustive(means.search, means.boxes, means.is_as_read)
