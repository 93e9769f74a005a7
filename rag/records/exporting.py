"""The files that conversations can be written to."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """What to write; the value is the file's suffix without its dot."""

    MARKDOWN = "md"
    WORD = "docx"
    CSL_JSON = "json"  # the cited files, for programs that manage references
    BIBTEX = "bib"  # the same
