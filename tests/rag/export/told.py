"""Conversations to export, made of a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag.records import (
    Answer,
    Citation,
    Conversation,
    ConversationInfo,
    Coverage,
    Hit,
    Mode,
    Scope,
    Sentence,
    Support,
    Turn,
)

LEASE, RULES = Path("Contracts/Lease 2024.pdf"), Path("Contracts/House rules.docx")
ASKED_AT = 1_760_000_000.0


def cited(
    path: Path = LEASE, quote: str = "three months’ notice", place: str = "p. 7", start: int = 12
) -> Citation:
    """A citation; its number is of no account to a paper."""
    return Citation(1, 1, path, 7, place, start, start + len(quote), quote, 0.9)


def hit(path: Path, text: str, place: str = "p. 7", rank: int = 1) -> Hit:
    """A passage that was found."""
    return Hit(rank, 0.9, 0.5, 3.0, rank, 1, path, path.stem, 0, len(text), text, "", place, (7, 7))


Part = tuple[str, Support, Sequence[Citation]]


def answer(*parts: Part | str) -> Answer:
    """An answer from sentences with their proof; what is text alone stands between sentences."""
    text = ""
    sentences: list[Sentence] = []
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        words, support, citations = part
        start, text = len(text), text + words
        sentences.append(Sentence(words, start, len(text), support, tuple(citations)))
    return Answer(
        question="?",
        mode=Mode.PASSAGES,
        declined=False,
        text=text,
        sentences=tuple(sentences),
        evidence=(hit(LEASE, "The lease ends with three months’ notice."),),
        coverage=Coverage(passages=6, files=3, files_in_scope=158, files_unread=0),
        model="Phi-4-mini",
        seconds=8.2,
    )


def proven(words: str, *citations: Citation) -> Part:
    """A sentence that its citations bear out."""
    return words, Support.SUPPORTED, citations or (cited(),)


def unproven(words: str) -> Part:
    """A sentence that nothing bears out."""
    return words, Support.NOT_FOUND, ()


def declined(*hits: Hit) -> Answer:
    """No answer, with the nearest passages."""
    return replace(answer(), mode=Mode.DECLINE, declined=True, evidence=hits)


def turn(number: int, told: Answer | None, question: str = "What is it?", error: str = "") -> Turn:
    """A turn, a minute after the one before."""
    return Turn(number, question, Scope(), ASKED_AT + 60 * number, told, error)


def conversation(*answers: Answer | Turn, title: str = "Notice") -> Conversation:
    """A conversation of answers, or of turns."""
    turns = tuple(
        told if isinstance(told, Turn) else turn(number, told)
        for number, told in enumerate(answers, 1)
    )
    return Conversation(ConversationInfo(1, title, ASKED_AT, ASKED_AT + 600), turns)
