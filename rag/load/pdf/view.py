"""Draws a PDF's pages and finds where on them a quote's characters are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rag.errors import CorruptFile, SourceChanged
from rag.load.pdf.characters import open_text_page
from rag.load.pdf.document import PdfFile, open_pdf
from rag.load.pdf.placement import Placement
from rag.records import Box, PagePicture

MAX_PIXELS = 25_000_000
MERGE_GAP = 2.5  # of a character's height: wider gaps on one line leave two boxes


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
            boxes = [place.shown(*box) for box in text.boxes_of(wanted).tolist() if any(box)]
            sideways = place.is_sideways(text.angles(wanted[:1]))
    return tuple(_merged(boxes, sideways=sideways))


def _check(path: Path, document: PdfFile, page: int) -> None:
    if not 1 <= page <= document.page_count:
        raise SourceChanged(path)


def _merged(boxes: Iterable[Box], *, sideways: bool) -> list[Box]:
    """Join each box with the one before where they stand side by side on a line."""
    merged: list[Box] = []
    for box in boxes:
        if merged and _side_by_side(merged[-1], box, sideways=sideways):
            last = merged[-1]
            merged[-1] = replace(
                last,
                x0=min(last.x0, box.x0),
                y0=min(last.y0, box.y0),
                x1=max(last.x1, box.x1),
                y1=max(last.y1, box.y1),
            )
        else:
            merged.append(box)
    return merged


def _side_by_side(a: Box, b: Box, *, sideways: bool) -> bool:
    across = (a.x0, a.x1, b.x0, b.x1) if sideways else (a.y0, a.y1, b.y0, b.y1)
    along = (a.y0, a.y1, b.y0, b.y1) if sideways else (a.x0, a.x1, b.x0, b.x1)
    height = min(across[1] - across[0], across[3] - across[2])
    overlap = min(across[1], across[3]) - max(across[0], across[2])
    gap = max(along[2] - along[1], along[0] - along[3])
    return overlap >= 0.5 * height and gap <= MERGE_GAP * max(height, 1)
