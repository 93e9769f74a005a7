"""What the conversation shows of one turn, gathered from its events or its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.widgets.answer_copy import numbered_citations
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    ConflictsFound,
    ConversationStarted,
    EvidenceAdded,
    EvidenceFound,
    Failed,
    PassOffered,
    PlanMade,
    RewriteStarted,
    SentenceCited,
    SentenceForeseen,
    TextStreamed,
    WholeOffered,
)
from rag.records import (
    Answer,
    ChangedSource,
    Citation,
    Conflict,
    Coverage,
    Hit,
    Likely,
    Mode,
    PassOffer,
    Scope,
    Sentence,
    Turn,
    Understanding,
    WholeEstimate,
)

_FEW = 2  # documents, as many as can be chosen to be read whole
READ_WHOLE = frozenset({Mode.WHOLE_DOCUMENT, Mode.SECTIONS})
SourceKey = tuple[Path, int, int]  # a file, and from where to where in its text


@dataclass(slots=True)
class TurnShown:
    """A turn as it stands on the screen; `take` brings it up to date."""

    key: int  # rises from turn to turn, from 1
    question: str
    scope: Scope = Scope()  # what it was asked of
    switched: bool = False  # the turn before it was asked of something else
    running: bool = False
    mode: Mode = Mode.PASSAGES
    understood: Understanding | None = None
    hits: tuple[Hit, ...] = ()
    coverage: Coverage | None = None
    plan: PlanMade | None = None
    likely: Likely | None = None
    conflicts: tuple[Conflict, ...] = ()
    offer: PassOffer | None = None
    whole: WholeEstimate | None = None  # it was made from passages; reading all would take this
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    foreseen: Sentence | None = None  # of `sentences`, the one whose end is not sure
    rewriting: str = ""  # why `text` is about to be replaced; empty when it is not
    draft: str = ""  # what stood there before it was written again
    answer: Answer | None = None
    failure: Failed | None = None
    rating: int = 0
    turn_id: int = 0  # in the stored conversation; 0 until that is known
    changed: frozenset[SourceKey] = frozenset()  # what its files do not hold there any more
    holds_to: float = 0.0  # px from the document's top: what stands below the answer stays there
    held: float = 0.0  # px that are kept free for that
    passages_open: bool = False
    detail_open: bool = False
    draft_open: bool = False
    all_open: bool = False  # a long list is shown to its end
    why_open: set[int] = field(default_factory=set[int])  # of the hits, which say why
    copied: str = ""  # the action that copied just now

    @classmethod
    def of_record(cls, key: int, turn: Turn, *, switched: bool = False) -> TurnShown:
        """A turn of a stored conversation."""
        shown = cls(key, turn.question, turn.scope, switched, turn_id=turn.id, rating=turn.rating)
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
                self.understood, self.likely = event.understood, event.likely
            case EvidenceAdded():
                self.hits += event.hits
            case ConflictsFound():
                self.conflicts = event.conflicts
            case PassOffered() | WholeOffered():
                self._take_offer(event)
            case PlanMade():
                self.plan, self.mode = event, event.mode
            case TextStreamed() | SentenceForeseen() | SentenceCited() | RewriteStarted():
                self._take_text(event)
            case AnswerFinished():
                self._take_answer(event.answer)
            case Failed():
                self.failure, self.running, self.rewriting = event, False, ""
            case _:
                pass

    def _take_offer(self, event: PassOffered | WholeOffered) -> None:
        if isinstance(event, PassOffered):
            self.offer = event.offer
        else:
            self.whole = event.offer

    def _take_text(
        self, event: TextStreamed | SentenceForeseen | SentenceCited | RewriteStarted
    ) -> None:
        if isinstance(event, RewriteStarted):
            # What was written stays to be read until there is something to read instead.
            self.rewriting, self.draft = event.reason, self.text
            return
        if self.rewriting:
            self.text, self.sentences, self.rewriting, self.foreseen = "", [], "", None
        if isinstance(event, TextStreamed):
            self.text += event.text
            if self.foreseen is not None:  # it goes on, or is cited at once
                self.sentences = [kept for kept in self.sentences if kept != self.foreseen]
                self.foreseen = None
            return
        new = event.sentence
        self.foreseen = new if isinstance(event, SentenceForeseen) else None
        self.sentences = [kept for kept in self.sentences if kept.start != new.start]
        self.sentences.append(new)

    def _take_answer(self, answer: Answer) -> None:
        self.answer, self.running, self.mode = answer, False, answer.mode
        self.text, self.sentences = answer.text, list(answer.sentences)
        self.hits, self.coverage = answer.evidence, answer.coverage
        self.likely, self.conflicts = answer.likely, answer.conflicts
        self.offer, self.whole = answer.offer, answer.whole
        self.draft, self.rewriting = answer.draft, ""

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

    @property
    def declined(self) -> bool:
        """Whether the files hold no answer and none was given."""
        answer = self.answer
        return answer is not None and answer.declined and self.mode is not Mode.OWN_KNOWLEDGE

    @property
    def has_offers(self) -> bool:
        """Whether cards offer to read more for it than was."""
        return self.offer is not None or self.offers_much

    @property
    def offers_much(self) -> bool:
        """Whether what could be read whole is more than a document or two, which is one's wish."""
        return self.offers_whole and self.whole is not None and len(self.whole.paths) > _FEW

    @property
    def offers_whole(self) -> bool:
        """Whether all could be read for it, whole or in parts."""
        return self.whole is not None and self.whole.mode is not Mode.DECLINE

    @property
    def shows_likely(self) -> bool:
        """Whether the likely answer stands in the place of one that is not there yet."""
        return self.likely is not None and not self.text and not self.declined

    def citations(self) -> tuple[Citation, ...]:
        """The footnotes so far, in the order of their numbers, each number once."""
        return numbered_citations(self.sentences)

    def walk(self, which: str) -> tuple[Citation, ...]:
        """The sources that are walked through: of the answer, its likely one, what differs."""
        match which:
            case "cite":
                return self.citations()
            case "likely":
                return () if self.likely is None else (self.likely.citation,)
            case "stated":
                return self.stated()
            case _:
                return ()

    def stated(self) -> tuple[Citation, ...]:
        """The sources of all that contradicts itself, in the order it is shown."""
        return tuple(
            statement.citation for conflict in self.conflicts for statement in conflict.statements
        )
