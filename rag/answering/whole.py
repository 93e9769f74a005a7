"""Answers from whole documents: read once from beginning to end, then asked of like passages."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from rag import prompt
from rag.answering.conflicts import conflicts_in
from rag.answering.finishing import Finisher
from rag.answering.language import language_in
from rag.answering.memory import remembered, scope_test
from rag.answering.question import Means, Question
from rag.answering.writing import Prompt, write
from rag.cancel import CancelToken
from rag.errors import Cancelled
from rag.events import AnswerEvent
from rag.footnotes import Citations, Footnotes
from rag.plan import LongDocument
from rag.protocols import LongContext, LongModel
from rag.records import Answer, Conflict, Coverage, Hit, Mode, Understanding, WholeDocument
from rag.retrieve.join import Passage, join
from rag.whole.desk import Ready
from rag.whole.facts import CONVERSATION_TOKENS
from rag.whole.reading import Wanted, WholeReader

_HISTORY_TOKENS = CONVERSATION_TOKENS * 2 // 3
_SHARES = 8  # `remembered` takes one of them for earlier turns
_STOPPED = "Stopped while “{title}” was read. What was read is kept: asking again goes on there."


@dataclass(frozen=True, slots=True)
class FromWhole:
    """One question about whole documents on its way; `citations` number its footnotes."""

    means: Means
    reader: WholeReader
    question: Question
    understood: Understanding
    citations: Citations
    cancel: CancelToken

    def answer(
        self, answer: Answer, model: LongModel, ready: Ready, wanted: Wanted, retrieval_s: float
    ) -> Generator[AnswerEvent, None, Answer]:
        """`answer`, which holds what was found, as `model` writes it from all that is `ready`.

        Where it is stopped while documents are read, what was read is kept. Raises as
        `rag.answering.Answerer.answer`.
        """
        answer = replace(
            answer,
            mode=Mode.WHOLE_DOCUMENT,
            declined=False,
            model=wanted.label.model,
            plan=f"{ready.plan.reason} {ready.plan.note}".strip(),
        )
        try:
            with self.reader.turn(model, wanted, self.cancel) as reading:
                yield from reading.read(self.cancel)
                answer = replace(answer, coverage=_coverage(answer.coverage, ready))
                return (yield from self._written(answer, reading.context, ready, retrieval_s))
        except Cancelled:
            return replace(answer, stopped=True, plan=_STOPPED.format(title=wanted.label.title))

    def _written(
        self, answer: Answer, context: LongContext, ready: Ready, retrieval_s: float
    ) -> Generator[AnswerEvent, None, Answer]:
        options = self.means.options
        passages = [self._passage(document) for document in ready.plan.documents]
        footnotes = Footnotes(passages, self.citations)
        asked = self._prompt(context, ready)
        written = yield from write(
            context, asked, options.answer_tokens, footnotes.cite, self.cancel
        )

        def conflicts() -> tuple[Conflict, ...]:
            found = Footnotes(join(answer.evidence), self.citations)
            catalog = self.means.search.catalog
            return conflicts_in(self.understood.question, found, self.citations, catalog)

        finisher = Finisher(context, asked, options, self.citations, conflicts, self.cancel)
        stats = written.stats(retrieval_s)
        return (yield from finisher.finish(answer, written, footnotes, stats))

    def _prompt(self, context: LongContext, ready: Ready) -> Prompt:
        """The question behind the documents, with as much of the conversation as there is room."""
        turns, catalog = self.question.turns, self.means.search.catalog
        history: list[tuple[str, str]] = []
        if turns:
            is_in_scope = scope_test(catalog, self.understood.scope)
            room = _HISTORY_TOKENS * _SHARES
            history = remembered(turns, is_in_scope, room, context.count_tokens)
        asked = self.question.text if history or not turns else self.understood.question
        language = language_in(self.question.text, [turn.question for turn in turns])
        while True:
            messages = prompt.whole_chat(ready.prefix.documents, asked, history, language)
            tokens = context.encode_chat(messages)
            if not history or len(tokens) + self.means.options.answer_tokens <= context.n_ctx:
                return Prompt(tokens, ready.prefix.heads, tuple(messages))
            history.pop(0)

    def _passage(self, document: LongDocument) -> Passage:
        """All of a document as one piece of evidence."""
        end = len(self.citations.document(document.id).text)
        hit = Hit(
            rank=1,
            score=1.0,
            dense=0.0,
            lexical=0.0,
            chunk_id=0,
            document_id=document.id,
            path=document.path,
            title=document.title,
            start=0,
            end=end,
            text="",
            heading="",
            place="",
            pages=None,
        )
        return Passage(hit, 0, end)


def _coverage(coverage: Coverage, ready: Ready) -> Coverage:
    """That of an answer for which all of the documents was read."""
    documents = ready.plan.documents
    return replace(
        coverage,
        passages=coverage.passages_in_scope,
        files=len(documents),
        passages_left_out=0,
        whole=tuple(WholeDocument(d.path, d.title, d.pages, d.tokens) for d in documents),
    )
