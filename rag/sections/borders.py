"""Where a document may be cut into sections, and how gladly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from rag.cancel import CancelToken
from rag.cite import split_sentences
from rag.prompt import quoted
from rag.records import DocumentText

_AT_ONCE_CHARS = 200_000  # whose sentences are told without looking whether to stop
_PARAGRAPH = regex.compile(r"\n[^\S\n]*\n|\f")
_BREAK_SOUGHT_CHARS = 20_000
# A line of its own that opens a part of a text whose format knows no headings.
_PART = regex.compile(
    r"""(?: book|part|volume|act|chapter|section|article|scene|letter|canto
        | buch|teil|band|kapitel|abschnitt|artikel|brief
        | livre|partie|tome|chapitre|lettre
        | libro|parte|cap[ií]t(?:ulo|olo)|secci[oó]n|sezione|livro
        | deel|hoofdstuk|cz[eę][sś][cć]|rozdzia[łl]|часть|том|глава )
      \s+ (?: [ivxlcdm]+ | \d+ | (?-i:\p{Lu})\p{L}* ) \b [^\n]{0,60}""",
    regex.VERBOSE | regex.IGNORECASE,
)
_PLAIN_HEADING_CHARS = 80

# What cutting at a border costs, from 0: a part begins there; to 1: in the midst of a paragraph.
_TOP, _LOWER, _PARAGRAPH_COST, _LINE, _SENTENCE = 0.0, 0.2, 0.5, 0.8, 1.0
_BEHIND_HEADING = 3.0  # a heading belongs to what follows it


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that is never cut, mostly a sentence with the white space behind it."""

    start: int
    end: int
    tokens: int
    cost: float  # of cutting before it


def units_of(
    document: DocumentText,
    within: tuple[int, int],
    count: Callable[[str], int],
    most_tokens: int,
    cancel: CancelToken,
) -> list[Unit]:
    """All of `document.text` between two offsets in units of at most `most_tokens`, as shown.

    Only where a sentence alone is longer is it cut, between words if it has any. Raises
    `Cancelled`.
    """
    borders = _Borders(document)
    units: list[Unit] = []
    for first, last in _segments(document.text, *within):
        cancel.check()
        starts = [start for start, _ in split_sentences(document.text[first:last])]
        edges = [first, *(first + start for start in starts if start), last]
        for start, end in pairwise(edges):
            cost = borders.cost(start, units[-1] if units else None)
            for piece_start, piece_end, tokens in _fitting(
                document.text, start, end, count, most_tokens
            ):
                units.append(Unit(piece_start, piece_end, tokens, cost))
                cost = _SENTENCE
    return units


class _Borders:
    """What cutting a document before one of its sentences costs."""

    def __init__(self, document: DocumentText) -> None:
        self._document = document
        self._text = document.text
        self._headings = {heading.start: heading.level for heading in document.headings}
        self._top = min(self._headings.values(), default=1)
        self._parts = frozenset(() if document.paged else document.page_starts)
        self._plain = not document.headings

    def cost(self, start: int, before: Unit | None) -> float:
        if before is None:
            return _TOP
        level = self._level(start, self._text.find("\n", start))
        gap = self._gap(start)
        if self._level(before.start, before.end) is not None:
            return _BEHIND_HEADING
        if level is not None:
            return _TOP if level <= self._top else _LOWER
        if start in self._parts:
            return _TOP
        if _PARAGRAPH.search(gap):
            return _PARAGRAPH_COST if "\f" not in gap or self._ends(start - len(gap)) else _LINE
        return _LINE if "\n" in gap else _SENTENCE

    def _level(self, start: int, end: int) -> int | None:
        """The level of the heading that begins at `start`, None where none does."""
        if not self._plain:
            return self._headings.get(start)
        line = self._text[start : end if end >= 0 else len(self._text)].strip()
        return 1 if len(line) <= _PLAIN_HEADING_CHARS and _PART.fullmatch(line) else None

    def _gap(self, start: int) -> str:
        before = self._text[max(0, start - 80) : start]
        return before[len(before.rstrip()) :]

    def _ends(self, at: int) -> bool:
        """Whether what stands before `at` is a whole sentence: pages break in the midst of them."""
        return self._text[max(0, at - 2) : at].rstrip("\"'”’)»")[-1:] in ".!?。！？"


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The text in stretches that end with a paragraph, of about `_AT_ONCE_CHARS`."""
    while end - start > _AT_ONCE_CHARS:
        wanted = start + _AT_ONCE_CHARS
        found = _PARAGRAPH.search(text, wanted, min(end, wanted + _BREAK_SOUGHT_CHARS))
        border = found.end() if found else _word_border(text, wanted, end)
        yield start, border
        start = border
    if start < end:
        yield start, end


def _fitting(
    text: str, start: int, end: int, count: Callable[[str], int], most_tokens: int
) -> Iterator[tuple[int, int, int]]:
    """The stretch with its tokens, or its halves, until all of them fit."""
    tokens = count(quoted(text[start:end]))
    if tokens <= most_tokens or end - start < 2:
        yield start, end, tokens
        return
    middle = _word_border(text, (start + end) // 2, end)
    middle = middle if start < middle < end else (start + end) // 2
    yield from _fitting(text, start, middle, count, most_tokens)
    yield from _fitting(text, middle, end, count, most_tokens)


_SPACE = regex.compile(r"\s++")


def _word_border(text: str, at: int, end: int) -> int:
    """Behind the first white space from `at` on; `at` where none is near."""
    found = _SPACE.search(text, at, min(end, at + _BREAK_SOUGHT_CHARS))
    return found.end() if found else at
