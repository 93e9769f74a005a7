"""One thread for all contexts: who goes first, what is stopped, and what is done again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, GenerationFailed
from rag.generate.binding import Aborted, StopFlag
from rag.generate.worker import Worker

PATIENCE_S = 10


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close(lambda: None)


class Slice:
    """Work that goes on until its flag is set, or until it may end."""

    def __init__(self, flag: StopFlag) -> None:
        self.flag, self.begun, self.may_end = flag, threading.Event(), threading.Event()
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        self.begun.set()
        while not self.may_end.wait(0.001):
            if self.flag.is_set:
                raise Aborted
        return self.times


def finished(run: Iterator[str]) -> list[str]:
    return list(run)


def telling(*texts: str) -> Callable[[Callable[[str], None]], str]:
    def work(tell: Callable[[str], None]) -> str:
        for text in texts:
            tell(text)
        return "".join(texts)

    return work


def test_what_a_job_tells_comes_in_its_order_and_then_its_result(worker: Worker):
    results: list[str] = []

    def listen() -> Iterator[str]:
        results.append(
            (yield from worker.stream(StopFlag(), telling("a", "b", "c"), CancelToken()))
        )

    assert list(listen()) == ["a", "b", "c"]
    assert results == ["abc"]
    assert worker.is_idle


def test_an_answer_stops_a_step_which_is_done_again_after_it(worker: Worker):
    flag, results = StopFlag(), list[int]()
    step = Slice(flag)
    reader = threading.Thread(target=lambda: results.append(worker.step(flag, step, CancelToken())))
    reader.start()
    assert step.begun.wait(PATIENCE_S)

    told = finished(worker.stream(StopFlag(), telling("an answer"), CancelToken()))
    step.may_end.set()
    reader.join(PATIENCE_S)

    assert told == ["an answer"]
    assert results == [2]


def test_a_step_waits_while_the_answer_before_it_is_told_slowly(worker: Worker):
    run = worker.stream(StopFlag(), telling("one", "two"), CancelToken())
    next(run)  # all is computed, and the rest not asked for yet

    result = worker.step(StopFlag(), lambda: 5, CancelToken())

    assert result == 5
    assert finished(run) == ["two"]


def test_an_urgent_step_is_not_stopped(worker: Worker):
    flag, results = StopFlag(), list[int]()
    step = Slice(flag)
    reader = threading.Thread(
        target=lambda: results.append(worker.step(flag, step, CancelToken(), is_urgent=True))
    )
    reader.start()
    assert step.begun.wait(PATIENCE_S)
    run = worker.stream(StopFlag(), telling("later"), CancelToken())
    answered = threading.Thread(target=lambda: finished(run))
    answered.start()
    step.may_end.set()
    reader.join(PATIENCE_S)
    answered.join(PATIENCE_S)

    assert results == [1]


def test_a_cancelled_step_stops_and_is_not_done_again(worker: Worker):
    flag, cancel = StopFlag(), CancelToken()
    step = Slice(flag)
    stopper = threading.Thread(target=lambda: (step.begun.wait(PATIENCE_S), cancel.cancel()))
    stopper.start()

    with pytest.raises(Cancelled):
        worker.step(flag, step, cancel)
    stopper.join()

    assert step.times == 1
    assert worker.is_idle


def test_closing_a_context_fails_what_computes_in_it_alone(worker: Worker):
    flag, errors = StopFlag(), list[Exception]()
    step = Slice(flag)

    def read() -> None:
        try:
            worker.step(flag, step, CancelToken())
        except GenerationFailed as error:
            errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    assert step.begun.wait(PATIENCE_S)
    worker.stop(flag)
    reader.join(PATIENCE_S)

    assert len(errors) == 1
    assert worker.step(StopFlag(), lambda: "another", CancelToken()) == "another"


def test_a_closed_worker_does_a_last_thing_and_no_more():
    worker, done = Worker(), list[str]()

    worker.close(lambda: done.append("last"))
    worker.close(lambda: done.append("again"))

    assert done == ["last"]
    with pytest.raises(GenerationFailed):
        worker.step(StopFlag(), lambda: 1, CancelToken())
    with pytest.raises(GenerationFailed):
        next(worker.stream(StopFlag(), telling("x"), CancelToken()))
    with pytest.raises(GenerationFailed):
        worker.later(lambda: 1)


def test_what_work_raises_is_raised_where_it_was_asked_for(worker: Worker):
    def fail() -> None:
        raise OSError("no such thing")

    with pytest.raises(OSError, match="no such thing"):
        worker.step(StopFlag(), fail, CancelToken())
