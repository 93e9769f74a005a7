"""Summarises texts that are longer than a model can read: section by section, then all in one."""

from rag.sections.asking import Asking
from rag.sections.cutting import Original, Section, Stretch, cut
from rag.sections.focus import Focus, focus_of, sections_found
from rag.sections.joining import Joining, page_tokens_for
from rag.sections.keeping import KeptSections
from rag.sections.sources import Source, Sources, Statement
from rag.sections.summaries import Summaries, fitting, head_tokens, room_for_text
from rag.sections.summarising import Summarising, Summary, Work, settled

__all__ = [
    "Asking",
    "Focus",
    "Joining",
    "KeptSections",
    "Original",
    "Section",
    "Source",
    "Sources",
    "Statement",
    "Stretch",
    "Summaries",
    "Summarising",
    "Summary",
    "Work",
    "cut",
    "fitting",
    "focus_of",
    "head_tokens",
    "page_tokens_for",
    "room_for_text",
    "sections_found",
    "settled",
]
