"""Writes an answer's text with a footnote mark, or the lack of one, after each sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat

from app import theme
from app.theme import Text
from app.widgets.document_pen import (
    CHIP,
    SAID,
    CardKind,
    ChipKind,
    Pen,
    block_format,
    char_format,
    hanging,
    linked,
)
from app.widgets.snippets import quoted
from app.widgets.wording import source
from rag.records import Citation, Paragraph, ParagraphKind, Sentence, Support, paragraphs

_TIP_CHARS = 240
_NO_BREAK = "\u00a0"
_FIRST_GAP = 3  # px; a footnote belongs to the sentence before it
_CHIP_GAP = 5
_LAST_GAP = 3  # the blank before the next sentence comes on top


class AnswerWriter(QObject):
    """Writes answers; `marked` False leaves out everything that says what the files support."""

    def not_found_words(self) -> str:
        """What stands after a sentence that nothing supports."""
        return self.tr("not found in your files")

    def partly_words(self) -> str:
        """What stands after a sentence that is supported in part."""
        return self.tr("partly found")

    def write(
        self,
        pen: Pen,
        text: str,
        sentences: Sequence[Sentence],
        citations: Sequence[Citation],
        href: str,
        card: int = 0,
        *,
        marked: bool = True,
    ) -> None:
        """Write `text`; the link of footnote i, 0-based, is `{href}/{i}/{how often it was}`."""
        lines = paragraphs(text)
        job = _Marks(self, pen, sentences if marked else (), citations, href)
        for index, paragraph in enumerate(lines):
            self._begin(pen, paragraph, card)
            job.write_paragraph(text, paragraph)
            ends = lines[index + 1].runs[0].start if index + 1 < len(lines) else len(text)
            job.close(ends)

    def _begin(self, pen: Pen, paragraph: Paragraph, card: int) -> None:
        in_list = paragraph.kind in {ParagraphKind.BULLET, ParagraphKind.NUMBERED}
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
        self._sentences = sorted(sentences, key=lambda sentence: sentence.end)
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
                self._pen.text(text[at:end], self._plain(at, bold=bold))
                at = end

    def close(self, offset: int) -> None:
        """Write the marks of the sentences that end at or before `offset`."""
        while self._next < len(self._sentences) and self._sentences[self._next].end <= offset:
            self._write_marks(self._sentences[self._next])
            self._next += 1

    def _border_after(self, offset: int) -> int:
        borders = [
            border
            for sentence in self._sentences[self._next :]
            for border in (sentence.start, sentence.end)
            if border > offset
        ]
        return min(borders, default=1 << 62)

    def _plain(self, offset: int, *, bold: bool) -> QTextCharFormat:
        look = theme.current()
        made = char_format(
            Text.ANSWER, look.text, QFont.Weight.DemiBold if bold else QFont.Weight.Normal
        )
        if self._next < len(self._sentences):
            sentence = self._sentences[self._next]
            if sentence.start <= offset < sentence.end and sentence.is_unproven:
                made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                made.setUnderlineColor(look.not_found)
        return made

    def _write_marks(self, sentence: Sentence) -> None:
        look = theme.current()
        numbers = sorted({citation.number for citation in sentence.citations})
        if numbers:
            self._gap(_FIRST_GAP)
        for number in numbers:
            citation = self._citations[number]
            index = self._places[number]
            time = self._times.get(number, 0)
            self._times[number] = time + 1
            made = char_format(Text.MARK, look.accent, QFont.Weight.Bold)
            tip = f"{source(citation.path, citation.place)}\n{quoted(citation.quote, _TIP_CHARS)}"
            made = linked(made, f"{self._href}/{index}/{time}", tip)
            if number != numbers[0]:
                self._gap(_CHIP_GAP)
            self._chip(made, ChipKind.FOOTNOTE, str(number), f"[{number}]")
        if sentence.is_unproven:
            words = self._words.not_found_words()
            made = char_format(Text.MARK, look.not_found, QFont.Weight.DemiBold)
            self._gap(_CHIP_GAP)
            self._chip(made, ChipKind.NOT_FOUND, words, f" [{words}]")
        elif sentence.support is Support.PARTLY:
            words = self._words.partly_words()
            made = char_format(Text.MARK, look.warning, QFont.Weight.DemiBold)
            self._gap(_CHIP_GAP)
            self._chip(made, ChipKind.PARTLY, words, f" [{words}]")
        if numbers or sentence.is_unproven or sentence.support is Support.PARTLY:
            self._gap(_LAST_GAP)

    def _gap(self, width: float) -> None:
        """Room of `width` px, before the scale; a chip takes one of them on each side of it."""
        gap = char_format(Text.MARK, theme.current().text)
        gap.setProperty(SAID, "")
        blank = QFontMetricsF(gap.font()).horizontalAdvance(_NO_BREAK)
        gap.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        gap.setFontLetterSpacing(width * theme.scale() - blank)
        self._pen.text(_NO_BREAK, gap)

    def _chip(self, made: QTextCharFormat, kind: ChipKind, words: str, said: str) -> None:
        made.setProperty(CHIP, int(kind))
        made.setProperty(SAID, said)
        if kind is ChipKind.FOOTNOTE:
            made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            made.setFontLetterSpacing(theme.scale())
        self._pen.text(f"{_NO_BREAK}{words.replace(' ', _NO_BREAK)}{_NO_BREAK}", made)
