"""Asks the model to complete a follow-up that the rules could not, and reads what it says."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag import resources
from rag.protocols import ChatMessage

MOST_TOKENS = 60  # of the model's line
_TURNS = 3  # that the model is shown
_ANSWER_CHARS = 300  # of each answer
_MOST_CHARS = 200
_LABEL = regex.compile(r"^\s*(?:[\p{L} ]{1,24}:|[-*>•]|\d+[.)])\s+")
_CONTROL = regex.compile(r"[\p{C}<>|\[\]{}]")


def rewrite_chat(question: str, history: Sequence[tuple[str, str]]) -> list[ChatMessage]:
    """The conversation that asks for `question` as one that needs no `history`, oldest first."""
    turns = [
        resources.prompt("rewrite_turn").format(
            question=_line(asked), answer=_line(said)[:_ANSWER_CHARS]
        )
        for asked, said in history[-_TURNS:]
    ]
    content = resources.prompt("rewrite_question").format(
        turns="\n".join(turns), question=_line(question)
    )
    return [ChatMessage("system", resources.prompt("rewrite")), ChatMessage("user", content)]


def rewritten(said: str) -> str | None:
    """The question in what the model said; None where it is no single short question."""
    lines = [line for line in said.strip().splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > _MOST_CHARS or _CONTROL.search(lines[0]):
        return None
    question = _LABEL.sub("", lines[0]).strip().strip("\"“”„'`*").strip()
    return question if regex.search(r"\p{L}{2}|\p{Lo}", question) else None


def _line(text: str) -> str:
    return " ".join(text.split())
