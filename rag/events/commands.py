"""What the window may ask of the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rag.options import Options
from rag.records import ExportFormat, Mode, Scope


@dataclass(frozen=True, slots=True)
class AddPaths:
    """Add folders and files to the library and read them."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class RemovePaths:
    """Forget folders and files (the files themselves stay)."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Refresh:
    """Read again what changed under `paths`, or in the whole library."""

    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlock:
    """Try a password on locked files, on all of them without `paths`, and read what it opens.

    It is kept in memory until the engine ends, and nowhere else.
    """

    password: str = field(repr=False)
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class PauseReading:
    """Stop reading until `ResumeReading`."""


@dataclass(frozen=True, slots=True)
class ResumeReading:
    """Go on reading."""


@dataclass(frozen=True, slots=True)
class CancelReading:
    """Give up the reading in hand; what was finished stays."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a question; `conversation_id` None starts a new conversation."""

    question: str
    scope: Scope = Scope()
    conversation_id: int | None = None
    own_knowledge: bool = False  # let the model answer without the files
    as_typed: bool = False  # search all of `scope`, whatever the question names
    read: Mode | None = None  # how much to read for it; None leaves that to the plan


@dataclass(frozen=True, slots=True)
class EstimateWhole:
    """Tell what reading all of `scope` would take; changes nothing."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class ReadWhole:
    """Read documents whole in the background and keep that, so that questions need not wait."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class PauseWhole:
    """Hold the reading of whole documents, in the background or for an answer."""


@dataclass(frozen=True, slots=True)
class ResumeWhole:
    """Go on with it."""


@dataclass(frozen=True, slots=True)
class CancelWhole:
    """Give up all reading in the background; what was read is kept."""


@dataclass(frozen=True, slots=True)
class ListReadings:
    """Send what was read whole and is kept."""


@dataclass(frozen=True, slots=True)
class DeleteReadings:
    """Delete what is kept of these readings, of all without `ids`."""

    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StopAnswer:
    """Stop the answer in work."""


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Draw a page at `scale` pixels per PDF point."""

    path: Path
    page: int  # 1-based
    scale: float
    words: tuple[int, int] | None = None  # start and end in the document's text, to be boxed


@dataclass(frozen=True, slots=True)
class ShowText:
    """Send a document's reading text as it was read."""

    path: Path


@dataclass(frozen=True, slots=True)
class UseModel:
    """Answer with this model file from now on; it must equal the offer `expected_id`, if given."""

    path: Path
    expected_id: str = ""


@dataclass(frozen=True, slots=True)
class UseTrialModel:
    """Answer with the bundled trial model again."""


@dataclass(frozen=True, slots=True)
class UseEmbedder:
    """Make the library searchable with this search model; it takes over when all is embedded."""

    embedder_id: str  # of an `EmbedderInfo`


@dataclass(frozen=True, slots=True)
class ListConversations:
    """Send the list of conversations."""


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """Send a conversation with its turns."""

    conversation_id: int


@dataclass(frozen=True, slots=True)
class CheckSources:
    """Tell which sources of a conversation changed since; also told after each opening."""

    conversation_id: int


@dataclass(frozen=True, slots=True)
class RenameConversation:
    """Give a conversation a title."""

    conversation_id: int
    title: str


@dataclass(frozen=True, slots=True)
class DeleteConversation:
    """Delete a conversation; `RestoreConversation` undoes it until the engine closes."""

    conversation_id: int


@dataclass(frozen=True, slots=True)
class RestoreConversation:
    """Undo a deletion."""

    conversation_id: int


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """Keep what the user thinks of a turn's answer, on this computer alone."""

    turn_id: int
    rating: int  # 1 good, -1 bad, 0 takes it back


@dataclass(frozen=True, slots=True)
class ExportConversation:
    """Write a conversation, or one turn of it, to a file with all its footnotes."""

    conversation_id: int
    to: Path  # replaced if it exists
    format: ExportFormat
    turn_id: int | None = None


@dataclass(frozen=True, slots=True)
class LayOutConversation:
    """Send a conversation, or one turn of it, as a paper with footnotes, to print it."""

    conversation_id: int
    turn_id: int | None = None


@dataclass(frozen=True, slots=True)
class SetOptions:
    """Use and remember these settings."""

    options: Options


@dataclass(frozen=True, slots=True)
class Quit:
    """Close the library and end the process."""


Command = (
    AddPaths
    | RemovePaths
    | Refresh
    | Unlock
    | PauseReading
    | ResumeReading
    | CancelReading
    | Ask
    | EstimateWhole
    | ReadWhole
    | PauseWhole
    | ResumeWhole
    | CancelWhole
    | ListReadings
    | DeleteReadings
    | StopAnswer
    | ShowPage
    | ShowText
    | UseModel
    | UseTrialModel
    | UseEmbedder
    | ListConversations
    | OpenConversation
    | CheckSources
    | RenameConversation
    | DeleteConversation
    | RestoreConversation
    | RateAnswer
    | ExportConversation
    | LayOutConversation
    | SetOptions
    | Quit
)


@dataclass(frozen=True, slots=True)
class Request:
    """A command with the id that its replies carry (> 0)."""

    id: int
    command: Command
