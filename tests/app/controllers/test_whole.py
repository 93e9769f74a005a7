from dataclasses import replace

import pytest

from app.controllers.whole import WholeController
from rag.events import (
    CancelWhole,
    DeleteReadings,
    EstimateWhole,
    Failed,
    FilesChanged,
    ListReadings,
    ModelChanged,
    OptionsChanged,
    PauseWhole,
    ReadingsChanged,
    ReadWhole,
    ResumeWhole,
    WholeEstimated,
    WholeFinished,
)
from rag.options import Options
from rag.records import FileRecord, FileState, Scope
from tests.app import records_for_show as show
from tests.app import records_of_whole as whole_show
from tests.app.fake_engine import STARTED

LEASE, RULES = show.LEASE, show.RULES


@pytest.fixture
def whole(engine):
    return WholeController(engine)


def commands(engine, kind):
    return [command for command in engine.sent if isinstance(command, kind)]


# ---------------------------------------------------------------- what it takes


def test_what_reading_a_scope_takes_is_asked_once_and_told(whole, engine, hear):
    estimated = hear(whole.estimated)

    whole.use_scope(whole_show.ONE)
    whole.use_scope(whole_show.ONE)
    engine.replied.emit(1, WholeEstimated(whole_show.ONE, whole_show.ESTIMATE))

    assert engine.sent == [EstimateWhole(whole_show.ONE)]
    assert estimated == [(whole_show.ONE, whole_show.ESTIMATE)]


def test_an_estimate_of_another_scope_is_dropped(whole, engine, hear):
    estimated = hear(whole.estimated)
    whole.use_scope(whole_show.ONE)

    engine.replied.emit(1, WholeEstimated(Scope((RULES,)), whole_show.ESTIMATE))

    assert estimated == []


def test_an_estimate_that_fails_is_told_as_none(whole, engine, hear):
    estimated, failed = hear(whole.estimated), hear(whole.failed)
    whole.use_scope(whole_show.ONE)

    engine.replied.emit(1, Failed("It cannot be told."))

    assert estimated == [(whole_show.ONE, None)]
    assert failed == []


@pytest.mark.parametrize(
    "event",
    [
        OptionsChanged(Options()),
        ModelChanged(show.PHI),
        whole_show.KEPT,
        FilesChanged((FileRecord(LEASE, show.FOLDER, FileState.READY),)),
        FilesChanged((), (LEASE,)),
    ],
)
def test_what_may_change_an_estimate_has_it_asked_again(whole, engine, qtbot, event):
    whole.use_scope(whole_show.ONE)

    engine.replied.emit(0, event)

    qtbot.waitUntil(lambda: engine.sent == [EstimateWhole(whole_show.ONE)] * 2)


def test_another_files_change_asks_nothing(whole, engine):
    whole.use_scope(whole_show.ONE)

    engine.replied.emit(0, FilesChanged((FileRecord(RULES, show.FOLDER, FileState.READY),)))

    assert not whole._again.isActive()


def test_an_engine_that_comes_back_is_asked_again(whole, engine, qtbot):
    whole.use_scope(whole_show.ONE)

    engine.started.emit(STARTED)

    assert commands(engine, ListReadings) == [ListReadings()]
    qtbot.waitUntil(lambda: len(commands(engine, EstimateWhole)) == 2)


def test_without_a_scope_nothing_is_asked(whole, engine, qtbot):
    whole.use_scope(whole_show.ONE)
    whole.use_scope(None)

    engine.replied.emit(0, whole_show.KEPT)

    qtbot.waitUntil(lambda: not whole._again.isActive())
    assert len(commands(engine, EstimateWhole)) == 1


# ---------------------------------------------------------------- reading ahead


def test_each_document_is_read_by_itself_and_once(whole, engine):
    whole.read([LEASE, RULES])
    whole.read([LEASE])

    assert engine.sent == [ReadWhole(Scope((LEASE,))), ReadWhole(Scope((RULES,)))]


def test_progress_tells_how_many_documents_wait(whole, engine, hear):
    progressed = hear(whole.progressed)
    whole.read([LEASE, RULES])

    engine.replied.emit(1, whole_show.PROGRESS)
    engine.replied.emit(1, WholeFinished((LEASE,), complete=True))
    engine.replied.emit(2, replace(whole_show.PROGRESS, paths=(RULES,)))
    engine.replied.emit(2, WholeFinished((RULES,), complete=True))

    assert [(told and told.paths, waiting) for told, waiting in progressed] == [
        ((LEASE,), 1),
        ((RULES,), 0),
        (None, 0),
    ]


def test_an_answers_reading_is_not_taken_for_one_in_the_background(whole, engine, hear):
    progressed = hear(whole.progressed)

    engine.replied.emit(7, whole_show.PROGRESS)

    assert progressed == []


def test_what_is_read_is_told_and_what_was_cancelled_is_not(whole, engine, hear):
    finished = hear(whole.finished)
    whole.read([LEASE, RULES])

    engine.replied.emit(1, WholeFinished((LEASE,), complete=True))
    engine.replied.emit(2, WholeFinished((RULES,), complete=False))

    assert finished == [(LEASE,)]


def test_a_document_that_cannot_be_read_is_told_and_the_next_goes_on(whole, engine, hear):
    failed, progressed = hear(whole.failed), hear(whole.progressed)
    whole.read([LEASE, RULES])

    engine.replied.emit(1, Failed("It does not fit.", "detail"))
    engine.replied.emit(2, whole_show.PROGRESS)

    assert failed == [("It does not fit.", "detail")]
    assert progressed == [(whole_show.PROGRESS, 0)]


def test_wishes_go_out_as_commands(whole, engine):
    whole.pause()
    whole.resume()
    whole.cancel()
    whole.delete(["a"])
    whole.delete([])

    assert engine.sent == [
        PauseWhole(),
        ResumeWhole(),
        CancelWhole(),
        DeleteReadings(("a",)),
        DeleteReadings(()),
    ]


def test_a_wish_that_fails_is_told(whole, engine, hear):
    failed = hear(whole.failed)
    whole.delete(["a"])

    engine.replied.emit(1, Failed("It is in use.", ""))

    assert failed == [("It is in use.", "")]


def test_an_engine_that_dies_leaves_what_it_read_to_the_user(whole, engine, hear):
    interrupted, progressed = hear(whole.interrupted), hear(whole.progressed)
    whole.read([LEASE, RULES])
    engine.sent.clear()

    engine.died.emit("It stopped.")
    engine.started.emit(STARTED)

    assert interrupted == [(LEASE, RULES)]
    assert progressed == [(None, 0)]
    assert commands(engine, ReadWhole) == []


def test_an_engine_that_dies_while_nothing_is_read_interrupts_nothing(whole, engine, hear):
    interrupted = hear(whole.interrupted)

    engine.died.emit("It stopped.")

    assert interrupted == []


# ---------------------------------------------------------------- what is kept


def test_files_are_marked_that_the_model_in_use_has_read(whole, engine, hear):
    marked = hear(whole.marked)
    other = whole_show.reading("c", show.FOLDER / "Other.pdf", model="Another model")
    kept = (whole_show.WHOLE, whole_show.PARTLY, other)

    engine.replied.emit(0, ModelChanged(show.PHI))
    engine.replied.emit(0, ReadingsChanged(kept, 9, 10))

    assert marked[-1] == {LEASE: 1.0, RULES: 0.4}


def test_another_model_has_read_nothing(whole, engine, hear):
    marked = hear(whole.marked)
    engine.replied.emit(0, ModelChanged(show.PHI))
    engine.replied.emit(0, whole_show.KEPT)

    engine.replied.emit(0, ModelChanged(show.TRIAL))

    assert marked[-1] == {}


def test_of_two_that_are_read_together_the_first_can_be_read_alone(whole, engine, hear):
    marked = hear(whole.marked)
    engine.replied.emit(0, ModelChanged(show.PHI))

    engine.replied.emit(0, ReadingsChanged((whole_show.reading("c", LEASE, RULES),), 9, 10))
    assert marked[-1] == {LEASE: 1.0}

    half = whole_show.reading("c", LEASE, RULES, tokens=100)
    engine.replied.emit(0, ReadingsChanged((half,), 9, 10))
    assert marked[-1] == {}


def test_forgetting_files_deletes_every_reading_they_are_in(whole, engine):
    both = whole_show.reading("c", LEASE, RULES)
    engine.replied.emit(0, ReadingsChanged((whole_show.WHOLE, whole_show.PARTLY, both), 9, 10))

    whole.forget([LEASE])
    whole.forget([show.FOLDER / "Never read.pdf"])

    assert engine.sent == [DeleteReadings(("a", "c"))]
