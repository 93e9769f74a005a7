"""Stand-ins that keep the engines' promises with small means."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from rag.cancel import CancelToken
from rag.errors import CorruptFile, NoEmbedder
from rag.events import PrefillProgress, TextStreamed
from rag.load.how import HowToRead
from rag.protocols import (
    CacheIdentity,
    ChatMessage,
    Embedded,
    EmbeddedQuestion,
    EmbedderIdentity,
    FloatMatrix,
    Generated,
    ReadingLabel,
    SavedCaches,
)
from rag.records import (
    Box,
    ContextShape,
    DocumentInfo,
    EmbedderInfo,
    KvType,
    ModelShape,
    Page,
    PageKind,
    PrefillCurve,
)
from rag.traces import TokenVectors

DIMENSION = 64


class FakeEmbedder:
    """Embeds a text as the bag of its words; a token is a word."""

    def __init__(
        self,
        fingerprint: str = "fake",
        dimension: int = DIMENSION,
        before_batch: Callable[[], None] = lambda: None,
    ) -> None:
        self.identity = EmbedderIdentity("fake", dimension, 256, fingerprint)
        self.embedded: list[str] = []
        self._before_batch = before_batch

    def embed_passages(self, texts: Sequence[str]) -> Embedded:
        self._before_batch()
        self.embedded += texts
        return Embedded(self.vectors(texts), tuple(self._tokens(text) for text in texts))

    def embed_question(self, text: str) -> EmbeddedQuestion:
        return EmbeddedQuestion(self.vectors([text])[0], self._tokens(text), 1.0)

    def vectors(self, texts: Sequence[str]) -> FloatMatrix:
        bags = [self._words(text).sum(axis=0) + 1e-3 for text in texts]
        return np.stack([bag / np.linalg.norm(bag) for bag in bags]).astype(np.float32)

    def _words(self, text: str) -> FloatMatrix:
        words = re.findall(r"\w+", text.casefold())
        rows = np.zeros((len(words), self.identity.dimension), np.float32)
        for row, word in zip(rows, words, strict=True):
            row[hashlib.md5(word.encode()).digest()[0] % len(row)] = 1
        return rows

    def _tokens(self, text: str) -> TokenVectors:
        """Equal words point the same way, others across."""
        size = self.identity.dimension
        words = list(re.finditer(r"\w+", text.casefold()))
        rows = np.zeros((len(words), size), np.float32)
        for row, word in zip(rows, words, strict=True):
            bits = hashlib.shake_128(word[0].encode()).digest(-(-size // 8))
            row[:] = np.unpackbits(np.frombuffer(bits, np.uint8), count=size) * 2.0 - 1
        return TokenVectors(np.array([word.start() for word in words], np.int64), rows)

    def token_starts(self, text: str) -> Sequence[int]:
        return [match.start() for match in re.finditer(r"\w+|[^\w\s]", text)]


class FakeEmbedders:
    """A source of fake embedders by their ids; one whose value is None is not installed."""

    def __init__(self, **embedders: FakeEmbedder | None) -> None:
        self.known = embedders

    def embedder_choices(self) -> tuple[EmbedderInfo, ...]:
        return tuple(
            EmbedderInfo(
                name, f"The {name}", "", made.identity.dimension if made else 0, "", "", bool(made)
            )
            for name, made in self.known.items()
        )

    def embedder(
        self, embedder_id: str | None = None, cancel: CancelToken | None = None
    ) -> FakeEmbedder:
        name = embedder_id or next(iter(self.known))
        found = self.known.get(name)
        if found is None:
            raise NoEmbedder
        found.identity = replace(found.identity, name=name)
        return found


class FakeReader:
    """Reads text files whose pages are separated by form feeds; “BROKEN” breaks it."""

    def __init__(self, before_page: Callable[[], None] = lambda: None) -> None:
        self.paths: list[Path] = []
        self._before_page = before_page

    def read(
        self, path: Path, cancel: CancelToken, before_batch: Callable[[], None], how: HowToRead
    ) -> Generator[DocumentInfo | Page, None, None]:
        self.paths.append(path)
        pages = path.read_text("utf-8").split("\f")
        yield DocumentInfo(path.stem, len(pages), len(pages) > 1, "text")
        for number, text in enumerate(pages, 1):
            before_batch()
            self._before_page()
            cancel.check()
            if text == "BROKEN":
                raise CorruptFile(path)
            kinds = {"": PageKind.EMPTY, "SCAN": PageKind.SCANNED}
            kind = kinds.get(text, PageKind.TEXT)
            yield Page(number, str(number), text if kind is PageKind.TEXT else "", kind)


class FakeModel:
    """Answers with `answer`, word by word; a token is a character of the prompt."""

    n_ctx = 4096

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.prompts: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text) // 4

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        prompt = "".join(f"<{message.role}>{message.content}" for message in messages)
        self.prompts.append(prompt)
        return list(range(len(prompt) // 4))

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        yield PrefillProgress(len(prompt), len(prompt), 0.0)
        words = re.findall(r"\S+\s*", self.answer)[:max_tokens]
        for word in words:
            cancel.check()
            yield TextStreamed(word)
        return Generated("".join(words), len(prompt), 0, 0.1, 0.1, len(words), 0.1, ended=True)


class FakeContext:
    """A `LongContext` of a `FakeLongModel`: a token is a character's number."""

    def __init__(self, model: FakeLongModel, shape: ContextShape) -> None:
        self.shape = shape
        self.n_ctx = shape.n_ctx
        self.held: list[int] = []  # what is in its cache
        self.is_closed = False
        self._model = model

    def count_tokens(self, text: str) -> int:
        return len(text)

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        return self._model.encode_chat(messages)

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        reused = _common(self.held, prompt)
        self.held = list(prompt)
        run = self._model.generate(prompt, max_tokens, cancel)
        return replace((yield from run), reused_tokens=reused)

    def read(
        self, tokens: Sequence[int], label: ReadingLabel, cancel: CancelToken
    ) -> Generator[PrefillProgress, None, None]:
        held = max(_common(self.held, tokens), _common(self._model.kept, tokens))
        self.held = list(tokens[:held])
        yield PrefillProgress(held, len(tokens), 0.0)
        try:
            while len(self.held) < len(tokens):
                cancel.check()
                self._model.before_slice()
                done = min(len(self.held) + self.shape.n_ubatch, len(tokens))
                self.held = list(tokens[:done])
                self._model.slices.append(done)
                yield PrefillProgress(done, len(tokens), 0.0)
        finally:
            self._model.kept = list(self.held)

    def close(self) -> None:
        self.is_closed = True


class FakeLongModel(FakeModel):
    """A `LongModel` that keeps what it read last; `slices` are the ends of all that it read."""

    shape = ModelShape(2, 2, 1, 8, 16, 32, 256, 131_072, 1000)
    curve: PrefillCurve | None = PrefillCurve(100.0)

    def __init__(self, answer: str, before_slice: Callable[[], None] = lambda: None) -> None:
        super().__init__(answer)
        self.contexts: list[FakeContext] = []
        self.kept: list[int] = []
        self.slices: list[int] = []
        self.before_slice = before_slice

    def count_tokens(self, text: str) -> int:
        return len(text)

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        super().encode_chat(messages)
        return [ord(char) for message in messages for char in f"<{message.role}>{message.content}"]

    def curve_of(self, kv_type: KvType, *, flash_attention: bool) -> PrefillCurve | None:
        return self.curve

    def cache_identity(self, shape: ContextShape) -> CacheIdentity:
        return CacheIdentity("0" * 64, "fake 1", "long", shape.kv_type, shape.flash_attention)

    def open_long(self, shape: ContextShape, caches: SavedCaches | None) -> FakeContext:
        self.contexts.append(FakeContext(self, shape))
        return self.contexts[-1]


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


class NoBoxes:
    """Knows no character's place."""

    def boxes(self, path: Path, page: int, glyphs: Sequence[int]) -> tuple[Box, ...]:
        return ()


class FakeCounter:
    """Counts words, and what it was asked."""

    def __init__(self, vocabulary: str = "words") -> None:
        self.vocabulary = vocabulary
        self.texts: list[str] = []
        self.is_closed = False

    def count_tokens(self, text: str) -> int:
        self.texts.append(text)
        return len(text.split())

    def close(self) -> None:
        self.is_closed = True
