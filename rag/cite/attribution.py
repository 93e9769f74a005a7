"""What a sentence is cited to, and how far."""

from __future__ import annotations

from dataclasses import dataclass

from rag.records import Support


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence may be cited to; `key` is the caller's, unique among the evidence."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Supporting words: `evidence.text[start:end] == quote`; score 0..1."""

    key: int
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """How far the evidence carries a sentence; `spans`, best first, are empty when not found."""

    support: Support
    score: float  # 0..1, the share of the sentence's content that the spans carry
    spans: tuple[Span, ...]


NOT_FOUND = Attribution(Support.NOT_FOUND, 0.0, ())
