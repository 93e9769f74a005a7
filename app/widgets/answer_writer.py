"""Writes an answer's text with a footnote mark, or the lack of one, after each sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QTextCharFormat

from app import theme
from app.models.formula import listed_numbers, marks_of
from app.models.plain_text import plain
from app.theme import Text
from app.widgets.document_pen import CardKind, ChipKind, Pen, block_format, char_format, hanging
from app.widgets.footnote_chips import (
    CHIP_GAP,
    FIRST_GAP,
    LAST_GAP,
    write_footnote,
    write_gap,
    write_word,
)
from rag.records import Citation, Paragraph, ParagraphKind, Sentence, Support, paragraphs

LONG_LIST = 40  # items that are shown of a list that is longer
_SLACK = 10  # items more than that are shown too, instead of a line that hides them
_LISTS = {ParagraphKind.BULLET, ParagraphKind.NUMBERED}


@dataclass(frozen=True, slots=True)
class Inked:
    """How an answer is written."""

    href: str  # of footnote i, 0-based, the link is `{href}/{i}/{how often it was}`
    card: int = 0  # that it stands in
    marked: bool = True  # False leaves out everything that says what the files support
    folded: bool = False  # a long list is cut


class AnswerWriter(QObject):
    """Writes answers, and names what stands after their sentences."""

    def not_found_words(self) -> str:
        """What stands after a sentence that nothing supports."""
        return self.tr("not found in your files")

    def partly_words(self) -> str:
        """What stands after a sentence that is supported in part."""
        return self.tr("partly found")

    def computed_words(self) -> str:
        """What stands after a sentence that code computed."""
        return self.tr("computed")

    def computed_tip(self) -> str:
        """What that means."""
        return self.tr("Counted or calculated by the program from the places that are marked")

    def write(
        self,
        pen: Pen,
        text: str,
        sentences: Sequence[Sentence],
        citations: Sequence[Citation],
        how: Inked,
    ) -> int:
        """Write `text`; how many items of its lists were left out."""
        lines = paragraphs(text)
        job = _Marks(self, pen, sentences if how.marked else (), citations, how.href)
        kept, hidden = LONG_LIST if how.folded else len(lines), 0
        items = sum(line.kind in _LISTS for line in lines)
        kept = kept if items > kept + _SLACK else items
        seen = 0
        for index, paragraph in enumerate(lines):
            ends = lines[index + 1].runs[0].start if index + 1 < len(lines) else len(text)
            if paragraph.kind in _LISTS:
                seen += 1
                if seen > kept:
                    job.skip(ends)
                    hidden += 1
                    continue
            self._begin(pen, paragraph, how.card)
            job.write_paragraph(text, paragraph)
            job.close(ends)
        return hidden

    def _begin(self, pen: Pen, paragraph: Paragraph, card: int) -> None:
        in_list = paragraph.kind in _LISTS
        made = block_format(below=4 if in_list else 10, line=theme.ANSWER_LINE)
        if card:
            made.setLeftMargin(theme.px(14))
            made.setRightMargin(theme.px(14))
        if in_list:
            made.setLeftMargin(made.leftMargin() + theme.px(20 * paragraph.depth))
            hanging(made, 22)
        pen.block(made, card, CardKind.OWN)
        if in_list:
            pen.text(f"{paragraph.label}\t", char_format(Text.ANSWER, theme.current().secondary))


@dataclass(frozen=True, slots=True)
class _Stop:
    """A place of the text that marks stand at."""

    offset: int
    sentence: Sentence
    citations: tuple[Citation, ...]
    last: bool  # at the sentence's end


class _Marks:
    """The marks of one answer while it is written from its start to its end."""

    def __init__(
        self,
        words: AnswerWriter,
        pen: Pen,
        sentences: Sequence[Sentence],
        citations: Sequence[Citation],
        href: str,
    ) -> None:
        self._words = words
        self._pen = pen
        ordered = sorted(sentences, key=lambda sentence: sentence.end)
        listed = listed_numbers(sentences)
        self._stops = [stop for sentence in ordered for stop in _stops_of(sentence, listed)]
        borders = {stop.offset for stop in self._stops} | {one.start for one in ordered}
        self._borders = sorted(borders)
        self._next = 0
        self._places = {citation.number: index for index, citation in enumerate(citations)}
        self._citations = {citation.number: citation for citation in citations}
        self._href = href
        self._times: dict[int, int] = {}

    def write_paragraph(self, text: str, paragraph: Paragraph) -> None:
        """Write the paragraph's text, cut where sentences end, with their marks."""
        for run in paragraph.runs:
            at = run.start
            bold = run.bold or paragraph.kind is ParagraphKind.HEADING
            while at < run.end:
                self.close(at)
                end = min(run.end, self._border_after(at))
                self._pen.text(plain(text[at:end]), self._plain(at, bold=bold))
                at = end

    def close(self, offset: int) -> None:
        """Write the marks that stand at or before `offset`."""
        while self._next < len(self._stops) and self._stops[self._next].offset <= offset:
            self._write_marks(self._stops[self._next])
            self._next += 1

    def skip(self, offset: int) -> None:
        """Leave out the marks that stand at or before `offset`."""
        while self._next < len(self._stops) and self._stops[self._next].offset <= offset:
            self._next += 1

    def _border_after(self, offset: int) -> int:
        after = bisect_right(self._borders, offset)
        return self._borders[after] if after < len(self._borders) else 1 << 62

    def _plain(self, offset: int, *, bold: bool) -> QTextCharFormat:
        look = theme.current()
        made = char_format(
            Text.ANSWER, look.text, QFont.Weight.DemiBold if bold else QFont.Weight.Normal
        )
        if self._next < len(self._stops):
            sentence = self._stops[self._next].sentence
            if sentence.start <= offset < sentence.end and sentence.is_unproven:
                made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                made.setUnderlineColor(look.not_found)
        return made

    def _write_marks(self, stop: _Stop) -> None:
        sentence, words = stop.sentence, self._words
        numbers = sorted({citation.number for citation in stop.citations})
        for at, number in enumerate(numbers):
            write_gap(self._pen, CHIP_GAP if at else FIRST_GAP)
            time = self._times.get(number, 0)
            self._times[number] = time + 1
            href = f"{self._href}/{self._places[number]}/{time}"
            write_footnote(self._pen, self._citations[number], href, later=sentence.found_later)
        said: list[tuple[ChipKind, str, str]] = []
        if stop.last and sentence.is_computed:
            said.append((ChipKind.COMPUTED, words.computed_words(), words.computed_tip()))
        elif stop.last and sentence.is_unproven:
            said.append((ChipKind.NOT_FOUND, words.not_found_words(), ""))
        elif stop.last and sentence.support is Support.PARTLY:
            said.append((ChipKind.PARTLY, words.partly_words(), ""))
        for kind, word, tip in said:
            write_gap(self._pen, CHIP_GAP)
            write_word(self._pen, kind, word, tip)
        if numbers or said:
            write_gap(self._pen, LAST_GAP)


def _stops_of(sentence: Sentence, listed: frozenset[int]) -> list[_Stop]:
    """A formula's sources stand at its numbers, all others at the sentence's end."""
    marks = marks_of(sentence, listed)
    stops = [
        _Stop(sentence.start + end, sentence, (source,), last=False) for end, source in marks.inner
    ]
    return [*stops, _Stop(sentence.end, sentence, marks.last, last=True)]
