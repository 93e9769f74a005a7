"""An answer from the model's own knowledge, which has no footnotes."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime

from rag import prompt
from rag.answering.language import language_in
from rag.answering.memory import said
from rag.answering.question import Means, Question
from rag.answering.writing import Prompt, write
from rag.cancel import CancelToken
from rag.cite import states_something
from rag.events import AnswerEvent, PlanMade
from rag.records import Answer, Coverage, Mode, Sentence, Support
from rag.understand import completed


def from_own_knowledge(
    means: Means, question: Question, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer]:
    """Let the model answer without the files.

    A follow-up is completed by its words alone: no statement of the files is shown to the model, as
    nothing in this answer is told to be theirs. No sentence has a citation.
    """
    today = datetime.now().astimezone().date()
    asked = completed(question.text, said(question.turns), today).text
    model, name, speed = means.model()
    most = means.options.answer_tokens
    language = language_in(question.text, [turn.question for turn in question.turns])
    tokens = model.encode_chat(prompt.own_knowledge_chat(asked, language))
    wait = len(tokens) / speed if speed else None
    reason = "Answering from the model's own knowledge, not from your files."
    yield PlanMade(Mode.OWN_KNOWLEDGE, reason, 0, len(tokens), wait)
    written = yield from write(model, Prompt(tokens), most, _unproven, cancel)
    return Answer(
        question=question.text,
        mode=Mode.OWN_KNOWLEDGE,
        declined=True,
        text=written.text,
        sentences=tuple(written.sentences),
        evidence=(),
        coverage=Coverage(0, 0, 0, 0),
        model=name,
        stats=written.stats(0.0),
        stopped=written.stopped,
    )


def _unproven(text: str, start: int) -> Sentence:
    is_claim = states_something(text)
    return Sentence(text, start, start + len(text), Support.NOT_FOUND, is_claim=is_claim)
