"""Answers about texts too long to be read at once: summarised section by section, then as one."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rag.answering.language import language_in
from rag.answering.question import Means, Question
from rag.cancel import CancelToken
from rag.errors import Cancelled, DocumentGone
from rag.events import AnswerEvent, PlanMade, SectionsProgress, SentenceCited, TextStreamed
from rag.footnotes import Citations
from rag.outcome import Outcome
from rag.plan import LongDocument
from rag.plan.sections import Pace, pace_of, summaries_of
from rag.protocols import LanguageModel
from rag.records import (
    Answer,
    Coverage,
    Mode,
    PrefillCurve,
    Sentence,
    Support,
    Understanding,
    WholeDocument,
)
from rag.sections import (
    Asking,
    Focus,
    Joining,
    Original,
    Section,
    Source,
    Sources,
    Statement,
    Summaries,
    Summarising,
    Summary,
    Work,
    cut,
    fitting,
    focus_of,
    head_tokens,
    page_tokens_for,
    room_for_text,
    sections_found,
    settled,
)

_SEARCHED = 100  # hits that tell which sections have to do with a question
_MOST_MARKS = 4  # footnotes of a sentence, the best ones
_FULL_WIDTH_STOPS = "。！？"

_SECTIONS = "Summarised in {sections} sections, and these together."
_KEPT = "{kept} of them were summarised before and serve again."
_ANEW = (
    "{again} of the sections that were summarised before are read again for this question; of"
    " {reused} the summaries from before serve again."
)
_QUOTED = (
    "Nothing that the model wrote of {quoted} of the {sections} sections could be proven: sentences"
    " of their own stand for them."
)
_STOPPED = (
    "Stopped after {done} of {sections} sections: this tells of these alone. What was done is"
    " kept: asking again goes on there."
)
_STOPPED_JOINING = "Stopped while the summaries were joined: these are the best sentences of them."
_STOPPED_AT_ONCE = "Stopped before a section was read."


@dataclass(frozen=True, slots=True)
class FromSections:
    """One question about all of long documents; `citations` number its footnotes."""

    means: Means
    question: Question
    understood: Understanding
    documents: Sequence[LongDocument]  # in the order in which they are read
    citations: Citations
    cancel: CancelToken

    def answer(self, answer: Answer, reason: str) -> Generator[AnswerEvent, None, Answer]:
        """`answer`, which holds what was found, with the summary; `reason` tells why sections.

        Each of its sentences has footnotes. Stopped, it ends in the best summary of what was read
        until then. Raises as `rag.answering.Answerer.answer`.
        """
        answer = replace(answer, mode=Mode.SECTIONS, declined=False, plan=reason)
        model, name, speed = self.means.model()
        answer = replace(answer, model=name)
        originals = self._originals(model)
        try:
            making = self._making(model, name, speed, originals)
        except Cancelled:
            return replace(answer, stopped=True, plan=f"{reason} {_STOPPED_AT_ONCE}".strip())
        work = making.work
        told = _joined(reason, *_beginning(work))
        yield PlanMade(
            Mode.SECTIONS,
            told,
            answer.coverage.passages_in_scope,
            work.tokens_left,
            making.seconds(),
        )
        paths = {document.id: document.path for document in self.documents}
        writing = _Writing(self.citations, paths)
        run = Outcome(making.run())
        for event in run:
            if isinstance(event, SectionsProgress):
                yield event
            else:
                yield from writing.tell(event)
        summary = run.result
        return replace(
            answer,
            text=writing.text,
            sentences=writing.boxed(),
            stopped=summary.stopped,
            plan=_joined(told, *_ending(work, summary)),
            coverage=self._coverage(answer.coverage, work, summary, originals),
        )

    def _originals(self, model: LanguageModel) -> dict[int, Original]:
        """The documents that can still be read, by their ids; raises `DocumentGone` for none."""
        originals: dict[int, Original] = {}
        for one in self.documents:
            with suppress(DocumentGone):
                document = self.citations.document(one.id)
                head = head_tokens(model, document.title)
                originals[one.id] = Original(one.id, document, 0, len(document.text), head)
        if not originals:
            raise DocumentGone
        return originals

    def _making(
        self,
        model: LanguageModel,
        name: str,
        speed: float | None,
        originals: Mapping[int, Original],
    ) -> Summarising:
        """Everything settled for the summary; raises `Cancelled`."""
        catalog = self.means.search.catalog
        sections = cut(
            tuple(originals.values()), model.count_tokens, room_for_text(model), self.cancel
        )
        sources = Sources(
            {
                document_id: Source(original.document, catalog.content_of(document_id))
                for document_id, original in originals.items()
            }
        )
        identity = summaries_of(name, getattr(model, "shape", None))
        asking = Asking(model, self.means.sections, self.cancel)
        focus = self._focus(model)
        summaries = Summaries(sources, identity)
        work = settled(sections, summaries, asking, focus, self._found(focus, sections))
        turns = [turn.question for turn in self.question.turns]
        language = language_in(self.question.text, turns)
        page = page_tokens_for(sum(section.tokens for section in sections))
        joining = Joining(sources, model, identity, focus, language, page)
        return Summarising(work, asking, sources, joining, _pace(model, speed))

    def _focus(self, model: LanguageModel) -> Focus:
        names = [name for one in self.documents for name in (one.title, one.path.stem)]
        focus = focus_of(self.understood.question, names)
        return replace(focus, question=fitting(focus.question, model))

    def _found(self, focus: Focus, sections: Sequence[Section]) -> list[int]:
        """The sections where a search finds what is asked, best first."""
        if not focus.question or self.means.sections is None:
            return []
        scope = self.understood.scope
        found = self.means.search.find(focus.question, scope, _SEARCHED, as_typed=True)
        return sections_found(sections, found.hits)

    def _coverage(
        self, coverage: Coverage, work: Work, summary: Summary, originals: Mapping[int, Original]
    ) -> Coverage:
        if not summary.stopped or len(summary.done) == len(work.sections):
            whole = [
                WholeDocument(one.path, one.title, one.pages, one.tokens)
                for one in self.documents
                if one.id in originals
            ]
            return replace(
                coverage,
                passages=coverage.passages_in_scope,
                files=len(whole),
                passages_left_out=0,
                whole=tuple(whole),
            )
        total = sum(section.tokens for section in work.sections)
        read = round(coverage.passages_in_scope * summary.tokens / max(1, total))
        files = {s.document_id for index in summary.done for s in work.sections[index].stretches}
        left_out = coverage.passages_in_scope - read
        return replace(coverage, passages=read, files=len(files), passages_left_out=left_out)


class _Writing:
    """The text in the making: the model's sentences run on, documents' own ones are listed."""

    def __init__(self, citations: Citations, paths: Mapping[int, Path]) -> None:
        self.text = ""
        self._sentences: list[Sentence] = []
        self._citations = citations
        self._paths = paths
        self._listing = False

    def tell(self, statement: Statement) -> Generator[AnswerEvent, None, None]:
        """The next sentence, with its footnotes."""
        gap, line = self._gap(statement), statement.text
        if not statement.by_model:
            line = f"- {line}"
        self._listing = not statement.by_model
        start = len(self.text) + len(gap)
        self.text += gap + line
        yield TextStreamed(gap + line)
        citations = [
            self._citations.citation(
                w.document_id, self._paths[w.document_id], w.start, w.end, w.score
            )
            for w in statement.words[:_MOST_MARKS]
        ]
        sentence = Sentence(line, start, start + len(line), Support.SUPPORTED, tuple(citations))
        self._sentences.append(sentence)
        yield SentenceCited(sentence)

    def _gap(self, statement: Statement) -> str:
        if not self.text:
            return ""
        if self._listing or not statement.by_model:
            return "\n" if self._listing and not statement.by_model else "\n\n"
        if statement.new_paragraph:
            return "\n\n"
        return "" if self.text[-1] in _FULL_WIDTH_STOPS else " "

    def boxed(self) -> tuple[Sentence, ...]:
        """What was told, with the boxes of what it cites."""
        return tuple(
            replace(s, citations=tuple(self._citations.boxed(c) for c in s.citations))
            for s in self._sentences
        )


def _pace(model: LanguageModel, speed: float | None) -> Pace | None:
    """How fast it reads and writes, as far as it was measured."""
    curve: PrefillCurve | None = getattr(model, "curve", None)
    if curve is None and speed:
        curve = PrefillCurve(speed)
    return pace_of(curve, getattr(model, "decode_tokens_per_s", None))


def _beginning(work: Work) -> list[str]:
    """What is told before anything is read."""
    told = [_SECTIONS.format(sections=len(work.sections))] if len(work.sections) > 1 else []
    if work.read_again or work.otherwise:
        told.append(_ANEW.format(again=work.read_again, reused=len(work.otherwise)))
    elif work.known:
        told.append(_KEPT.format(kept=len(work.known)))
    return told


def _ending(work: Work, summary: Summary) -> list[str]:
    """What is to be known of what came of it."""
    told: list[str] = []
    sections = len(work.sections)
    if summary.quoted:
        told.append(_QUOTED.format(quoted=summary.quoted, sections=sections))
    if summary.stopped and not summary.done:
        told.append(_STOPPED_AT_ONCE)
    elif summary.stopped and len(summary.done) == sections:
        told.append(_STOPPED_JOINING)
    elif summary.stopped:
        told.append(_STOPPED.format(done=len(summary.done), sections=sections))
    return told


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
