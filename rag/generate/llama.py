"""The language model that answers: a GGUF file run by llama.cpp in a thread of its own."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import cast

import psutil

from rag.cancel import CancelToken
from rag.errors import GenerationFailed, ModelBroken, ModelMissing, ModelTooBig, QuestionTooLong
from rag.generate.binding import Aborted, StopFlag, library, library_version
from rag.generate.chat import ChatEncoder
from rag.generate.context import SHORT_CONTEXT_TOKENS, NativeContext
from rag.generate.long import OpenContext
from rag.generate.many import MOST_SIDE_BY_SIDE, SideBySide, tokens_each
from rag.generate.native import NativeModel
from rag.generate.pace import Pace, PaceSample
from rag.generate.worker import Worker
from rag.generate.writing import Event, Speeds, Writer
from rag.protocols import CacheIdentity, ChatMessage, Generated, SavedCaches
from rag.records import ContextShape, KvType, ModelInfo, ModelShape, PrefillCurve

SLICE_TOKENS = 128
"""The most tokens one call reads: it ends soon, also on a GPU, where no callback can abort it."""

_MOST_THREADS = 16  # decoding waits for memory, not for cores
_MEASURE_S = 1.5
_MEASURE_TOKENS = 128
_MEASURE_SLICE = 32


class LlamaModel:
    """A `LongModel` on this computer; every method may be called from any thread.

    Loading takes seconds. Raises `ModelMissing`, `ModelBroken`, `ModelTooBig`. A file of unknown
    origin goes through `rag.models.verify` first: llama.cpp may end the process on garbage.
    `threads` 0 takes the physical cores. `info` overrides what the file's name says. `sha256`
    gives the hash of the whole file, which is asked for once, when first needed.
    """

    def __init__(
        self,
        path: Path,
        n_ctx: int = SHORT_CONTEXT_TOKENS,
        threads: int = 0,
        info: ModelInfo | None = None,
        sha256: Callable[[], str] | None = None,
    ) -> None:
        if not path.is_file():
            raise ModelMissing(path)
        self._threads = _useful_threads(threads)
        shape = ContextShape(n_ctx, n_ubatch=SLICE_TOKENS, flash_attention=True)
        name = info.name if info else path.stem
        self._native, self._context = _opened(path, name, shape, self._threads)
        self.info = info or ModelInfo(
            name=name,
            path=path,
            size_bytes=path.stat().st_size,
            context_tokens=self._native.shape.context_tokens,
            is_trial=False,
        )
        self._contexts = {self._context}  # to be closed before the model
        self._sha256 = cache(sha256 or partial(_sha256, path))
        self._speeds = Speeds(Pace())
        self._chat = ChatEncoder(self._native)
        self._worker = Worker()
        self._writer = Writer(self._native, self._context, self._worker, self._speeds)
        self._long: OpenContext | None = None
        self._long_turn = threading.Lock()
        self._worker.later(self._measure).result()

    @property
    def n_ctx(self) -> int:
        """How many tokens prompt and answer may have together."""
        return self._writer.n_ctx

    @property
    def shape(self) -> ModelShape:
        """What tells how much memory a context takes."""
        return self._native.shape

    @property
    def prefill_tokens_per_s(self) -> float | None:
        """Measured at loading, then by every prompt."""
        return self._speeds.prefill_tokens_per_s

    @property
    def decode_tokens_per_s(self) -> float | None:
        """The same of writing."""
        return self._speeds.decode_tokens_per_s

    def close(self) -> None:
        """Stop what runs and free the memory; later calls raise `GenerationFailed`.

        What a long context has read is kept.
        """
        self._worker.close(self._free)

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`."""
        self._worker.check_open()
        return self._chat.count_tokens(text)

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        """The prompt in the model's own chat template, ready for its answer."""
        self._worker.check_open()
        return self._chat.encode_chat(messages)

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[Event, None, Generated]:
        """Stream the likeliest answer; it also ends where it begins to repeat itself.

        One after the other when called side by side. Raises `QuestionTooLong` when the prompt
        leaves no room, `Cancelled`, `GenerationFailed`. The streamed texts join to the result's.
        """
        return self._writer.generate(prompt, max_tokens, cancel)

    def generate_many(
        self, prompts: Sequence[Sequence[int]], max_tokens: int, cancel: CancelToken
    ) -> Generator[tuple[int, str], None, None]:
        """Answer `prompts` side by side; yields (index, text) as each is finished, in any order.

        Each prompt and its answer must fit in `n_ctx`. How many run at once is up to the memory.
        Other answers go first. Raises as `generate`.
        """
        self._worker.check_open()
        longest = max(map(len, prompts), default=0)
        if longest >= self.n_ctx:
            raise QuestionTooLong(longest, self.n_ctx - 1)
        most = min(max_tokens, self.n_ctx - longest)
        context, texts = self._open_many(prompts, most)
        if context is None:
            for index, prompt in enumerate(prompts):
                yield index, _result_of(self.generate(prompt, most, cancel)).text
            return
        try:
            side_by_side = SideBySide(self._native, context, texts, prompts, most)
            while not side_by_side.is_finished:
                yield from self._worker.step(context.stop, side_by_side.go_on, cancel)
        finally:
            with suppress(GenerationFailed):  # the model was closed, and this with it
                self._worker.later(lambda: self._close_context(context)).result()

    def _open_many(
        self, prompts: Sequence[Sequence[int]], most: int
    ) -> tuple[NativeContext | None, int]:
        """A context for as many prompts as there is memory for; None when that is one."""
        texts = min(MOST_SIDE_BY_SIDE, len(prompts))
        while texts > 1:
            n_ctx = tokens_each(prompts, most, self.n_ctx)
            shape = ContextShape(n_ctx, n_ubatch=SLICE_TOKENS, flash_attention=True)
            try:
                return self._open_context(shape, texts=texts), texts
            except ModelTooBig:
                texts -= 1
        return None, 1

    def _open_context(
        self, shape: ContextShape, *, texts: int = 1, spans: bool = False
    ) -> NativeContext:
        def opened() -> NativeContext:
            context = NativeContext(self._native, shape, self._threads, texts=texts, spans=spans)
            self._contexts.add(context)
            return context

        return self._worker.step(StopFlag(), opened, CancelToken(), is_urgent=True)

    # ------------------------------------------------------------ how fast it reads

    @property
    def curve(self) -> PrefillCurve | None:
        """How fast it reads into 16-bit caches without flash attention; None until measured."""
        return self._speeds.pace.curve()

    def curve_of(self, kv_type: KvType, *, flash_attention: bool) -> PrefillCurve | None:
        """The same for contexts of another kind."""
        return self._speeds.pace.curve(kv_type, flash_attention=flash_attention)

    @property
    def pace(self) -> Pace:
        """What `curve` was told from; worth keeping over restarts."""
        return self._speeds.pace

    def learn(self, samples: Iterable[PaceSample]) -> None:
        """Take in what an earlier run with this model and as many threads measured."""
        self._speeds.pace = Pace().with_samples((*samples, *self._speeds.pace.samples))

    # ------------------------------------------------------------ long texts

    def cache_identity(self, shape: ContextShape) -> CacheIdentity:
        """What caches of such a context are kept under; hashes the model's file, once."""
        n_ctx = min(shape.n_ctx, self.shape.context_tokens)
        return CacheIdentity(
            model_sha256=self._sha256(),
            library=library_version(),
            regime="short" if n_ctx <= SHORT_CONTEXT_TOKENS else "long",
            kv_type=shape.kv_type.value,
            flash_attention=shape.flash_attention,
        )

    def open_long(self, shape: ContextShape, caches: SavedCaches | None) -> OpenContext:
        """A further context over the same weights; one at a time, the one before is closed.

        Waits for the answer that is being written. Raises `ModelTooBig` where its memory cannot be
        had, `GenerationFailed`.
        """
        if shape.kv_type is not KvType.F16 and not shape.flash_attention:
            raise ValueError("a quantised cache needs flash attention")
        with self._long_turn:
            self._close_long()
            context = self._open_context(shape, spans=True)
            writer = Writer(self._native, context, self._worker, self._speeds)
            self._long = OpenContext(
                context,
                writer,
                self._chat,
                self._worker,
                caches,
                lambda: self.cache_identity(context.shape),
            )
            return self._long

    def _close_long(self) -> None:
        if self._long:
            self._long.close()
            self._long = None

    # ------------------------------------------------------------ in the worker thread

    def _free(self) -> None:
        if self._long:
            self._long.free()
        for context in self._contexts:
            context.close()
        self._native.close()

    def _close_context(self, context: NativeContext) -> None:
        context.close()
        self._contexts.discard(context)

    def _measure(self) -> None:
        """Time a token and the start of a prompt, after a first token brought the file in."""
        context = self._context
        word = self._native.tokenize("the")[:1]
        context.decode(word)
        limit = threading.Timer(_MEASURE_S, context.stop.set)  # a busy computer may take minutes
        limit.start()
        try:
            started = time.perf_counter()
            context.decode(word)
            self._speeds.decode_tokens_per_s = 1 / (time.perf_counter() - started)
            self._time_prefill(word[0])
        except Aborted:
            pass
        limit.cancel()
        limit.join()
        context.stop.clear()
        context.keep(0)

    def _time_prefill(self, token: int) -> None:
        """Read for as long as it may; an aborted slice counts, as it is no faster than that."""
        started, done = time.perf_counter(), 0
        try:
            while done < min(_MEASURE_TOKENS, self.n_ctx - 2):
                done += _MEASURE_SLICE
                self._context.decode([token] * _MEASURE_SLICE)
        finally:
            seconds = time.perf_counter() - started
            self._speeds.prefill_tokens_per_s = done / seconds
            self._speeds.pace = self._speeds.pace.with_samples(
                [PaceSample(0, done, seconds, flash_attention=True)]
            )


def _result_of(run: Generator[Event, None, Generated]) -> Generated:
    while True:
        try:
            next(run)
        except StopIteration as stop:
            return cast("Generated", stop.value)


def _opened(
    path: Path, name: str, shape: ContextShape, threads: int
) -> tuple[NativeModel, NativeContext]:
    """The model on the graphics processor with its context, or else on the processor."""
    if library().llama_supports_gpu_offload():
        try:
            return _opened_on(path, name, shape, threads, on_gpu=True)
        except (ModelBroken, ModelTooBig):
            pass
    return _opened_on(path, name, shape, threads, on_gpu=False)


def _opened_on(
    path: Path, name: str, shape: ContextShape, threads: int, *, on_gpu: bool
) -> tuple[NativeModel, NativeContext]:
    model = NativeModel(path, name, on_gpu=on_gpu)
    try:
        return model, NativeContext(model, shape, threads)
    except ModelTooBig:
        model.close()
        raise


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _useful_threads(wanted: int) -> int:
    """`wanted`, or the physical cores that this process may use; never more than there are."""
    logical = psutil.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        logical = min(logical, len(os.sched_getaffinity(0)))
    if wanted:
        return min(wanted, logical)
    return min(psutil.cpu_count(logical=False) or logical, logical, _MOST_THREADS)
