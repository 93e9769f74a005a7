"""What reading a document whole takes, and what was kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Breadth(StrEnum):
    """How much of a text has to be read for a question, by its wording."""

    FACT = "fact"  # passages hold it
    WHOLE = "whole"
    COMPARE = "compare"  # two texts or more, each as a whole


class KvType(StrEnum):
    """How the numbers of a KV cache are kept."""

    F16 = "f16"
    Q8_0 = "q8_0"


@dataclass(frozen=True, slots=True)
class ContextShape:
    """What a context window of a language model is made with."""

    n_ctx: int  # tokens that it holds
    kv_type: KvType = KvType.F16
    n_ubatch: int = 128  # tokens read in one step
    flash_attention: bool = False


@dataclass(frozen=True, slots=True)
class ModelShape:
    """What of a language model tells how much memory its contexts take."""

    layers: int
    heads: int
    kv_heads: int
    head_size: int  # numbers of one head in a token's key, and in its value
    hidden: int  # numbers in a token's state
    feed_forward: int  # the same, within a layer
    vocabulary: int
    context_tokens: int  # what it was trained for
    weights_bytes: int  # of the file, which is mapped into memory


@dataclass(frozen=True, slots=True)
class PrefillCurve:
    """How fast a model reads on this computer: slower the more it has read already.

    Reading N tokens takes N / tokens_per_s * (1 + slowdown * N / 32768) seconds.
    """

    tokens_per_s: float  # at the beginning of a text
    slowdown: float = 2.4

    def seconds(self, start: int, end: int) -> float:
        """What reading a text's tokens from `start` to `end` takes."""
        return self._until(end) - self._until(start)

    def _until(self, tokens: int) -> float:
        return tokens / self.tokens_per_s * (1 + self.slowdown * tokens / 32768)


@dataclass(frozen=True, slots=True)
class SavedReading:
    """Documents that a model read whole, as kept on disk for later questions."""

    id: str
    paths: tuple[Path, ...]
    title: str  # in words, of the documents
    model: str  # the name of the model that read it
    tokens: int  # read and kept so far
    tokens_total: int  # of the documents
    size_bytes: int  # on disk, what it shares with others included
    used_at: float  # seconds since the epoch
    kv_type: str = KvType.F16  # of the contexts that it can be loaded into
    flash_attention: bool = False  # the same

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to read."""
        return self.tokens >= self.tokens_total
