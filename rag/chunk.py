"""Cuts a document's reading text into passages along headings, paragraphs and sentences."""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from rag.records import TABLE_MARK, Chunk, DocumentText, Table

TARGET_TOKENS = 200
OVERLAP_TOKENS = 50
LONGEST_CHARS = 1000
MOST_PAGES = 2
_SMALL_SECTION_TOKENS = 60  # a shorter section is joined with the next one
_LONGEST_CONTEXT_CHARS = 160  # of title, section and place, and as much for a table's caption
_LONGEST_HEADS_CHARS = 240
_LONGEST_TITLE_CHARS = 200  # of a heading, in the path of a section
_SEGMENT_CHARS = 2_000_000  # that are cut at a time; then the next page begins anew
_CHARS_PER_TOKEN = 4  # of running text, spaces included
_LONGEST_OVERLAP_CHARS = 300

_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
_TOKENS = regex.compile(
    rf"(?P<spaceless>[{_SPACELESS}][{_SPACELESS}\p{{M}}]*)|(?P<number>\p{{N}}+)"
    rf"|(?P<word>[\p{{L}}\p{{M}}--[{_SPACELESS}]]+)|(?P<sign>[^\s\p{{L}}\p{{N}}\p{{M}}])",
    regex.V1,
)
# Measured on English, German and Chinese: passages of like content get like sizes.
_CHARS_OF_A_TOKEN = {"spaceless": 3, "number": 3, "word": 8, "sign": 1}

# Each begins with the first of several white spaces and gives none back, so that no run of them
# is gone through more than once.
_PARAGRAPH_BREAK = regex.compile(r"(?<!\s)\s*(?:\n[^\S\n]*\n|\f)\s*+")
_SENTENCE_BREAK = regex.compile(
    r"(?<=[.!?…][\"'”’»)\]]{0,2})\s++(?=[\"'“‘«(\[]?[\p{Lu}\p{Lo}\p{N}])|(?<=[。！？][」』”）]?)"
)
_LINE_BREAK = regex.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
_WORD_BREAK = regex.compile(r"\s++")
_NO_BREAK_AFTER = regex.compile(
    r"\b(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|vs|No|Nos|Inc|Ltd|Co|Corp|e\.g|i\.e|cf|Fig|al|z\.B|bzw|Nr)\.$"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """The smallest piece that is never cut: a sentence, a table row, at worst some words."""

    start: int
    end: int
    opens_section: bool
    table: Table | None  # whose rows it holds


class _TokenCount:
    """Counts the tokens of a text between two offsets, as a model for its language makes them.

    No model's own tokens: an English one cuts German or Chinese into twice as many, and a passage
    would hold half as much; and the passages stay when another model is to find them.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._starts = array("Q")  # there may be millions
        for match in _TOKENS.finditer(text, start, end):
            step = _CHARS_OF_A_TOKEN[match.lastgroup or "sign"]
            self._starts.extend(range(match.start(), match.end(), step))

    def between(self, start: int, end: int) -> int:
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)


def chunk_document(document: DocumentText) -> list[Chunk]:
    """Chunks in reading order, about `TARGET_TOKENS` long; in running text neighbours overlap.

    No chunk is longer than `LONGEST_CHARS` or runs over more than `MOST_PAGES` pages.
    """
    borders = _borders(document)
    return [
        chunk for start, end in _segments(document) for chunk in _cut(document, borders, start, end)
    ]


def _segments(document: DocumentText) -> Iterator[tuple[int, int]]:
    """The text in whole pages, as many as are cut together."""
    start = 0
    for page_start in document.page_starts:
        if page_start - start >= _SEGMENT_CHARS:
            yield start, page_start
            start = page_start
    yield start, len(document.text)


def _cut(document: DocumentText, borders: list[int], start: int, end: int) -> Iterator[Chunk]:
    tokens = _TokenCount(document.text, start, end)
    inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
    units = list(_units(document, [start, *inside, end], tokens))
    first = 0
    while first < len(units):
        last = _last_unit(document, units, first, tokens)
        yield _chunk(document, units[first].start, units[last].end)
        if last + 1 == len(units):
            break
        first = _next_first(document, units, first, last, tokens)


def _last_unit(document: DocumentText, units: list[_Unit], first: int, tokens: _TokenCount) -> int:
    """The last unit that still fits a chunk which begins with unit `first`."""
    start = units[first].start
    first_page = document.page_at(start)
    said_before = len(_table_said(document, start, units[first].end)) // _CHARS_PER_TOKEN
    last = first
    table = units[first].table
    for index in range(first + 1, len(units)):
        unit = units[index]
        table = table or unit.table
        if (
            tokens.between(start, unit.end) > TARGET_TOKENS - said_before
            or unit.end - start > LONGEST_CHARS
            or document.page_at(unit.end - 1) - first_page >= MOST_PAGES
            or (unit.table and unit.table != table)  # one line of context tells of one table
            or (unit.opens_section and tokens.between(start, unit.start) >= _SMALL_SECTION_TOKENS)
            or (unit.opens_section and _begins_part(document, unit.start))
        ):
            break
        last = index
    return last


def _begins_part(document: DocumentText, start: int) -> bool:
    """Whether a part begins at `start` that has nothing to do with what is before it.

    Formats without pages have one for each message, file inside, sheet or chapter.
    """
    return not document.paged and document.page_starts[document.page_at(start) - 1] == start


def _next_first(
    document: DocumentText, units: list[_Unit], first: int, last: int, tokens: _TokenCount
) -> int:
    """Where the next chunk begins: some units back, unless a section begins there.

    A chunk never repeats as much as half of itself, so that two good hits tell different things.
    """
    following = last + 1
    end = units[last].end
    begin = following
    while (
        begin - 1 > first
        and not units[begin].opens_section
        and tokens.between(units[begin - 1].start, end) <= OVERLAP_TOKENS
        and end - units[begin - 1].start <= _LONGEST_OVERLAP_CHARS
    ):
        begin -= 1
    next_end = units[_last_unit(document, units, begin, tokens)].end
    repeated = end - units[begin].start
    return begin if 2 * repeated < next_end - units[begin].start else following


def _chunk(document: DocumentText, start: int, end: int) -> Chunk:
    path = document.section_at(start)
    section = " > ".join(heading.title[:_LONGEST_TITLE_CHARS] for heading in path)
    place = document.place_at(start, end) if document.marks else document.place_at(start)
    context = f"{document.title} > {section}" if section else document.title
    if place and (document.paged or document.marks):
        context = f"{context[:_LONGEST_CONTEXT_CHARS]}, {place}"
    return Chunk(
        start=start,
        end=end,
        text=document.text[start:end],
        first_page=document.page_at(start),
        last_page=document.page_at(end - 1),
        heading=section,
        place=place,
        context=context[:_LONGEST_CONTEXT_CHARS] + _table_said(document, start, end),
    )


def _table_said(document: DocumentText, start: int, end: int) -> str:
    """What the context line says of the table that most of the text is in; empty if none."""
    table = document.table_at(start, end)
    if table is None or not (table.caption or table.heads):
        return ""
    caption, heads = table.caption[:_LONGEST_CONTEXT_CHARS], table.heads[:_LONGEST_HEADS_CHARS]
    return TABLE_MARK + " | ".join(filter(None, (caption, heads)))


def _borders(document: DocumentText) -> list[int]:
    """Where a section or a table begins or a table ends, rising: no unit goes on over them."""
    opening = {heading.start for heading in document.headings}
    tables = {offset for table in document.tables for offset in (table.start, table.end)}
    return sorted(opening | tables)


def _units(document: DocumentText, borders: list[int], tokens: _TokenCount) -> Iterator[_Unit]:
    text = document.text
    for begin, end in itertools.pairwise(borders):
        opens = document.opens_section(begin)
        table = document.table_at(begin, end)
        if table:
            parts = _pieces(text, begin, end, _LINE_BREAK)  # a row is no sentence
        else:
            parts = _whole_sentences(text, begin, end)
        for start, stop in parts:
            for piece in _fitting(text, start, stop, tokens):
                yield _Unit(*piece, opens_section=opens, table=table)
                opens = False


def _whole_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for paragraph in _pieces(text, start, end, _PARAGRAPH_BREAK):
        yield from _sentences(text, *paragraph)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for _, stop in _pieces(text, start, end, _SENTENCE_BREAK):
        if stop == end or not _NO_BREAK_AFTER.search(text, max(begin, stop - 8), stop):
            yield begin, stop
            begin = _skip_space(text, stop, end)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _fitting(text: str, start: int, end: int, tokens: _TokenCount) -> Iterator[tuple[int, int]]:
    """The span itself, or its lines, its words, at worst cuts between characters."""
    if _fits(start, end, tokens):
        yield start, end
        return
    for line_start, line_end in _pieces(text, start, end, _LINE_BREAK):
        if _fits(line_start, line_end, tokens):
            yield line_start, line_end
        else:
            yield from _cut_at_words(text, line_start, line_end, tokens)


def _cut_at_words(
    text: str, start: int, end: int, tokens: _TokenCount
) -> Iterator[tuple[int, int]]:
    begin, stop = start, start
    for _, word_end in _pieces(text, start, end, _WORD_BREAK):
        if stop > begin and not _fits(begin, word_end, tokens):
            yield begin, stop
            begin = _skip_space(text, stop, end)
        stop = word_end
        while not _fits(begin, stop, tokens):
            cut = _longest_cut(begin, stop, tokens)
            yield begin, cut
            begin = cut
    if stop > begin:
        yield begin, stop


def _longest_cut(start: int, end: int, tokens: _TokenCount) -> int:
    low, high = start + 1, end
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(start, middle, tokens):
            low = middle
        else:
            high = middle - 1
    return low


def _fits(start: int, end: int, tokens: _TokenCount) -> bool:
    return end - start <= LONGEST_CHARS // 2 and tokens.between(start, end) <= TARGET_TOKENS // 2


def _pieces(
    text: str, start: int, end: int, separator: regex.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """The non-blank stretches of `text[start:end]` between matches of `separator`, stripped."""
    begin = start
    for match in separator.finditer(text, start, end):
        yield from _stripped(text, begin, match.start())
        begin = match.end()
    yield from _stripped(text, begin, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start = _skip_space(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
