"""Finds headings by how they look, for documents that have no outline."""

from __future__ import annotations

from collections import Counter

from rag.load.pdf.prose import Line, Prose
from rag.records import Heading

MAX_CHARS = 120
MAX_WORDS = 15
LARGER = 1.15  # times the body's size
LEVEL_SIZES = (1.75, 1.35)  # times the body's size: levels 1 and 2, then 3; bold is 4
BOLD_LEVEL = 4
MAX_BOLD_SHARE = 0.3  # of a page's lines; more is no sign of a heading


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
            (start, line)
            for start, line in zip(prose.line_starts, prose.lines, strict=True)
            if _could_be(prose.text, start, line)
        ]
        most_bold = (
            sum(line.is_bold for _, line in candidates) > MAX_BOLD_SHARE * len(prose.lines) + 2
        )
        found: list[Heading] = []
        for start, line in candidates:
            ratio = line.size / max(body, 1.0)
            if ratio >= LARGER and not _in_block(prose.lines, line):
                level = 1 + sum(ratio < limit for limit in LEVEL_SIZES)
            elif line.is_bold and not most_bold and ratio > 0.95 and not line.text.endswith(":"):
                level = BOLD_LEVEL
            else:
                continue
            found.append(Heading(start, start + len(line.text), level, line.text))
        return tuple(found)


def _could_be(text: str, start: int, line: Line) -> bool:
    """Whether a line stands alone and says something short that is no sentence."""
    end = start + len(line.text)
    alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    if not alone or len(line.row.fragments) > 1 or not 3 <= len(line.text) <= MAX_CHARS:
        return False
    words = line.text.split()
    letters = sum(c.isalpha() for c in line.text)
    starts_well = line.text[0].isupper() or line.text[0].isdigit() or not line.text[0].isascii()
    ends_well = not line.text.endswith((".", ",", ";", "-"))
    return (
        len(words) <= MAX_WORDS
        and letters >= max(3, len(line.text) // 2)
        and starts_well
        and ends_well
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
