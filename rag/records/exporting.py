"""A conversation laid out as a paper with footnotes, and the files that it can be written to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ExportFormat(StrEnum):
    """What to write; the value is the file's suffix without its dot."""

    MARKDOWN = "md"
    WORD = "docx"
    CSL_JSON = "json"  # the cited files, for programs that manage references
    BIBTEX = "bib"  # the same


class BlockKind(StrEnum):
    """What a paragraph of a paper is."""

    TITLE = "title"  # of the conversation: the first block of all
    QUESTION = "question"  # a heading below the title
    HEADING = "heading"  # a heading below the question
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    PASSAGE = "passage"  # what a file says, set off from what was answered
    NOTICE = "notice"  # what must not be overlooked: an error, or that no file was read
    DETAIL = "detail"  # small: when, of what and by what it was answered


@dataclass(frozen=True, slots=True)
class PaperRun:
    """Words in one look, or with `note` the mark of that footnote, whose number `text` then is.

    Never a line break, nor characters that control anything: plain text, whatever it says.
    """

    text: str
    bold: bool = False
    remark: bool = False  # not part of what was answered: “[not found in your files]”
    note: int | None = None


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A paragraph."""

    kind: BlockKind
    runs: tuple[PaperRun, ...]
    label: str = ""  # of an item: "•", "2."
    depth: int = 0  # of an item, 0-based


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Statements side by side: each cell of `rows` has as many neighbours as there are `heads`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[PaperRun, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class PaperNote:
    """A footnote."""

    number: int  # 1-based, in the order of the first marks, unique in the paper
    quote: str  # the file's own words, on one line
    source: str  # "Lease 2024.pdf, p. 7"


@dataclass(frozen=True, slots=True)
class Paper:
    """A conversation, or one turn of it, for whatever writes or prints it.

    Every note is marked at least once in the blocks, and every mark has its note.
    """

    title: str
    asked_at: float  # seconds since the epoch, of its first question
    answered_at: float  # of the last change in it
    blocks: tuple[PaperBlock | PaperTable, ...]
    notes: tuple[PaperNote, ...]
