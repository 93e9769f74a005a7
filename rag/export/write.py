"""Writes a conversation to a file in any of the formats that there are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag.export.bibtex import bibtex
from rag.export.csl import csl_json
from rag.export.markdown import markdown
from rag.export.paper import chosen, lay_out
from rag.export.references import DayOf, references
from rag.export.target import write_whole
from rag.export.word import word
from rag.records import Conversation, ExportFormat


def write(
    conversation: Conversation,
    turn_id: int | None,
    to: Path,
    kind: ExportFormat,
    titles: Mapping[Path, str],
    day_of: DayOf,
) -> None:
    """Write a conversation, or one turn of it, to the absolute path `to`, whole or not at all.

    `titles` has those of the library's files. Raises `NoTurn`, `NothingCited`, `NotExported`.
    """
    match kind:
        case ExportFormat.MARKDOWN:
            content = markdown(lay_out(conversation, turn_id)).encode()
        case ExportFormat.WORD:
            content = word(lay_out(conversation, turn_id))
        case ExportFormat.CSL_JSON:
            content = csl_json(references(chosen(conversation, turn_id), titles, day_of)).encode()
        case ExportFormat.BIBTEX:
            content = bibtex(references(chosen(conversation, turn_id), titles, day_of)).encode()
    write_whole(to, content)
