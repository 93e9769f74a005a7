"""Reads documents whole ahead of any question, at low priority."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace

from rag.cancel import CancelToken
from rag.errors import Cancelled, GenerationFailed, NotReadWhole
from rag.events import WholeFinished, WholeProgress
from rag.outcome import Outcome
from rag.plan import LongPlan
from rag.protocols import LongModel
from rag.records import Mode
from rag.whole.desk import Ready, WholeDesk
from rag.whole.facts import Wish
from rag.whole.reading import WholeReader

_QUESTION = "A question is being answered. Reading goes on after that."

Model = Callable[[CancelToken], LongModel]
"""The model that answers, loaded if need be."""


def read_ahead(
    desk: WholeDesk, model: Model, wish: Wish, cancel: CancelToken
) -> Generator[WholeProgress | WholeFinished, None, WholeFinished]:
    """Read all documents of a wish in one context and keep that; `WholeFinished` comes last.

    It rests while questions are answered, while the user holds it and while one of the gate's holds
    has a reason. What was read is kept, also when it is cancelled. Raises `NotReadWhole` where they
    do not fit, `NotInLibrary`, `NothingInScope`, `DocumentGone`, and what `model` raises.
    """
    plan = _planned(desk, wish, cancel)
    paths = tuple(document.path for document in plan.documents)
    told = WholeProgress(paths, plan.tokens_saved, plan.tokens, None, plan.seconds)
    complete = False
    try:
        while not complete:
            for _ in desk.reader.gate.rest(cancel):
                yield _resting(told, desk.reader)
            using = model(cancel)
            ready = _ready(desk, using, plan, wish)
            reading = _read(desk.reader, using, ready, cancel)
            try:
                with closing(reading):
                    run = Outcome(reading)
                    for told in run:
                        yield told
                    complete = run.result
            except GenerationFailed:
                if model(cancel) is using:
                    raise
                plan = _planned(desk, wish, cancel)  # another model took its place meanwhile
    except Cancelled:
        complete = False
    finished = WholeFinished(paths, complete)
    yield finished
    return finished


def _planned(desk: WholeDesk, wish: Wish, cancel: CancelToken) -> LongPlan:
    plan = desk.plan(replace(wish, read=Mode.WHOLE_DOCUMENT), cancel)
    if plan.mode is not Mode.WHOLE_DOCUMENT:
        raise _not_read(plan)
    return plan


def _not_read(plan: LongPlan) -> NotReadWhole:
    reason = f"{plan.reason} {plan.note}".strip()
    if plan.mode is Mode.SECTIONS:
        reason = f"A question about all of it is answered so: {reason}"
    return NotReadWhole(tuple(document.path for document in plan.documents), reason)


def _ready(desk: WholeDesk, model: LongModel, plan: LongPlan, wish: Wish) -> Ready:
    ready = desk.ready(model, plan, wish)
    if ready.wanted is None:
        raise _not_read(ready.plan)
    return ready


def _read(
    reader: WholeReader, model: LongModel, ready: Ready, cancel: CancelToken
) -> Generator[WholeProgress, None, bool]:
    """Read until all is, or until something else has to go first."""
    if ready.wanted is None:
        return False
    with reader.turn(model, ready.wanted, cancel, ahead=True) as reading:
        return (yield from reading.read(cancel))


def _resting(told: WholeProgress, reader: WholeReader) -> WholeProgress:
    gate = reader.gate
    waits_for = "" if gate.paused else gate.waits_for or _QUESTION
    return replace(told, paused=gate.paused, waits_for=waits_for, tokens_per_s=None)


def files_hold(is_reading: Callable[[], bool]) -> Callable[[], str]:
    """A hold for the time in which files are read into the library; see `Hold`."""

    def why() -> str:
        return "Files are being read. This goes on after that." if is_reading() else ""

    return why
