"""Documents, a model that writes, and what is kept, put together to summarise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.cancel import CancelToken
from rag.events import SectionsProgress
from rag.outcome import Outcome
from rag.plan.sections import pace_of
from rag.records import DocumentText, PrefillCurve
from rag.sections import (
    Asking,
    Focus,
    Joining,
    KeptSections,
    Original,
    Source,
    Sources,
    Statement,
    Summaries,
    Summarising,
    Summary,
    Work,
    cut,
    head_tokens,
    page_tokens_for,
    room_for_text,
    settled,
)
from rag.sections.closeness import terms_of
from rag.sections.focus import EVERYTHING
from tests.rag.sections.writers import Writer


@dataclass
class Run:
    """What happened."""

    progress: list[SectionsProgress] = field(default_factory=list)
    told: list[Statement] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)
    work: Work | None = None

    @property
    def texts(self) -> list[str]:
        return [statement.text for statement in self.told]


class Bench:
    """Summarises `documents` as often as it is told; a token is a word."""

    def __init__(
        self, documents: Sequence[DocumentText], writer: Writer, kept: KeptSections | None = None
    ) -> None:
        self.documents = dict(enumerate(documents, 1))
        self.writer, self.kept = writer, kept
        self.found: list[int] = []
        self.seconds = 0.0
        self.sources = Sources({n: Source(d, f"hash {n}") for n, d in self.documents.items()})

    def making(self, focus: Focus = EVERYTHING, cancel: CancelToken | None = None) -> Summarising:
        writer, cancel = self.writer, cancel or CancelToken()
        originals = [
            Original(n, d, 0, len(d.text), head_tokens(writer, d.title))
            for n, d in self.documents.items()
        ]
        sections = cut(originals, writer.count_tokens, room_for_text(writer), cancel)
        asking = Asking(writer, self.kept, cancel)
        work = settled(sections, Summaries(self.sources, "writer"), asking, focus, self.found)
        tokens = sum(section.tokens for section in sections)
        joining = Joining(self.sources, writer, "writer", focus, "", page_tokens_for(tokens))
        pace = pace_of(PrefillCurve(100.0, slowdown=0.0), 10.0)
        return Summarising(work, asking, self.sources, joining, pace, lambda: self.seconds)

    def run(
        self,
        focus: Focus = EVERYTHING,
        cancel: CancelToken | None = None,
        stop_after: int | None = None,
    ) -> Run:
        """One summary, stopped when so many sections are done."""
        cancel = cancel or CancelToken()
        making = self.making(focus, cancel)
        run, happening = Run(work=making.work), Outcome(making.run())
        for event in happening:
            if isinstance(event, SectionsProgress):
                run.progress.append(event)
                if stop_after is not None and event.sections_done >= stop_after:
                    cancel.cancel()
            else:
                run.told.append(event)
        run.summary = happening.result
        return run

    def quotes(self, statement: Statement) -> list[str]:
        """The words that bear out a statement."""
        return [
            self.documents[words.document_id].text[words.start : words.end]
            for words in statement.words
        ]


def everything_is_borne_out(bench: Bench, run: Run) -> None:
    """Checks that the words behind each statement have its words, and its numbers."""
    assert run.told
    for statement in run.told:
        assert statement.words
        said = set(terms_of(statement.text))
        quoted = {term for quote in bench.quotes(statement) for term in terms_of(quote)}
        assert len(said & quoted) >= 0.7 * len(said)
        for number in re.findall(r"\d{4}", statement.text):
            assert any(number in quote for quote in bench.quotes(statement))
