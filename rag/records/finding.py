"""What a question is asked of, and the passages that were found for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of: all of the library but for what is said here."""

    paths: tuple[Path, ...] = ()  # folders and files, any of them
    types: tuple[str, ...] = ()  # suffixes as in "pdf": lower case, without the dot; any of them
    since: date | None = None  # files changed on this day or later, by the local calendar
    until: date | None = None  # files changed on this day or earlier
    pages: tuple[tuple[int, int], ...] = ()  # first and last, 1-based; only formats with pages

    @property
    def limits_files(self) -> bool:
        """Whether some files are left out."""
        return bool(self.paths or self.types or self.since or self.until or self.pages)


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a question was read before it was searched for."""

    question: str  # as searched: a follow-up is completed from what was said before
    parts: tuple[str, ...] = ()  # of a question that asks several things, searched one by one
    scope: Scope = Scope()  # what was asked of, narrowed by what the question names
    narrowed_by: tuple[str, ...] = ()  # the question's words that narrowed it, as typed


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
    table: str = ""  # caption and column heads of the table that its rows are from
    rerank: float = 0.0  # what the reranker thinks of it, 0..1
    matches: tuple[tuple[int, int], ...] = ()  # where the question's words stand in `text`, rising
    likely: tuple[tuple[int, int], ...] = ()  # where likely answers stand in `text`, rising
