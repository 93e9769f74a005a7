"""Reading waits for questions and for the user."""

from __future__ import annotations

import threading

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled
from rag.reading.gate import ReadingGate


def waiting(gate: ReadingGate, cancel: CancelToken) -> tuple[threading.Thread, list[str]]:
    log: list[str] = []

    def pass_gate() -> None:
        try:
            gate.wait(cancel)
            log.append("passed")
        except Cancelled:
            log.append("cancelled")

    thread = threading.Thread(target=pass_gate)
    thread.start()
    return thread, log


def test_an_open_gate_holds_nobody() -> None:
    ReadingGate().wait(CancelToken())


def test_reading_goes_on_when_the_last_question_is_answered() -> None:
    gate = ReadingGate()

    with gate.question():
        with gate.question():
            thread, log = waiting(gate, CancelToken())
        assert not log
    thread.join(5)

    assert log == ["passed"]


def test_a_pause_holds_reading_until_it_is_resumed() -> None:
    gate = ReadingGate()
    gate.pause()
    thread, log = waiting(gate, CancelToken())
    assert not log

    gate.resume()
    thread.join(5)

    assert log == ["passed"]


def test_a_held_reading_can_be_cancelled() -> None:
    gate, cancel = ReadingGate(), CancelToken()
    gate.pause()
    thread, log = waiting(gate, cancel)

    cancel.cancel()
    thread.join(5)

    assert log == ["cancelled"]


def test_a_cancelled_reading_does_not_pass_an_open_gate() -> None:
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        ReadingGate().wait(cancel)


def test_a_hold_keeps_the_gate_closed_until_its_reason_is_gone() -> None:
    gate, reasons = ReadingGate(ask_every_s=0), ["The disk is full."]
    gate.hold_while(lambda: reasons[0])
    thread, log = waiting(gate, CancelToken())
    assert not log
    assert gate.waits_for == "The disk is full."

    reasons[0] = ""
    thread.join(5)

    assert log == ["passed"]
    assert gate.waits_for == ""


def test_holds_are_asked_now_and_then_and_at_once_when_something_changed() -> None:
    gate, asked = ReadingGate(ask_every_s=60), [0]

    def hold() -> str:
        asked[0] += 1
        return ""

    gate.hold_while(hold)
    for _ in range(10):
        gate.wait(CancelToken())
    assert asked == [1]

    gate.ask_again()
    gate.wait(CancelToken())
    assert asked == [2]


def test_who_rests_is_told_each_new_reason_and_its_time_is_counted() -> None:
    gate, cancel = ReadingGate(ask_every_s=0), CancelToken()
    gate.pause()
    reasons: list[tuple[bool, str]] = []
    hold = [""]
    gate.hold_while(lambda: hold[0])

    for _ in gate.rest(cancel):
        reasons.append((gate.paused, gate.waits_for))
        if len(reasons) == 1:
            hold[0] = "No power."
            gate.resume()
        else:
            hold[0] = ""

    assert reasons == [(True, ""), (False, "No power.")]
    assert gate.waited_s > 0


def test_who_rests_can_be_cancelled() -> None:
    gate, cancel = ReadingGate(), CancelToken()
    gate.pause()

    resting = gate.rest(cancel)
    next(resting)
    cancel.cancel()

    with pytest.raises(Cancelled):
        next(resting)
