"""A context that stands in for llama.cpp's: what it knows of a token depends on all before it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.generate.kvcache import SavedReadings
from rag.protocols import SEGMENT_TOKENS, CacheIdentity, ReadingLabel

IDENTITY = CacheIdentity("a" * 64, "llama-cpp-python 1.0", "long", "f16", flash_attention=True)
LABEL = ReadingLabel((Path("/papers/harbour.pdf"),), "The harbour", "Phi-4-mini")
OTHER = ReadingLabel((Path("/papers/yard.pdf"),), "The yard", "Phi-4-mini")
ROOM = 10**9
_MAGIC = b"SPAN"
_STATE_BYTES = 32


class Spans:
    """`TokenSpans` over plain hashes; it ends the test where llama.cpp would end the process."""

    def __init__(self, n_ctx: int = 10**6, identity: CacheIdentity = IDENTITY) -> None:
        self.n_ctx = n_ctx
        self._seed = repr(identity).encode()
        self.states: list[bytes] = []
        self.saved = 0
        self.loaded = 0

    def read(self, tokens: Sequence[int]) -> None:
        """Read on."""
        for token in tokens:
            before = self.states[-1] if self.states else self._seed
            self.states.append(hashlib.sha256(before + token.to_bytes(4, "little")).digest())

    def save_span(self, file: Path, start: int, end: int) -> None:
        self.saved += 1
        file.write_bytes(_MAGIC + b"".join(self.states[start:end]))

    def load_span(self, file: Path, start: int, tokens: Sequence[int], wanted: int) -> None:
        content = file.read_bytes()
        assert content[:4] == _MAGIC, "garbage was loaded"
        assert start == len(self.states)
        if start + len(tokens) > self.n_ctx:
            raise ValueError("no room")
        states = [
            content[place : place + _STATE_BYTES]
            for place in range(len(_MAGIC), len(content), _STATE_BYTES)
        ]
        assert len(states) == len(tokens), "a part of a file was loaded"
        self.states += states[:wanted]
        self.loaded += 1


def some_tokens(count: int, seed: int = 1) -> list[int]:
    """The tokens of a document, others for each seed, which the smallest model has."""
    return np.random.default_rng(seed).integers(0, 250, count).tolist()


def opened(folder: Path, budget: int = ROOM) -> SavedReadings:
    """What is kept in `folder`, after a restart."""
    return SavedReadings(folder, budget, 0)


def on_disk(folder: Path) -> int:
    """The bytes of all files in `folder`."""
    return sum(path.lstat().st_size for path in folder.iterdir())


def read_and_kept(
    caches: SavedReadings,
    tokens: Sequence[int],
    label: ReadingLabel = LABEL,
    identity: CacheIdentity = IDENTITY,
    upto: int | None = None,
) -> int:
    """Have `tokens`, or those `upto` a number, read and kept at intervals; returns how many are."""
    context = Spans(identity=identity)
    kept = 0
    for start in range(0, len(tokens) if upto is None else upto, SEGMENT_TOKENS):
        end = min(start + SEGMENT_TOKENS, len(tokens) if upto is None else upto)
        context.read(tokens[start:end])
        kept = caches.keep(identity, label, tokens, end, context)
    return kept


def restored(
    caches: SavedReadings, tokens: Sequence[int], identity: CacheIdentity = IDENTITY
) -> Spans:
    """A context into which all that is kept of `tokens` was loaded; it is right, or fails."""
    context, expected = Spans(identity=identity), Spans(identity=identity)
    for loaded in caches.restore(identity, tokens, context):
        assert loaded == len(context.states)
    expected.read(tokens[: len(context.states)])
    assert context.states == expected.states, "the cache of other tokens was loaded"
    return context
