# pyright: reportMissingTypeStubs=false
"""How a page's own coordinates lie on the page as it is shown."""

from __future__ import annotations

import pypdfium2.raw as pdfium

from rag.load.pdf.characters import TextPage
from rag.records import Box


class Placement:
    """Places what stands on the page with this 1-based number."""

    def __init__(self, text: TextPage, page: int) -> None:
        self._left, self._top, self._right, self._bottom = text.bounds()
        self._turns = pdfium.FPDFPage_GetRotation(text.page) % 4  # quarters, clockwise
        self._page = page

    def shown(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A box in page coordinates, as it is shown."""
        x0, y0 = self._point(left, top)
        x1, y1 = self._point(right, bottom)
        return Box(self._page, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        match self._turns:
            case 1:
                return y - self._bottom, x - self._left
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y
