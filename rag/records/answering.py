"""Answers, what proves them, and the conversations they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rag.records.finding import Hit, Scope


class Mode(StrEnum):
    """How a question is answered."""

    PASSAGES = "passages"
    WHOLE_DOCUMENT = "whole_document"
    SECTIONS = "sections"
    EXHAUSTIVE = "exhaustive"
    DECLINE = "decline"
    OWN_KNOWLEDGE = "own_knowledge"


class Support(StrEnum):
    """How far the evidence carries a sentence."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points (1/72 inch) from the top left as the page is shown."""

    page: int  # 1-based
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that support a sentence: `quote == document.text[start:end]`."""

    number: int  # the footnote's number in the answer, 1-based; equal spans share one
    document_id: int
    path: Path
    page: int | None
    place: str
    start: int
    end: int
    quote: str
    score: float  # 0..1
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer: `text == answer.text[start:end]`."""

    text: str
    start: int
    end: int
    support: Support
    citations: tuple[Citation, ...] = ()
    is_claim: bool = True  # False for what states nothing: a heading, “Here is the list:”

    @property
    def is_unproven(self) -> bool:
        """Whether it has to be marked: it states something that no evidence carries."""
        return self.is_claim and self.support is Support.NOT_FOUND


@dataclass(frozen=True, slots=True)
class GenerationStats:
    """What generating cost."""

    prompt_tokens: int
    reused_tokens: int  # of the prompt, found in the KV cache
    prefill_s: float
    first_token_s: float
    answer_tokens: int
    decode_tokens_per_s: float
    retrieval_s: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an answer looked at."""

    passages: int
    files: int  # that the passages come from
    files_in_scope: int
    files_unread: int  # in scope, still waiting or in reading


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's answer and all that proves it."""

    question: str
    mode: Mode
    declined: bool  # no answer from the files was given
    text: str
    sentences: tuple[Sentence, ...]
    evidence: tuple[Hit, ...]
    coverage: Coverage
    model: str = ""  # the model's name; empty when nothing was generated
    stats: GenerationStats | None = None  # None when nothing was generated
    stopped: bool = False  # the user stopped it
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation with its answer, or with what went wrong."""

    id: int
    question: str
    scope: Scope
    asked_at: float  # seconds since the epoch
    answer: Answer | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class ChangedSource:
    """A citation or passage of a kept answer that its file does not hold there any more."""

    turn_id: int
    path: Path
    start: int  # with `end` and `path` it equals the citation's, or the passage's
    end: int


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """A conversation's line in the list."""

    id: int
    title: str
    created_at: float  # seconds since the epoch
    changed_at: float


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its turns, oldest first."""

    info: ConversationInfo
    turns: tuple[Turn, ...] = ()
