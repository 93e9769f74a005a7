"""Why a conversation could not be written to a file."""

from __future__ import annotations

from pathlib import Path

from rag.errors.base import FootnoteError


class NotExported(FootnoteError):
    """A file could not be written; what was there before is untouched."""

    def __init__(self, path: Path, why: str, todo: str) -> None:
        super().__init__(f"“{path.name}” could not be written: {why}. {todo}")


class NoTurn(FootnoteError):
    """A conversation has no such question."""

    def __init__(self, turn_id: int) -> None:
        super().__init__(f"There is no question {turn_id} in this conversation.")


class NothingCited(FootnoteError):
    """A list of sources was asked for, and no answer has any."""

    def __init__(self) -> None:
        super().__init__("No file is cited there, so there are no sources to write.")
