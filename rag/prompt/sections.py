"""The messages that a model is shown to summarise a long text section by section."""

from __future__ import annotations

from collections.abc import Sequence

from rag import resources
from rag.prompt.chat import Passage, one_line, passage_text, quoted
from rag.prompt.languages import language_name, refusal
from rag.protocols import ChatMessage


def section_chat(
    pieces: Sequence[Passage], sentences: int, question: str = ""
) -> list[ChatMessage]:
    """The wish for what a section says, in at most `sentences`, or what of it helps a question.

    A section has one piece, or one of each of several short documents.
    """
    shown = [passage_text(number, piece) for number, piece in enumerate(pieces, 1)]
    return _messages(
        "section_system",
        "section",
        question,
        passages="\n\n".join(shown),
        sentences=str(sentences),
        refusal=refusal(),
    )


def join_chat(statements: Sequence[str], sentences: int, question: str = "") -> list[ChatMessage]:
    """The wish to make at most `sentences` of `statements`, which are in the order of the text."""
    return _messages(
        "section_join_system",
        "section_join",
        question,
        statements=_listed(statements),
        sentences=str(sentences),
    )


def page_chat(
    statements: Sequence[str], words: int, question: str = "", language: str = ""
) -> list[ChatMessage]:
    """The wish for the text that is shown, about `words` long.

    `language` is the code of the question's language where it is known for sure.
    """
    system, user = _messages(
        "section_join_system",
        "section_page",
        question,
        statements=_listed(statements),
        words=str(words),
    )
    if name := language_name(language):
        told = resources.prompt("language").format(language=name)
        user = ChatMessage(user.role, f"{user.content}\n{told}")
    return [system, user]


def _messages(system: str, asked: str, question: str, **words: str) -> list[ChatMessage]:
    name = f"{asked}_asked" if question else asked
    content = resources.prompt(name).format(question=question.strip(), **words)
    return [ChatMessage("system", resources.prompt(system)), ChatMessage("user", content)]


def _listed(statements: Sequence[str]) -> str:
    return "\n".join(f"- {quoted(one_line(statement))}" for statement in statements)
