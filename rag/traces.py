"""What is kept of a passage's tokens for a closer look: one bit for each number of their vectors.

Late interaction (Khattab and Zaharia, "ColBERT", 2020) compares each token of a question with each
token of a passage. The sign of each number is enough of the passage's vectors: measured, the
ranking stays what it is with all 32 bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STARTS = np.dtype("<u2")
_LARGEST_START = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """A text's tokens as its model sees them among each other."""

    starts: NDArray[np.int64]  # where each begins in the text, in code points, rising
    vectors: NDArray[np.float32]  # shape (tokens, the model's own dimension), of any length

    def after(self, offset: int) -> TokenVectors:
        """The tokens that begin at `offset` or later, located from there."""
        first = int(np.searchsorted(self.starts, offset))
        return TokenVectors(self.starts[first:] - offset, self.vectors[first:])


def pack(tokens: TokenVectors) -> bytes:
    """The trace of `tokens`: 2 bytes and `dimension` bits a token."""
    near = tokens.starts <= _LARGEST_START
    starts = tokens.starts[near].astype(_STARTS)
    return starts.tobytes() + np.packbits(tokens.vectors[near] > 0, axis=1).tobytes()


def unpack(trace: bytes, dimension: int) -> TokenVectors:
    """The tokens that `pack` made `trace` of, with vectors of ±1."""
    width = -(-dimension // 8)
    count = len(trace) // (_STARTS.itemsize + width)
    split = count * _STARTS.itemsize
    starts = np.frombuffer(trace, _STARTS, count).astype(np.int64)
    packed = np.frombuffer(trace, np.uint8, offset=split).reshape(count, width)
    bits = np.unpackbits(packed, axis=1, count=dimension)
    return TokenVectors(starts, bits.astype(np.float32) * 2 - 1)
