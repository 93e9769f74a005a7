import pytest

from app.controllers.session import SessionController
from rag.events import EngineStarted, Failed, OptionsChanged, SearchReady, SetOptions
from rag.options import Options
from tests.app.fake_engine import STARTED


@pytest.fixture
def session(engine):
    return SessionController(engine)


def test_questions_wait_until_they_can_be_searched_for(session, engine, hear):
    ready = hear(session.ready_changed)

    engine.started.emit(STARTED)
    engine.replied.emit(0, SearchReady())
    engine.died.emit("It stopped.")

    assert [can for can, _ in ready] == [False, True, False]
    assert all(why for can, why in ready if not can)


def test_what_was_repaired_at_the_start_is_told(session, engine, hear):
    told = hear(session.told)

    engine.started.emit(EngineStarted(Options(), (), (), (), (), ("The index was rebuilt.",)))

    assert told == ["The index was rebuilt."]


def test_settings_in_force_are_the_engines(session, engine):
    session.set_options(Options(passages=5))

    assert engine.sent == [SetOptions(Options(passages=5))]
    assert session.options == Options()
    engine.replied.emit(1, OptionsChanged(Options(passages=5)))
    assert session.options.passages == 5


def test_a_failure_nobody_asked_for_is_told(session, engine, hear):
    failed = hear(session.failed)

    engine.replied.emit(0, Failed("The disk is full."))
    engine.replied.emit(9, Failed("Another's."))

    assert failed == [("The disk is full.", "")]


def test_trying_again_starts_an_engine(session, engine):
    session.try_again()

    assert engine.tries == 1


def test_a_new_connection_is_counted(session, engine, hear):
    counted = hear(session.connections_changed)
    engine.connections = 2

    session._look.timeout.emit()

    assert counted == [2]
