"""Reading in the one long context: turns, pauses, cancels, and closing what is idle."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, DocumentGone
from rag.events import WholeProgress
from rag.outcome import Outcome
from rag.protocols import ReadingLabel
from rag.records import ContextShape
from rag.whole.reading import Reading, Wanted, WholeReader
from tests.fakes import FakeLongModel

LABEL = ReadingLabel((Path("lease.pdf"),), "Lease", "fake")
SHAPE = ContextShape(8192, n_ubatch=128, flash_attention=True)
WANTED = Wanted(tuple(range(1000)), LABEL, SHAPE)


class Room:
    """A reader with a model, whose memory may be short."""

    def __init__(self) -> None:
        self.model = FakeLongModel("")
        self.told: list[object] = []
        self.is_short = False
        self.reader = WholeReader(None, self.told.append, lambda: self.is_short)


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.reader.close()


def all_of(reading: Generator[WholeProgress, None, bool]) -> tuple[list[WholeProgress], bool]:
    run = Outcome(reading)
    return list(run), run.result


def test_all_is_read_slice_by_slice_and_told(room: Room) -> None:
    with room.reader.turn(room.model, WANTED, CancelToken()) as reading:
        told, is_complete = all_of(reading.read(CancelToken()))

    assert is_complete
    assert [one.tokens_done for one in told] == [0, *range(128, 1000, 128), 1000]
    assert {one.tokens_total for one in told} == {1000}
    assert told[-1].seconds_left == 0
    assert room.told == [room.model]


def test_what_is_read_is_not_read_again(room: Room) -> None:
    for _ in range(2):
        with room.reader.turn(room.model, WANTED, CancelToken()) as reading:
            all_of(reading.read(CancelToken()))

    assert len(room.model.contexts) == 1
    assert room.model.slices == [*range(128, 1000, 128), 1000]


def test_until_it_is_loaded_what_is_known_to_be_kept_counts_as_read(room: Room) -> None:
    wanted = replace(WANTED, kept=900)
    with room.reader.turn(room.model, wanted, CancelToken()) as reading:
        first = next(reading.read(CancelToken()))

    assert first.tokens_done == 900


def test_a_cancelled_reading_goes_on_where_it_stopped(room: Room) -> None:
    cancel = CancelToken()
    with room.reader.turn(room.model, WANTED, cancel) as reading:
        run = reading.read(cancel)
        while next(run).tokens_done < 256:
            pass
        cancel.cancel()
        with pytest.raises(Cancelled):
            next(run)
    with room.reader.turn(room.model, WANTED, CancelToken()) as reading:
        told, is_complete = all_of(reading.read(CancelToken()))

    assert is_complete
    assert told[0].tokens_done == 256
    assert room.model.slices == [*range(128, 1000, 128), 1000]


def test_a_pause_holds_a_reading_and_is_told_once(room: Room) -> None:
    told: list[WholeProgress] = []
    with room.reader.turn(room.model, WANTED, CancelToken()) as reading:
        for progress in reading.read(CancelToken()):
            told.append(progress)
            if progress.tokens_done == 256 and not progress.paused:
                room.reader.gate.pause()
                threading.Timer(0.1, room.reader.gate.resume).start()

    assert [one.tokens_done for one in told if one.paused] == [256]
    assert told[-1].tokens_done == 1000


def test_a_paused_reading_can_be_cancelled(room: Room) -> None:
    cancel = CancelToken()
    room.reader.gate.pause()
    with room.reader.turn(room.model, WANTED, cancel) as reading:
        run = reading.read(cancel)
        assert next(run).paused
        cancel.cancel()
        with pytest.raises(Cancelled):
            next(run)


def test_a_reading_ahead_gives_way_to_a_question_within_a_slice(room: Room) -> None:
    with room.reader.turn(room.model, WANTED, CancelToken(), ahead=True) as reading:
        run = reading.read(CancelToken())
        next(run)
        with room.reader.gate.question():
            _, is_complete = all_of(run)

    assert not is_complete
    assert room.model.slices == []


def test_a_question_that_waits_for_its_turn_gets_it_from_a_reading_ahead(room: Room) -> None:
    answered = threading.Event()

    def ask() -> None:
        with room.reader.turn(room.model, WANTED, CancelToken()) as reading:
            all_of(reading.read(CancelToken()))
        answered.set()

    asking = threading.Thread(target=ask)
    with room.reader.turn(room.model, WANTED, CancelToken(), ahead=True) as reading:
        run = reading.read(CancelToken())
        next(run)
        asking.start()
        while not room.reader._questions:
            asking.join(0.01)
        _, is_complete = all_of(run)
    asking.join(10)

    assert not is_complete
    assert answered.is_set()
    assert room.model.slices[-1] == 1000


def test_a_wait_for_a_turn_can_be_cancelled(room: Room) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with (
        room.reader.turn(room.model, WANTED, CancelToken()),
        pytest.raises(Cancelled),
        room.reader.turn(room.model, WANTED, cancel),
    ):
        pass


@pytest.mark.parametrize(
    "other",
    [
        replace(WANTED, tokens=tuple(range(1, 1000))),
        replace(WANTED, shape=replace(SHAPE, n_ctx=16384)),
    ],
)
def test_other_documents_or_more_room_take_another_context(room: Room, other: Wanted) -> None:
    for wanted in (WANTED, other):
        with room.reader.turn(room.model, wanted, CancelToken()):
            pass

    assert [context.is_closed for context in room.model.contexts] == [True, False]


def test_another_model_takes_another_context(room: Room) -> None:
    other = FakeLongModel("")
    for model in (room.model, other):
        with room.reader.turn(model, WANTED, CancelToken()):
            pass

    assert room.model.contexts[0].is_closed
    assert not other.contexts[0].is_closed


def test_less_room_than_there_is_takes_no_other_context(room: Room) -> None:
    for shape in (replace(SHAPE, n_ctx=16384), replace(SHAPE, n_ubatch=512)):
        with room.reader.turn(room.model, replace(WANTED, shape=shape), CancelToken()):
            pass

    assert len(room.model.contexts) == 1


@pytest.mark.parametrize(
    ("idle_s", "is_short", "is_closed"),
    [(0.0, False, True), (60.0, False, False), (60.0, True, True)],
)
def test_an_idle_context_is_closed_after_a_while_or_when_memory_is_short(
    room: Room, idle_s: float, *, is_short: bool, is_closed: bool
) -> None:
    with room.reader.turn(room.model, WANTED, CancelToken()):
        pass
    room.is_short = is_short

    room.reader.close_idle(idle_s)

    assert room.model.contexts[0].is_closed is is_closed
    assert (room.reader.held is None) is is_closed


def test_a_context_in_use_is_never_closed(room: Room) -> None:
    room.is_short = True
    with room.reader.turn(room.model, WANTED, CancelToken()) as reading:
        room.reader.close_idle(0.0)

        assert isinstance(reading, Reading)
        assert not room.model.contexts[0].is_closed


def test_nothing_is_kept_of_a_document_that_goes_while_it_is_read(room: Room) -> None:
    forgotten: list[tuple[Path, ...]] = []
    room.reader._forget = forgotten.append
    with room.reader.turn(room.model, WANTED, CancelToken(), ahead=True) as reading:
        run = reading.read(CancelToken())
        next(run)
        room.reader.void(LABEL.paths)
        with pytest.raises(DocumentGone):
            next(run)
        assert forgotten == []  # what the reading leaves is yet to come

    assert forgotten == [LABEL.paths]
    assert room.model.contexts[0].is_closed


def test_an_idle_context_of_a_document_that_goes_is_closed_at_once(room: Room) -> None:
    with room.reader.turn(room.model, WANTED, CancelToken()):
        pass

    room.reader.void([Path("other.pdf")])
    assert room.reader.held is not None
    room.reader.void(LABEL.paths)

    assert room.reader.held is None


def test_what_was_to_be_read_of_a_document_that_went_is_not_read_any_more(room: Room) -> None:
    before = replace(WANTED, made_at=time.monotonic())
    room.reader.void(LABEL.paths)

    with pytest.raises(DocumentGone), room.reader.turn(room.model, before, CancelToken()):
        pass
    anew = replace(WANTED, made_at=time.monotonic() + 1)
    with room.reader.turn(room.model, anew, CancelToken()) as reading:
        assert all_of(reading.read(CancelToken()))[1]
