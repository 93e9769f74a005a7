"""Which character of a PDF page each code point of its reading text came from, packed small."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GlyphArray = NDArray[np.int32]

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
