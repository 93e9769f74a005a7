"""Answers a question in the way that it asks for."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass, replace

from rag.answering.own_knowledge import from_own_knowledge
from rag.answering.passages import FromPassages
from rag.answering.question import Means, Question
from rag.cancel import CancelToken
from rag.errors import NothingIndexed
from rag.events import AnswerEvent, AnswerFinished
from rag.records import Answer


@dataclass(frozen=True, slots=True)
class Answerer(Means):
    """Answers questions; `model` is called once there is something to read."""

    def answer(
        self, question: Question, cancel: CancelToken
    ) -> Generator[AnswerEvent, None, Answer]:
        """Yield what happens, `AnswerFinished` last; ends in the answer.

        A cancelled question ends in what was written until then. Raises `NothingIndexed`,
        `NotInLibrary`, `NothingInScope`, `DocumentGone`, `NoModel`, what the model raises, and
        `Cancelled` while one is loaded.
        """
        begun = time.monotonic()
        if question.own_knowledge:
            answer = yield from from_own_knowledge(self, question, cancel)
        else:
            if not self.search.catalog.count_chunks():
                raise NothingIndexed
            answer = yield from FromPassages(self, question, cancel, begun).answer()
        answer = replace(answer, seconds=time.monotonic() - begun)
        yield AnswerFinished(answer)
        return answer
