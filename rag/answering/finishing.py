"""Brings an answer to its end: written again if need be, refused or not, with its conflicts."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from rag.answering.rewriting import Rewriter
from rag.answering.writing import Prompt, Written
from rag.cancel import CancelToken
from rag.events import AnswerEvent, ConflictsFound
from rag.footnotes import Citations, Footnotes
from rag.options import Options
from rag.prompt import is_refusal
from rag.protocols import LanguageModel
from rag.records import Answer, Conflict, GenerationStats, Mode, Sentence, Support


@dataclass(frozen=True, slots=True)
class Finisher:
    """Ends the answer that `model` wrote after `asked`; `conflicts` tells those of its evidence."""

    model: LanguageModel
    asked: Prompt
    options: Options
    citations: Citations
    conflicts: Callable[[], tuple[Conflict, ...]]
    cancel: CancelToken

    def finish(
        self,
        answer: Answer,
        written: Written,
        footnotes: Footnotes,
        stats: GenerationStats | None,
    ) -> Generator[AnswerEvent, None, Answer]:
        """`answer` with what was `written`, declined where that says nothing of the files."""
        options, draft = self.options, ""
        refused = not written.stopped and refuses(written.sentences)
        unproven = any(sentence.is_unproven for sentence in written.sentences)
        if options.only_supported and unproven and not (refused or written.stopped):
            draft, most = written.text, options.answer_tokens
            renumber = self.citations.renumber
            rewriter = Rewriter(self.model, self.asked, most, footnotes.cite, renumber)
            written = yield from rewriter.rewrite(draft, written.sentences, self.cancel)
            refused = not written.text
        conflicts = () if refused else self.conflicts()
        if conflicts:
            yield ConflictsFound(conflicts)
        return replace(
            answer,
            mode=Mode.DECLINE if refused else answer.mode,
            declined=refused,
            text=written.text,
            sentences=footnotes.boxed(written.sentences),
            stats=stats,
            stopped=written.stopped,
            conflicts=conflicts,
            draft=draft,
        )


def refuses(sentences: Sequence[Sentence]) -> bool:
    """Whether nothing is stated, or it is said that there is no answer and nothing is proven."""
    if not any(sentence.is_claim for sentence in sentences):
        return True
    says_so = any(is_refusal(s.text) for s in sentences)
    return says_so and all(s.support is Support.NOT_FOUND for s in sentences)
