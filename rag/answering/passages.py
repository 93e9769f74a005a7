"""Answers from the best passages: found, read by the model, cited, looked at again, or declined."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from rag.answering.conflicts import conflicts_in
from rag.answering.coverage import after_reading, coverage_of
from rag.answering.everything import made, pass_for
from rag.answering.finishing import Finisher
from rag.answering.first_words import first_words
from rag.answering.fitting import Fitted, Fitter, plan_without_model
from rag.answering.language import language_in
from rag.answering.longer import at_length, longer_for
from rag.answering.memory import cited_before, remembered, said, scope_test
from rag.answering.question import Means, Question
from rag.answering.second_look import SecondLook
from rag.answering.writing import write
from rag.cancel import CancelToken
from rag.errors import (
    Cancelled,
    DocumentGone,
    GenerationFailed,
    ModelBroken,
    ModelMissing,
    ModelTooBig,
    NoModel,
)
from rag.events import AnswerEvent, EvidenceFound, PassOffered, PlanMade, WholeOffered
from rag.footnotes import Citations, Footnotes
from rag.outcome import Outcome
from rag.plan import Plan
from rag.protocols import LanguageModel
from rag.records import Answer, Breadth, Conflict, Hit, Mode, Scope
from rag.retrieve import answerable
from rag.retrieve.join import Passage, join
from rag.searching import Found, History
from rag.understand import MOST_TOKENS, follows_up, rewrite_chat, rewritten
from rag.understand.breadth import breadth_of


@dataclass(frozen=True, slots=True)
class _Read:
    """What the model was given to read."""

    fitted: Fitted
    footnotes: Footnotes
    passages: tuple[Passage, ...]


class FromPassages:
    """One question on its way."""

    def __init__(self, means: Means, question: Question, cancel: CancelToken, begun: float) -> None:
        self._means = means
        self._catalog = means.search.catalog
        self._question = question
        self._cancel = cancel
        self._begun = begun
        self._citations = self._new_citations()

    def answer(self) -> Generator[AnswerEvent, None, Answer]:
        """Yield what happens; ends in the answer."""
        question = self._question
        found = self._found()
        hits = self._with_cited_before(found)
        coverage = coverage_of(self._catalog, found.understood.scope, hits)
        citations = self._new_citations()  # apart: the answer's own footnotes begin with 1
        shown = first_words(found.understood.question, hits, found.chance, citations)
        retrieval_s = time.monotonic() - self._begun
        yield EvidenceFound(shown.hits, coverage, retrieval_s, found.understood, shown.likely)
        everything = pass_for(self._means, question, found.understood)
        if everything is not None and everything.is_due:
            listed = yield from made(
                self._means, question, found.understood, everything, self._cancel
            )
            if listed is not None:
                return listed
        elif everything is not None:
            yield PassOffered(everything.offer)
        longer = longer_for(self._means, question, found.understood, self._cancel)
        answer = Answer(
            question=question.text,
            mode=Mode.DECLINE,
            declined=True,
            text="",
            sentences=(),
            evidence=shown.hits,
            coverage=coverage,
            understood=found.understood,
            offer=everything.offer if everything and not everything.is_due else None,
        )
        if longer is not None and longer.plan.mode is not Mode.PASSAGES:
            answer = yield from at_length(
                self._means, question, longer, self._citations, retrieval_s, answer, self._cancel
            )
        else:
            if longer is not None and longer.plan.offer is not None:
                yield WholeOffered(longer.plan.offer)
                answer = replace(answer, whole=longer.plan.offer)
            wide = longer is not None and longer.wish.breadth is not Breadth.FACT
            why = longer.plan.reason if longer is not None and wide else ""
            answer = yield from self._read_or_declined(answer, found, hits, why, retrieval_s)
        likely = shown.likely
        boxed = likely and replace(likely, citation=citations.boxed(likely.citation))
        return replace(answer, likely=boxed)

    def _read_or_declined(
        self, answer: Answer, found: Found, hits: Sequence[Hit], why: str, retrieval_s: float
    ) -> Generator[AnswerEvent, None, Answer]:
        """`answer`, which declines, or as the model writes it from `hits`.

        `why` passages are read is told where it says more than how many there are.
        """
        means, options = self._means, self._means.options
        answerable_ = (
            # Where all is asked for, whatever was found is a part of that.
            breadth_of(found.understood.question) is not Breadth.FACT
            or not means.search.vectors.count()  # words alone tell too little to decline
            or found.chance >= answerable.THRESHOLD
        )
        passages = join(hits)
        if self._question.plan_only or not hits or (options.decline and not answerable_):
            speed = means.whole.speed if means.whole and self._question.plan_only else None
            without = plan_without_model(passages, options, speed, answerable=answerable_)
            declined = without.mode is Mode.DECLINE
            without = without if declined or not why else replace(without, reason=why)
            yield _told(without, 0)
            return replace(answer, mode=without.mode, declined=declined, plan=without.reason)
        model, name, speed = means.model()
        hits = self._still_there(hits)  # loading a model takes time
        read = self._read(model, speed, join(hits), found)
        decided = read.fitted.plan
        declined = decided.mode is Mode.DECLINE
        decided = decided if declined or not why else replace(decided, reason=why)
        yield _told(decided, len(read.fitted.prompt.tokens))
        answer = replace(answer, plan=decided.reason)
        if declined:
            return answer
        answer = replace(
            answer,
            mode=decided.mode,
            model=name,
            coverage=after_reading(answer.coverage, hits, read.passages),
        )
        return (yield from self._written(answer, model, read, found.understood.scope, retrieval_s))

    def _new_citations(self) -> Citations:
        return Citations(self._catalog, self._means.boxes, self._means.is_as_read)

    # ------------------------------------------------------------ finding

    def _found(self) -> Found:
        means, question = self._means, self._question
        rewrite = None if question.plan_only else self._completed
        return replace(means.search, rewrite=rewrite).find(
            question.text,
            question.scope,
            means.options.passages,
            said(question.turns),
            as_typed=question.as_typed,
        )

    def _completed(self, question: str, history: History) -> str:
        """A follow-up as the model completes it; empty where that is no question."""
        try:
            model, _, _ = self._means.model()
        except (NoModel, ModelMissing, ModelBroken, ModelTooBig):
            return ""  # told when it is to answer
        asked = model.encode_chat(rewrite_chat(question, history))
        if len(asked) + MOST_TOKENS > model.n_ctx:
            return ""
        written = Outcome(model.generate(asked, MOST_TOKENS, self._cancel))
        try:
            for _ in written:
                pass
        except (Cancelled, GenerationFailed):
            return ""  # what was found shows nevertheless
        return rewritten(written.result.text) or ""

    def _with_cited_before(self, found: Found) -> list[Hit]:
        """The hits, for a follow-up with what the last turns cited behind the best ones."""
        turns, hits = self._question.turns, found.hits
        today = datetime.now().astimezone().date()
        if not turns or not follows_up(self._question.text, said(turns), today):
            return hits
        known = {hit.chunk_id for hit in hits}
        again = cited_before(turns, self._catalog, found.understood.scope, known)
        room = self._means.options.passages - len(again)
        together = [*hits[: max(1, room)], *again]
        return [replace(hit, rank=rank) for rank, hit in enumerate(together, 1)]

    # ------------------------------------------------------------ reading

    def _still_there(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits whose documents can still be read; raises `DocumentGone` if none can."""
        there: list[Hit] = []
        for hit in hits:
            with suppress(DocumentGone):
                self._citations.document(hit.document_id)
                there.append(hit)
        if not there:
            raise DocumentGone
        return there

    def _read(
        self, model: LanguageModel, speed: float | None, passages: Sequence[Passage], found: Found
    ) -> _Read:
        turns, scope = self._question.turns, found.understood.scope
        history: list[tuple[str, str]] = []
        if turns:
            is_in_scope = scope_test(self._catalog, scope)
            history = remembered(turns, is_in_scope, model.n_ctx, model.count_tokens)
        fitter = Fitter(model, speed, self._means.options, history)
        wide = fitter.widened(passages, self._catalog)
        footnotes = Footnotes(wide, self._citations)
        asked = self._question.text if history or not turns else found.understood.question
        language = language_in(self._question.text, [turn.question for turn in turns])
        fitted = fitter.fit(asked, wide, footnotes, language)
        return _Read(fitted, footnotes, tuple(wide[: fitted.plan.passages]))

    # ------------------------------------------------------------ writing

    def _written(
        self, answer: Answer, model: LanguageModel, read: _Read, scope: Scope, retrieval_s: float
    ) -> Generator[AnswerEvent, None, Answer]:
        """`answer` as the model writes it, with what a second look brings, and declined or not."""
        options, cancel, asked = self._means.options, self._cancel, read.fitted.prompt
        written = yield from write(model, asked, options.answer_tokens, read.footnotes.cite, cancel)
        stats, evidence = written.stats(retrieval_s), list(answer.evidence)
        footnotes = read.footnotes
        if not written.stopped and options.second_look:
            look = SecondLook(self._means.search, scope, footnotes, evidence)
            written.sentences = yield from look.look(written.sentences, cancel)
            footnotes = look.footnotes
        question = answer.understood.question if answer.understood else answer.question

        def conflicts() -> tuple[Conflict, ...]:
            return conflicts_in(question, footnotes, self._citations, self._catalog)

        finisher = Finisher(model, asked, options, self._citations, conflicts, cancel)
        answer = replace(answer, evidence=tuple(evidence))
        return (yield from finisher.finish(answer, written, footnotes, stats))


def _told(made: Plan, prompt_tokens: int) -> PlanMade:
    return PlanMade(made.mode, made.reason, made.passages, prompt_tokens, made.first_token_s)
