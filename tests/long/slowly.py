"""Reads a long text in a process of its own and says how far it is, until it is killed.

`python -m tests.long.slowly MODEL STATES TOKENS SLICE` prints how many tokens are done.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rag.records import ContextShape
from tests.long import positions
from tests.long.reading import opened


def main(model: str, states: str, length: str, n_ubatch: str) -> None:
    room = -(-(int(length) + 1) // 256) * 256
    shape = ContextShape(room, n_ubatch=int(n_ubatch), flash_attention=True)
    with opened(Path(model), Path(states), shape) as desk:
        for told in desk.steps(positions.text(int(length))):
            print(told.tokens_done, flush=True)  # noqa: T201 - what it is for


if __name__ == "__main__":
    main(*sys.argv[1:])
