"""Rows in reading order become clean reading text in which every code point keeps its glyph.

Lines that a paragraph goes on in are joined, words that a line end splits are put together;
paragraphs stand apart by a blank line; headings, list items and table rows have a line each.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.load.glyphs import INSERTED
from rag.load.pdf.breaks import Breaks, Line
from rag.load.pdf.hyphens import Hyphenation
from rag.load.pdf.lines import Fragment, Row

_HYPHENS = "-‐\xad"


@dataclass(frozen=True, slots=True)
class Prose:
    """A page's text: `glyphs` has one entry per code point, `line_starts` one per line of rows."""

    text: str
    glyphs: list[int]
    lines: list[Line]
    line_starts: list[int]


class Spells(Protocol):
    """Tells what the characters of a page say, or the words that were recognised on it."""

    def word(self, first: int, after: int) -> tuple[str, Sequence[int]]:
        """The text of what stands from `first` up to `after`, and the glyph of each code point."""
        ...

    def is_soft_hyphen(self, glyph: int) -> bool:
        """Whether a character only marks where a word may be split."""
        ...


def lines_of(rows: Sequence[Row], spelling: Spells) -> list[Line]:
    """The rows that say something, spelled out."""
    lines: list[Line] = []
    for row in rows:
        text: list[str] = []
        glyphs: list[int] = []
        cells: list[tuple[Fragment, int]] = []
        for fragment in row.fragments:
            cells.append((fragment, len(glyphs) + bool(text)))
            for first, after, spaced in fragment.parts:
                word, own = spelling.word(first, after)
                if not word:
                    continue
                if text and (spaced or first == fragment.parts[0][0]):
                    text.append(" ")
                    glyphs.append(INSERTED)
                text.append(word)
                glyphs += own
        if text:
            line = Line(row, "".join(text), array("i", glyphs), row.size, cells)
            lines.append(_without_hyphen(line, spelling))
        for fragment in row.fragments:
            fragment.parts = []  # spelled out; lines are kept until the pages near them are read
    return lines


def _without_hyphen(line: Line, spelling: Spells) -> Line:
    last = line.row.fragments[-1].parts[-1][1] - 1
    if spelling.is_soft_hyphen(last):
        line.hyphen = "\xad"
    elif len(line.text) > 1 and line.text[-1] in _HYPHENS and line.text[-2].isalnum():
        line.hyphen, line.hyphen_glyph = line.text[-1], line.glyphs.pop()
        line.text = line.text[:-1]
    return line


def compose(lines: list[Line], hyphenation: Hyphenation) -> Prose:
    """Join the lines into the page's text."""
    hyphenation.learn(_whole_words(lines))
    breaks = Breaks(lines)
    texts: list[str] = []
    glyphs: list[int] = []
    starts: list[int] = []
    offset = 0
    joined_rows = 0
    for at, line in enumerate(lines):
        if at:
            gap = breaks.before(at, in_paragraph=joined_rows > 0)
            joined_rows = joined_rows + 1 if gap in {"", " "} else 0
            said, own = _line_end(lines[at - 1], line, gap, hyphenation)
            texts.append(said)
            glyphs += own
            offset += len(said)
        starts.append(offset)
        texts.append(line.text)
        glyphs += line.glyphs
        offset += len(line.text)
    if lines and lines[-1].hyphen and lines[-1].hyphen != "\xad":
        texts.append("-")
        glyphs.append(lines[-1].hyphen_glyph)
    return Prose("".join(texts), glyphs, lines, starts)


def _whole_words(lines: list[Line]) -> str:
    """The lines' text without the halves of words that are split between them."""
    whole: list[str] = []
    split = False
    for line in lines:
        text = line.text.partition(" ")[2] if split else line.text
        split = bool(line.hyphen)
        whole.append(text.rpartition(" ")[0] if split else text)
    return "\n".join(whole)


def _line_end(
    before: Line, after: Line, gap: str, hyphenation: Hyphenation
) -> tuple[str, list[int]]:
    """What stands between two lines, with its glyphs."""
    if not before.hyphen:
        return gap, [INSERTED] * len(gap)
    if before.hyphen == "\xad":
        return ("", []) if gap == " " else (gap, [INSERTED] * len(gap))
    said = "-" + gap
    if gap in {"", " "}:
        said = hyphenation.decide(before.text, after.text).value
    if not said:
        return "", []
    return said, [before.hyphen_glyph] + [INSERTED] * (len(said) - 1)
