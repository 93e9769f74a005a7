# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
"""The characters of a PDF page with their boxes, fetched from pdfium in bulk.

A page has thousands of characters: calls without declared argument types cost half as much, and
the text comes in one call wherever its code points match the characters one to one.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from itertools import repeat
from typing import Protocol, cast

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

LINE_END_HYPHEN = 0xFFFE  # what pdfium's text says for a hyphen that splits a word
LAST_CODE = 0x10000  # of a `code_table`; stands for all above it
FONT_NAME_BYTES = 128

_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_HYPHEN_CODE = 2  # what it says for the same character alone


def code_table(codes: Iterable[int]) -> NDArray[np.bool_]:
    """A table that says of each code point up to `LAST_CODE` whether it is one of `codes`."""
    table = np.zeros(LAST_CODE + 1, dtype=np.bool_)
    table[list(codes)] = True
    return table


class _Native(Protocol):
    def __call__(self, *arguments: object) -> float: ...


class _Prototype(Protocol):
    def __call__(self, address: int | None) -> _Native: ...


def _address(pointer: object) -> ctypes.c_void_p:
    return ctypes.cast(cast("ctypes.c_void_p", pointer), ctypes.c_void_p)


def _quick(name: str, result: type[ctypes.c_uint | ctypes.c_int | ctypes.c_float]) -> _Native:
    """One of pdfium's functions, without declared arguments."""
    prototype = cast("_Prototype", ctypes.CFUNCTYPE(result))
    return prototype(_address(getattr(pdfium, name)).value)


_unicode_of = _quick("FPDFText_GetUnicode", ctypes.c_uint)
_loose_box_of = _quick("FPDFText_GetLooseCharBox", ctypes.c_int)
_ink_of = _quick("FPDFText_GetCharBox", ctypes.c_int)
_angle_of = _quick("FPDFText_GetCharAngle", ctypes.c_float)
_bounds_of = _quick("FPDF_GetPageBoundingBox", ctypes.c_int)


class TextPage:
    """An open page with its text; must be closed before the document.

    `codes` has the code point of every character that pdfium sees, in its order, 0 where there
    is none; a character's index in it is its glyph index.
    """

    def __init__(self, document: object, index: int) -> None:
        self.page = cast("object", pdfium.FPDF_LoadPage(document, index))
        if not self.page:
            raise ValueError(f"page {index + 1} cannot be loaded")
        self.text = cast("object", pdfium.FPDFText_LoadPage(self.page))
        if not self.text:
            pdfium.FPDF_ClosePage(self.page)
            raise ValueError(f"page {index + 1} has no readable text")
        self._handle = _address(self.text)
        self.codes = self._codes(max(0, pdfium.FPDFText_CountChars(self.text)))

    def close(self) -> None:
        """Free both."""
        pdfium.FPDFText_ClosePage(self.text)
        pdfium.FPDF_ClosePage(self.page)

    def boxes_of(self, glyphs: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Shape (len(glyphs), 4): left, top, right, bottom; points, y upwards, page unrotated."""
        count = len(glyphs)
        boxes = np.zeros((count, 4), dtype=np.float32)
        start = boxes.ctypes.data
        targets = map(ctypes.c_void_p, range(start, start + 16 * count, 16))
        indices = glyphs.tolist() if isinstance(glyphs, np.ndarray) else glyphs
        for _ in map(_loose_box_of, repeat(self._handle, count), indices, targets):
            pass
        return np.nan_to_num(boxes, copy=False, posinf=0, neginf=0)

    def ink_of(self, glyphs: Sequence[int]) -> NDArray[np.float32]:
        """As `boxes_of`, around what is drawn of each character and not around its line's height.

        All 0 where that is not known.
        """
        count = len(glyphs)
        edges = np.zeros((count, 4), dtype=np.float64)  # left, right, bottom, top
        start = edges.ctypes.data
        targets = (
            map(ctypes.c_void_p, range(start + 8 * edge, start + 32 * count, 32))
            for edge in range(4)
        )
        for _ in map(_ink_of, repeat(self._handle, count), glyphs, *targets):
            pass
        ink = edges[:, [0, 3, 1, 2]].astype(np.float32)
        return np.nan_to_num(ink, copy=False, posinf=0, neginf=0)

    def shows_at(self, x: float, y: float) -> int | None:
        """The character that is drawn there, white space left out; coordinates as in `boxes_of`."""
        index = int(pdfium.FPDFText_GetCharIndexAtPos(self.text, x, y, 0, 0))
        if index < 0 or chr(min(int(self.codes[index]), LAST_CODE)).isspace():
            return None
        return index

    def bounds(self) -> tuple[float, float, float, float]:
        """What is shown of the page: left, top, right, bottom as in `boxes_of`."""
        found = np.zeros(4, dtype=np.float32)
        target = ctypes.c_void_p(found.ctypes.data)
        _bounds_of(_address(self.page), target)
        left, top, right, bottom = found.tolist()
        return left, top, right, bottom

    def angles(self, indices: Sequence[int]) -> list[float]:
        """The direction in which characters run, radians, 0 to 2 pi clockwise."""
        return list(map(_angle_of, repeat(self._handle, len(indices)), indices))

    def bold(self, indices: list[int]) -> list[bool]:
        """Whether characters are set in a bold font."""
        name = ctypes.create_string_buffer(FONT_NAME_BYTES)
        flags = ctypes.c_int()
        found: list[bool] = []
        for index in indices:
            size = pdfium.FPDFText_GetFontInfo(self.text, index, name, FONT_NAME_BYTES, flags)
            known = 0 < size <= FONT_NAME_BYTES
            found.append(known and _BOLD_NAME.search(name.value) is not None)
        return found

    def _codes(self, count: int) -> NDArray[np.int64]:
        buffer = (ctypes.c_ushort * (count + 2))()
        written = pdfium.FPDFText_GetText(self.text, 0, count, buffer) - 1 if count else 0
        units = np.frombuffer(memoryview(buffer).cast("B"), np.uint16, max(0, written))
        surrogates = (units >= 0xD800) & (units < 0xE000)
        if len(units) == count and not surrogates.any() and units.all():
            return units.astype(np.int64)
        codes = np.fromiter(
            map(_unicode_of, repeat(self._handle, count), range(count)), np.int64, count
        )
        codes[codes == _HYPHEN_CODE] = LINE_END_HYPHEN
        return codes


@contextmanager
def open_text_page(document: object, index: int) -> Generator[TextPage]:
    """A page's text for the length of a `with` block; raises `ValueError` if it has none."""
    page = TextPage(document, index)
    try:
        yield page
    finally:
        page.close()
