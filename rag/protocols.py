"""What a stage may ask of an engine; each protocol has a fake in the tests and a real one."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.cancel import CancelToken
from rag.events import PrefillProgress, TextStreamed
from rag.records import ContextShape, KvType, ModelShape, PrefillCurve
from rag.traces import TokenVectors

FloatMatrix = NDArray[np.float32]
IdArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EmbedderIdentity:
    """What a vector must share to be compared: vectors of different identities never mix."""

    name: str
    dimension: int
    max_tokens: int  # longer texts are embedded in pieces
    fingerprint: str  # of the weights and the precision


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """What an embedder makes of passages."""

    vectors: FloatMatrix  # shape (passages, dimension), rows of length 1
    tokens: tuple[TokenVectors, ...]  # of each passage, all of it however long


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedQuestion:
    """What an embedder makes of a question."""

    vector: FloatMatrix  # shape (dimension,), length 1
    tokens: TokenVectors
    familiarity: float  # 0..1, how well the model's vocabulary suits the language it is written in


class Embedder(Protocol):
    """Turns text into vectors."""

    @property
    def identity(self) -> EmbedderIdentity: ...

    def embed_passages(self, texts: Sequence[str]) -> Embedded:
        """The vectors of `texts`, in their order."""
        ...

    def embed_question(self, text: str) -> EmbeddedQuestion:
        """The vectors of a question."""
        ...

    def token_starts(self, text: str) -> Sequence[int]:
        """The offsets in code points where the embedder's tokens of `text` begin, rising."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ChunkVectors:
    """What is kept of chunks that were embedded."""

    matrix: FloatMatrix  # shape (chunks, dimension)
    traces: tuple[bytes, ...]  # of each chunk's tokens, see `rag.traces`

    @classmethod
    def of(cls, chunks: Sequence[tuple[FloatMatrix, bytes]]) -> ChunkVectors:
        """Those of single chunks, at least one."""
        return cls(np.stack([vector for vector, _ in chunks]), tuple(trace for _, trace in chunks))

    def rows(self, rows: Sequence[int]) -> ChunkVectors:
        """The same of some chunks, in the order of `rows`."""
        return ChunkVectors(self.matrix[list(rows)], tuple(self.traces[row] for row in rows))

    def __len__(self) -> int:
        return len(self.traces)


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A chunk's id with its score under one way of searching."""

    chunk_id: int
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class ChunkSet:
    """The chunks that a search is limited to, however many: a mark for each chunk there is."""

    marks: NDArray[np.bool_]  # `marks[chunk_id]`; chunks beyond its end are not in the set

    @classmethod
    def of(cls, chunk_ids: Sequence[int] | IdArray) -> ChunkSet:
        """The set of `chunk_ids`, in any order."""
        ids = np.asarray(chunk_ids, np.int64)
        marks = np.zeros(int(ids.max(initial=-1)) + 1, np.bool_)
        marks[ids] = True
        return cls(marks)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.marks))

    def among(self, chunk_ids: IdArray) -> NDArray[np.bool_]:
        """Which of `chunk_ids` are in the set, in their order."""
        known = chunk_ids < len(self.marks)
        if known.all():
            return self.marks[chunk_ids]
        held = np.zeros(len(chunk_ids), np.bool_)
        held[known] = self.marks[chunk_ids[known]]
        return held

    def shared_with(self, other: ChunkSet) -> ChunkSet:
        """The chunks that are in both sets."""
        size = min(len(self.marks), len(other.marks))
        return ChunkSet(self.marks[:size] & other.marks[:size])


class VectorIndex(Protocol):
    """Finds the nearest vectors; it can be lost and rebuilt."""

    def upsert(
        self, chunk_ids: Sequence[int], document_ids: Sequence[int], vectors: FloatMatrix
    ) -> None:
        """Add or replace vectors, shape (len(chunk_ids), dimension)."""
        ...

    def delete(self, chunk_ids: Sequence[int]) -> None:
        """Forget vectors; unknown ids are ignored."""
        ...

    def query(self, vector: FloatMatrix, top_k: int, within: ChunkSet | None) -> list[ScoredChunk]:
        """The `top_k` chunks nearest by cosine, best first, of those `within` only unless None."""
        ...

    def count(self) -> int:
        """How many vectors it holds."""
        ...


class LexicalIndex(Protocol):
    """Finds the chunks that hold a question's words."""

    def search_words(self, question: str, top_k: int, within: ChunkSet | None) -> list[ScoredChunk]:
        """At most `top_k` chunks by BM25 (> 0), best first, of those `within` only unless None."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may be shown, as a reranker sees it."""

    chunk_id: int
    document_id: int
    title: str
    heading: str
    text: str
    dense: float  # cosine similarity, -1..1
    lexical: float  # BM25, >= 0
    fused: float  # 0..1, what the search so far thinks of it


class Reranker(Protocol):
    """Looks again, and closer, at the first chunks that a search found."""

    def rerank(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        """How well each of `candidates` answers `question`, 0..1, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of the conversation that a model is shown."""

    role: str  # "system", "user" or "assistant"
    content: str


@dataclass(frozen=True, slots=True)
class TextHeld:
    """What comes next if it is shown at all: it may be the beginning of a repetition."""

    text: str  # all that is held back now, white space before it included


@dataclass(frozen=True, slots=True)
class Generated:
    """How a generation ended."""

    text: str
    prompt_tokens: int
    reused_tokens: int
    prefill_s: float
    first_token_s: float
    answer_tokens: int
    decode_s: float
    ended: bool  # the model ended it; False when it was cut off by the cap


class TokenCounter(Protocol):
    """Counts the tokens that a language model makes of texts, without its weights."""

    @property
    def vocabulary(self) -> str:
        """The fingerprint of its vocabulary, as `ModelInfo` has it."""
        ...

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`."""
        ...

    def close(self) -> None:
        """Free its memory."""
        ...


class LanguageModel(Protocol):
    """Writes text after a prompt of tokens."""

    @property
    def n_ctx(self) -> int:
        """How many tokens prompt and answer may have together."""
        ...

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`."""
        ...

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        """The prompt's tokens in the model's own chat template, ready for its answer.

        Contents are plain text: nothing in them becomes a control token.
        """
        ...

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed | TextHeld, None, Generated]:
        """Stream an answer at temperature 0; raises `Cancelled` within a second of being told."""
        ...


SEGMENT_TOKENS = 1024
"""How many tokens' cache one file keeps: what a crash can cost."""


@dataclass(frozen=True, slots=True)
class CacheIdentity:
    """What a KV cache must share to be used: one of another identity gives wrong answers."""

    model_sha256: str  # of the whole file
    library: str  # name and version of what made the cache
    regime: str  # of position factors: "short" up to 4,096 tokens of context, else "long"
    kv_type: str
    flash_attention: bool


class TokenSpans(Protocol):
    """A context whose cache can be written to files and read from them, stretch by stretch."""

    def save_span(self, file: Path, start: int, end: int) -> None:
        """Write the cache of the tokens from `start` to `end`; raises `OSError`."""
        ...

    def load_span(self, file: Path, start: int, tokens: Sequence[int], wanted: int) -> None:
        """Take in the cache of the first `wanted` of `tokens`, all of which `file` holds.

        They begin at `start`, where what is read ends. Raises `ValueError` where the file does not
        hold just these, or there is no room for all of them; the context is as before then.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReadingLabel:
    """What a saved reading is of, for people."""

    paths: tuple[Path, ...]
    title: str
    model: str  # the model's name


class SavedCaches(Protocol):
    """Keeps what models read, so that it need not be read again."""

    def saved(self, identity: CacheIdentity, tokens: Sequence[int]) -> int:
        """How many of the first `tokens` are kept; nothing is opened for it."""
        ...

    def restore(
        self, identity: CacheIdentity, tokens: Sequence[int], into: TokenSpans
    ) -> Generator[int, None, int]:
        """Load as many of the first `tokens` as are kept into an empty context.

        Each `next` loads one segment and yields how many tokens are loaded so far; returns how many
        in the end. What turns out to be damaged is deleted, and what lies before it is all that
        counts. Closed early, what is loaded stays.
        """
        ...

    def keep(
        self,
        identity: CacheIdentity,
        label: ReadingLabel,
        tokens: Sequence[int],
        read: int,
        context: TokenSpans,
    ) -> int:
        """Save what of the first `read` of `tokens` is not kept; returns how many are now.

        Best called at each multiple of `SEGMENT_TOKENS`, and where reading ends: what comes after
        the last multiple is written anew when more is read. Returns fewer than `read` where the
        disk or the budget has no room; never raises for that.
        """
        ...


class LongContext(Protocol):
    """A model's context for long texts: a `LanguageModel` that can read ahead of any question."""

    @property
    def shape(self) -> ContextShape: ...

    @property
    def n_ctx(self) -> int: ...

    def count_tokens(self, text: str) -> int: ...

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]: ...

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed | TextHeld, None, Generated]: ...

    def read(
        self, tokens: Sequence[int], label: ReadingLabel, cancel: CancelToken
    ) -> Generator[PrefillProgress, None, None]:
        """Read `tokens`, the beginning of prompts to come: each `next` reads one slice.

        What is kept is loaded first, and what is read is kept at intervals, at the end, and when
        it ends early by `Cancelled` or `close`. Whoever stops asking for the next slice pauses it.
        """
        ...

    def close(self) -> None:
        """Free its memory; the model stays."""
        ...


class LongModel(LanguageModel, Protocol):
    """A language model that can also read whole documents."""

    @property
    def shape(self) -> ModelShape: ...

    @property
    def curve(self) -> PrefillCurve | None:
        """How fast it reads here, from what was measured; None until something was."""
        ...

    def curve_of(self, kv_type: KvType, *, flash_attention: bool) -> PrefillCurve | None:
        """The same of contexts of one kind."""
        ...

    def cache_identity(self, shape: ContextShape) -> CacheIdentity:
        """What caches of such a context are kept under; may hash the model's file, once."""
        ...

    def open_long(self, shape: ContextShape, caches: SavedCaches | None) -> LongContext:
        """A further context over the same weights; one at a time, the one before is closed.

        Raises `ModelTooBig` where its memory cannot be had.
        """
        ...

    def generate_many(
        self, prompts: Sequence[Sequence[int]], max_tokens: int, cancel: CancelToken
    ) -> Generator[tuple[int, str], None, None]:
        """Answer several prompts side by side; yields (index, text), as each is finished.

        Each prompt and its answer must fit in `n_ctx`; how many run at once is up to the memory.
        """
        ...
