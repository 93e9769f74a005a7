"""The engine's process: real models, real files, a real pipe, and what remains after a kill."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import psutil
import pytest
from reportlab.pdfgen import canvas

from rag.cancel import CancelToken
from rag.events import (
    AddPaths,
    AnswerFinished,
    Ask,
    CancelReading,
    ConversationOpened,
    ConversationStarted,
    EngineStarted,
    EvidenceFound,
    Failed,
    FilesChanged,
    ModelChanged,
    OpenConversation,
    PageShown,
    PauseReading,
    ReadingFinished,
    ReadingProgress,
    RemovePaths,
    ResumeReading,
    SearchReady,
    ShowPage,
    StopAnswer,
    TextStreamed,
)
from rag.records import FileState
from rag.session import Session
from tests.rag.engine_process import EngineProcess

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

LEASE = "The lease may be ended by either party with three months' notice in writing."
KILLS = 20


def write_pdf(path: Path, pages: list[list[str]]) -> Path:
    paper = canvas.Canvas(str(path))
    for lines in pages:
        for number, line in enumerate(lines):
            paper.drawString(72, 750 - 16 * number, line)
        paper.showPage()
    paper.save()
    return path


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    write_pdf(folder / "lease.pdf", [["Contents"], [LEASE, "The rent is 900 euros a month."]])
    (folder / "garden.txt").write_text("Apples ripen in September.", "utf-8")
    return folder


def many_files(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        lines = [f"Parcel {number} was seen at gate {n} on day {n % 28 + 1}." for n in range(40)]
        if number % 3:
            (folder / f"{number:03}.txt").write_text("\n\n".join(lines), "utf-8")
        else:
            write_pdf(folder / f"{number:03}.pdf", [lines, lines[::-1]])
    return folder


def test_the_main_job_from_an_empty_library_to_a_boxed_footnote(
    tmp_path: Path, files: Path
) -> None:
    with EngineProcess(tmp_path / "library") as engine:
        engine.wait_for(EngineStarted)
        engine.send(AddPaths((files,)))
        engine.send(Ask("What notice is needed to end the lease?"))
        finished = engine.wait_for(AnswerFinished)

        kinds = [type(reply.event) for reply in engine.replies]
        assert kinds.index(EvidenceFound) < kinds.index(TextStreamed)
        assert isinstance(finished, AnswerFinished)
        cited = [c for s in finished.answer.sentences for c in s.citations]
        assert cited, finished.answer.text
        assert cited[0].path == files / "lease.pdf"
        assert cited[0].page == 2
        assert cited[0].boxes
        assert all(72 <= box.x0 < box.x1 and box.page == 2 for box in cited[0].boxes)
        words = (cited[0].start, cited[0].end)
        engine.send(ShowPage(files / "lease.pdf", 2, 1.5, words))
        shown = engine.wait_for(PageShown)
        assert isinstance(shown, PageShown)
        assert len(shown.picture.pixels) == shown.picture.stride * shown.picture.height_px
        assert shown.picture.boxes == cited[0].boxes
        assert engine.quit() < 2
        assert engine.process.exitcode == 0


def test_a_conversation_is_there_again_after_a_kill(tmp_path: Path, files: Path) -> None:
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((files,)))
        engine.send(Ask("What is the rent a month?"))
        finished = engine.wait_for(AnswerFinished)
        engine.kill()
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(OpenConversation(1))
        opened = engine.wait_for(ConversationOpened)

    assert isinstance(finished, AnswerFinished)
    assert isinstance(opened, ConversationOpened)
    assert opened.conversation.turns[0].answer == finished.answer


def test_an_answer_stops_within_a_second(tmp_path: Path, files: Path) -> None:
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((files,)))
        engine.wait_for(ModelChanged)
        engine.send(Ask("What is the rent a month?", own_knowledge=True))
        engine.wait_for(TextStreamed)
        begun = time.monotonic()
        engine.send(StopAnswer())
        finished = engine.wait_for(AnswerFinished)

        assert time.monotonic() - begun < 1
        assert isinstance(finished, AnswerFinished)
        assert finished.answer.stopped


def test_reading_pauses_goes_on_and_can_be_given_up(tmp_path: Path) -> None:
    folder = many_files(tmp_path / "files", 40)
    with EngineProcess(tmp_path / "library") as engine:
        engine.wait_for(SearchReady)
        engine.send(AddPaths((folder,)))
        engine.wait_for(ReadingProgress)
        engine.send(PauseReading())
        engine.wait_for(lambda event: isinstance(event, ReadingProgress) and event.paused)
        assert not _reads_on(engine)
        engine.send(ResumeReading())
        engine.wait_for(lambda event: isinstance(event, ReadingProgress) and not event.paused)
        engine.send(CancelReading())
        finished = engine.wait_for(ReadingFinished)

        assert isinstance(finished, ReadingFinished)
        assert finished.summary.cancelled
        engine.send(PauseReading())
        engine.send(AddPaths((folder,)))
        engine.wait_for(lambda event: isinstance(event, ReadingProgress) and event.paused)
        engine.send(CancelReading())
        engine.wait_for(ReadingFinished)
        engine.send(AddPaths((folder,)))
        engine.wait_for(lambda event: isinstance(event, ReadingProgress) and not event.paused)


def _reads_on(engine: EngineProcess) -> bool:
    """Whether a file is finished although reading was paused."""
    while engine.connection.poll(1.0):
        event = engine.connection.recv().event
        if isinstance(event, FilesChanged) and event.files:
            return True
    return False


def test_a_question_asked_while_the_first_reading_is_paused_gets_its_reason(
    tmp_path: Path, files: Path
) -> None:
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(PauseReading())
        engine.send(AddPaths((files,)))
        asked = engine.send(Ask("What is the rent a month?"))
        failed = engine.wait_for(Failed)

        assert isinstance(failed, Failed)
        assert "empty" in failed.message
        assert engine.replies[-1].id == asked


def test_a_question_stopped_while_it_waits_for_the_first_reading_ends(tmp_path: Path) -> None:
    folder = many_files(tmp_path / "files", 15)
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((folder,)))
        asked = engine.send(Ask("At which gate was parcel 7 seen?"))
        engine.wait_for(ConversationStarted)
        engine.send(StopAnswer())
        engine.wait_for(lambda event: isinstance(event, Failed | AnswerFinished))

        assert engine.replies[-1].id == asked
        engine.send(Ask("At which gate was parcel 7 seen?"))
        engine.wait_for(AnswerFinished)


def test_a_removed_folder_is_gone_while_the_rest_is_read_on(tmp_path: Path) -> None:
    one, two = many_files(tmp_path / "one", 15), many_files(tmp_path / "two", 15)
    with EngineProcess(tmp_path / "library") as engine:
        engine.wait_for(SearchReady)
        engine.send(AddPaths((one, two)))
        engine.wait_for(ReadingProgress)
        engine.send(RemovePaths((one,)))
        engine.wait_for(
            lambda event: isinstance(event, ReadingFinished) and event.summary.cancelled
        )
        engine.wait_for(
            lambda event: isinstance(event, ReadingFinished) and not event.summary.cancelled
        )
        engine.quit()
    with Session(tmp_path / "library") as session:
        assert {file.path.parent for file in session.files()} == {two}
        assert {file.state for file in session.files()} == {FileState.READY}


def test_a_second_engine_says_that_the_library_is_in_use(tmp_path: Path) -> None:
    with Session(tmp_path / "library"), EngineProcess(tmp_path / "library") as engine:
        failed = engine.wait_for(Failed)

    assert isinstance(failed, Failed)
    assert "open in another Footnote" in failed.message


@pytest.mark.faults
def test_the_readers_are_gone_soon_after_the_engine_was_killed(tmp_path: Path) -> None:
    folder = many_files(tmp_path / "files", 60)
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((folder,)))
        engine.wait_for(lambda event: isinstance(event, ReadingProgress) and event.files_done > 0)
        children = psutil.Process(engine.process.pid).children(recursive=True)
        engine.kill()
        _, alive = psutil.wait_procs(children, timeout=2)

    assert children
    assert alive == []


@pytest.mark.faults
def test_the_engine_is_gone_soon_after_its_window(tmp_path: Path, files: Path) -> None:
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((files,)))
        engine.wait_for(ReadingProgress)
        family = [engine.process.pid, *psutil.Process(engine.process.pid).children(recursive=True)]
        engine.connection.close()
        processes = [p if isinstance(p, psutil.Process) else psutil.Process(p) for p in family]
        _, alive = psutil.wait_procs(processes, timeout=2)

        assert alive == []


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_nothing_is_lost_or_half_indexed_after_twenty_kills(tmp_path: Path) -> None:
    folder = many_files(tmp_path / "files", 90)
    library = tmp_path / "library"
    moments = random.Random(int(os.environ.get("FOOTNOTE_TEST_SEED", "7")))
    read_before: set[Path] = set()
    for _ in range(KILLS):
        with EngineProcess(library) as engine:
            engine.send(AddPaths((folder,)))
            engine.wait_for(ReadingProgress)
            time.sleep(moments.uniform(0, 0.6))
            engine.kill()
        with Session(library) as session:
            read = {file.path for file in session.files() if file.state is FileState.READY}
            assert read_before <= read
            read_before = read
            found = session.searching().catalog if read else None
            assert found is None or found.count_chunks() == sum(
                file.chunks for file in session.files() if file.state is FileState.READY
            )
    with Session(library) as session:
        for _ in session.refresh((), CancelToken()):
            pass
        files = session.files()
        assert [file.state for file in files] == [FileState.READY] * 90
        hits = session.search("At which gate was parcel 41 seen?")
        assert any(hit.path.stem == "041" for hit in hits)
