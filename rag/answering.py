"""The path of a question: retrieve, plan, generate, cite."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag import prompt
from rag.cancel import CancelToken
from rag.cite import SentenceStream
from rag.errors import (
    Cancelled,
    ModelBroken,
    ModelMissing,
    ModelTooBig,
    NoModel,
    NothingIndexed,
)
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    PlanMade,
    SentenceCited,
    TextStreamed,
)
from rag.footnotes import BoxFinder, Footnotes
from rag.options import Options
from rag.outcome import Outcome
from rag.plan import Plan, plan
from rag.protocols import Generated, LanguageModel
from rag.records import (
    Answer,
    Coverage,
    GenerationStats,
    Hit,
    Mode,
    Scope,
    Sentence,
    Support,
)
from rag.retrieve import answerable
from rag.retrieve.join import Passage, join, widen
from rag.searching import History, Search
from rag.understand import MOST_TOKENS, rewrite_chat, rewritten

_CHARS_PER_TOKEN = 4  # of running text, where no model is at hand to count
_FRAME_TOKENS = 12  # a passage's number, title and line breaks in the prompt
_FRAME_CHARS, _PROMPT_TOKENS = 80, 400  # the same, and the prompt without passages, at most
_SURE = 0.75  # of what fits by estimate: passages are widened, never at others' cost


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of what, and what was said before."""

    text: str
    scope: Scope = Scope()
    history: History = ()  # (question, answer), oldest first
    own_knowledge: bool = False
    plan_only: bool = False  # retrieve and decide, generate nothing
    as_typed: bool = False  # search all of the scope, whatever the question names
    read: Mode | None = None  # how much to read for it; None leaves that to the plan


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions; `model` is called once there is something to read, and may take long."""

    search: Search
    model: Callable[[], tuple[LanguageModel, str, float | None]]  # with name and prefill speed
    boxes: BoxFinder
    is_as_read: Callable[[Path], bool]
    options: Options

    def answer(
        self, question: Question, cancel: CancelToken
    ) -> Generator[AnswerEvent, None, Answer]:
        """Yield what happens, `AnswerFinished` last; ends in the answer.

        A cancelled question ends in what was written until then. Raises `NothingIndexed`,
        `NotInLibrary`, `NothingInScope`, `NoModel` and what the model raises.
        """
        begun = time.monotonic()
        run = _Run(self, question, cancel, begun)
        answer = yield from (run.own_knowledge() if question.own_knowledge else run.from_files())
        answer = replace(answer, seconds=time.monotonic() - begun)
        yield AnswerFinished(answer)
        return answer


class _Run:
    """One question on its way."""

    def __init__(
        self, parts: Answerer, question: Question, cancel: CancelToken, begun: float
    ) -> None:
        self._parts = parts
        self._question = question
        self._cancel = cancel
        self._begun = begun
        self._scope = question.scope  # until the question was read
        self._stream = SentenceStream()
        self._sentences: list[Sentence] = []

    def from_files(self) -> Generator[AnswerEvent, None, Answer]:
        parts, question = self._parts, self._question
        if not parts.search.catalog.count_chunks():
            raise NothingIndexed
        rewrite = None if question.plan_only else self._completed
        found = replace(parts.search, rewrite=rewrite).find(
            question.text,
            question.scope,
            parts.options.passages,
            question.history,
            as_typed=question.as_typed,
        )
        hits, self._scope = found.hits, found.understood.scope
        retrieval_s = time.monotonic() - self._begun
        coverage = self._coverage(hits)
        yield EvidenceFound(tuple(hits), coverage, retrieval_s, found.understood)
        passages = join(hits)
        answer = Answer(
            question=question.text,
            mode=Mode.DECLINE,
            declined=True,
            text="",
            sentences=(),
            evidence=tuple(hits),
            coverage=coverage,
        )
        answerable_ = (
            not parts.search.vectors.count()  # words alone tell too little to decline
            or found.chance >= answerable.THRESHOLD
        )
        declines = parts.options.decline and not answerable_
        if question.plan_only or declines or not hits:
            made = self._plan_without_model(passages, answerable_=answerable_)
            yield _told(made, 0)
            return replace(answer, mode=made.mode, declined=made.mode is Mode.DECLINE)
        model, name, speed = parts.model()
        passages = self._widened(passages, model, speed)
        footnotes = Footnotes(passages, parts.search.catalog, parts.boxes, parts.is_as_read)
        made, tokens = self._plan_with(model, passages, footnotes, speed)
        yield _told(made, len(tokens))
        if made.mode is Mode.DECLINE:
            return answer
        generated, stopped = yield from self._generate(model, tokens, footnotes)
        read = [passage.hit for passage in passages[: made.passages]]
        refused = not stopped and not any(s.is_claim for s in self._sentences)
        return replace(
            answer,
            mode=Mode.DECLINE if refused else made.mode,
            declined=refused,
            text=self._stream.text,
            sentences=tuple(self._sentences),
            coverage=coverage if refused else self._coverage(read),
            model=name,
            stats=_stats(generated, retrieval_s),
            stopped=stopped,
        )

    def _completed(self, question: str, history: History) -> str:
        """A follow-up as the model completes it; empty where that is no question."""
        try:
            model, _, _ = self._parts.model()
        except (NoModel, ModelMissing, ModelBroken, ModelTooBig):
            return ""  # told when it is to answer
        asked = model.encode_chat(rewrite_chat(question, history))
        if len(asked) + MOST_TOKENS > model.n_ctx:
            return ""
        written = Outcome(model.generate(asked, MOST_TOKENS, self._cancel))
        for _ in written:
            pass
        return rewritten(written.result.text) or ""

    def own_knowledge(self) -> Generator[AnswerEvent, None, Answer]:
        """Let the model answer without the files; such an answer has no footnotes."""
        model, name, speed = self._parts.model()
        tokens = model.encode_chat(prompt.own_knowledge_chat(self._question.text))
        wait = len(tokens) / speed if speed else None
        reason = "Answering from the model's own knowledge, not from your files."
        yield PlanMade(Mode.OWN_KNOWLEDGE, reason, 0, len(tokens), wait)
        generated, stopped = yield from self._generate(model, tokens, None)
        return Answer(
            question=self._question.text,
            mode=Mode.OWN_KNOWLEDGE,
            declined=True,
            text=self._stream.text,
            sentences=tuple(self._sentences),
            evidence=(),
            coverage=Coverage(0, 0, 0, 0),
            model=name,
            stats=_stats(generated, 0.0),
            stopped=stopped,
        )

    def _coverage(self, hits: Sequence[Hit]) -> Coverage:
        read, unread = self._parts.search.catalog.coverage(self._scope)
        return Coverage(len(hits), len({hit.path for hit in hits}), read, unread)

    def _widened(
        self, passages: Sequence[Passage], model: LanguageModel, speed: float | None
    ) -> list[Passage]:
        """The passages in what they stand in, as far as the context and the time allow."""
        options, catalog = self._parts.options, self._parts.search.catalog
        tokens = model.n_ctx - options.answer_tokens - _PROMPT_TOKENS
        if speed:
            tokens = min(tokens, int(speed * options.first_word_s) - _PROMPT_TOKENS)
        sample = "\n".join(passage.hit.text for passage in passages)
        chars_per_token = len(sample) / max(1, model.count_tokens(sample))
        read = sum(p.end - p.start + _FRAME_CHARS for p in passages)
        said = sum(len(question) + len(answer) for question, answer in self._question.history)
        spare = int(_SURE * tokens * chars_per_token) - read - said

        def around(hit: Hit) -> tuple[int, int]:
            near = catalog.neighbours(hit.chunk_id, 1, 1)  # none if the file was just removed
            same = [stored.chunk for stored in near if stored.chunk.heading == hit.heading]
            start = min((chunk.start for chunk in same), default=hit.start)
            return start, max((chunk.end for chunk in same), default=hit.end)

        return widen(passages, around, spare)

    def _plan_without_model(self, passages: Sequence[Passage], *, answerable_: bool) -> Plan:
        sizes = [(p.end - p.start) // _CHARS_PER_TOKEN for p in passages]
        return self._plan(sizes, 0, 4096, None, answerable_=answerable_)

    def _plan_with(
        self,
        model: LanguageModel,
        passages: Sequence[Passage],
        footnotes: Footnotes,
        speed: float | None,
    ) -> tuple[Plan, list[int]]:
        """The plan, and its prompt's tokens, which leave room for the answer."""
        question = self._question
        shown = [
            prompt.Passage(p.hit.title, p.hit.place, footnotes.text_of(p), p.hit.table)
            for p in passages
        ]
        sizes = [
            model.count_tokens(p.text)
            + model.count_tokens(p.title + p.place + p.table)
            + _FRAME_TOKENS
            for p in shown
        ]
        history = list(question.history)
        while True:
            empty = model.encode_chat(prompt.chat(question.text, (), history))
            made = self._plan(sizes, len(empty), model.n_ctx, speed, answerable_=True)
            if made.passages >= min(2, len(sizes)) or not history:
                break
            history.pop(0)
        for count in range(made.passages, 0, -1):
            tokens = model.encode_chat(prompt.chat(question.text, shown[:count], history))
            if len(tokens) <= made.prompt_tokens_limit:
                return replace(made, passages=count), tokens
        reason = "The passages found are too long for the model."
        return replace(made, mode=Mode.DECLINE, reason=reason, passages=0), []

    def _plan(
        self,
        sizes: Sequence[int],
        overhead_tokens: int,
        n_ctx: int,
        speed: float | None,
        *,
        answerable_: bool,
    ) -> Plan:
        options = self._parts.options
        return plan(
            passage_tokens=sizes,
            overhead_tokens=overhead_tokens,
            answerable=answerable_,
            n_ctx=n_ctx,
            answer_tokens=options.answer_tokens,
            prefill_tokens_per_s=speed,
            first_word_s=options.first_word_s,
            max_passages=options.passages,
            decline_allowed=options.decline,
        )

    def _generate(
        self, model: LanguageModel, tokens: Sequence[int], footnotes: Footnotes | None
    ) -> Generator[AnswerEvent, None, tuple[Generated | None, bool]]:
        """Stream the answer, each sentence cited as it ends; (what it cost, was it stopped)."""
        generated, stopped = None, False
        stream = model.generate(tokens, self._parts.options.answer_tokens, self._cancel)
        try:
            while True:
                event = next(stream)
                yield event
                if isinstance(event, TextStreamed):
                    yield from self._cited(self._stream.feed(event.text), footnotes)
        except StopIteration as end:
            generated = end.value
        except Cancelled:
            stopped = True
        finally:
            stream.close()
        yield from self._cited(self._stream.close(), footnotes)
        return generated, stopped

    def _cited(
        self, spans: Sequence[tuple[int, int]], footnotes: Footnotes | None
    ) -> Generator[AnswerEvent, None, None]:
        for start, end in spans:
            text = self._stream.text[start:end]
            if footnotes is None:
                sentence = Sentence(text, start, end, Support.NOT_FOUND)
            else:
                sentence = footnotes.cite(text, start)
            self._sentences.append(sentence)
            yield SentenceCited(sentence)


def _told(made: Plan, prompt_tokens: int) -> PlanMade:
    return PlanMade(made.mode, made.reason, made.passages, prompt_tokens, made.first_token_s)


def _stats(generated: Generated | None, retrieval_s: float) -> GenerationStats | None:
    if generated is None:
        return None
    return GenerationStats(
        prompt_tokens=generated.prompt_tokens,
        reused_tokens=generated.reused_tokens,
        prefill_s=generated.prefill_s,
        first_token_s=generated.first_token_s,
        answer_tokens=generated.answer_tokens,
        decode_tokens_per_s=generated.answer_tokens / generated.decode_s
        if generated.decode_s
        else 0.0,
        retrieval_s=retrieval_s,
    )
