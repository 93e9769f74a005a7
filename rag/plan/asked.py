"""What the plan for long documents is made from, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rag.records import (
    Breadth,
    ContextShape,
    KvType,
    Mode,
    PrefillCurve,
    WholeEstimate,
)

BASE_BYTES = 420 * 2**20
"""What the program takes without a model, its search included."""


@dataclass(frozen=True, slots=True)
class LongDocument:
    """A document that could be read whole."""

    id: int
    path: Path
    title: str
    pages: int | None  # None in formats without pages
    tokens: int  # of its text, as the model that answers reads it


@dataclass(frozen=True, slots=True)
class Kept:
    """What the model read before, kept on disk or in a context that is open."""

    paths: tuple[Path, ...]  # of the documents, in the order in which they were read
    tokens: int  # of their texts together that are kept
    kv_type: str = KvType.F16  # of the contexts that it can be loaded into
    flash_attention: bool = False  # the same


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants, and of what."""

    breadth: Breadth
    read: Mode | None  # as the user wants it read; None leaves that to the plan
    documents: tuple[LongDocument, ...]  # all in scope
    narrowed: bool  # to files or folders, by a scope or by the question
    answer_tokens: int  # that the answer may have
    question_tokens: int  # of the question and the conversation, which come behind the documents
    rules_tokens: int = 200  # of what stands before and between the documents
    kept: tuple[Kept, ...] = ()
    tokens_kept_in_sections: int = 0  # of the documents, in sections that are summarised


@dataclass(frozen=True, slots=True)
class Machine:
    """What the computer has for it now."""

    free_bytes: int  # that can be had; pages of files that are mapped count as free
    taken_bytes: int = 0  # of what the plan needs, what the program has already
    base_bytes: int = BASE_BYTES  # what the program takes without a model
    curve: PrefillCurve | None = None  # None where the model's speed is not known
    writes_tokens_per_s: float | None = None  # None where it is not known
    open: ContextShape | None = None  # the long context that is open now

    def before_start(self, free_bytes: int) -> Machine:
        """The same with so much memory free before the program is started."""
        return replace(self, free_bytes=free_bytes, taken_bytes=0, open=None)


@dataclass(frozen=True, slots=True)
class LongPlan:
    """How much is read for a question, and why in words for the person who asked."""

    mode: Mode  # PASSAGES, WHOLE_DOCUMENT, SECTIONS or DECLINE
    reason: str  # a sentence
    documents: tuple[LongDocument, ...]  # in the order of reading
    tokens: int  # of all of them
    tokens_saved: int  # of these, read before and kept
    shape: ContextShape | None  # of the context to be opened; None where none is
    seconds: float | None  # until the answer's first word; None where it cannot be told
    memory_bytes: int  # that the program takes at most, with the model
    free_bytes: int  # that can be had
    curve: PrefillCurve | None  # of the model's reading, that it reckons with
    note: str = ""  # what else is to be known of it: a sentence, or two
    offer: WholeEstimate | None = None  # passages are read; reading all would take this
