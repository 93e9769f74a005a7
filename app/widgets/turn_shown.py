"""What the conversation shows of one turn, gathered from its events or its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.widgets.answer_copy import numbered_citations, with_footnotes
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    ConversationStarted,
    EvidenceFound,
    Failed,
    PlanMade,
    SentenceCited,
    TextStreamed,
)
from rag.records import (
    Answer,
    ChangedSource,
    Citation,
    Coverage,
    Hit,
    Mode,
    Scope,
    Sentence,
    Turn,
    Understanding,
)

SourceKey = tuple[Path, int, int]  # a file, and from where to where in its text


@dataclass(slots=True)
class TurnShown:
    """A turn as it stands on the screen; `take` brings it up to date."""

    key: int  # rises from turn to turn, from 1
    question: str
    scope: Scope = Scope()  # what it was asked of
    running: bool = False
    mode: Mode = Mode.PASSAGES
    understood: Understanding | None = None
    hits: tuple[Hit, ...] = ()
    coverage: Coverage | None = None
    plan: PlanMade | None = None
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    answer: Answer | None = None
    failure: Failed | None = None
    passages_open: bool = False
    detail_open: bool = False
    why_open: set[int] = field(default_factory=set[int])  # of the hits, which say why
    copied: str = ""  # the action that copied just now
    turn_id: int = 0  # in the stored conversation; 0 until that is known
    changed: frozenset[SourceKey] = frozenset()  # what its files do not hold there any more

    @classmethod
    def of_record(cls, key: int, turn: Turn) -> TurnShown:
        """A turn of a stored conversation."""
        shown = cls(key, turn.question, turn.scope, turn_id=turn.id)
        if turn.answer is not None:
            shown.take(AnswerFinished(turn.answer))
        elif turn.error:
            shown.take(Failed(turn.error))
        return shown

    def take(self, event: AnswerEvent | Failed) -> None:
        """Note what `event` tells."""
        match event:
            case ConversationStarted():
                self.turn_id = event.turn_id
            case EvidenceFound():
                self.hits, self.coverage = event.hits, event.coverage
                self.understood = event.understood
            case PlanMade():
                self.plan, self.mode = event, event.mode
            case TextStreamed():
                self.text += event.text
            case SentenceCited():
                self.sentences.append(event.sentence)
            case AnswerFinished():
                answer = event.answer
                self.answer, self.running, self.mode = answer, False, answer.mode
                self.text, self.sentences = answer.text, list(answer.sentences)
                self.hits, self.coverage = answer.evidence, answer.coverage
            case Failed():
                self.failure, self.running = event, False
            case _:
                pass

    def note_changes(self, changed: Iterable[ChangedSource]) -> bool:
        """Keep what of `changed` is this turn's; whether that is something else than before."""
        before = self.changed
        self.changed = frozenset(
            (source.path, source.start, source.end)
            for source in changed
            if source.turn_id == self.turn_id
        )
        return self.changed != before

    def has_changed(self, source: Citation | Hit) -> bool:
        """Whether a source of it is no longer as it was read."""
        return (source.path, source.start, source.end) in self.changed

    def copy_text(self, what: str, not_found: str, partly: str) -> str:
        """The text that the action `what` copies; the rest as in `with_footnotes`."""
        if what == "copy-detail" and self.failure is not None:
            return f"{self.failure.message}\n{self.failure.detail}"
        if what == "copy-notes" and self.answer is not None:
            return with_footnotes(self.answer, not_found, partly)
        return self.text

    @property
    def declined(self) -> bool:
        """Whether the files hold no answer and none was given."""
        answer = self.answer
        return answer is not None and answer.declined and self.mode is not Mode.OWN_KNOWLEDGE

    def citations(self) -> tuple[Citation, ...]:
        """The footnotes so far, in the order of their numbers, each number once."""
        return numbered_citations(self.sentences)
