"""Rows in reading order become clean reading text in which every code point keeps its glyph.

Lines that a paragraph goes on in are joined, words that a line end splits are put together;
paragraphs stand apart by a blank line; headings, list items and table rows have a line each.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.load.glyphs import INSERTED
from rag.load.pdf.hyphens import Hyphenation
from rag.load.pdf.lines import Row
from rag.load.pdf.spelling import Spelling

WINDOW_ROWS = 3  # rows before and after that show where the lines of a paragraph end
MIN_FULL_ROWS = 3  # of these must end together to be a column of text

_TERMINAL = (".", "!", "?", ":", ";", "。", "！", "？", "：")
_CLOSING = "”’\"')]»"
_HYPHENS = "-‐\xad"
_BULLET = re.compile(
    r"[•▪■●◦‣∙○□▸►✓➢❖]|[–—*-] |\((?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\) ?|(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)] "
)


@dataclass(slots=True)
class Line:
    """A row with its text."""

    row: Row
    text: str
    glyphs: list[int]
    size: float
    hyphen: str = ""  # left off the end of the text, since it may split a word
    hyphen_glyph: int = INSERTED


@dataclass(frozen=True, slots=True)
class Prose:
    """A page's text: `glyphs` has one entry per code point, `line_starts` one per line of rows."""

    text: str
    glyphs: list[int]
    lines: list[Line]
    line_starts: list[int]


def lines_of(rows: Sequence[Row], spelling: Spelling) -> list[Line]:
    """The rows that say something, spelled out."""
    lines: list[Line] = []
    for row in rows:
        text: list[str] = []
        glyphs: list[int] = []
        for fragment in row.fragments:
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
            lines.append(_without_hyphen(Line(row, "".join(text), glyphs, row.size), spelling))
    return lines


def _without_hyphen(line: Line, spelling: Spelling) -> Line:
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
    leading = _leading(lines)
    texts: list[str] = []
    glyphs: list[int] = []
    starts: list[int] = []
    offset = 0
    joined_rows = 0
    for at, line in enumerate(lines):
        if at:
            gap = _gap(lines, at, leading, in_paragraph=joined_rows > 0)
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


def _leading(lines: list[Line]) -> dict[int, float]:
    """The usual distance between lines of a size (rounded to points)."""
    steps: dict[int, list[float]] = defaultdict(list)
    for above, below in itertools.pairwise(lines):
        step = below.row.y0 - above.row.y0
        if 0.5 * below.size < step < 2.2 * below.size and _same_size(above, below):
            steps[round(below.size)].append(step)
    return {size: statistics.median_low(found) for size, found in steps.items()}


def _same_size(a: Line, b: Line) -> bool:
    return max(a.size, b.size) <= 1.13 * min(a.size, b.size)


def _gap(lines: list[Line], at: int, leading: dict[int, float], *, in_paragraph: bool) -> str:
    """What separates line `at` from the one before: nothing, a space, or one or two newlines."""
    above, below = lines[at - 1], lines[at]
    step = below.row.y0 - above.row.y0
    usual = leading.get(round(below.size), 1.2 * below.size)
    space = "" if _is_cjk(above.text[-1]) and _is_cjk(below.text[0]) else " "
    next_column = step < 0 or step > 4 * below.size
    if not _same_size(above, below):
        return "\n\n"
    if -0.7 * below.size < step < 0.3 * below.size:  # beside, not below
        return space if below.row.x0 >= above.row.x1 - 1 else "\n"
    if next_column:
        return space if _goes_on_elsewhere(lines, at) else "\n\n"
    if step > 1.3 * usual:
        return "\n\n"
    if _is_item(below.text) and not (
        _unended(above) and below.text[0].isalnum() and _is_full(lines, at)
    ):
        return "\n"
    if len(above.row.fragments) > 1 or len(below.row.fragments) > 1:
        return space if _is_wrapped_cell(lines, at, usual) else "\n"
    if _goes_on(lines, at):
        return space
    return "\n\n" if in_paragraph else "\n"


def _goes_on(lines: list[Line], at: int) -> bool:
    """Whether a paragraph goes on from the line above to line `at`, directly below."""
    above, below = lines[at - 1], lines[at]
    if min(above.row.x1, below.row.x1) <= max(above.row.x0, below.row.x0):
        return False
    em = below.size
    if below.row.x0 > above.row.x0 + 0.8 * em and not _unended(above):
        return False  # a new paragraph's indent
    starts_small = below.text[0].islower()
    if above.hyphen and starts_small:
        return True
    if not _is_full(lines, at):
        aligned = -0.5 * em < below.row.x0 - above.row.x0 < 2.5 * em
        return starts_small and aligned and _unended(above) and above.text.count(" ") >= 4
    return starts_small or _ends_column(lines, at)


def _goes_on_elsewhere(lines: list[Line], at: int) -> bool:
    """Whether a paragraph goes on at the top of the next column."""
    above, below = lines[at - 1], lines[at]
    small = below.text[0].islower()
    if len(above.row.fragments) > 1 or len(below.row.fragments) > 1 or not small:
        return False
    if above.hyphen:
        return True
    return _unended(above) and above.text.count(" ") >= 3 and below.text.count(" ") >= 2


def _is_wrapped_cell(lines: list[Line], at: int, usual: float) -> bool:
    """Whether line `at` is the rest of the last table cell above."""
    above, below = lines[at - 1], lines[at]
    if len(below.row.fragments) > 1:
        return False
    cell = above.row.fragments[-1]
    aligned = abs(cell.x0 - below.row.x0) < 0.4 * below.size
    closer = below.row.y0 - above.row.y0 < 0.85 * usual  # than the table's rows
    return (
        aligned and _unended(above) and (closer or below.text[0].islower() or _is_full(lines, at))
    )


def _unended(line: Line) -> bool:
    return not line.text.rstrip(_CLOSING).endswith(_TERMINAL)


def _is_item(text: str) -> bool:
    return _BULLET.match(text) is not None


def _right_edge(lines: list[Line], at: int) -> tuple[float, int]:
    """Where the lines around the one before `at` end, and how many of them end there."""
    line = lines[at - 1]
    left = line.row.fragments[-1].x0
    near = [
        other.row.x1
        for other in lines[max(0, at - 1 - WINDOW_ROWS) : at + WINDOW_ROWS]
        if abs(other.row.fragments[-1].x0 - left) < 3 * line.size and _same_size(other, line)
    ]
    right = max(near)
    return right, sum(x1 > right - 4 * line.size for x1 in near)


def _is_full(lines: list[Line], at: int) -> bool:
    """Whether the first word of line `at` would not have fitted at the end of the line above."""
    above, below = lines[at - 1], lines[at]
    right, _ = _right_edge(lines, at)
    word_chars = 1 if _is_cjk(below.text[0]) else len(below.text.split(" ", 1)[0])
    per_char = (below.row.x1 - below.row.x0) / max(1, len(below.text))
    return right - above.row.x1 < (word_chars + 0.7) * per_char


def _ends_column(lines: list[Line], at: int) -> bool:
    return _right_edge(lines, at)[1] >= MIN_FULL_ROWS


def _is_cjk(character: str) -> bool:
    code = ord(character)
    return 0x2E80 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0xFF00 <= code < 0xFFF0
