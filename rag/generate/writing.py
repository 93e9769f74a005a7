"""Writes answers in a context: reads the prompt slice by slice, then takes the likeliest words."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from rag.cancel import CancelToken
from rag.errors import QuestionTooLong
from rag.events import PrefillProgress, TextStreamed
from rag.generate.answer import AnswerText, is_loop
from rag.generate.context import NativeContext
from rag.generate.native import NativeModel
from rag.generate.pace import Pace, PaceSample
from rag.generate.worker import Worker
from rag.protocols import Generated, TextHeld
from rag.records import PrefillCurve

Event = PrefillProgress | TextStreamed | TextHeld

_TELLING_PREFILL_TOKENS = 64  # shorter ones say little about the speed
_TELLING_SLICE_TOKENS = 32
_SMALLEST_SLICE = 64  # what flash attention takes together: less would take longer
_LARGEST_LOOK_BACK = 256 * 8192  # pairs of tokens


@dataclass(slots=True)
class Speeds:
    """What is known of a model's speed on this computer, for all its contexts."""

    pace: Pace
    prefill_tokens_per_s: float | None = None
    decode_tokens_per_s: float | None = None


class Writer:
    """Reads and writes in one context, in its model's worker thread."""

    def __init__(
        self, model: NativeModel, context: NativeContext, worker: Worker, speeds: Speeds
    ) -> None:
        self._model = model
        self._context = context
        self._worker = worker
        self._speeds = speeds

    @property
    def n_ctx(self) -> int:
        """How many tokens prompt and answer may have together."""
        return self._context.shape.n_ctx

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[Event, None, Generated]:
        """Stream the likeliest answer; it also ends where it begins to repeat itself.

        One after the other when called side by side. Raises `QuestionTooLong` when the prompt
        leaves no room, `Cancelled`, `GenerationFailed`. The streamed texts join to the result's.
        """
        self._worker.check_open()
        if len(prompt) >= self.n_ctx:
            raise QuestionTooLong(len(prompt), self.n_ctx - 1)
        tokens, most = list(prompt), min(max_tokens, self.n_ctx - len(prompt))
        started = time.perf_counter()

        def work(tell: Callable[[Event], None]) -> Generated:
            return self._answer(tokens, most, started, tell)

        return (yield from self._worker.stream(self._context.stop, work, cancel))

    def read_slice(self, tokens: Sequence[int], done: int) -> int:
        """Read on from `done` to where the next slice ends, which is returned; raises `Aborted`.

        Slices end at multiples of their size, so that what is read does not depend on where a
        reading was stopped, to the bit.
        """
        size = slice_tokens(self._context.shape.n_ubatch, done)
        end = min(len(tokens), (done // size + 1) * size)
        started = time.perf_counter()
        self._context.decode(tokens[done:end])
        seconds = time.perf_counter() - started
        if end - done >= _TELLING_SLICE_TOKENS:
            shape = self._context.shape
            sample = PaceSample(done, end - done, seconds, shape.kv_type, shape.flash_attention)
            self._speeds.pace = self._speeds.pace.with_samples([sample])
        return end

    def seconds(self, done: int, total: int) -> float:
        """What reading a text on from `done` to `total` takes; 0 when nothing was measured."""
        curve = self.curve()
        return curve.seconds(done, total) if curve else 0.0

    def curve(self) -> PrefillCurve | None:
        """How fast this context reads."""
        shape = self._context.shape
        return self._speeds.pace.curve(shape.kv_type, flash_attention=shape.flash_attention)

    # ------------------------------------------------------------ in the worker thread

    def _answer(
        self, prompt: list[int], most: int, started: float, tell: Callable[[Event], None]
    ) -> Generated:
        reused = self._context.keep(common_prefix(self._context.read, prompt[:-1]))
        prefill_started = time.perf_counter()
        self._read_prompt(prompt, reused, tell)
        prefill_s = time.perf_counter() - prefill_started
        if len(prompt) - reused >= _TELLING_PREFILL_TOKENS:
            self._speeds.prefill_tokens_per_s = (len(prompt) - reused) / prefill_s
        decode_started = time.perf_counter()
        text, tokens, ended = self._write(most, tell)
        decode_s = time.perf_counter() - decode_started
        if len(tokens) > 8:
            self._speeds.decode_tokens_per_s = len(tokens) / decode_s
        return Generated(
            text=text,
            prompt_tokens=len(prompt),
            reused_tokens=reused,
            prefill_s=prefill_s,
            first_token_s=decode_started - started,
            answer_tokens=len(tokens),
            decode_s=decode_s,
            ended=ended,
        )

    def _read_prompt(self, prompt: list[int], reused: int, tell: Callable[[Event], None]) -> None:
        total, done = len(prompt), reused
        while done < total:
            tell(PrefillProgress(done, total, self.seconds(done, total)))
            done = self.read_slice(prompt, done)
        tell(PrefillProgress(total, total, 0.0))

    def _write(self, most: int, tell: Callable[[Event], None]) -> tuple[str, list[int], bool]:
        """The answer's text, its tokens, and whether it came to an end of its own."""
        draft = Draft(self._model)
        while draft.takes(most):
            if draft.tokens:
                self._context.decode(draft.tokens[-1:])
            shown = draft.add(self._context.likeliest())
            if shown:
                tell(TextStreamed(shown))
            if draft.held.strip():
                tell(TextHeld(draft.held))
        shown = draft.finish()
        if shown:
            tell(TextStreamed(shown))
        return draft.text, draft.tokens, draft.ended


class Draft:
    """An answer as its tokens come; it ends by the model's word, or where it repeats itself."""

    def __init__(self, model: NativeModel) -> None:
        self.tokens: list[int] = []
        self.ended = False
        self._model = model
        self._answer = AnswerText()

    @property
    def text(self) -> str:
        """All that was released."""
        return self._answer.text

    @property
    def held(self) -> str:
        """What was taken and cannot be shown yet, of an answer that goes on."""
        return "" if self.ended else self._answer.held

    def takes(self, most: int) -> bool:
        """Whether it may go on, with at most that many tokens in all."""
        return not self.ended and len(self.tokens) < most

    def add(self, token: int) -> str:
        """Take the next token and return what can be shown now."""
        self.ended = self._model.ends_answer(token)
        if self.ended:
            return ""
        self.tokens.append(token)
        shown = self._answer.add(self._model.piece(token))
        self.ended = self._answer.repeats or is_loop(self.tokens)
        return shown

    def finish(self) -> str:
        """What is left to show at the end."""
        return self._answer.finish()


def slice_tokens(n_ubatch: int, depth: int) -> int:
    """How many tokens are read in one go after `depth` others.

    Work is stopped between the operations of a layer only, and looking back at all that was read is
    a single one of them, which takes a second for 256 tokens after some 20,000 on two slow cores.
    """
    size = n_ubatch
    while size > _SMALLEST_SLICE and size * depth > _LARGEST_LOOK_BACK:
        size //= 2
    return size


def common_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens both begin with."""
    low, high = 0, min(len(first), len(second))
    while low < high:  # comparing stretches is far quicker than comparing tokens
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
