"""What flows through Footnote: plain, frozen, picklable records that import no engine."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FileState(StrEnum):
    """Where a file stands in the ledger."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"
    MISSING = "missing"


class PageKind(StrEnum):
    """What was found on a page."""

    TEXT = "text"
    EMPTY = "empty"
    SCANNED = "scanned"
    FAILED = "failed"


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


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a page's or document's text: `text[start:end] == title`; level 1 is highest."""

    start: int
    end: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a reader knows before the first page."""

    title: str
    page_count: int
    paged: bool  # False for formats without pages: their whole text is page 1
    format: str  # the reader's name, as in "PDF"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of clean reading text, which never holds a form feed."""

    number: int  # 1-based
    label: str  # as the document prints it: "vii"; str(number) where it prints none
    text: str
    kind: PageKind = PageKind.TEXT
    headings: tuple[Heading, ...] = ()  # offsets in this page's text
    glyphs: bytes = b""  # packed by `rag.load.glyphs`; empty for what is not a PDF


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document's reading text: its pages joined by a form feed, and what locates a passage.

    `page_starts[n - 1]` is the offset of page n's first code point; it rises strictly.
    """

    title: str
    text: str
    page_starts: tuple[int, ...]
    page_labels: tuple[str, ...]
    headings: tuple[Heading, ...]  # offsets in `text`, rising
    paged: bool

    @classmethod
    def from_pages(cls, info: DocumentInfo, pages: list[Page]) -> DocumentText:
        """Join `pages` (in order, at least one) into one text."""
        starts: list[int] = []
        headings: list[Heading] = []
        offset = 0
        for page in pages:
            starts.append(offset)
            headings += [
                Heading(h.start + offset, h.end + offset, h.level, h.title) for h in page.headings
            ]
            offset += len(page.text) + 1
        return cls(
            title=info.title,
            text="\f".join(page.text for page in pages),
            page_starts=tuple(starts),
            page_labels=tuple(page.label for page in pages),
            headings=tuple(headings),
            paged=info.paged,
        )

    def page_at(self, offset: int) -> int:
        """The 1-based page that holds the code point at `offset`."""
        return max(1, bisect.bisect_right(self.page_starts, offset))

    def section_at(self, offset: int) -> tuple[Heading, ...]:
        """The headings above `offset`, outermost first; those that start at it included."""
        path: list[Heading] = []
        for heading in self.headings:
            if heading.start > offset:
                break
            while path and path[-1].level >= heading.level:
                path.pop()
            path.append(heading)
        return tuple(path)

    def place_at(self, offset: int) -> str:
        """The place as its format names it: "p. vii" in a PDF, the section's heading elsewhere."""
        if self.paged:
            return f"p. {self.page_labels[self.page_at(offset) - 1]}"
        section = self.section_at(offset)
        return section[-1].title if section else ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage to find: `text == document.text[start:end]`, ≤ 1,000 code points, ≤ two pages."""

    start: int
    end: int
    text: str
    first_page: int
    last_page: int
    heading: str  # the section path, "Report > Results"; empty where there is none
    place: str  # of its first code point, as `DocumentText.place_at` names it
    context: str  # the line embedded before the text; no offset ever counts it


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A path's line in the ledger; one for every path met, also those not read."""

    path: Path
    root: Path  # the folder (or file) that the user added
    state: FileState
    reason: str = ""  # why it is not simply ready, and what to do
    pages: int = 0
    words: int = 0
    chunks: int = 0
    scanned_pages: int = 0
    empty_pages: int = 0
    seconds: float = 0.0
    size_bytes: int = 0
    modified_ns: int = 0
    paged: bool = True
    same_as: Path | None = None  # an earlier path with the same content, which holds the chunks


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What a reading run did."""

    read: int
    unchanged: int
    failed: int
    removed: int
    seconds: float
    cancelled: bool = False


# ---------------------------------------------------------------- finding


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of: folders and files, all of the library when empty."""

    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found, with the parts of its score."""

    rank: int  # 1-based
    score: float  # 0..1, comparable within one search only
    dense: float  # cosine similarity, -1..1
    lexical: float  # BM25, >= 0; 0 where no word matched
    chunk_id: int
    document_id: int
    path: Path
    title: str
    start: int
    end: int
    text: str
    heading: str
    place: str
    pages: tuple[int, int] | None  # first and last, 1-based; None in formats without pages


# ---------------------------------------------------------------- answering


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


# ---------------------------------------------------------------- showing


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page drawn as pixels: rows of `stride` bytes, each pixel as B, G, R and an unused byte."""

    path: Path
    page: int  # 1-based
    page_count: int
    label: str
    width_pt: float
    height_pt: float
    width_px: int
    height_px: int
    stride: int
    pixels: bytes
    boxes: tuple[Box, ...] = ()  # of the words that were asked for, as far as they are on the page


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A language model on this computer."""

    name: str
    path: Path
    size_bytes: int
    context_tokens: int  # what it was trained for
    is_trial: bool


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A model that can be had, as the catalog describes it."""

    id: str
    name: str
    file: str
    size_bytes: int
    sha256: str  # empty where only the hub knows it
    licence: str
    page_url: str
    summary: str
    context_tokens: int
    memory_gb: float
    default: bool = False
