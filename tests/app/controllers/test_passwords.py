from pathlib import Path

import pytest

from app.controllers.library import LibraryController
from app.controllers.passwords import PasswordController
from rag.events import Failed, FilesChanged, ReadingFinished, Unlock
from rag.records import FileRecord, FileState, IngestSummary
from tests.app.fake_engine import STARTED

ROOT = Path("/documents")
TAX, WILL = ROOT / "Tax.pdf", ROOT / "Will.pdf"
DONE = ReadingFinished(IngestSummary(1, 0, 0, 0, 1.0))


def locked(*paths):
    return FilesChanged(tuple(FileRecord(p, ROOT, FileState.FAILED, locked=True) for p in paths))


def read(*paths):
    return FilesChanged(tuple(FileRecord(p, ROOT, FileState.READY) for p in paths))


@pytest.fixture
def passwords(engine):
    library = LibraryController(engine, engine)
    passwords = PasswordController(engine, library, engine)
    passwords.library = library
    engine.started.emit(STARTED)
    return passwords


def test_files_found_locked_are_offered_once_when_the_reading_ends(engine, passwords, hear):
    offered = hear(passwords.offered)
    engine.replied.emit(0, FilesChanged(()))

    engine.replied.emit(0, locked(TAX))
    assert offered == []
    engine.replied.emit(0, DONE)
    engine.replied.emit(0, DONE)

    assert offered == [[TAX]]


def test_files_locked_since_an_earlier_start_are_not_offered_again(engine, passwords, hear):
    offered = hear(passwords.offered)

    engine.replied.emit(0, locked(TAX))
    engine.replied.emit(0, locked(WILL))
    engine.replied.emit(0, DONE)

    assert offered == [[WILL]]


def test_a_password_that_opens_some_files_tells_which_are_left(engine, passwords, hear):
    tried = hear(passwords.tried)
    engine.replied.emit(0, locked(TAX, WILL))

    passwords.unlock("secret", [TAX, WILL])
    assert engine.sent == [Unlock("secret", (TAX, WILL))]
    engine.replied.emit(engine.last_id, read(TAX))
    engine.replied.emit(engine.last_id, DONE)

    assert tried == [(1, [WILL])]


def test_another_reading_s_end_is_not_the_password_s(engine, passwords, hear):
    tried = hear(passwords.tried)
    engine.replied.emit(0, locked(TAX))

    passwords.unlock("secret", [TAX])
    engine.replied.emit(0, DONE)

    assert tried == []


def test_a_password_that_cannot_be_tried_says_why(engine, passwords, hear):
    failed = hear(passwords.failed)

    passwords.unlock("secret", [TAX])
    engine.replied.emit(engine.last_id, Failed("The disk is full."))
    passwords.unlock("secret", [TAX])
    engine.died.emit("It stopped.")

    assert failed[0] == "The disk is full."
    assert len(failed) == 2
