"""Reading waits for questions and for the user."""

from __future__ import annotations

import threading

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled
from rag.gate import ReadingGate


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
