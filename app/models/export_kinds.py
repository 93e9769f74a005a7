"""The kinds of files that conversations and answers can be written to, in the window's words."""

from __future__ import annotations

import re
from enum import Enum

from PySide6.QtCore import QCoreApplication

from app.models.plain_text import plain
from rag.records import ExportFormat

_translate = QCoreApplication.translate
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')  # in the names of files, on one system or another
_NAME_CHARS = 80


class ExportKind(Enum):
    """A kind of file; the value is its suffix without the dot."""

    PDF = "pdf"
    WORD = "docx"
    MARKDOWN = "md"
    CSL_JSON = "json"
    BIBTEX = "bib"

    @property
    def words(self) -> str:
        """What it is called in a menu."""
        return {
            ExportKind.PDF: _translate("ExportKind", "PDF"),
            ExportKind.WORD: _translate("ExportKind", "Word"),
            ExportKind.MARKDOWN: _translate("ExportKind", "Markdown"),
            ExportKind.CSL_JSON: _translate("ExportKind", "References as CSL-JSON"),
            ExportKind.BIBTEX: _translate("ExportKind", "References as BibTeX"),
        }[self]

    @property
    def format(self) -> ExportFormat | None:
        """How the engine names it; None where the window makes it."""
        return None if self is ExportKind.PDF else ExportFormat(self.value)

    @property
    def filter(self) -> str:
        """What a file dialog shows of it."""
        return f"{self.words} (*.{self.value})"

    @classmethod
    def of_filter(cls, chosen: str) -> ExportKind:
        """The kind that a file dialog's filter is of; PDF for any other."""
        return next((kind for kind in cls if kind.filter == chosen), cls.PDF)


def file_name(title: str, kind: ExportKind) -> str:
    """A name that every system takes: the title, cut, with the kind's suffix."""
    name = _FORBIDDEN.sub(" ", plain(title)).strip(" .")[:_NAME_CHARS].strip(" .")
    return f"{name or 'Footnote'}.{kind.value}"
