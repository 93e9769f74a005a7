"""The verbs of the command line that list kept conversations and write them to files."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from rag import output
from rag.cli_ledger import OK
from rag.disk.scan import absolute
from rag.errors import FootnoteError
from rag.records import Conversation, ConversationInfo, ExportFormat
from rag.session import Session

_LINE_CHARS = 100  # of a title or question


class UnknownSuffix(FootnoteError):
    """A file to write has a name that tells no format."""

    def __init__(self, path: Path) -> None:
        known = ", ".join(f".{kind.value}" for kind in ExportFormat)
        super().__init__(
            f"“{path.name}” tells no format that can be written here. "
            f"End its name in one of {known}. A PDF is made in the window."
        )


def export(session: Session, options: argparse.Namespace) -> int:
    """Write a conversation, or one turn of it, in the format that the file's name tells."""
    to = absolute(options.to)
    suffix = to.suffix.lower().removeprefix(".")
    if suffix not in {kind.value for kind in ExportFormat}:
        raise UnknownSuffix(to)
    session.papers.export(options.id, options.turn, to, ExportFormat(suffix))
    print(output.line({"path": str(to), "format": suffix}) if options.json else to)
    return OK


def conversations(session: Session, options: argparse.Namespace) -> int:
    """List the conversations, or the questions of one."""
    if options.id is not None:
        return _questions(session.chats.conversation(options.id), options)
    for info in session.chats.conversations():
        if options.json:
            print(output.line(_info(info)))
        else:
            print(f"{info.id:6}  {_moment(info.changed_at)}  {_shortened(info.title)}")
    return OK


def _questions(conversation: Conversation, options: argparse.Namespace) -> int:
    for turn in conversation.turns:
        if options.json:
            answered = turn.answer is not None
            values = {"id": turn.id, "question": turn.question, "answered": answered}
            print(output.line({**values, "asked_at": _moment(turn.asked_at)}))
        else:
            print(f"{turn.id:6}  {_moment(turn.asked_at)}  {_shortened(turn.question)}")
    return OK


def _info(info: ConversationInfo) -> dict[str, str | int]:
    return {
        "id": info.id,
        "title": info.title,
        "created_at": _moment(info.created_at),
        "changed_at": _moment(info.changed_at),
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="minutes")


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LINE_CHARS else f"{words[: _LINE_CHARS - 1]}…"
