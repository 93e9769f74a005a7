"""Where on a page each code point of its reading text stands, packed small.

A code point has a glyph: in a PDF the index of its character, on a scanned page that of its word.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.records import Box

GlyphArray = NDArray[np.int32]
_SAME_LINE = 0.5  # of the lower word's height that two words of a line share

INSERTED = -1  # the glyph of a code point that is in the text only, such as a joined line's space


def pack(glyphs: Sequence[int] | GlyphArray) -> bytes:
    """Pack one character index per code point, `INSERTED` for those without; see `unpack`."""
    steps = np.diff(np.asarray(glyphs, dtype="<i4"), prepend=np.int32(0)).astype("<i4")
    return zlib.compress(steps.tobytes(), 1)


def unpack(packed: bytes) -> GlyphArray:
    """The indices that were packed; empty for empty bytes."""
    if not packed:
        return np.zeros(0, dtype=np.int32)
    steps = np.frombuffer(zlib.decompress(packed), dtype="<i4")
    return np.cumsum(steps, dtype=np.int32)


def pack_boxes(boxes: Sequence[Box]) -> bytes:
    """The boxes of a scanned page's words, in points as the page is shown; see `boxes_of`."""
    corners = np.array([[box.x0, box.y0, box.x1, box.y1] for box in boxes], dtype="<f4")
    return zlib.compress(corners.tobytes(), 1)


def boxes_of(packed: bytes, wanted: GlyphArray, page: int) -> tuple[Box, ...]:
    """The boxes of the words `wanted` (in reading order, any number of times), one per line."""
    corners = np.frombuffer(zlib.decompress(packed), dtype="<f4").reshape(-1, 4)
    lines: list[Box] = []
    for word in dict.fromkeys(wanted[(wanted >= 0) & (wanted < len(corners))].tolist()):
        x0, y0, x1, y1 = corners[word].tolist()
        box = Box(page, x0, y0, x1, y1)
        if lines and _on_one_line(lines[-1], box):
            last = lines[-1]
            box = Box(
                page,
                min(last.x0, x0),
                min(last.y0, y0),
                max(last.x1, x1),
                max(last.y1, y1),
            )
            lines.pop()
        lines.append(box)
    return tuple(lines)


def _on_one_line(a: Box, b: Box) -> bool:
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    return shared >= _SAME_LINE * min(a.y1 - a.y0, b.y1 - b.y0)
