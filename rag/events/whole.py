"""What the engine tells of documents that are read whole, or in sections."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rag.records import SavedReading, Scope, WholeEstimate


@dataclass(frozen=True, slots=True)
class WholeOffered:
    """Passages are read for the question; reading the documents whole would take this."""

    offer: WholeEstimate


@dataclass(frozen=True, slots=True)
class WholeEstimated:
    """What reading all of `scope` would take; None where nothing in it can be read."""

    scope: Scope
    estimate: WholeEstimate | None


@dataclass(frozen=True, slots=True)
class WholeProgress:
    """How far documents are read whole, for an answer or ahead of any question."""

    paths: tuple[Path, ...]
    tokens_done: int  # what was kept from earlier included
    tokens_total: int
    tokens_per_s: float | None  # lately; None until it can be told
    seconds_left: float | None
    paused: bool = False
    waits_for: str = ""  # why it rests though nobody paused it: a sentence


@dataclass(frozen=True, slots=True)
class WholeFinished:
    """Documents are read whole and kept; or what was read of them until it was cancelled is."""

    paths: tuple[Path, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class ReadingsChanged:
    """What was read whole and is kept, the last used first."""

    readings: tuple[SavedReading, ...]
    size_bytes: int  # of all on disk, what they share counted once
    budget_bytes: int


@dataclass(frozen=True, slots=True)
class SectionsProgress:
    """How far the sections of long documents are summarised."""

    sections_done: int
    sections_total: int
    current: str  # where it is, as in "pp. 12–19"; empty while sections are joined
    seconds_left: float | None


WholeEvent = WholeProgress | WholeFinished
