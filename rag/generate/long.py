"""A context for long texts, read ahead of any question and kept on disk as it goes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress

from rag.cancel import CancelToken
from rag.errors import GenerationFailed, QuestionTooLong
from rag.events import PrefillProgress
from rag.generate.chat import ChatEncoder
from rag.generate.context import NativeContext
from rag.generate.reading import Reading
from rag.generate.worker import Worker
from rag.generate.writing import Event, Writer
from rag.protocols import (
    CacheIdentity,
    ChatMessage,
    Generated,
    ReadingLabel,
    SavedCaches,
)
from rag.records import ContextShape

_POLL_S = 0.05
_PATIENCE_S = 0.5  # how long who stops a reading waits for its end to be kept


class OpenContext:
    """A `LongContext` over the weights of a `LlamaModel`; every method from any thread.

    It shares the model's worker thread: answers go before its slices. Nothing but `close` may be
    called after the model's `close`.
    """

    def __init__(
        self,
        context: NativeContext,
        writer: Writer,
        chat: ChatEncoder,
        worker: Worker,
        caches: SavedCaches | None,
        identity: Callable[[], CacheIdentity],
    ) -> None:
        self.shape: ContextShape = context.shape
        self._context = context
        self._writer = writer
        self._chat = chat
        self._worker = worker
        self._caches = caches
        self._identity = identity
        self._readings: set[Reading] = set()
        self._closed = False

    @property
    def n_ctx(self) -> int:
        """How many tokens prompt and answer may have together."""
        return self.shape.n_ctx

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`."""
        self._check_open()
        return self._chat.count_tokens(text)

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        """The prompt in the model's own chat template, ready for its answer."""
        self._check_open()
        return self._chat.encode_chat(messages)

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[Event, None, Generated]:
        """As `LlamaModel.generate`; what is in the context is not read again."""
        self._check_open()
        return (yield from self._writer.generate(prompt, max_tokens, cancel))

    def read(
        self, tokens: Sequence[int], label: ReadingLabel, cancel: CancelToken
    ) -> Generator[PrefillProgress, None, None]:
        """Read `tokens`: each `next` loads a stretch that is kept, or reads a slice.

        Raises `QuestionTooLong` where they do not fit, `Cancelled`, `GenerationFailed`. It goes on
        where an earlier reading of the same stopped, whatever was read in between.
        """
        self._check_open()
        if len(tokens) > self.n_ctx:
            raise QuestionTooLong(len(tokens), self.n_ctx)
        identity = self._identified(cancel) if self._caches else None
        writer, context, caches = self._writer, self._context, self._caches
        reading = Reading(list(tokens), label, writer, context, caches, identity)
        self._readings.add(reading)
        total = len(tokens)
        try:
            while not reading.is_complete:
                self._step(reading.go_on, cancel, is_urgent=reading.is_loading)
                if reading.has_more_to_keep:
                    self._step(reading.keep, cancel, is_urgent=True)
                seconds_left = self._writer.seconds(reading.done, total)
                yield PrefillProgress(reading.done, total, seconds_left)
        finally:
            self._leave(reading)

    def close(self) -> None:
        """Keep what was read and free the memory; the model stays."""
        if self._closed:
            return
        self._closed = True
        self._worker.stop(self._context.stop)
        with suppress(GenerationFailed):  # the model was closed, and this with it
            self._worker.later(self.free).result()

    def free(self) -> None:
        """`close`, in the worker thread."""
        self._closed = True
        for reading in list(self._readings):
            self._end(reading)
        self._context.close()

    # ------------------------------------------------------------ the caller's side

    def _check_open(self) -> None:
        self._worker.check_open()
        if self._closed:
            raise GenerationFailed("the reading was closed")

    def _step(
        self, work: Callable[[], None], cancel: CancelToken, *, is_urgent: bool = False
    ) -> None:
        self._check_open()
        self._worker.step(self._context.stop, work, cancel, is_urgent=is_urgent)

    def _identified(self, cancel: CancelToken) -> CacheIdentity:
        """What caches are kept under; the model's file may have to be read for it."""
        aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="identity")
        try:
            future = aside.submit(self._identity)
            while not future.done():
                cancel.check()
                wait([future], _POLL_S)
            return future.result()
        finally:
            aside.shutdown(wait=False)

    def _leave(self, reading: Reading) -> None:
        """Keep the end of what was read, with the caller waiting for no more than a moment."""
        if not self._closed:
            with suppress(GenerationFailed):
                wait([self._worker.later(lambda: self._end(reading))], _PATIENCE_S)

    # ------------------------------------------------------------ in the worker thread

    def _end(self, reading: Reading) -> None:
        if reading in self._readings:
            self._readings.discard(reading)
            self._context.stop.clear()  # which stopped the slice, but is not to stop the keeping
            reading.leave()
