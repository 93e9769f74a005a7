"""Makes the lines of a page from what was recognised on its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.load.ocr import Corners, Recognised, Word
from rag.load.pdf.lines import CELL_GAP, Fragment
from rag.load.pdf.prose import Line, lines_of
from rag.load.pdf.scan_order import reading_order
from rag.records import Box

SAME_PLACE = 0.4  # of a recognised word's area, under the page's own words: it is one of those
MOSTLY = 0.6  # of a recognised line's characters: then all of it is

Lines = list[tuple[Word, ...]]


@dataclass(frozen=True, slots=True)
class ScanLines:
    """A scan's lines in reading order, in points; their glyphs count the words of `boxes`."""

    lines: list[Line]
    boxes: tuple[Box, ...]
    height: float  # of the page as its lines see it


def scan_lines(
    found: Recognised, own: Sequence[tuple[str, Corners]], points_per_px: float, page: int
) -> ScanLines:
    """The lines of what was found on a picture, and of the page's `own` words that stand on it.

    Boxes of `own` words are in px of the picture, as all of `found` is.
    """
    if found.frame is None:
        return ScanLines([], (), 0.0)
    recognised = without_own(found.lines, [box for _, box in own])
    own_lines = [(Word(text, box, found.frame.level_box(box), spaced=False),) for text, box in own]
    words: list[Word] = []
    fragments = _fragments(_joined(own_lines) + recognised, words, points_per_px)
    spelling = _Spelling(words)
    rows = reading_order(fragments, spelling.text_of)
    lines = lines_of(rows, spelling)
    bottom = found.frame.height * points_per_px
    for aside in _fragments(list(found.asides), words, points_per_px):
        size = rows[0].size if rows else 12.0
        aside.y0, aside.y1 = bottom + size, bottom + 2 * size
        bottom += 3 * size
        lines += lines_of(reading_order([aside], spelling.text_of), spelling)
    boxes = tuple(Box(page, *(edge * points_per_px for edge in word.box)) for word in words)
    return ScanLines(lines, boxes, bottom)


def without_own(lines: Sequence[tuple[Word, ...]], own: Sequence[Corners]) -> Lines:
    """The lines without the words that stand where the page has words of its own."""
    kept: Lines = []
    for line in lines:
        doubled = [any(_shared(word.box, box) >= SAME_PLACE for box in own) for word in line]
        chars = sum(len(word.text) for word in line)
        same = sum(len(word.text) for word, is_own in zip(line, doubled, strict=True) if is_own)
        if same < MOSTLY * chars:
            rest = tuple(w for w, is_own in zip(line, doubled, strict=True) if not is_own)
            kept += [rest] if rest else []
    return kept


def _shared(word: Corners, own: Corners) -> float:
    """The share of a word's area that lies under another."""
    width = min(word[2], own[2]) - max(word[0], own[0])
    height = min(word[3], own[3]) - max(word[1], own[1])
    area = (word[2] - word[0]) * (word[3] - word[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0


def _joined(lines: Lines) -> Lines:
    """Words one by one joined to lines, where they follow each other."""
    joined: Lines = []
    for (word,) in lines:
        if joined and _follows(joined[-1][-1].level, word.level):
            spaced = Word(word.text, word.box, word.level, spaced=True)
            joined[-1] = (*joined[-1], spaced)
        else:
            joined.append((word,))
    return joined


def _follows(before: Corners, after: Corners) -> bool:
    height = max(before[3] - before[1], 1.0)
    beside = min(before[3], after[3]) - max(before[1], after[1]) >= 0.5 * height
    return beside and -0.5 * height <= after[0] - before[2] <= CELL_GAP * height


def _fragments(lines: Lines, words: list[Word], points_per_px: float) -> list[Fragment]:
    """Lines as pieces without a wide gap, in points; their words are added to `words`."""
    fragments: list[Fragment] = []
    for line in lines:
        height = max(word.level[3] for word in line) - min(word.level[1] for word in line)
        last: Fragment | None = None
        for before, word in zip((None, *line), line, strict=False):
            place = len(words)
            words.append(word)
            x0, y0, x1, y1 = (edge * points_per_px for edge in word.level)
            gap = word.level[0] - before.level[2] if before else 0.0
            if last is None or gap > CELL_GAP * height:
                last = Fragment(x0, y0, x1, y1, [(place, place + 1, False)])
                fragments.append(last)
                continue
            last.x1 = max(last.x1, x1)
            last.y0, last.y1 = min(last.y0, y0), max(last.y1, y1)
            if word.spaced:
                last.parts.append((place, place + 1, True))
            else:
                first, _, spaced = last.parts[-1]
                last.parts[-1] = (first, place + 1, spaced)
    return fragments


class _Spelling:
    """Says what recognised words say, as `Spelling` does for a PDF's characters."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words

    def word(self, first: int, after: int) -> tuple[str, Sequence[int]]:
        texts = [self._words[place].text for place in range(first, after)]
        glyphs = [place for place in range(first, after) for _ in self._words[place].text]
        return "".join(texts), glyphs

    def is_soft_hyphen(self, glyph: int) -> bool:
        return glyph < 0  # none is told

    def text_of(self, fragment: Fragment) -> str:
        return " ".join(self.word(first, after)[0] for first, after, _ in fragment.parts)
