"""Lays out what an answer says, with a footnote or the lack of one after each sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rag.export import wording
from rag.export.footing import Notes
from rag.export.plain import plain
from rag.records import (
    BlockKind,
    PaperBlock,
    PaperRun,
    Paragraph,
    ParagraphKind,
    Sentence,
    Support,
    paragraphs,
)

_KINDS = {
    ParagraphKind.PLAIN: BlockKind.PARAGRAPH,
    ParagraphKind.HEADING: BlockKind.HEADING,
    ParagraphKind.BULLET: BlockKind.BULLET,
    ParagraphKind.NUMBERED: BlockKind.NUMBERED,
}


def said(text: str, sentences: Sequence[Sentence], notes: Notes) -> list[PaperBlock]:
    """The paragraphs of an answer's `text`; without `sentences` nothing is marked."""
    lines = [line for line in paragraphs(text) if line.runs]
    ends = [*(line.runs[0].start for line in lines[1:]), len(text)]
    marks = _Marks(text, sentences, notes)
    blocks = [marks.block(line, end) for line, end in zip(lines, ends, strict=True)]
    return [block for block in blocks if any(run.text.strip() for run in block.runs)]


class _Marks:
    """Goes through an answer once, from its start to its end."""

    def __init__(self, text: str, sentences: Sequence[Sentence], notes: Notes) -> None:
        self._text = text
        self._left = sorted(sentences, key=lambda sentence: sentence.end)
        self._notes = notes
        self._runs: list[PaperRun] = []

    def block(self, line: Paragraph, end: int) -> PaperBlock:
        """A paragraph with the marks of all sentences that end before `end`, where the next is."""
        self._runs = []
        for run in line.runs:
            at = run.start
            while at < run.end:
                self._mark(at)
                border = self._left[0].end if self._left else run.end
                until = min(run.end, border)
                if words := plain(self._text[at:until]):
                    self._runs.append(PaperRun(words, bold=run.bold))
                at = until
        self._mark(end)
        return PaperBlock(_KINDS[line.kind], tuple(self._runs), line.label, line.depth)

    def _mark(self, offset: int) -> None:
        """Mark the sentences that end at or before `offset`."""
        while self._left and self._left[0].end <= offset:
            sentence = self._left.pop(0)
            self._runs += self._notes.marks(sentence.citations)
            for words in _remarks(sentence):
                self._runs += [PaperRun(" "), PaperRun(words, remark=True)]


def _remarks(sentence: Sentence) -> list[str]:
    if sentence.is_unproven:
        return [wording.NOT_FOUND]
    words = [wording.CALCULATED] if sentence.is_computed else []
    return [*words, wording.PARTLY_FOUND] if sentence.support is Support.PARTLY else words
