# pyright: reportMissingTypeStubs=false
"""Tells how much of a page is pictures."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

MAX_OBJECTS = 2_000
MAX_DEPTH = 3  # of forms in forms


def largest_picture(page: object) -> float:
    """The share of a page's area that its largest picture takes; 0 where it has none."""
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    shown = (
        pdfium.FPDFPage_GetObject(page, index)
        for index in range(min(MAX_OBJECTS, pdfium.FPDFPage_CountObjects(page)))
    )
    return max((_area(one) for one in shown if _holds_picture(one, 0)), default=0.0) / max(area, 1)


def shows_anything(page: object) -> bool:
    """Whether a page has anything on it at all."""
    return pdfium.FPDFPage_CountObjects(page) > 0


def _holds_picture(shown: object, depth: int) -> bool:
    kind = pdfium.FPDFPageObj_GetType(shown)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    if kind != pdfium.FPDF_PAGEOBJ_FORM or depth >= MAX_DEPTH:
        return False
    count = min(MAX_OBJECTS, pdfium.FPDFFormObj_CountObjects(shown))
    return any(
        _holds_picture(pdfium.FPDFFormObj_GetObject(shown, index), depth + 1)
        for index in range(count)
    )


def _area(shown: object) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(shown, left, bottom, right, top):
        return 0.0
    return abs((right.value - left.value) * (top.value - bottom.value))
