"""Reads PDFs: pdfium for text, pypdf for outline, page labels and what pdfium cannot open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.errors import CorruptFile, FileTooBig
from rag.load import glyphs
from rag.load.pdf.characters import TextPage, open_text_page
from rag.load.pdf.document import PdfFile, open_pdf
from rag.load.pdf.hyphens import Hyphenation
from rag.load.pdf.lines import Fragment, rows_of
from rag.load.pdf.looks import Looks
from rag.load.pdf.order import reading_order
from rag.load.pdf.pictures import shows_pictures
from rag.load.pdf.prose import Prose, compose, lines_of
from rag.load.pdf.spelling import Spelling
from rag.load.pdf.structure import Structure, headings_in, structure_of, title_of
from rag.records import DocumentInfo, Heading, Page, PageKind

MAX_PAGES = 100_000
FEW_CHARS = 12  # a page of pictures with fewer letters is a scan


def read(path: Path) -> Iterator[DocumentInfo | Page]:
    """The document's pages; one that cannot be read is told as failed, the others go on."""
    with open_pdf(path) as document:
        count = document.page_count
        if count > MAX_PAGES:
            raise FileTooBig(path, f"it has over {MAX_PAGES:,} pages")
        if not count:
            raise CorruptFile(path, "it has no pages")
        structure = structure_of(path, document)
        yield DocumentInfo(title_of(path, document), count, paged=True, format="PDF")
        reader = _PageReader(document, structure)
        failed = 0
        for index in range(count):
            page = reader.page(index)
            failed += page.kind is PageKind.FAILED
            yield page
        if failed == count:
            raise CorruptFile(path, "none of its pages can be read")


class _PageReader:
    """Reads the pages of one document in order, learning its words and type sizes on the way."""

    def __init__(self, document: PdfFile, structure: Structure) -> None:
        self._document = document
        self._structure = structure
        self._hyphenation = Hyphenation()
        self._looks = Looks()

    def page(self, index: int) -> Page:
        """The page with this index (from 0)."""
        labels = self._structure.labels
        label = (labels[index] if index < len(labels) else "") or str(index + 1)
        try:
            with open_text_page(self._document.handle, index) as text_page:
                prose = self._prose(text_page)
                headings = self._headings(index, prose, text_page)
                scanned = self._is_short(prose.text) and shows_pictures(text_page.page)
        except ValueError:
            return Page(index + 1, label, "", PageKind.FAILED)
        kind = PageKind.TEXT if prose.text else PageKind.EMPTY
        if scanned:
            kind = PageKind.SCANNED
        return Page(index + 1, label, prose.text, kind, headings, glyphs.pack(prose.glyphs))

    def _prose(self, text_page: TextPage) -> Prose:
        spelling = Spelling(text_page)

        def text_of(fragment: Fragment) -> str:
            return " ".join(spelling.word(first, after)[0] for first, after, _ in fragment.parts)

        rows = [row for group in rows_of(text_page) for row in reading_order(group, text_of)]
        return compose(lines_of(rows, spelling), self._hyphenation)

    def _headings(self, index: int, prose: Prose, text_page: TextPage) -> tuple[Heading, ...]:
        if self._structure.outline:
            return headings_in(prose.text, self._structure.outline.get(index, []))
        return self._looks.headings(prose, text_page)

    @staticmethod
    def _is_short(text: str) -> bool:
        return len(text) < 200 and sum(c.isalnum() for c in text) < FEW_CHARS
