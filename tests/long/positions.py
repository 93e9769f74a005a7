"""A text of 131,072 tokens with needles at its ends and seams; run by itself it is asked about.

`python -m tests.long.positions MODEL STATES OUT.npz` loads what STATES keeps of the text, in this
new process, and writes what the model then thinks at the last position, and how many tokens it
had to compute.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.records import ContextShape
from tests import tiny_phi3
from tests.long.reading import Desk, opened

ALL = 131_072
WHOLE = ContextShape(ALL, n_ubatch=512, flash_attention=True)
PLACES = {0: 0, 1: 1, 2: 4095, 3: 4096, 4: 32_768, 5: 65_536, 6: 98_304, 7: 131_069, 8: 131_070}
VALUES = {key: key * 3 % tiny_phi3.VALUES for key in PLACES}
"""The needle of each key stands at its place, and the model says it with its value."""

Logits = NDArray[np.float32]
_WORDS = tiny_phi3.vocabulary()


def text(length: int = ALL - 1, seed: int = 0) -> list[int]:
    """Letters at random, with the needles among them."""
    draw = random.Random(seed)
    tokens = [draw.randrange(33, 127) for _ in range(length)]
    for key, place in PLACES.items():
        if place < length:
            tokens[place] = needle(key, VALUES[key])
    return tokens


def needle(key: int, value: int) -> int:
    """The token of a needle."""
    return _WORDS.id(tiny_phi3.needle(key, value))


def asked_last(desk: Desk, read: int, key: int) -> Logits:
    """What the model thinks after `read` tokens and, behind them, the question for a needle."""
    context = desk.context._context
    assert context.keep(read) == read
    context.decode([_WORDS.id(tiny_phi3.question(key))])
    return context.logits()


def all_asked(desk: Desk) -> dict[str, Logits]:
    """What the model thinks at the last position of all, of each needle."""
    return {str(key): asked_last(desk, ALL - 1, key) for key in PLACES}


def main(model: str, states: str, out: str) -> None:
    with opened(Path(model), Path(states), WHOLE) as desk:
        desk.read(text())
        computed = np.array(desk.computed)
        np.savez(out, computed=computed, **all_asked(desk))


if __name__ == "__main__":
    main(*sys.argv[1:])
