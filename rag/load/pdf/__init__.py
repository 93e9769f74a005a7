"""Reads PDFs: pdfium for text, pypdf for outline, page labels and what pdfium cannot open."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import CorruptFile, FileTooBig
from rag.load import glyphs
from rag.load.how import PLAINLY, HowToRead
from rag.load.pdf.characters import TextPage, open_text_page
from rag.load.pdf.document import PdfFile, open_pdf
from rag.load.pdf.hyphens import Hyphenation
from rag.load.pdf.lines import Fragment, layers_of
from rag.load.pdf.looks import Looks, could_begin
from rag.load.pdf.order import reading_order
from rag.load.pdf.prose import Line, Prose, compose, lines_of
from rag.load.pdf.running import WINDOW_PAGES, PageEdges, RunningLines, edges_of
from rag.load.pdf.scans import Own, Scanned, Scans
from rag.load.pdf.spelling import Spelling
from rag.load.pdf.structure import Structure, headings_in, structure_of, title_of
from rag.load.pdf.tables import FoundTable, tables_in, without_column_heads
from rag.records import DocumentInfo, Heading, Page, PageKind

MAX_PAGES = 100_000


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The document's pages; one that cannot be read is told as failed, the others go on."""
    with open_pdf(path, how.passwords) as document:
        count = document.page_count
        if count > MAX_PAGES:
            raise FileTooBig(path, f"it has over {MAX_PAGES:,} pages")
        if not count:
            raise CorruptFile(path, "it has no pages")
        reader = _PageReader(document, structure_of(path, document), Scans(document, how))
        pages = reader.pages(min(how.first_page, count))
        first = next(pages)
        yield DocumentInfo(title_of(path, document, first), count, paged=True, format="PDF")
        failed = 0
        for page in itertools.chain((first,), pages):
            failed += page.kind is PageKind.FAILED
            yield page
        if failed == count:
            raise CorruptFile(path, "none of its pages can be read")


@dataclass(slots=True)
class _Draft:
    """A page whose lines are read, but not yet what of them is only header or footer."""

    index: int
    label: str
    lines: list[Line] = field(default_factory=list[Line])
    main: slice = field(default_factory=lambda: slice(0, 0))  # the lines that run as most do
    edges: PageEdges | None = None
    own: Own = field(default_factory=Own)
    failed: bool = False


class _PageReader:
    """Reads the pages of one document in order, learning its words and type sizes on the way."""

    def __init__(self, document: PdfFile, structure: Structure, scans: Scans) -> None:
        self._document = document
        self._structure = structure
        self._scans = scans
        self._hyphenation = Hyphenation()
        self._looks = Looks()
        self._last_table: FoundTable | None = None
        self._running = RunningLines(document.page_count)

    def pages(self, first: int = 1) -> Iterator[Page]:
        """The pages from `first` on; each is told as soon as those after it show what repeats.

        Some before `first` are read too, to know what runs along and how headings look.
        """
        near: deque[_Draft] = deque(maxlen=2 * WINDOW_PAGES + 1)
        count = self._document.page_count
        begin = max(0, first - 1 - 2 * WINDOW_PAGES)
        for index in range(begin, count + WINDOW_PAGES):
            if index < count:
                near.append(self._draft(index))
            elif len(near) > WINDOW_PAGES:
                near.popleft()
            if index >= begin + WINDOW_PAGES:
                page = self._page(near, index - WINDOW_PAGES, first)
                if page.number >= first:
                    yield page

    def _draft(self, index: int) -> _Draft:
        labels = self._structure.labels
        draft = _Draft(index, (labels[index] if index < len(labels) else "") or str(index + 1))
        try:
            with open_text_page(self._document.handle, index) as text_page:
                self._read(text_page, draft)
        except ValueError:
            draft.failed = True
        return draft

    def _read(self, text_page: TextPage, draft: _Draft) -> None:
        spelling = Spelling(text_page)

        def text_of(fragment: Fragment) -> str:
            return " ".join(spelling.word(first, after)[0] for first, after, _ in fragment.parts)

        most = 0
        for layer in layers_of(text_page):
            lines = lines_of(reading_order(layer.rows, text_of), spelling)
            if len(lines) > most:
                most = len(lines)
                draft.main = slice(len(draft.lines), len(draft.lines) + most)
                draft.edges = edges_of(draft.index, lines, layer.top, layer.bottom)
            draft.lines += lines
        titles = [line for line in draft.lines if could_begin(line)]
        bold = text_page.bold([line.glyphs[0] for line in titles])
        for line, is_bold in zip(titles, bold, strict=True):
            line.is_bold = is_bold
        draft.own = Own.of(text_page, draft.lines)

    def _page(self, near: Sequence[_Draft], index: int, first: int) -> Page:
        """The page with this index; those before the page `first` are not worth recognising."""
        draft = next(draft for draft in near if draft.index == index)
        if draft.failed:
            return Page(index + 1, draft.label, "", PageKind.FAILED)
        scanned = Scanned()
        if index + 1 >= first:
            scanned = self._scans.read(index, draft.own, draft.lines)
        if scanned.found:
            draft.lines = scanned.found.lines
            draft.main = slice(0, len(draft.lines))
            draft.edges = edges_of(index, draft.lines, 0.0, scanned.found.height)
        prose = compose(self._without_running(draft, near), self._hyphenation)
        headings = self._headings(index, prose)
        tables = tables_in(prose, headings, self._last_table)
        self._last_table = tables[-1] if tables else None
        headings = without_column_heads(headings, tables)
        self._running.learn(heading.title for heading in headings)
        kind = PageKind.TEXT if prose.text else PageKind.EMPTY
        if scanned.found or draft.own.is_scan(prose.text):
            kind = PageKind.SCANNED
        return Page(
            number=index + 1,
            label=draft.label,
            text=prose.text,
            kind=kind,
            headings=headings,
            glyphs=glyphs.pack(prose.glyphs),
            tables=tuple(found.table for found in tables),
            boxes=glyphs.pack_boxes(scanned.found.boxes) if scanned.found else b"",
            problem=scanned.problem,
        )

    def _without_running(self, draft: _Draft, near: Sequence[_Draft]) -> list[Line]:
        if draft.edges is None:
            return draft.lines
        others = [other.edges for other in near if other.edges and other is not draft]
        first = draft.main.start
        dropped = self._running.found_on(draft.edges, draft.lines[draft.main], others)
        return [line for at, line in enumerate(draft.lines) if at - first not in dropped]

    def _headings(self, index: int, prose: Prose) -> tuple[Heading, ...]:
        if self._structure.outline:
            return headings_in(prose.text, self._structure.outline.get(index, []))
        return self._looks.headings(prose)
