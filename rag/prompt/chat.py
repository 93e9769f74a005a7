"""The messages that a model is shown, around passages that cannot be taken for anything else."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from rag import resources
from rag.prompt.languages import ENGLISH, language_name, refusal
from rag.protocols import ChatMessage

FRAME = ("Question:",)
"""Labels that begin lines of our own in what the model is shown; no passage's line does."""

_QUOTE = "> "
_LINE = regex.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNSEEN = regex.compile(r"[\p{Cf}\p{Cc}\p{Mn}]")
# Lines that begin like one of ours, or like another speaker's: they are quoted in a passage.
_LOOKS_LIKE_OURS = regex.compile(
    r"""[\W_]*+ (?: (?<=\[\s*) \d+ \s* \]
        | (?: (?:last|next|new|my|the|user) \s+ )?
          (?:question|answer|source|passage|document|evidence|context|system|user|assistant|human
            |ai|instruction|prompt)s?
          (?: \s+ (?:\d+|message|prompt|end) )? [\s*_]* (?:[:=>\]}|] | $) )""",
    regex.VERBOSE | regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence as the model is shown it."""

    title: str  # of its document
    place: str  # "p. 7", a heading, or empty
    text: str
    table: str = ""  # caption and column heads of the table that its rows are from


def chat(
    question: str,
    passages: Sequence[Passage],
    history: Sequence[tuple[str, str]] = (),
    language: str = "",
) -> list[ChatMessage]:
    """The conversation to be answered from `passages`, which are ranked best first.

    `history` holds earlier questions with their answers, oldest first; `language` is the code of
    the question's language where it is known for sure. What stays the same from turn to turn comes
    first, so that it is read once; the best passage and the question come last.
    """
    shown = [passage_text(number, passage) for number, passage in enumerate(passages, start=1)]
    content = resources.prompt("question").format(
        passages="\n\n".join(reversed(shown)), question=question.strip()
    )
    if name := language_name(language):
        content += "\n" + resources.prompt("language").format(language=name)
    system = resources.prompt("system").format(refusal=refusal(language or ENGLISH))
    return [
        ChatMessage("system", system),
        *_turns(history),
        ChatMessage("user", content),
    ]


def again_chat(
    asked: Sequence[ChatMessage], draft: str, statements: Sequence[str]
) -> list[ChatMessage]:
    """The conversation `asked`, its answer `draft`, and the wish for it without `statements`."""
    listed = "\n".join(f"- {one_line(statement)}" for statement in statements)
    return [
        *asked,
        ChatMessage("assistant", draft),
        ChatMessage("user", resources.prompt("again").format(statements=listed)),
    ]


def own_knowledge_chat(question: str, language: str = "") -> list[ChatMessage]:
    """The conversation to be answered from what the model itself knows."""
    content = question.strip()
    if name := language_name(language):
        content += "\n" + resources.prompt("language").format(language=name)
    return [
        ChatMessage("system", resources.prompt("own_knowledge")),
        ChatMessage("user", content),
    ]


def passage_text(number: int, passage: Passage) -> str:
    """A passage under its number and where it comes from.

    Only this first line begins with a number in square brackets, and none with a label of ours.
    """
    text = quoted(passage.text).strip()
    words = resources.prompt("passage")
    return words.format(number=number, source=_source(passage), text=text)


def passage_head(number: int, passage: Passage) -> str:
    """What the first line that `passage_text` makes begins with: number and title."""
    return passage_text(number, Passage(passage.title, "", "")).strip()


def quoted(text: str) -> str:
    """`text` with the lines marked that could be taken for ours, in time linear in its length."""
    return _LINE.sub(_quoted, text)


def _source(passage: Passage) -> str:
    source = ", ".join(one_line(part) for part in (passage.title, passage.place) if part.strip())
    return source + (f" ({one_line(passage.table)})" if passage.table else "")


def _quoted(line: regex.Match[str]) -> str:
    """A passage's line, marked as quoted where it could be taken for one of ours."""
    seen = line[0]
    if not seen.isprintable() or not seen.isascii():
        seen = _UNSEEN.sub("", unicodedata.normalize("NFKD", seen))
    return _QUOTE + line[0].lstrip() if _LOOKS_LIKE_OURS.match(seen) else line[0]


def one_line(text: str) -> str:
    """`text` with no line break, and no two blanks side by side."""
    return " ".join(text.split())


def _turns(history: Sequence[tuple[str, str]]) -> list[ChatMessage]:
    messages: list[ChatMessage] = []
    for question, answer in history:
        messages += [ChatMessage("user", question), ChatMessage("assistant", answer)]
    return messages
