"""What the conversation shows of one turn, gathered from its events or its record."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.widgets.answer_copy import numbered_citations
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    Failed,
    PlanMade,
    SentenceCited,
    TextStreamed,
)
from rag.records import (
    Answer,
    Citation,
    Coverage,
    Hit,
    Mode,
    Scope,
    Sentence,
    Turn,
    Understanding,
)


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

    @classmethod
    def of_record(cls, key: int, turn: Turn) -> TurnShown:
        """A turn of a stored conversation."""
        shown = cls(key, turn.question, turn.scope)
        if turn.answer is not None:
            shown.take(AnswerFinished(turn.answer))
        elif turn.error:
            shown.take(Failed(turn.error))
        return shown

    def take(self, event: AnswerEvent | Failed) -> None:
        """Note what `event` tells."""
        match event:
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

    @property
    def declined(self) -> bool:
        """Whether the files hold no answer and none was given."""
        answer = self.answer
        return answer is not None and answer.declined and self.mode is not Mode.OWN_KNOWLEDGE

    def citations(self) -> tuple[Citation, ...]:
        """The footnotes so far, in the order of their numbers, each number once."""
        return numbered_citations(self.sentences)
