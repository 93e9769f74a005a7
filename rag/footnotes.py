"""Turns what supports a sentence into numbered footnotes that can be boxed on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rag.cite import Attributor, Span, pieces_of, states_something
from rag.cite import Passage as Evidence
from rag.errors import FootnoteError
from rag.index.catalog import Catalog
from rag.load import glyphs
from rag.prompt import is_refusal
from rag.records import Box, Citation, DocumentText, Sentence, Support
from rag.retrieve.join import Passage

_AT_ONCE_CHARS = 30_000
_LIST_NUMBER = re.compile(r"\(?\d{1,3}[.)]")


class BoxFinder(Protocol):
    """Tells where characters of a page stand."""

    def boxes(self, path: Path, page: int, glyphs: Sequence[int]) -> tuple[Box, ...]:
        """One box per line; raises `FootnoteError`."""
        ...


@dataclass(frozen=True, slots=True)
class BoxedWords:
    """Finds the boxes of a document's words on its pages."""

    catalog: Catalog
    finder: BoxFinder

    def on_page(
        self, document_id: int, path: Path, document: DocumentText, page: int, start: int, end: int
    ) -> tuple[Box, ...]:
        """Boxes over what of `document.text[start:end]` is on `page`, if its place is known."""
        page_start = document.page_starts[page - 1]
        if not document.paged or end <= page_start:
            return ()
        with suppress(FootnoteError):
            packed, boxes = self.catalog.page_glyphs(document_id, page)
            wanted = glyphs.unpack(packed)[max(0, start - page_start) : end - page_start]
            if boxes:
                return glyphs.boxes_of(boxes, wanted, page)
            return self.finder.boxes(path, page, [int(glyph) for glyph in wanted])
        return ()

    def over(
        self, document_id: int, path: Path, document: DocumentText, start: int, end: int
    ) -> tuple[Box, ...]:
        """Boxes over `document.text[start:end]`, on all its pages."""
        pages = range(document.page_at(start), document.page_at(end - 1) + 1)
        return tuple(
            box
            for page in pages
            for box in self.on_page(document_id, path, document, page, start, end)
        )


class Citations:
    """Makes citations of stretches of documents, numbered in the order of their first use.

    Equal stretches share a number. `is_as_read` tells whether a file still has the content that was
    read. Boxes are looked up by `boxed` alone, as that may take a parser's time.
    """

    def __init__(
        self, catalog: Catalog, boxes: BoxFinder, is_as_read: Callable[[Path], bool]
    ) -> None:
        self._catalog = catalog
        self._boxed = BoxedWords(catalog, boxes)
        self._is_as_read = is_as_read
        self._documents: dict[int, DocumentText] = {}
        self._numbered: dict[tuple[int, int, int], Citation] = {}
        self._boxes: dict[tuple[int, int, int], tuple[Box, ...]] = {}

    def document(self, document_id: int) -> DocumentText:
        """The reading text of a document, read once; raises `DocumentGone`."""
        if document_id not in self._documents:
            self._documents[document_id] = self._catalog.document_text(document_id)
        return self._documents[document_id]

    def citation(
        self, document_id: int, path: Path, start: int, end: int, score: float
    ) -> Citation:
        """The citation of `document.text[start:end]`, without boxes."""
        known = self._numbered.get((document_id, start, end))
        if known is None:
            document = self.document(document_id)
            known = Citation(
                number=len(self._numbered) + 1,
                document_id=document_id,
                path=path,
                page=document.page_at(start) if document.paged else None,
                place=document.place_at(start, end),
                start=start,
                end=end,
                quote=document.text[start:end],
                score=score,
            )
            self._numbered[document_id, start, end] = known
        return replace(known, score=score)

    def boxed(self, citation: Citation) -> Citation:
        """`citation` with the boxes of its words, as far as they are known."""
        span = (citation.document_id, citation.start, citation.end)
        if span not in self._boxes:
            self._boxes[span] = (
                self._boxed.over(
                    citation.document_id,
                    citation.path,
                    self.document(citation.document_id),
                    citation.start,
                    citation.end,
                )
                if self._is_as_read(citation.path)
                else ()
            )
        return replace(citation, boxes=self._boxes[span])

    def renumber(self) -> None:
        """Begin to number anew: the answer is written again."""
        self._numbered.clear()


class Footnotes:
    """The footnotes of one answer: each sentence cited to the passages that bear it out.

    A passage may be a whole document, of 100,000 tokens: long evidence is made ready in a thread of
    its own, which takes a second or two, and only the first sentence may have to wait for it.
    """

    def __init__(
        self, passages: Sequence[Passage], citations: Citations, before: Footnotes | None = None
    ) -> None:
        known: tuple[Passage, ...] = before.passages if before else ()
        self.passages: tuple[Passage, ...] = (*known, *passages)
        self._citations = citations
        self._first: int = before._first if before else len(passages)
        ready: tuple[_Piece, ...] = before._ready.pieces if before else ()
        self._ready = _ReadyEvidence(
            ready,
            [
                (number, start, text[start:end])
                for number, passage in enumerate(passages, len(known))
                for text in [self.text_of(passage)]
                for start, end in pieces_of(text)
            ],
        )

    def text_of(self, passage: Passage) -> str:
        """The words of a passage, as they stand in its document."""
        return self._citations.document(passage.hit.document_id).text[passage.start : passage.end]

    def with_more(self, passages: Sequence[Passage]) -> Footnotes:
        """The same footnotes with further evidence behind what there is."""
        return Footnotes(passages, self._citations, self)

    def cite(self, text: str, start: int) -> Sentence:
        """The finished sentence `text`, which begins at `start` of the answer, with its proof.

        Its citations have no boxes yet.
        """
        is_claim = states_something(text) and not is_refusal(text)
        if start and _LIST_NUMBER.fullmatch(text):  # its item never came
            is_claim = False
        support, spans = self.proof(text) if is_claim else (Support.NOT_FOUND, ())
        return Sentence(
            text=text,
            start=start,
            end=start + len(text),
            support=support,
            citations=tuple(self._citation(span) for span in spans),
            is_claim=is_claim,
            found_later=any(span.key >= self._first for span in spans),
        )

    def proof(self, text: str) -> tuple[Support, tuple[Span, ...]]:
        """How far the passages carry `text`; a span's key is the index of its passage."""
        attribution = self._ready.attributor.attribute(text)
        spans: list[Span] = []
        for span in attribution.spans:
            piece = self._ready.pieces[span.key]
            start, end = piece.start + span.start, piece.start + span.end
            spans.append(Span(piece.passage, start, end, span.quote, span.score))
        return attribution.support, tuple(spans)

    def boxed(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        """`sentences` with the boxes of what they cite."""
        return tuple(
            replace(s, citations=tuple(self._citations.boxed(c) for c in s.citations))
            for s in sentences
        )

    def _citation(self, span: Span) -> Citation:
        passage = self.passages[span.key]
        hit = passage.hit
        start, end = passage.start + span.start, passage.start + span.end
        return self._citations.citation(hit.document_id, hit.path, start, end, span.score)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a passage that is evidence by itself."""

    passage: int  # its place among the passages
    start: int  # in the passage's text
    evidence: Evidence


class _ReadyEvidence:
    """Pieces of evidence, made ready at once or, where they are long, in a thread."""

    def __init__(self, before: Sequence[_Piece], texts: Sequence[tuple[int, int, str]]) -> None:
        """`texts` come behind `before`: the passage of each, where it begins in it, its words."""
        if sum(len(text) for _, _, text in texts) < _AT_ONCE_CHARS:
            self._made: Future[tuple[tuple[_Piece, ...], Attributor]] = Future()
            self._made.set_result(_made_ready(before, texts))
        else:
            thread = ThreadPoolExecutor(1, "make-evidence-ready")
            self._made = thread.submit(_made_ready, before, texts)
            thread.shutdown(wait=False)

    @property
    def pieces(self) -> tuple[_Piece, ...]:
        """All pieces; the key of a piece's evidence is its place among them."""
        return self._made.result()[0]

    @property
    def attributor(self) -> Attributor:
        """What cites sentences to them."""
        return self._made.result()[1]


def _made_ready(
    before: Sequence[_Piece], texts: Sequence[tuple[int, int, str]]
) -> tuple[tuple[_Piece, ...], Attributor]:
    made = [
        _Piece(passage, start, Evidence(key, text))
        for key, (passage, start, text) in enumerate(texts, len(before))
    ]
    pieces = (*before, *made)
    return pieces, Attributor([piece.evidence for piece in pieces])
