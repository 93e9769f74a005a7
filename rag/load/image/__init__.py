"""Reads image files: their text is recognised, as that of scanned pages is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rag.errors import CorruptFile, NoRecogniser
from rag.load import glyphs
from rag.load.how import PLAINLY, HowToRead
from rag.load.image.frames import Frame, ImageFile, open_image
from rag.load.ocr import Recogniser
from rag.load.pdf.hyphens import Hyphenation
from rag.load.pdf.looks import Looks
from rag.load.pdf.prose import compose
from rag.load.pdf.scan_lines import scan_lines
from rag.load.pdf.tables import FoundTable, tables_in, without_column_heads
from rag.records import DocumentInfo, Page, PageKind

MOST_PIXELS = 7_000_000  # of a page that is recognised
USUAL_SCALE = 200 / 72  # px per point: what the recogniser reads best

_DAMAGED = "It is damaged."
_TOO_MUCH_MEMORY = "Recognising its text needs too much memory."


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The pages of a scan in several, otherwise one; one that is damaged is told as failed."""
    with open_image(path) as file:
        yield DocumentInfo(_title(path), file.page_count, paged=True, format="picture")
        reader = _PageReader(file, how)
        failed = 0
        for number in range(min(how.first_page, file.page_count), file.page_count + 1):
            page = reader.page(number)
            failed += page.kind is PageKind.FAILED
            yield page
        if failed == file.page_count:
            raise CorruptFile(path)


def _title(path: Path) -> str:
    return " ".join(path.stem.replace("_", " ").split()) or path.name


class _PageReader:
    """Reads the pages of one file in order, learning its language and type sizes on the way."""

    def __init__(self, file: ImageFile, how: HowToRead) -> None:
        self._file = file
        self._how = how
        self._recogniser: Recogniser | None = None
        self._hyphenation = Hyphenation()
        self._looks = Looks()
        self._last_table: FoundTable | None = None

    def page(self, number: int) -> Page:
        if not self._how.ocr:
            return Page(number, str(number), "", PageKind.SCANNED)
        try:
            frame = self._file.frame(number, USUAL_SCALE, MOST_PIXELS)
            return self._recognised(number, frame)
        except ValueError:
            return Page(number, str(number), "", PageKind.FAILED, problem=_DAMAGED)
        except MemoryError:
            return Page(number, str(number), "", PageKind.SCANNED, problem=_TOO_MUCH_MEMORY)
        except NoRecogniser as error:
            return Page(number, str(number), "", PageKind.SCANNED, problem=str(error))

    def _recognised(self, number: int, frame: Frame) -> Page:
        if self._recogniser is None:
            self._recogniser = Recogniser(self._how.ocr_language, self._how.still_reading)
        picture = np.ascontiguousarray(np.asarray(frame.image)[:, :, ::-1])
        found = self._recogniser.read(picture)
        scan = scan_lines(found, (), frame.width_pt / frame.image.width, number)
        prose = compose(scan.lines, self._hyphenation)
        if not prose.text:
            kind = PageKind.SCANNED if found.problem else PageKind.EMPTY
            return Page(number, str(number), "", kind, problem=found.problem)
        headings = self._looks.headings(prose)
        tables = tables_in(prose, headings, self._last_table)
        self._last_table = tables[-1] if tables else None
        return Page(
            number=number,
            label=str(number),
            text=prose.text,
            kind=PageKind.SCANNED,
            headings=without_column_heads(headings, tables),
            glyphs=glyphs.pack(prose.glyphs),
            tables=tuple(table.table for table in tables),
            boxes=glyphs.pack_boxes(scan.boxes),
            problem=found.problem,
        )
