"""Decides whether documents are read whole, in sections or by passages, and in what context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.options import Options
from rag.plan import wording
from rag.plan.asked import Asked, LongDocument, LongPlan, Machine
from rag.plan.memory import PASSAGES_CONTEXT, cache_bytes, peak_bytes
from rag.plan.ordering import in_reading_order
from rag.plan.sections import pace_of, sections_seconds
from rag.plan.timing import curve_of, first_word_s, slice_s
from rag.records import Breadth, ContextShape, KvType, Mode, ModelShape, WholeEstimate

LEAST_LONG_TOKENS = 4352
"""The smallest context for documents read whole: up to 4,096 tokens models may take positions in
another way, and what was read in one way is of no use in the other."""

# Flash attention takes little memory and reads a little faster, but writes several times slower at
# the end of a long text; a coarser cache reads slower still.
_KINDS = (
    ContextShape(0, KvType.F16, flash_attention=False),
    ContextShape(0, KvType.F16, flash_attention=True),
    ContextShape(0, KvType.Q8_0, flash_attention=True),
)
_STEP_TOKENS = 256  # contexts grow by this
_UBATCHES = (512, 256, 128)
_SLICE_S = 10.0  # progress shows at least this often, where the computer is not too slow for it


def plan_long(asked: Asked, machine: Machine, model: ModelShape, options: Options) -> LongPlan:
    """How much of `asked.documents` is read for the question; never more than fits.

    PASSAGES leaves the rest to the plan for passages. Nothing is ever cut: what does not fit whole
    is read in sections, and what does not fit so either is declined with what would help.
    """
    return _Planning(asked, machine, model, options).plan()


def whole_estimate(
    asked: Asked, machine: Machine, model: ModelShape, options: Options
) -> WholeEstimate | None:
    """What reading all of `asked.documents` would take; None where there is nothing to read."""
    return _Planning(asked, machine, model, options).estimate()


@dataclass(frozen=True, slots=True)
class _Way:
    """A context that the documents could be read in."""

    shape: ContextShape
    documents: tuple[LongDocument, ...]
    tokens_saved: int
    memory_bytes: int


class _Planning:
    """One plan in the making."""

    def __init__(self, asked: Asked, machine: Machine, model: ModelShape, options: Options) -> None:
        readable = tuple(document for document in asked.documents if document.tokens > 0)
        self._asked = replace(asked, documents=readable)
        self._machine, self._model, self._options = machine, model, options
        self._tokens = sum(document.tokens for document in readable)
        self._prompt_tokens = asked.rules_tokens + self._tokens + asked.question_tokens
        self._budget = machine.free_bytes * options.whole_memory_share // 100
        """The memory that may be taken beside what the program has already."""

    # ------------------------------------------------------------ deciding

    def plan(self) -> LongPlan:
        """The plan for the question."""
        asked = self._asked
        if not asked.documents:
            whole = asked.read in {Mode.WHOLE_DOCUMENT, Mode.SECTIONS}
            mode = Mode.DECLINE if whole else Mode.PASSAGES
            return self._made(mode, wording.NOTHING_TO_READ if whole else wording.PASSAGES)
        if asked.read is None:
            return self._as_worded()
        if asked.read is Mode.WHOLE_DOCUMENT:
            return self._whole()
        if asked.read is Mode.SECTIONS:
            return self._sections(wording.SECTIONS)
        return self._passages(wording.PASSAGES_WISHED)

    def _as_worded(self) -> LongPlan:
        """The plan that the question's words ask for."""
        if self._asked.breadth is Breadth.FACT:
            return self._passages(wording.PASSAGES_OF_A_PART)
        if self._tokens <= self._options.whole_tokens:
            return self._whole()
        if not self._asked.narrowed:
            return self._passages(wording.PASSAGES_OF_ALL)
        return self._sections(wording.SECTIONS_OF_LONG, self._note_on_whole())

    def estimate(self) -> WholeEstimate | None:
        """What reading all would take, were it asked for."""
        if not self._asked.documents:
            return None
        made = self._whole()
        return WholeEstimate(
            paths=tuple(document.path for document in made.documents),
            mode=made.mode,
            tokens=made.tokens,
            tokens_saved=made.tokens_saved,
            seconds=made.seconds,
            reason=f"{made.reason} {made.note}".rstrip(),
        )

    def _note_on_whole(self) -> str:
        """What reading in one piece would take, where sections are read; empty where it cannot."""
        whole = self._whole()
        if whole.mode is not Mode.WHOLE_DOCUMENT:
            return ""
        return wording.whole_instead(whole.documents, whole.seconds)

    def _passages(self, reason: str) -> LongPlan:
        asked = self._asked
        offer = self.estimate()
        is_wide = asked.breadth is not Breadth.FACT
        if offer and not (
            offer.mode is Mode.WHOLE_DOCUMENT or (is_wide and offer.mode is Mode.SECTIONS)
        ):
            offer = None
        return replace(self._made(Mode.PASSAGES, reason), offer=offer)

    # ------------------------------------------------------------ whole

    def _whole(self) -> LongPlan:
        """All in one context, or the next best way with what would help."""
        needed = self._prompt_tokens + self._asked.answer_tokens
        if needed > self._model.context_tokens:
            note = wording.shorter_or_larger(self._asked.documents)
            return self._sections(wording.SECTIONS_OF_TOO_LONG, note)
        ways = list(self._ways(needed))
        for way in ways:
            if way.memory_bytes - self._machine.taken_bytes <= self._budget:
                return self._read_whole(way)
        least = min(way.memory_bytes for way in ways) - self._machine.taken_bytes
        note = wording.memory_lacks(self._asked.documents, least, self._budget)
        return self._sections(wording.SECTIONS, note)

    def _ways(self, needed: int) -> Iterator[_Way]:
        """Every context that `needed` tokens fit in, the best first."""
        steps = -(-needed // _STEP_TOKENS) * _STEP_TOKENS
        n_ctx = min(max(steps, LEAST_LONG_TOKENS), self._model.context_tokens)
        kinds = [replace(kind, n_ctx=n_ctx) for kind in _KINDS]
        orders = {kind: self._ordered(kind) for kind in kinds}
        # What need not be read goes before what is better to read in.
        kinds.sort(key=lambda kind: orders[kind][1] * 2 < self._tokens)
        for kind in kinds:
            shapes = [replace(kind, n_ubatch=size) for size in self._ubatches(kind)]
            opened = self._machine.open
            is_alike = opened and replace(opened, n_ctx=n_ctx, n_ubatch=kind.n_ubatch) == kind
            if opened and is_alike and needed <= opened.n_ctx <= 2 * n_ctx:
                shapes.insert(0, opened)
            for shape in shapes:
                contexts = (PASSAGES_CONTEXT, shape)
                memory = peak_bytes(self._model, contexts, self._machine.base_bytes)
                yield _Way(shape, *orders[kind], memory)

    def _ordered(self, kind: ContextShape) -> tuple[tuple[LongDocument, ...], int]:
        of_kind = (kind.kv_type, kind.flash_attention)
        kept = [one for one in self._asked.kept if (one.kv_type, one.flash_attention) == of_kind]
        return in_reading_order(self._asked.documents, kept)

    def _ubatches(self, kind: ContextShape) -> tuple[int, ...]:
        """The largest first that lets progress show often enough, at the end of the text too.

        Without flash attention large ones take memory that brings nothing.
        """
        curve = self._machine.curve
        if not kind.flash_attention:
            return _UBATCHES[-1:]
        if curve is None:
            return _UBATCHES[1:]
        curve, depth = curve_of(curve, kind), self._prompt_tokens
        quick = tuple(size for size in _UBATCHES if slice_s(curve, depth, size) <= _SLICE_S)
        return quick or _UBATCHES[-1:]

    def _read_whole(self, way: _Way) -> LongPlan:
        kept = way.tokens_saved + self._asked.rules_tokens if way.tokens_saved else 0
        curve, total = self._machine.curve, self._prompt_tokens
        seconds = first_word_s(curve, self._model, way.shape, kept, total)
        stored = cache_bytes(self._model, replace(way.shape, n_ctx=self._tokens))
        return LongPlan(
            mode=Mode.WHOLE_DOCUMENT,
            reason=wording.reading_whole(
                way.documents,
                way.tokens_saved,
                seconds,
                will_be_kept=stored <= self._options.readings_gb * 1e9,
            ),
            documents=way.documents,
            tokens=self._tokens,
            tokens_saved=way.tokens_saved,
            shape=way.shape,
            seconds=seconds,
            memory_bytes=way.memory_bytes,
            free_bytes=self._machine.free_bytes,
            curve=self._machine.curve,
            note=wording.reliability(self._tokens),
        )

    # ------------------------------------------------------------ otherwise

    def _sections(self, reason: str, note: str = "") -> LongPlan:
        made = self._made(Mode.SECTIONS, "")
        missing = made.memory_bytes - self._machine.taken_bytes - self._machine.free_bytes
        if missing > 0:
            return self._made(Mode.DECLINE, wording.no_memory(made.memory_bytes, made.free_bytes))
        seconds = self._sections_s()
        told = wording.reading_sections(reason, self._asked.documents, seconds)
        return replace(made, reason=told, seconds=seconds, note=note)

    def _sections_s(self) -> float | None:
        pace = pace_of(self._machine.curve, self._machine.writes_tokens_per_s)
        return pace and sections_seconds(self._tokens, self._asked.tokens_kept_in_sections, pace)

    def _made(self, mode: Mode, reason: str) -> LongPlan:
        """A plan that needs no context but the one for passages."""
        return LongPlan(
            mode=mode,
            reason=reason,
            documents=self._asked.documents,
            tokens=self._tokens,
            tokens_saved=0,
            shape=None,
            seconds=None,
            memory_bytes=peak_bytes(self._model, (PASSAGES_CONTEXT,), self._machine.base_bytes),
            free_bytes=self._machine.free_bytes,
            curve=self._machine.curve,
        )
