"""The sample library that comes with Footnote, and questions that show what it is for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from rag import resources
from rag.errors import FootnoteError
from rag.scores import read_questions


def samples_folder() -> Path:
    """Where the sample documents are."""
    return resources.folder() / "samples" / "Sample library"


def sample_questions() -> tuple[str, ...]:
    """Questions to ask of them; none where they are not installed."""
    with suppress(FootnoteError):
        return tuple(
            item.question for item in read_questions(samples_folder().parent / "questions.jsonl")
        )
    return ()
