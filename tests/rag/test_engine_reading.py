"""The engine unlocks files, and reads first what the user adds meanwhile."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen import canvas

from rag.events import (
    AddPaths,
    Event,
    FilesChanged,
    PauseReading,
    ReadingFinished,
    ReadingProgress,
    ResumeReading,
    SearchReady,
    Unlock,
)
from rag.records import FileRecord, FileState
from rag.session import Session
from tests.rag.engine_process import EngineProcess

pytestmark = [pytest.mark.models, pytest.mark.faults, pytest.mark.timeout(600)]

PASSWORD = "Tr0ub4dor&3-rowan"


def write_book(path: Path, pages: int, lines: int) -> Path:
    """A PDF without repetitions."""
    paper = canvas.Canvas(str(path))
    for page in range(pages):
        for line in range(lines):
            text = f"Parcel {page}-{line} was seen at gate {page * line % 97} that day."
            paper.drawString(72, 780 - 14 * line, text)
        paper.showPage()
    paper.save()
    return path


def lock(path: Path) -> Path:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(path))
    writer.encrypt(PASSWORD, algorithm="AES-256")
    writer.write(path)
    return path


def is_read(path: Path, state: FileState = FileState.READY):
    def matches(event: Event) -> bool:
        return isinstance(event, FilesChanged) and any(
            file.path == path and file.state is state for file in event.files
        )

    return matches


def line(library: Path, path: Path) -> FileRecord:
    with Session(library) as session:
        return next(file for file in session.files() if file.path == path)


def test_a_password_opens_a_locked_file_and_is_kept_nowhere(tmp_path: Path):
    secret = lock(write_book(tmp_path / "secret.pdf", pages=2, lines=5))
    library = tmp_path / "library"
    with EngineProcess(library) as engine:
        engine.send(AddPaths((secret,)))
        engine.wait_for(is_read(secret, FileState.FAILED))
        engine.send(Unlock("not it"))
        engine.wait_for(is_read(secret, FileState.FAILED))
        wrong = engine.replies[-1].event
        engine.send(Unlock(PASSWORD))
        engine.wait_for(is_read(secret))
        engine.wait_for(ReadingFinished)
        engine.quit()

    assert isinstance(wrong, FilesChanged)
    assert wrong.files[0].locked
    assert "The password did not open" in wrong.files[0].reason
    record = line(library, secret)
    assert (record.state, record.locked) == (FileState.READY, False)
    left = b"".join(path.read_bytes() for path in library.rglob("*") if path.is_file())
    assert b"gate" in left
    assert PASSWORD.encode() not in left
    assert PASSWORD not in repr(Unlock(PASSWORD))


def test_nothing_locked_is_soon_unlocked(tmp_path: Path):
    with EngineProcess(tmp_path / "library") as engine:
        number = engine.send(Unlock(PASSWORD))
        engine.wait_for(lambda _: engine.replies[-1].id == number)

        assert isinstance(engine.replies[-1].event, ReadingFinished)


def test_what_the_user_adds_meanwhile_goes_first_and_then_the_rest_goes_on(tmp_path: Path):
    book = write_book(tmp_path / "book.pdf", pages=60, lines=40)
    note = tmp_path / "note.txt"
    note.write_text("The rent is 900 euros a month.", "utf-8")
    with EngineProcess(tmp_path / "library") as engine:
        engine.wait_for(SearchReady)
        first = engine.send(AddPaths((book,)))
        engine.wait_for(lambda event: isinstance(event, ReadingProgress) and event.page > 0)
        second = engine.send(AddPaths((note,)))
        engine.wait_for(is_read(note), 300)
        engine.wait_for(is_read(book), 300)
        engine.wait_for(ReadingFinished)

        ends = [r.id for r in engine.replies if isinstance(r.event, ReadingFinished) and r.id]
        assert ends == [second, first]


def test_a_paused_reading_makes_room_too(tmp_path: Path):
    book = write_book(tmp_path / "book.pdf", pages=10, lines=40)
    note = tmp_path / "note.txt"
    note.write_text("The rent is 900 euros a month.", "utf-8")
    with EngineProcess(tmp_path / "library") as engine:
        engine.wait_for(SearchReady)
        engine.send(PauseReading())
        engine.send(AddPaths((book,)))
        engine.wait_for(is_read(book, FileState.WAITING))
        engine.send(AddPaths((note,)))
        engine.wait_for(is_read(note, FileState.WAITING))
        engine.send(ResumeReading())
        engine.wait_for(is_read(note), 300)
        engine.wait_for(is_read(book), 300)
