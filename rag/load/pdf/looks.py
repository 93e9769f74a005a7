"""Finds headings by how they look, for documents that have no outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rag.load.pdf.prose import Line, Prose
from rag.records import Heading

MAX_CHARS = 120
MAX_WORDS = 15
LARGER = 1.15  # times the body's size
LEVEL_SIZES = (1.75, 1.35)  # times the body's size: levels 1 and 2, then 3
PART_LEVEL, ITEM_LEVEL, NOTE_LEVEL, BOLD_LEVEL = 4, 5, 6, 7  # of lines that are no larger
FULL_LINE = 0.75  # of the widest line: a heading so long goes on on the next line
MAX_BOLD_SHARE = 0.3  # of a page's lines; more is no sign of a heading


_NAMED = tuple(
    (
        level,
        re.compile(
            rf"(?:{words})\s+(?:\d{{1,3}}[A-Z]?|[IVX]+|[A-Z])\b\s*(?:[.:—–-]|$)", re.IGNORECASE
        ),
    )
    for level, words in (
        (PART_LEVEL, "part|chapter|teil|kapitel|chapitre|parte|capítulo"),
        (ITEM_LEVEL, "item|section|article|appendix|annex|abschnitt|artikel|anhang|anlage|annexe"),
        (NOTE_LEVEL, "note|schedule|exhibit"),
    )
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=\w*[^\W\d_])")


class Looks:
    """Knows the usual type size of one document from the pages seen so far."""

    def __init__(self) -> None:
        self._chars_of_size: Counter[int] = Counter()

    def headings(self, prose: Prose) -> tuple[Heading, ...]:
        """The page's lines that are larger than the text, or bold and alone."""
        for line in prose.lines:
            self._chars_of_size[round(2 * line.size)] += len(line.text)
        if not self._chars_of_size:
            return ()
        body = self._chars_of_size.most_common(1)[0][0] / 2
        candidates = [
            (start, title, line)
            for start, title, line in _lone_lines(prose)
            if _could_be(title, line)
        ]
        most_bold = (
            sum(line.is_bold for *_, line in candidates) > MAX_BOLD_SHARE * len(prose.lines) + 2
        )
        widest = max((line.row.x1 - line.row.x0 for line in prose.lines), default=0.0)
        found: list[Heading] = []
        above: Line | None = None
        for start, title, line in candidates:
            level = self._level(title, line, prose.lines, body, most_bold=most_bold)
            if level and not (above and _goes_on(above, line, widest)):
                found.append(Heading(start, start + len(title), level, title))
            above = line if level else None
        return tuple(found)

    @staticmethod
    def _level(title: str, line: Line, lines: list[Line], body: float, *, most_bold: bool) -> int:
        """The level that `title`, which begins in `line`, has as a heading; 0 if it is none."""
        ratio = line.size / max(body, 1.0)
        numbered = _numbered_level(title)
        if ratio >= LARGER and not _in_block(lines, line):
            level = 1 + sum(ratio < limit for limit in LEVEL_SIZES)
            return min(level, numbered or level)
        if line.is_bold and not most_bold and ratio > 0.95 and not title.endswith(":"):
            return numbered or BOLD_LEVEL
        says_so = numbered and not title[-1].isdigit() and ratio > 0.95
        return numbered if says_so and not title[0].isdigit() else 0


def _numbered_level(text: str) -> int:
    """The level that a heading's own number gives it, 0 if it has none."""
    for level, pattern in _NAMED:
        if pattern.match(text):
            return level
    decimal = _DECIMAL.match(text)
    if decimal is None or not text[decimal.end()].isupper():
        return 0
    return min(ITEM_LEVEL + decimal[1].count("."), BOLD_LEVEL)


def _goes_on(above: Line, line: Line, widest: float) -> bool:
    """Whether a line is the second one of the heading above it."""
    close = 0 < line.row.y0 - above.row.y0 < 1.6 * line.size
    alike = abs(line.size - above.size) < 0.05 * line.size and line.is_bold == above.is_bold
    return close and alike and above.row.x1 - above.row.x0 > FULL_LINE * widest


def could_begin(line: Line) -> bool:
    """Whether a heading could begin with a line, or go on in it: only then its font is asked."""
    return len(line.text) <= MAX_CHARS and line.text[-1] not in ".,;"


def _lone_lines(prose: Prose) -> Iterator[tuple[int, str, Line]]:
    """The lines of the text that are one or two of the page: offset, text, first of those."""
    text = prose.text
    for at, (start, line) in enumerate(zip(prose.line_starts, prose.lines, strict=True)):
        if start and text[start - 1] != "\n":
            continue
        end = start + len(line.text)
        if end == len(text) or text[end] == "\n":
            yield start, line.text, line
        elif at + 1 < len(prose.lines):
            after = prose.lines[at + 1]
            end = prose.line_starts[at + 1] + len(after.text)
            ends = end == len(text) or text[end] == "\n"
            alike = abs(after.size - line.size) < 0.05 * line.size and after.is_bold == line.is_bold
            if ends and alike and len(after.row.fragments) == 1:
                yield start, text[start:end], line


def _could_be(title: str, line: Line) -> bool:
    """Whether a line that stands alone says something short that is no sentence."""
    if not 3 <= len(title) <= MAX_CHARS:
        return False
    if len(line.row.fragments) > 1 and (title[-1].isdigit() or not _numbered_level(title)):
        return False
    words = title.split()
    letters = sum(c.isalpha() for c in title)
    starts_well = title[0].isupper() or title[0].isdigit() or not title[0].isascii()
    ends_well = not title.endswith((".", ",", ";", "-"))
    return (
        len(words) <= MAX_WORDS and letters >= max(3, len(title) // 2) and starts_well and ends_well
    )


def _in_block(lines: list[Line], line: Line) -> bool:
    """Whether a line is one of three or more of its size that follow each other closely."""
    at = lines.index(line)
    size = line.size
    run = 1
    for others in (lines[at + 1 : at + 3], reversed(lines[max(0, at - 2) : at])):
        last = lines[at]
        for other in others:
            step = abs(other.row.y0 - last.row.y0)
            if abs(other.size - size) > 0.05 * size or step > 1.5 * size:
                break
            run += 1
            last = other
    return run >= 3
