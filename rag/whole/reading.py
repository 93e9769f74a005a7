"""The reading of whole documents, in the one long context that a model has at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import DocumentGone
from rag.events import WholeProgress
from rag.protocols import LongContext, LongModel, ReadingLabel, SavedCaches
from rag.reading.gate import ReadingGate
from rag.records import ContextShape, PrefillCurve
from rag.whole.pace import Rate

IDLE_S = 300.0
"""How long a context stays open though nobody asks of it."""

_POLL_S = 0.05
_LOADS_IN = 0.2  # of the time that reading takes: what is kept comes in less
_LOOK_S = 5.0  # between two looks whether an idle context is to be closed


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read, and how."""

    tokens: tuple[int, ...]  # of a `Prefix`
    label: ReadingLabel
    shape: ContextShape
    kept: int = 0  # of the tokens, by what is known before
    made_at: float = field(default_factory=time.monotonic, compare=False)  # of its documents


@dataclass(slots=True)
class Held:
    """A context that is open, with what it was opened for."""

    model: LongModel
    context: LongContext
    wanted: Wanted
    tokens: int = 0  # of these, read until now
    is_void: bool = False  # its documents are no longer what they were


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents whose turn it is to be read, and to be asked of in `context`."""

    _held: Held
    _gate: ReadingGate
    _has_to_stop: Callable[[], bool]

    @property
    def context(self) -> LongContext:
        """What reads them, and answers."""
        return self._held.context

    def read(self, cancel: CancelToken) -> Generator[WholeProgress, None, bool]:
        """Read what is neither in the context nor kept; ends in whether all is read now.

        It is not where a reading ahead of questions has to give way. What was read is kept,
        whatever ends it. Raises `Cancelled`, `GenerationFailed`, and `DocumentGone` where a
        document was changed or removed meanwhile.
        """
        wanted, rate, done, is_first = self._held.wanted, Rate(), 0, True
        kept = wanted.kept  # which is loaded first
        slices = self.context.read(wanted.tokens, wanted.label, cancel)
        try:
            while not self._has_to_stop():
                yield from self._paused(self._told(max(done, kept), rate), cancel)
                if self._held.is_void:
                    raise DocumentGone
                begun = time.perf_counter()
                progress = next(slices, None)
                if progress is None:
                    return True
                seconds = time.perf_counter() - begun
                if not is_first and self._was_read(done, progress.tokens_done, seconds):
                    rate.note(done, progress.tokens_done, seconds)
                    kept = 0
                done, is_first = progress.tokens_done, False
                self._held.tokens = min(done, len(wanted.tokens))
                yield self._told(max(done, kept), rate)
            return done >= len(wanted.tokens)
        finally:
            slices.close()

    @property
    def _curve(self) -> PrefillCurve | None:
        shape = self.context.shape
        return self._held.model.curve_of(shape.kv_type, flash_attention=shape.flash_attention)

    def _was_read(self, start: int, end: int, seconds: float) -> bool:
        """Whether tokens were read in that time, and not loaded."""
        curve = self._curve
        if not 0 < end - start <= self.context.shape.n_ubatch:
            return False
        return curve is None or seconds > _LOADS_IN * curve.seconds(start, end)

    def _told(self, done: int, rate: Rate) -> WholeProgress:
        wanted = self._held.wanted
        total = len(wanted.tokens)
        left = rate.seconds_left(self._curve, done, total)
        return WholeProgress(wanted.label.paths, done, total, rate.tokens_per_s, left)

    def _paused(
        self, progress: WholeProgress, cancel: CancelToken
    ) -> Generator[WholeProgress, None, None]:
        """Wait while the user holds all reading; tells of it once."""
        if self._gate.paused:
            yield replace(progress, paused=True)
        while self._gate.paused:
            cancel.check()
            time.sleep(_POLL_S)


class WholeReader:
    """Reads documents for questions and ahead of them; safe to use from any thread.

    One reading has its turn at a time. One ahead of any question gives way to questions within a
    slice, and goes on where it was. `was_read` is told after each reading with which model, which
    knows its speed better now. `memory_is_short` tells that an idle context is to be closed.
    `forget` deletes what is kept of documents.
    """

    def __init__(
        self,
        caches: SavedCaches | None,
        was_read: Callable[[LongModel], None],
        memory_is_short: Callable[[], bool],
        forget: Callable[[tuple[Path, ...]], object] = bool,
    ) -> None:
        self.gate = ReadingGate()
        """Holds readings ahead of questions; its pause holds those for an answer too."""
        self._caches = caches
        self._was_read = was_read
        self._memory_is_short = memory_is_short
        self._forget = forget
        self._turn = threading.Lock()
        self._questions = 0  # that wait for their turn
        self._counting = threading.Lock()
        self._open: Held | None = None
        self._voided: dict[Path, float] = {}  # documents, and when they went or changed
        self._used_at = 0.0
        self._closed = threading.Event()
        self._watch: threading.Thread | None = None

    def close(self) -> None:
        """Free the context; nothing may be reading any more."""
        self._closed.set()
        with self._turn:
            self._drop()
        if self._watch is not None:
            self._watch.join()

    @contextmanager
    def turn(
        self, model: LongModel, wanted: Wanted, cancel: CancelToken, *, ahead: bool = False
    ) -> Generator[Reading, None, None]:
        """A turn to read `wanted`, as soon as nobody else has it; `ahead` of any question or not.

        Raises `Cancelled`, `ModelTooBig`, and `DocumentGone` if one went since `wanted` was made.
        """
        with self._in_turn(cancel, ahead=ahead):
            self._check_there(wanted)
            try:
                has_to_stop = self._has_to_give_way if ahead else _never
                yield Reading(self._held_for(model, wanted), self.gate, has_to_stop)
            finally:
                self._used_at = time.monotonic()
                self._was_read(model)
                self._drop_void()

    @property
    def held(self) -> Held | None:
        """What is open now; closing it gives its memory back."""
        return self._open

    def void(self, paths: Collection[Path]) -> None:
        """Keep nothing more of documents that were changed or removed; a reading of them ends."""
        self._voided.update(dict.fromkeys(paths, time.monotonic()))
        held = self._open
        if held is None or not set(paths).intersection(held.wanted.label.paths):
            return
        held.is_void = True
        if self._turn.acquire(blocking=False):  # otherwise whoever has the turn does it
            try:
                self._drop_void()
            finally:
                self._turn.release()

    # ------------------------------------------------------------ turns

    def _check_there(self, wanted: Wanted) -> None:
        went = [self._voided.get(path, 0.0) for path in wanted.label.paths]
        if any(moment >= wanted.made_at for moment in went):
            raise DocumentGone

    def _has_to_give_way(self) -> bool:
        return self._questions > 0 or self.gate.is_closed

    @contextmanager
    def _in_turn(self, cancel: CancelToken, *, ahead: bool) -> Generator[None, None, None]:
        with self._counting:
            self._questions += not ahead
        try:
            while not self._turn.acquire(timeout=_POLL_S):
                cancel.check()
        finally:
            with self._counting:
                self._questions -= not ahead
        try:
            yield
        finally:
            self._turn.release()

    # ------------------------------------------------------------ the context

    def _held_for(self, model: LongModel, wanted: Wanted) -> Held:
        held = self._open
        if held is not None and held.model is model and _serves(held, wanted):
            return held
        self._drop()  # before another is opened, which may need its memory
        held = self._open = Held(model, model.open_long(wanted.shape, self._caches), wanted)
        if self._watch is None:
            self._watch = threading.Thread(target=self._look, name="idle context", daemon=True)
            self._watch.start()
        return held

    def _drop(self) -> None:
        held, self._open = self._open, None
        if held is not None:
            held.context.close()

    def _drop_void(self) -> None:
        held = self._open
        if held is not None and held.is_void:
            self._drop()
            self._forget(held.wanted.label.paths)

    def _look(self) -> None:
        """Close a context that is idle for long, or whose memory others need."""
        while not self._closed.wait(_LOOK_S):
            self.close_idle(IDLE_S)

    def close_idle(self, idle_s: float) -> None:
        """Close the context if nobody used it for `idle_s`, or if memory is short."""
        if self._open is None or not self._turn.acquire(blocking=False):
            return
        try:
            if time.monotonic() - self._used_at >= idle_s or self._memory_is_short():
                self._drop()
        finally:
            self._turn.release()


def _serves(held: Held, wanted: Wanted) -> bool:
    """Whether what is open is for the same documents, and has the room that is wanted."""
    shape = held.context.shape
    return (
        held.wanted.tokens == wanted.tokens
        and shape.kv_type is wanted.shape.kv_type
        and shape.n_ctx >= wanted.shape.n_ctx
    )


def _never() -> bool:
    return False
