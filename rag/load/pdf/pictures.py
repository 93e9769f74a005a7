# pyright: reportMissingTypeStubs=false
"""Tells a page of pictures from an empty one."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

MIN_SHARE = 0.05  # of the page's area; smaller pictures are ornaments
MAX_OBJECTS = 2_000
MAX_DEPTH = 3  # of forms in forms


def shows_pictures(page: object) -> bool:
    """Whether a picture covers a real part of the page."""
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    for index in range(min(MAX_OBJECTS, pdfium.FPDFPage_CountObjects(page))):
        shown = pdfium.FPDFPage_GetObject(page, index)
        if _holds_picture(shown, 0) and _area(shown) >= MIN_SHARE * area:
            return True
    return False


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
