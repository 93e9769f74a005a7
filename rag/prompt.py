"""Puts passages and a question into words for the model; the words lie in `resources/prompts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag import resources
from rag.protocols import ChatMessage


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence as the model is shown it."""

    title: str  # of its document
    place: str  # "p. 7", a heading, or empty
    text: str
    table: str = ""  # caption and column heads of the table that its rows are from


def chat(
    question: str, passages: Sequence[Passage], history: Sequence[tuple[str, str]] = ()
) -> list[ChatMessage]:
    """The conversation to be answered from `passages`, which are ranked best first.

    `history` holds earlier questions with their answers, oldest first. What stays the same from
    turn to turn comes first, so that it is read once; the best passage and the question come last.
    """
    shown = [passage_text(number, passage) for number, passage in enumerate(passages, start=1)]
    content = _words("question").format(
        passages="\n\n".join(reversed(shown)), question=question.strip()
    )
    return [
        ChatMessage("system", _words("system").format(refusal=refusal())),
        *_turns(history),
        ChatMessage("user", content),
    ]


def own_knowledge_chat(question: str, history: Sequence[tuple[str, str]] = ()) -> list[ChatMessage]:
    """The conversation to be answered from what the model itself knows."""
    return [
        ChatMessage("system", _words("own_knowledge")),
        *_turns(history),
        ChatMessage("user", question.strip()),
    ]


def refusal() -> str:
    """What the model is told to say when the passages do not hold the answer."""
    return _words("refusal")


def passage_text(number: int, passage: Passage) -> str:
    """A passage under its number and where it comes from."""
    source = ", ".join(part for part in (passage.title, passage.place) if part)
    if passage.table:
        source += f" ({passage.table})"
    return _words("passage").format(number=number, source=source, text=passage.text.strip())


def _turns(history: Sequence[tuple[str, str]]) -> list[ChatMessage]:
    messages: list[ChatMessage] = []
    for question, answer in history:
        messages += [ChatMessage("user", question), ChatMessage("assistant", answer)]
    return messages


@cache
def _words(name: str) -> str:
    return (resources.folder() / "prompts" / f"{name}.txt").read_text("utf-8").strip()
