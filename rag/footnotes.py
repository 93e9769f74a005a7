"""Turns what supports a sentence into numbered footnotes that can be boxed on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rag.cite import Attributor, Evidence, Span, states_something
from rag.errors import FootnoteError
from rag.index.catalog import Catalog
from rag.load import glyphs
from rag.records import Box, Citation, DocumentText, Sentence
from rag.retrieve.join import Passage


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


class Footnotes:
    """The footnotes of one answer, numbered in the order of their first use.

    `is_as_read` tells whether a file still has the content that was read.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        catalog: Catalog,
        boxes: BoxFinder,
        is_as_read: Callable[[Path], bool],
    ) -> None:
        self._passages = passages
        self._boxed = BoxedWords(catalog, boxes)
        self._is_as_read = is_as_read
        self._numbered: dict[tuple[int, int, int], Citation] = {}
        self._documents = {
            document_id: catalog.document_text(document_id)
            for document_id in {passage.hit.document_id for passage in passages}
        }
        self._attributor = Attributor(
            [Evidence(key, self.text_of(passage)) for key, passage in enumerate(passages)]
        )

    def text_of(self, passage: Passage) -> str:
        """The words of a passage, as they stand in its document."""
        return self._documents[passage.hit.document_id].text[passage.start : passage.end]

    def cite(self, text: str, start: int) -> Sentence:
        """The finished sentence `text`, which begins at `start` of the answer, with its proof."""
        attribution = self._attributor.attribute(text)
        return Sentence(
            text=text,
            start=start,
            end=start + len(text),
            support=attribution.support,
            citations=tuple(self._citation(span) for span in attribution.spans),
            is_claim=states_something(text),
        )

    def _citation(self, span: Span) -> Citation:
        passage = self._passages[span.key]
        hit = passage.hit
        start, end = passage.start + span.start, passage.start + span.end
        known = self._numbered.get((hit.document_id, start, end))
        if known is None:
            document = self._documents[hit.document_id]
            known = Citation(
                number=len(self._numbered) + 1,
                document_id=hit.document_id,
                path=hit.path,
                page=document.page_at(start) if document.paged else None,
                place=document.place_at(start, end),
                start=start,
                end=end,
                quote=document.text[start:end],
                score=span.score,
                boxes=self._boxed.over(hit.document_id, hit.path, document, start, end)
                if self._is_as_read(hit.path)
                else (),
            )
            self._numbered[hit.document_id, start, end] = known
        return replace(known, score=span.score)
