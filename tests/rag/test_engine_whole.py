"""The engine reads documents whole: in the background, for answers, over a kill and a restart."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rag.events import (
    AddPaths,
    AnswerFinished,
    Ask,
    CancelWhole,
    DeleteReadings,
    EstimateWhole,
    Event,
    Failed,
    ListReadings,
    ModelChanged,
    PauseWhole,
    ReadingFinished,
    ReadingsChanged,
    ReadWhole,
    Refresh,
    RemovePaths,
    ResumeWhole,
    StopAnswer,
    UseModel,
    WholeEstimated,
    WholeFinished,
    WholeProgress,
)
from rag.records import Answer, Mode, Scope
from tests.rag.engine_process import EngineProcess

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

SEGMENT = 1024


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A document of some 12,000 letters, each a token for the model; each says another thing."""
    folder = tmp_path / "files"
    folder.mkdir()
    pages = [
        f"Chapter {page}. " + " ".join(f"Gate {page}-{n} was built by crew {n}." for n in range(60))
        for page in range(6)
    ]
    (folder / "report.txt").write_text("\n\n".join(pages), "utf-8")
    return folder / "report.txt"


class Reader(EngineProcess):
    """An engine that answers with a small model, and has read the report into its library."""

    def __init__(self, library: Path, model: Path, report: Path | None = None) -> None:
        super().__init__(library)
        try:
            self.send(UseModel(model))
            self.wait_for(lambda e: isinstance(e, ModelChanged) and _is(e, model))
            if report is not None:
                self.send(AddPaths((report,)))
                self.wait_for(lambda e: isinstance(e, ReadingFinished) and e.summary.read == 1)
        except BaseException:
            self.kill()
            raise


def _is(event: ModelChanged, model: Path) -> bool:
    return event.model is not None and event.model.path == model


def answered(engine: EngineProcess, question: str, read: Mode | None = None) -> Answer:
    engine.send(Ask(question, read=read))
    event = engine.wait_for(AnswerFinished)
    assert isinstance(event, AnswerFinished)
    return event.answer


def reads_on(at_least: int):
    def is_there(event: Event) -> bool:
        return isinstance(event, WholeProgress) and event.tokens_done >= at_least

    return is_there


def test_what_was_read_ahead_is_there_for_the_first_question(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    scope = Scope((report,))
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        request = engine.send(ReadWhole(scope))
        finished = engine.wait_for(WholeFinished)
        kept = engine.wait_for(ReadingsChanged)
        answer = answered(engine, "Summarise the report.")
        engine.send(EstimateWhole(scope))
        estimated = engine.wait_for(WholeEstimated)

        assert finished == WholeFinished((report,), complete=True)
        assert {r.id for r in engine.replies if isinstance(r.event, WholeFinished)} == {request}
        assert isinstance(kept, ReadingsChanged)
        assert [reading.paths for reading in kept.readings] == [(report,)]
        assert kept.readings[0].is_complete
        assert answer.mode is Mode.WHOLE_DOCUMENT
        assert answer.stats is not None
        assert answer.stats.reused_tokens >= kept.readings[0].tokens
        assert isinstance(estimated, WholeEstimated)
        assert estimated.estimate is not None
        assert estimated.estimate.is_ready
        assert engine.quit() < 4  # 2 on a computer that does nothing else


def test_after_a_kill_reading_goes_on_where_it_was(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(ReadWhole(Scope((report,))))
        engine.wait_for(reads_on(5 * SEGMENT + 100))
        engine.kill()
    with Reader(tmp_path / "library", tiny_phi3) as engine:
        engine.send(ListReadings())
        kept = engine.wait_for(ReadingsChanged)
        engine.send(ReadWhole(Scope((report,))))
        first = engine.wait_for(WholeProgress)
        finished = engine.wait_for(WholeFinished)

    assert isinstance(kept, ReadingsChanged)
    assert kept.readings[0].tokens >= 4 * SEGMENT
    assert isinstance(first, WholeProgress)
    assert first.tokens_done >= 4 * SEGMENT - 300  # of the document's text alone
    assert finished == WholeFinished((report,), complete=True)


def test_reading_ahead_gives_way_to_a_question_and_goes_on(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(ReadWhole(Scope((report,))))
        engine.wait_for(reads_on(1000))
        answer = answered(engine, "Which crew built gate 3-17?", Mode.PASSAGES)
        finished = engine.wait_for(WholeFinished)

    assert answer.mode in (Mode.PASSAGES, Mode.DECLINE)
    assert finished == WholeFinished((report,), complete=True)


def test_a_question_about_what_is_being_read_takes_it_over(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(ReadWhole(Scope((report,))))
        engine.wait_for(reads_on(2500))
        answer = answered(engine, "Summarise the report.")
        finished = engine.wait_for(WholeFinished)

    assert answer.mode is Mode.WHOLE_DOCUMENT
    assert finished == WholeFinished((report,), complete=True)


def test_a_pause_is_told_at_once_and_a_cancel_ends_all(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        requests = [engine.send(ReadWhole(Scope((report,)))) for _ in range(2)]
        engine.wait_for(reads_on(600))
        engine.send(PauseWhole())
        paused = engine.wait_for(lambda e: isinstance(e, WholeProgress) and e.paused)
        engine.send(ResumeWhole())
        engine.wait_for(lambda e: isinstance(e, WholeProgress) and not e.paused)
        engine.send(CancelWhole())
        begun = time.monotonic()
        ended = [engine.wait_for(WholeFinished) for _ in requests]

        assert isinstance(paused, WholeProgress)
        assert paused.tokens_done >= 600
        assert time.monotonic() - begun < 1.5
        assert ended == [WholeFinished((report,), complete=False)] * 2


def test_an_answer_that_is_stopped_while_it_reads_keeps_what_was_read(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(Ask("Summarise the report.", read=Mode.WHOLE_DOCUMENT))
        engine.wait_for(reads_on(2 * SEGMENT + 300))
        engine.send(StopAnswer())
        begun = time.monotonic()
        finished = engine.wait_for(AnswerFinished)
        took = time.monotonic() - begun
        engine.send(ListReadings())
        kept = engine.wait_for(ReadingsChanged)

        assert took < 1.5
        assert isinstance(finished, AnswerFinished)
        assert finished.answer.stopped
        assert "kept" in finished.answer.plan
        assert isinstance(kept, ReadingsChanged)
        assert kept.readings[0].tokens >= 2 * SEGMENT
        assert engine.quit() < 4  # 2 on a computer that does nothing else


def test_the_engine_ends_at_once_in_the_midst_of_a_slice(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(ReadWhole(Scope((report,))))
        engine.wait_for(reads_on(1200))

        assert engine.quit() < 4
        assert engine.process.exitcode == 0


def test_what_was_read_goes_with_its_file(tmp_path: Path, tiny_phi3: Path, report: Path) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(ReadWhole(Scope((report,))))
        engine.wait_for(WholeFinished)
        engine.send(RemovePaths((report,)))
        kept = engine.wait_for(lambda e: isinstance(e, ReadingsChanged) and not e.readings)
        left = [path.name for path in (tmp_path / "library" / "states").iterdir()]

    assert isinstance(kept, ReadingsChanged)
    assert kept.size_bytes == 0
    assert not [name for name in left if name.endswith((".kv", ".json"))], left


def test_a_document_that_goes_while_it_is_read_for_an_answer_ends_that(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        asked = engine.send(Ask("Summarise the report.", read=Mode.WHOLE_DOCUMENT))
        engine.wait_for(reads_on(1200))
        engine.send(RemovePaths((report,)))
        failed = engine.wait_for(Failed)
        before = len(engine.replies)
        engine.send(PauseWhole())
        engine.send(ListReadings())
        kept = engine.wait_for(lambda e: isinstance(e, ReadingsChanged) and not e.readings)

    assert isinstance(failed, Failed)
    assert not failed.detail
    assert isinstance(kept, ReadingsChanged)
    assert asked not in {reply.id for reply in engine.replies[before:]}


def test_it_is_told_that_what_was_read_went_with_what_the_file_said(
    tmp_path: Path, tiny_phi3: Path, report: Path
) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(ReadWhole(Scope((report,))))
        engine.wait_for(WholeFinished)
        report.write_text("Gate 1 was taken down.", "utf-8")
        engine.send(Refresh((report,)))
        kept = engine.wait_for(lambda e: isinstance(e, ReadingsChanged) and not e.readings)

    assert isinstance(kept, ReadingsChanged)
    assert kept.size_bytes == 0


def test_readings_are_deleted_on_wish(tmp_path: Path, tiny_phi3: Path, report: Path) -> None:
    with Reader(tmp_path / "library", tiny_phi3, report) as engine:
        engine.send(ReadWhole(Scope((report,))))
        kept = engine.wait_for(lambda e: isinstance(e, ReadingsChanged) and bool(e.readings))
        assert isinstance(kept, ReadingsChanged)
        engine.send(DeleteReadings(tuple(reading.id for reading in kept.readings)))
        after = engine.wait_for(ReadingsChanged)

    assert isinstance(after, ReadingsChanged)
    assert (after.readings, after.size_bytes) == ((), 0)
