"""Asks about a document of 16,384 tokens in a process of its own, as after a restart.

`python -m tests.long.asked_again MODEL STATES OUT.npz` writes what the model thinks after the
second question, the seconds from the model being loaded to the first token, those of them that
the question itself took, and how many tokens were computed.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import numpy as np

from rag.records import ContextShape
from tests.long.reading import desk_of, loaded

LENGTH = 16_384
SHAPE = ContextShape(LENGTH + 256, n_ubatch=128)  # as planned where there is memory
_WORDS = range(100, 190_000)


def document(length: int = LENGTH, seed: int = 0) -> list[int]:
    """Words at random."""
    return random.Random(seed).choices(_WORDS, k=length)


def question(number: int) -> list[int]:
    """A question's tokens."""
    return random.Random(f"question {number}").choices(_WORDS, k=24)


def main(model_file: str, states: str, out: str) -> None:
    folder, tokens = Path(states), document()
    with loaded(Path(model_file), folder.with_name("hashes.json")) as model:
        begun = time.perf_counter()
        with desk_of(model, folder, SHAPE) as desk:
            desk.read(tokens)
            told = desk.ask([*tokens, *question(2)])
            first_token_s = time.perf_counter() - begun
            np.savez(
                out,
                first_token_s=first_token_s,
                question_s=told.first_token_s,
                computed=desk.computed,
                logits=desk.context._context.logits(),
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
