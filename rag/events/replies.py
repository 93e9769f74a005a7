"""What the engine tells: answers to commands, and what happens by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rag.events.whole import (
    ReadingsChanged,
    SectionsProgress,
    WholeEstimated,
    WholeFinished,
    WholeOffered,
    WholeProgress,
)
from rag.options import Options
from rag.records import (
    Answer,
    ChangedSource,
    Conflict,
    Conversation,
    ConversationInfo,
    Coverage,
    EmbedderInfo,
    FileRecord,
    Hit,
    IngestSummary,
    Likely,
    Mode,
    ModelInfo,
    ModelOffer,
    PagePicture,
    Paper,
    PassOffer,
    Sentence,
    Understanding,
)


@dataclass(frozen=True, slots=True)
class EngineStarted:
    """The library is open; the models may still be loading. Always the first event."""

    options: Options
    offers: tuple[ModelOffer, ...]
    formats: tuple[str, ...]  # what can be read, for the screen: "PDF", "Word", …
    suffixes: tuple[str, ...]  # the same as file suffixes, with the dot
    sample_questions: tuple[str, ...]  # empty once the sample library was removed
    notices: tuple[str, ...] = ()  # what had to be repaired at start, in plain words
    names: tuple[str, ...] = ()  # of files that can be read by their whole name, lower case
    drawn: tuple[str, ...] = ()  # the suffixes of what can be shown as pictures of its pages


@dataclass(frozen=True, slots=True)
class SearchReady:
    """Questions can be searched for (the embedder is loaded, the index is checked)."""


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """This model answers from now on; None while there is none."""

    model: ModelInfo | None


@dataclass(frozen=True, slots=True)
class ModelLoading:
    """A model is being checked or loaded; `share` (0..1) is None where it cannot be told."""

    name: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class EmbedderChanged:
    """What the library is searched with; sent after `SearchReady` and at every change."""

    current: EmbedderInfo
    choices: tuple[EmbedderInfo, ...]
    coming: EmbedderInfo | None = None  # takes over once everything is embedded with it
    chunks_done: int = 0  # embedded with the coming one
    chunks_total: int = 0
    seconds_left: float | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class FilesChanged:
    """Lines of the ledger that are new or changed, and paths that are gone from it."""

    files: tuple[FileRecord, ...]
    removed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far the reading in hand is."""

    files_done: int
    files_total: int
    current: Path | None
    page: int = 0  # of `current`, 1-based; 0 before its first page
    pages: int = 0
    seconds_left: float | None = None  # None until it can be told
    paused: bool = False
    pages_per_minute: float | None = None  # lately; None until it can be told
    waits_for: str = ""  # why reading rests though nobody paused it: a sentence


@dataclass(frozen=True, slots=True)
class ReadingFinished:
    """The reading in hand ended."""

    summary: IngestSummary


@dataclass(frozen=True, slots=True)
class ConversationStarted:
    """The question opened this conversation, or goes on in it; `turn_id` is the new turn's."""

    conversation: ConversationInfo
    turn_id: int


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """What the answer will be written from, before the model has read it."""

    hits: tuple[Hit, ...]
    coverage: Coverage
    retrieval_s: float
    understood: Understanding | None = None  # None where the question was searched as typed
    likely: Likely | None = None


@dataclass(frozen=True, slots=True)
class ConflictsFound:
    """What of the evidence contradicts itself."""

    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    """Passages that a second look found for a sentence, behind those of `EvidenceFound`."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class PassOffered:
    """The question asks for everything, and going through everything would take this."""

    offer: PassOffer


@dataclass(frozen=True, slots=True)
class PassProgress:
    """How far going through everything is."""

    passages_done: int
    passages_total: int
    found: int  # things that belong on the list, so far
    seconds_left: float


@dataclass(frozen=True, slots=True)
class PlanMade:
    """How the question will be answered, why, and how long until the first word."""

    mode: Mode
    reason: str
    passages: int
    prompt_tokens: int
    first_token_s: float | None  # None until the model's speed is known


@dataclass(frozen=True, slots=True)
class PrefillProgress:
    """How much of the prompt the model has read."""

    tokens_done: int
    tokens_total: int
    seconds_left: float


@dataclass(frozen=True, slots=True)
class TextStreamed:
    """The next piece of the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class SentenceCited:
    """A finished sentence with its footnotes; `start, end` count in the text streamed so far.

    It comes again, with the same `start`, when a second look found its support.
    """

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class SentenceForeseen:
    """A sentence that very likely ends with the text streamed so far, and its footnotes.

    It stands for the time being: `SentenceCited` follows as soon as the end is sure, and text that
    follows without that shows that it goes on.
    """

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class RewriteStarted:
    """The answer is written anew: what follows takes the place of all text streamed so far."""

    reason: str


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    """The answer is complete, or was stopped; it is stored in its conversation."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page's picture."""

    picture: PagePicture


@dataclass(frozen=True, slots=True)
class TextShown:
    """A document's reading text, page by page joined by form feeds."""

    path: Path
    title: str
    text: str
    page_starts: tuple[int, ...]
    places: tuple[tuple[int, str], ...] = ()  # as `DocumentText.places` tells them


@dataclass(frozen=True, slots=True)
class ConversationsListed:
    """All conversations, the last changed first."""

    conversations: tuple[ConversationInfo, ...]


@dataclass(frozen=True, slots=True)
class ConversationOpened:
    """A conversation with its turns."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class SourcesChecked:
    """All of a conversation's citations and passages whose files changed since they were read."""

    conversation_id: int
    changed: tuple[ChangedSource, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file was written."""

    path: Path


@dataclass(frozen=True, slots=True)
class ConversationLaidOut:
    """A conversation as it goes on paper."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class OptionsChanged:
    """These settings are in force."""

    options: Options


@dataclass(frozen=True, slots=True)
class Failed:
    """A command failed; `message` says what happened and what to do."""

    message: str
    detail: str = ""  # for those who want to look: foldable, copyable


Event = (
    EngineStarted
    | SearchReady
    | ModelChanged
    | ModelLoading
    | EmbedderChanged
    | FilesChanged
    | ReadingProgress
    | ReadingFinished
    | ConversationStarted
    | EvidenceFound
    | ConflictsFound
    | EvidenceAdded
    | PassOffered
    | PassProgress
    | WholeOffered
    | WholeEstimated
    | WholeProgress
    | WholeFinished
    | ReadingsChanged
    | SectionsProgress
    | PlanMade
    | PrefillProgress
    | TextStreamed
    | SentenceForeseen
    | SentenceCited
    | RewriteStarted
    | AnswerFinished
    | PageShown
    | TextShown
    | ConversationsListed
    | ConversationOpened
    | SourcesChecked
    | Exported
    | ConversationLaidOut
    | OptionsChanged
    | Failed
)


IngestEvent = FilesChanged | ReadingProgress


AnswerEvent = (
    ConversationStarted
    | EvidenceFound
    | ConflictsFound
    | EvidenceAdded
    | PassOffered
    | PassProgress
    | WholeOffered
    | WholeProgress
    | SectionsProgress
    | PlanMade
    | PrefillProgress
    | TextStreamed
    | SentenceForeseen
    | SentenceCited
    | RewriteStarted
    | AnswerFinished
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An event with the id of the request that caused it, or 0."""

    id: int
    event: Event
