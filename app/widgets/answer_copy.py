"""What is copied of an answer: with its footnotes, as letters and as rich text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData

from app.models.formula import listed_numbers, marks_of
from app.models.plain_text import plain
from rag.records import Answer, Citation, Sentence, Support

Pieces = Sequence[str | int]  # words, and the numbers of footnotes between them

_LINE = "<br>"


@dataclass(frozen=True, slots=True)
class CopyWords:
    """What is said in a copy in the place of marks."""

    not_found: str
    partly: str
    computed: str


def numbered_citations(sentences: Sequence[Sentence]) -> tuple[Citation, ...]:
    """The footnotes of an answer's sentences in the order of their numbers, each number once."""
    first: dict[int, Citation] = {}
    for sentence in sentences:
        for citation in sentence.citations:
            first.setdefault(citation.number, citation)
    return tuple(first[number] for number in sorted(first))


def pieces_of(answer: Answer, words: CopyWords) -> list[str | int]:
    """The answer's text with the numbers of its footnotes after what they prove."""
    pieces: list[str | int] = []
    listed, at = listed_numbers(answer.sentences), 0
    for sentence in answer.sentences:
        marks = marks_of(sentence, listed)
        for end, citation in marks.inner:
            pieces += [plain(answer.text[at : sentence.start + end]), citation.number]
            at = sentence.start + end
        pieces.append(plain(answer.text[at : sentence.end]).rstrip())
        pieces += sorted({citation.number for citation in marks.last})
        if remark := _remark(sentence, words):
            pieces.append(f" [{remark}]")
        at = sentence.end
    return [*pieces, plain(answer.text[at:]).rstrip()]


def as_text(pieces: Pieces, citations: Sequence[Citation]) -> str:
    """`pieces` with "[1]" for a footnote, and the list of sources below."""
    said = "".join(piece if isinstance(piece, str) else f"[{piece}]" for piece in pieces).strip()
    lines = [f"[{citation.number}] {_source(citation)}" for citation in citations]
    return said + "\n\n" + "\n".join(lines) if lines else said


def as_rich(pieces: Pieces, citations: Sequence[Citation]) -> str:
    """The same as HTML, its footnotes raised; nothing in it links or loads."""
    said = "".join(
        escape(piece).replace("\n", _LINE) if isinstance(piece, str) else f"<sup>[{piece}]</sup>"
        for piece in pieces
    )
    listed = [f"[{citation.number}] {escape(_source(citation))}" for citation in citations]
    return f"<p>{said}</p>" + (f"<p>{_LINE.join(listed)}</p>" if listed else "")


def clipboard_data(pieces: Pieces, citations: Iterable[Citation]) -> QMimeData:
    """`pieces` and their sources, in both forms."""
    cited = tuple(citations)
    data = QMimeData()
    data.setText(as_text(pieces, cited))
    data.setHtml(as_rich(pieces, cited))
    return data


def _remark(sentence: Sentence, words: CopyWords) -> str:
    if sentence.is_computed:
        return words.computed
    if sentence.is_unproven:
        return words.not_found
    return words.partly if sentence.support is Support.PARTLY else ""


def _source(citation: Citation) -> str:
    place = ", ".join(filter(None, (citation.path.name, citation.place)))
    return plain(f"{place}: “{' '.join(citation.quote.split())}”").replace("\n", " ")
