"""The language model that answers: a GGUF file run by llama.cpp in a thread of its own."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from rag.cancel import CancelToken
from rag.errors import GenerationFailed, ModelMissing, QuestionTooLong
from rag.events import PrefillProgress, TextStreamed
from rag.generate.answer import AnswerText, is_loop
from rag.generate.native import SLICE_TOKENS, Aborted, NativeModel
from rag.generate.template import ChatTemplate, encode
from rag.protocols import ChatMessage, Generated, TextHeld
from rag.records import ModelInfo

_POLL_S = 0.05
_MOST_THREADS = 16  # decoding waits for memory, not for cores
_TELLING_PREFILL_TOKENS = 64  # shorter ones say little about the speed
_MEASURE_S = 1.5
_MEASURE_TOKENS = 128
_MEASURE_SLICE = 32


@dataclass(slots=True)
class _Run:
    """A generation on its way through the worker."""

    prompt: list[int]
    max_tokens: int
    started: float = field(default_factory=time.perf_counter)
    stopped: bool = False
    events: queue.SimpleQueue[PrefillProgress | TextStreamed | TextHeld | None] = field(
        default_factory=queue.SimpleQueue[PrefillProgress | TextStreamed | TextHeld | None]
    )


class LlamaModel:
    """A `LanguageModel` on this computer; every method may be called from any thread.

    Loading takes seconds. Raises `ModelMissing`, `ModelBroken`, `ModelTooBig`. A file of unknown
    origin goes through `rag.models.verify` first: llama.cpp may end the process on garbage.
    `threads` 0 takes the physical cores. `info` overrides what the file's name says.
    """

    def __init__(
        self, path: Path, n_ctx: int = 4096, threads: int = 0, info: ModelInfo | None = None
    ) -> None:
        if not path.is_file():
            raise ModelMissing(path)
        name = info.name if info else path.stem
        self._native = NativeModel(path, name, n_ctx, _useful_threads(threads))
        self.info = info or ModelInfo(
            name=name,
            path=path,
            size_bytes=path.stat().st_size,
            context_tokens=self._native.context_tokens,
            is_trial=False,
        )
        self.prefill_tokens_per_s: float | None = None
        """Measured at loading, then by every prompt."""
        self.decode_tokens_per_s: float | None = None
        self._markers = self._native.markers()
        self._template = ChatTemplate(
            self._native.chat_template(),
            self._native.token_name("bos"),
            self._native.token_name("eos"),
        )
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llama")
        self._turn = threading.Lock()
        self._running: _Run | None = None
        self._closed = False
        self._worker.submit(self._measure).result()

    @property
    def n_ctx(self) -> int:
        """How many tokens prompt and answer may have together."""
        return self._native.n_ctx

    def close(self) -> None:
        """Stop what runs and free the memory; later calls raise `GenerationFailed`."""
        self._closed = True
        with self._turn:
            if self._running:
                self._running.stopped = True
                self._native.abort()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._native.close()

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`."""
        self._check_open()
        return len(self._native.tokenize(text))

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        """The prompt in the model's own chat template, ready for its answer."""
        self._check_open()
        tokens = encode(self._template.parts(messages), self._markers, self._native.tokenize)
        bos = self._native.bos()
        return tokens if bos is None or tokens[:1] == [bos] else [bos, *tokens]

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed | TextHeld, None, Generated]:
        """Stream the likeliest answer; it also ends where it begins to repeat itself.

        One after the other when called side by side. Raises `QuestionTooLong` when the prompt
        leaves no room, `Cancelled`, `GenerationFailed`. The streamed texts join to the result's.
        """
        self._check_open()
        if len(prompt) >= self.n_ctx:
            raise QuestionTooLong(len(prompt), self.n_ctx - 1)
        run = _Run(list(prompt), min(max_tokens, self.n_ctx - len(prompt)))
        future = self._worker.submit(self._work, run)
        try:
            while True:
                cancel.check()
                try:
                    event = run.events.get(timeout=_POLL_S)
                except queue.Empty:
                    if future.done():
                        break
                    continue
                if event is None:
                    break
                yield event
            return future.result()
        finally:
            self._stop(run, future)

    # ------------------------------------------------------------ the caller's side

    def _check_open(self) -> None:
        if self._closed:
            raise GenerationFailed("the model was closed")

    def _stop(self, run: _Run, future: Future[Generated]) -> None:
        if not future.cancel():
            with self._turn:
                run.stopped = True
                if self._running is run:
                    self._native.abort()
            wait([future])

    # ------------------------------------------------------------ the worker's side

    def _work(self, run: _Run) -> Generated:
        try:
            with self._turn_of(run):
                return self._answer(run)
        except Aborted as error:
            raise GenerationFailed("the model was closed") from error
        finally:
            run.events.put(None)

    @contextmanager
    def _turn_of(self, run: _Run) -> Generator[None]:
        with self._turn:
            self._native.allow()
            if run.stopped or self._closed:
                raise Aborted
            self._running = run
        try:
            yield
        finally:
            with self._turn:
                self._running = None

    def _answer(self, run: _Run) -> Generated:
        reused = self._native.keep(_common_prefix(self._native.read, run.prompt[:-1]))
        prefill_started = time.perf_counter()
        self._read_prompt(run, reused)
        prefill_s = time.perf_counter() - prefill_started
        if len(run.prompt) - reused >= _TELLING_PREFILL_TOKENS:
            self.prefill_tokens_per_s = (len(run.prompt) - reused) / prefill_s
        decode_started = time.perf_counter()
        text, tokens, ended = self._write(run)
        decode_s = time.perf_counter() - decode_started
        if len(tokens) > 8:
            self.decode_tokens_per_s = len(tokens) / decode_s
        return Generated(
            text=text,
            prompt_tokens=len(run.prompt),
            reused_tokens=reused,
            prefill_s=prefill_s,
            first_token_s=decode_started - run.started,
            answer_tokens=len(tokens),
            decode_s=decode_s,
            ended=ended,
        )

    def _read_prompt(self, run: _Run, reused: int) -> None:
        total = len(run.prompt)
        done, rate, started = reused, self.prefill_tokens_per_s or 0.0, time.perf_counter()
        while done < total:
            left = (total - done) / rate if rate else 0.0
            run.events.put(PrefillProgress(done, total, left))
            end = min(total, (done // SLICE_TOKENS + 1) * SLICE_TOKENS)
            self._native.decode(run.prompt[done:end])
            done = end
            rate = (done - reused) / (time.perf_counter() - started)
        run.events.put(PrefillProgress(total, total, 0.0))

    def _write(self, run: _Run) -> tuple[str, list[int], bool]:
        """The answer's text, its tokens, and whether it came to an end of its own."""
        native, answer, tokens = self._native, AnswerText(), list[int]()
        ended = False
        while not ended and len(tokens) < run.max_tokens:
            if tokens:
                native.decode(tokens[-1:])
            token = native.likeliest()
            ended = native.ends_answer(token)
            if not ended:
                tokens.append(token)
                _show(run, answer.add(native.piece(token)), answer.held)
                ended = answer.repeats or is_loop(tokens)
        _show(run, answer.finish())
        return answer.text, tokens, ended

    def _measure(self) -> None:
        """Time a token and the start of a prompt, after a first token brought the file in."""
        native = self._native
        word = native.tokenize("the")[:1]
        native.decode(word)
        limit = threading.Timer(_MEASURE_S, native.abort)  # a busy computer may take minutes
        limit.start()
        try:
            started = time.perf_counter()
            native.decode(word)
            self.decode_tokens_per_s = 1 / (time.perf_counter() - started)
            self._time_prefill(word[0])
        except Aborted:
            pass
        limit.cancel()
        limit.join()
        native.allow()
        native.keep(0)

    def _time_prefill(self, token: int) -> None:
        """Read for as long as it may; an aborted slice counts, as it is no faster than that."""
        started, done = time.perf_counter(), 0
        while done < min(_MEASURE_TOKENS, self.n_ctx - 2):
            done += _MEASURE_SLICE
            try:
                self._native.decode([token] * _MEASURE_SLICE)
            finally:
                self.prefill_tokens_per_s = done / (time.perf_counter() - started)


def _show(run: _Run, text: str, held: str = "") -> None:
    if text:
        run.events.put(TextStreamed(text))
    if held.strip():
        run.events.put(TextHeld(held))


def _common_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length


def _useful_threads(wanted: int) -> int:
    """`wanted`, or the physical cores that this process may use; never more than there are."""
    logical = psutil.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        logical = min(logical, len(os.sched_getaffinity(0)))
    if wanted:
        return min(wanted, logical)
    return min(psutil.cpu_count(logical=False) or logical, logical, _MOST_THREADS)
