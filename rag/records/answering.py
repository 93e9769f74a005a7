"""Answers, what proves them, and the conversations they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from rag.records.finding import Hit, Scope, Understanding


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
    is_computed: bool = False  # a count or a sum that code made; its citations are what went in
    found_later: bool = False  # its support came from a second look into the files

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
class WholeDocument:
    """A document that was read from its beginning to its end for an answer."""

    path: Path
    title: str
    pages: int | None  # None in formats without pages
    tokens: int  # as the model reads it


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an answer looked at."""

    passages: int
    files: int  # that the passages come from
    files_in_scope: int
    files_unread: int  # in scope, still waiting or in reading
    passages_in_scope: int = 0
    passages_left_out: int = 0  # found, but not read for lack of room or time
    whole: tuple[WholeDocument, ...] = ()  # read whole, in the order of reading


@dataclass(frozen=True, slots=True)
class Likely:
    """What a passage says where the question asks for a few words: shown before any answer."""

    text: str  # as it stands in the passage
    citation: Citation  # its quote is `text`
    chance: float  # 0..1, that it answers the question


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage says on something that another one says otherwise."""

    value: str  # the words in which they differ, as they stand in the citation's quote
    citation: Citation
    dated: date | None = None  # of the document, where it is known
    dated_by: str = ""  # what tells it: "its name", "its text", "its file", …


@dataclass(frozen=True, slots=True)
class Conflict:
    """Passages that contradict each other, at least two, the newest first."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the things that were listed or counted by going through everything in scope."""

    text: str  # as it is listed
    citations: tuple[Citation, ...]  # every place where it was found, the first in order first
    number: float | None = None  # what it counts for, where numbers were asked for


@dataclass(frozen=True, slots=True)
class PassOffer:
    """What going through everything in scope would take."""

    files: int
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class WholeEstimate:
    """What reading all of a scope's documents would take, before anyone asks for it."""

    paths: tuple[Path, ...]  # of the documents, in the order of reading
    mode: Mode  # WHOLE_DOCUMENT, SECTIONS, or DECLINE where neither can be had
    tokens: int  # of the documents
    tokens_saved: int  # of these, read before and kept
    seconds: float | None  # of reading what is not kept; None where the speed is not known
    reason: str  # a sentence for the person who asks

    @property
    def is_ready(self) -> bool:
        """Whether all was read before, so that a question can be answered at once."""
        return self.mode is Mode.WHOLE_DOCUMENT and self.tokens_saved >= self.tokens


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
    understood: Understanding | None = None  # None where the question was searched as typed
    likely: Likely | None = None
    conflicts: tuple[Conflict, ...] = ()
    listed: tuple[Listed, ...] = ()  # of an exhaustive answer, in the order of its text
    offer: PassOffer | None = None  # it asks for everything, but only passages were read
    draft: str = ""  # as the model wrote it first, where it was written again without some of it
    plan: str = ""  # why it was answered in this way, in a sentence for the person who asked
    whole: WholeEstimate | None = None  # passages were read; reading all would take this


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation with its answer, or with what went wrong."""

    id: int
    question: str
    scope: Scope
    asked_at: float  # seconds since the epoch
    answer: Answer | None = None
    error: str = ""
    rating: int = 0  # what the user thinks of the answer: 1 good, -1 bad, 0 not told


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
