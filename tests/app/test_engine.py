import threading
import time

import psutil
import pytest
from PySide6.QtCore import QObject, Qt, Signal

from app.engine import Engine
from rag.events import Ask, ListConversations, ModelChanged
from tests.app import fake_engine


@pytest.fixture
def start(qtbot, tmp_path):
    engines = []

    def start(serve=fake_engine.serve):
        engine = Engine(tmp_path, serve=serve)
        engines.append(engine)
        return engine

    yield start
    for engine in engines:
        engine.close()


def answered(kind, number=None):
    def check(request_id, event):
        return isinstance(event, kind) and number in (None, request_id)

    return check


@pytest.mark.faults
def test_a_reply_carries_the_id_of_its_request(start, qtbot):
    engine = start()

    with qtbot.waitSignal(
        engine.replied, check_params_cb=answered(fake_engine.ConversationsListed), timeout=10_000
    ) as listed:
        engine.start()
        first = engine.send(ListConversations())

    assert listed.args[0] == first > 0


@pytest.mark.faults
def test_replies_arrive_in_the_thread_of_the_window(start, qtbot):
    engine = start()
    threads = set()
    engine.replied.connect(lambda *_: threads.add(threading.current_thread()))

    with qtbot.waitSignal(engine.replied, check_params_cb=answered(ModelChanged), timeout=10_000):
        engine.start()

    assert threads == {threading.main_thread()}


@pytest.mark.faults
def test_a_killed_engine_is_replaced_and_answers_again(start, qtbot):
    engine = start()
    with qtbot.waitSignal(engine.started, timeout=10_000):
        engine.start()
    first = engine.pid

    with qtbot.waitSignals([engine.died, engine.restarted], timeout=10_000):
        psutil.Process(first).kill()
    with qtbot.waitSignal(
        engine.replied, check_params_cb=answered(fake_engine.ConversationsListed), timeout=10_000
    ):
        engine.send(ListConversations())

    assert engine.pid != first
    assert not psutil.pid_exists(first)


@pytest.mark.faults
def test_commands_sent_while_no_engine_runs_reach_the_next_one(start, qtbot):
    engine = start()
    with qtbot.waitSignal(engine.started, timeout=10_000):
        engine.start()
    with qtbot.waitSignal(engine.died, timeout=10_000):
        engine.send(Ask("die"))

    number = engine.send(ListConversations())

    with qtbot.waitSignal(
        engine.replied,
        check_params_cb=answered(fake_engine.ConversationsListed, number),
        timeout=10_000,
    ):
        assert not engine.running


@pytest.mark.faults
def test_an_engine_that_cannot_live_is_given_up_after_three_restarts(start, qtbot):
    engine = start(fake_engine.serve_but_die_at_once)
    deaths = []
    engine.died.connect(deaths.append)

    with qtbot.waitSignal(engine.gave_up, timeout=20_000) as gave_up:
        engine.start()

    assert len(deaths) == 3
    assert "7" in gave_up.args[1]


@pytest.mark.faults
def test_a_refusal_to_start_is_told_as_it_is_and_not_repeated(start, qtbot):
    engine = start(fake_engine.serve_but_refuse)
    deaths = []
    engine.died.connect(deaths.append)

    with qtbot.waitSignal(engine.gave_up, timeout=10_000) as gave_up:
        engine.start()

    assert gave_up.args == ["The library is open in another Footnote.", "a lock file"]
    assert deaths == []


@pytest.mark.faults
def test_an_engine_that_does_not_listen_is_killed_within_two_seconds(start, qtbot):
    engine = start(fake_engine.serve_deaf)
    with qtbot.waitSignal(engine.started, timeout=10_000):
        engine.start()
    pid = engine.pid

    began = time.monotonic()
    engine.close()

    assert time.monotonic() - began < 2.0
    assert not psutil.pid_exists(pid)


@pytest.mark.faults
def test_a_command_larger_than_the_pipe_does_not_block_the_window(start, qtbot):
    engine = start(fake_engine.serve_deaf)
    with qtbot.waitSignal(engine.started, timeout=10_000):
        engine.start()

    began = time.monotonic()
    engine.send(Ask("long " * 1_000_000))

    assert time.monotonic() - began < 0.1


@pytest.mark.faults
def test_connections_that_the_engine_opens_are_counted(start, qtbot):
    engine = start(fake_engine.serve_with_a_connection)

    with qtbot.waitSignal(engine.started, timeout=10_000):
        engine.start()

    assert engine.connections == 1


def test_five_thousand_signals_do_not_crash_the_process(qtbot):
    class Source(QObject):
        told = Signal(int, object)

    source = Source()
    heard = []
    source.told.connect(lambda number, _: heard.append(number), Qt.ConnectionType.DirectConnection)

    for number in range(5_000):
        source.told.emit(number, {"event": number})

    assert heard == list(range(5_000))
