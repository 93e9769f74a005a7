"""The messages that a model is shown about whole documents, which it reads once for many questions.

The documents stand first, the conversation and the question behind them: whatever is asked, the
prompt begins with the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag import resources
from rag.prompt.chat import one_line, quoted
from rag.prompt.languages import language_name, refusal
from rag.protocols import ChatMessage

PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class WholeText:
    """A document as the model is shown it."""

    title: str
    text: str  # its reading text


def documents_text(documents: Sequence[WholeText]) -> str:
    """`documents` one behind the other, each under its number and title.

    Only these lines begin with a number in square brackets, and none with a label of ours.
    """
    shown = [_document_text(number, document) for number, document in enumerate(documents, 1)]
    return "\n\n".join(shown)


def document_heads(documents: Sequence[WholeText]) -> list[str]:
    """The lines that the documents begin with in `documents_text`, of those that have a title."""
    return [
        _document_text(number, WholeText(document.title, "")).strip()
        for number, document in enumerate(documents, 1)
        if document.title.strip()
    ]


def whole_chat(
    documents: str,
    question: str,
    history: Sequence[tuple[str, str]] = (),
    language: str = "",
) -> list[ChatMessage]:
    """The conversation about `documents`, as `documents_text` made them.

    `history` holds earlier questions with their answers, oldest first; `language` is the code of
    the question's language where it is known for sure. Each question stands as it stood when it was
    the last, so that of a conversation, too, only what is new is read.
    """
    words, name = resources.prompt("whole_question"), language_name(language)
    told = "\n" + resources.prompt("language").format(language=name) if name else ""
    asked = [words.format(question=one.strip()) + told for one, _ in history]
    asked.append(words.format(question=question.strip()) + told)
    asked[0] = f"{documents}\n\n{asked[0]}"
    system = resources.prompt("whole_system").format(refusal=refusal())
    messages = [ChatMessage("system", system)]
    for said, (_, answer) in zip(asked, history, strict=False):
        messages += [ChatMessage("user", said), ChatMessage("assistant", answer)]
    return [*messages, ChatMessage("user", asked[-1])]


def _document_text(number: int, document: WholeText) -> str:
    text = quoted(document.text.replace(PAGE_BREAK, "\n")).strip()
    words = resources.prompt("whole_document")
    return words.format(number=number, title=one_line(document.title), text=text)
