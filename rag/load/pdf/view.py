"""Draws a PDF's pages and finds where on them a quote's characters are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from rag.errors import CorruptFile, SourceChanged
from rag.load.pdf.characters import open_text_page
from rag.load.pdf.document import PdfFile, open_pdf
from rag.load.pdf.placement import Placement
from rag.load.pdf.stretches import lines_over
from rag.records import Box, PagePicture

MAX_PIXELS = 25_000_000


def draw(path: Path, page: int, scale: float, passwords: Sequence[str] = ()) -> PagePicture:
    """Draw page `page` (1-based) with its annotations and form fields."""
    with open_pdf(path, passwords) as document:
        _check(path, document, page)
        try:
            width, height = document.size(page - 1)
            most = math.sqrt(MAX_PIXELS / max(1.0, width * height))
            bitmap = document.draw(page - 1, min(scale, most))
        except ValueError as error:
            raise CorruptFile(path, f"page {page} cannot be drawn") from error
        return PagePicture(
            path=path,
            page=page,
            page_count=document.page_count,
            label=document.label(page - 1) or str(page),
            width_pt=width,
            height_pt=height,
            width_px=bitmap.width,
            height_px=bitmap.height,
            stride=bitmap.stride,
            pixels=bytes(bitmap.buffer),
        )


def find_boxes(
    path: Path, page: int, glyphs: Sequence[int], passwords: Sequence[str] = ()
) -> tuple[Box, ...]:
    """The boxes of characters (glyph indices, in reading order), merged along each line."""
    with open_pdf(path, passwords) as document:
        _check(path, document, page)
        with open_text_page(document.handle, page - 1) as text:
            wanted = [glyph for glyph in glyphs if 0 <= glyph < len(text.codes)]
            place = Placement(text, page)
            lines = [line.hugged() for line in lines_over(text, wanted)]
    return tuple(place.shown(*line) for line in lines)


def _check(path: Path, document: PdfFile, page: int) -> None:
    if not 1 <= page <= document.page_count:
        raise SourceChanged(path)
