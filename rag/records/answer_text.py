"""Reads a model's text as paragraphs, lists and bold, never as something that loads or links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_MARKER = re.compile(r"^(\s*)(?:([-*•–])|(\d{1,3}[.)]))\s+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")


class ParagraphKind(Enum):
    """How a paragraph is set."""

    PLAIN = "plain"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text that is shown as it is: `text[start:end]`."""

    start: int
    end: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text with its marks taken off; `runs` rise and never overlap."""

    kind: ParagraphKind
    label: str  # "•" or "2." in a list, else empty
    depth: int  # of the list, 0-based
    runs: tuple[Run, ...]


def paragraphs(text: str) -> list[Paragraph]:
    """What `text` shows, line by line; blank lines only separate."""
    found: list[Paragraph] = []
    offset = 0
    for line in text.split("\n"):
        paragraph = _paragraph(line, offset)
        if paragraph.runs:  # a marker whose words are still to come shows nothing yet
            found.append(paragraph)
        offset += len(line) + 1
    return found


def _paragraph(line: str, offset: int) -> Paragraph:
    kind, label, depth, skipped = ParagraphKind.PLAIN, "", 0, len(line) - len(line.lstrip())
    if heading := _HEADING.match(line):
        kind, skipped = ParagraphKind.HEADING, heading.end()
    elif marker := _MARKER.match(line):
        kind = ParagraphKind.BULLET if marker[2] else ParagraphKind.NUMBERED
        label = "•" if marker[2] else marker[3]
        depth = min(3, len(marker[1].expandtabs(4)) // 2)
        skipped = marker.end()
    return Paragraph(kind, label, depth, tuple(_runs(line, skipped, offset)))


def _runs(line: str, begin: int, offset: int) -> list[Run]:
    """The line's visible stretches; `**` turns bold on and off where it has a partner."""
    end = len(line.rstrip())
    stars = [match.start() for match in re.finditer(r"\*\*", line) if begin <= match.start() < end]
    if len(stars) % 2:
        stars.pop()
    runs: list[Run] = []
    at, bold = begin, False
    for star in [*stars, end]:
        if star > at:
            runs.append(Run(offset + at, offset + star, bold))
        at, bold = star + 2, not bold
    return runs
