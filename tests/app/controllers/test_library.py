from pathlib import Path

import pytest

from app.controllers.library import LibraryController
from rag.events import (
    AddPaths,
    Failed,
    FilesChanged,
    ReadingFinished,
    ReadingProgress,
    RemovePaths,
)
from rag.records import FileRecord, FileState, IngestSummary
from tests.app.fake_engine import STARTED

ROOT = Path("/documents/Contracts")
LEASE = ROOT / "Lease.pdf"


@pytest.fixture
def library(engine):
    library = LibraryController(engine)
    engine.started.emit(STARTED)
    engine.replied.emit(0, FilesChanged((FileRecord(LEASE, ROOT, FileState.READY, pages=31),)))
    return library


def test_dropped_folders_and_readable_files_are_added_together(library, engine, tmp_path):
    file = tmp_path / "b.txt"
    file.touch()

    library.drop([tmp_path, file])

    assert engine.sent == [AddPaths((tmp_path, file))]


def test_a_dropped_type_that_cannot_be_read_says_why(library, engine, hear, tmp_path):
    told = hear(library.told)
    file = tmp_path / "a.xyz"
    file.touch()

    library.drop([file])

    assert told == ["Footnote cannot read .xyz files yet. Save it as PDF or text and add that."]
    assert engine.sent == []


def test_a_dropped_model_is_offered_not_added(library, engine, hear):
    offered = hear(library.model_dropped)

    library.drop([Path("/downloads/phi.gguf")])

    assert offered == [Path("/downloads/phi.gguf")]
    assert engine.sent == []


def test_a_removal_leaves_the_tree_at_once_and_the_library_later(library, engine, hear):
    offered = hear(library.undo_offered)

    library.remove([ROOT])

    assert library.tree.files == 0
    assert engine.sent == []
    library.commit_removals()
    assert engine.sent == [RemovePaths((ROOT,))]
    assert offered == ["Removed “Contracts”", ""]


def test_an_undone_removal_forgets_nothing(library, engine):
    library.remove([ROOT])

    library.undo_removal()
    library.commit_removals()

    assert library.tree.record(LEASE).pages == 31
    assert engine.sent == []


def test_what_was_removed_does_not_come_back_while_it_is_read(library, engine):
    library.remove([ROOT])

    engine.replied.emit(0, FilesChanged((FileRecord(LEASE, ROOT, FileState.READING),)))

    assert library.tree.files == 0


def test_a_second_removal_makes_the_first_final(library, engine):
    other = Path("/documents/other.txt")
    engine.replied.emit(0, FilesChanged((FileRecord(other, other, FileState.READY),)))
    library.remove([ROOT])

    library.remove([other])

    assert engine.sent == [RemovePaths((ROOT,))]


def test_what_a_dead_engine_may_not_have_added_is_added_again(library, engine):
    library.add([ROOT])

    engine.restarted.emit()

    assert engine.sent == [AddPaths((ROOT,)), AddPaths((ROOT,))]


def test_what_was_added_to_the_end_is_not_added_again(library, engine):
    library.add([ROOT])
    engine.replied.emit(engine.last_id, ReadingFinished(IngestSummary(1, 0, 0, 0, 1.0)))

    engine.restarted.emit()

    assert len(engine.sent) == 1


def test_progress_is_shown_until_the_reading_ends(library, engine, hear):
    progress = ReadingProgress(3, 40, LEASE)
    progressed, finished = hear(library.progressed), hear(library.finished)

    engine.replied.emit(1, progress)
    engine.replied.emit(1, ReadingFinished(IngestSummary(38, 0, 2, 0, 9.0)))

    assert progressed == [progress, None]
    assert finished == ["38 files read, 2 could not be read"]


def test_a_failed_command_is_told(library, engine, hear):
    failed = hear(library.failed)

    library.add([ROOT])
    engine.replied.emit(engine.last_id, Failed("The disk is full.", "detail"))

    assert failed == [("The disk is full.", "detail")]


def test_files_that_the_next_engine_does_not_know_are_gone(library, engine):
    other = FileRecord(Path("/documents/other.txt"), Path("/documents/other.txt"), FileState.READY)

    engine.started.emit(STARTED)
    engine.replied.emit(0, FilesChanged((other,)))

    assert library.tree.paths() == {other.path}


def test_a_file_chosen_alone_that_is_left_out_says_why(library, engine, hear):
    told = hear(library.told)
    odd = ROOT / "strange"
    library.add([odd])

    engine.replied.emit(
        engine.last_id,
        FilesChanged((FileRecord(odd, odd, FileState.SKIPPED, reason="No reader knows it."),)),
    )
    engine.replied.emit(engine.last_id, ReadingFinished(IngestSummary(0, 0, 0, 0, 1.0)))

    assert told == ["“strange”: No reader knows it."]


def test_a_large_ledger_comes_slice_by_slice_and_then_is_told_to_be_there(library, engine, qtbot):
    engine.started.emit(STARTED)
    files = tuple(FileRecord(ROOT / f"{n}.pdf", ROOT, FileState.READY) for n in range(3000))

    with qtbot.waitSignal(library.loaded):
        engine.replied.emit(0, FilesChanged(files))
        assert library.tree.files < len(files)

    assert library.tree.files == len(files)


def test_changes_that_come_meanwhile_keep_their_order(library, engine, qtbot):
    engine.started.emit(STARTED)
    files = tuple(FileRecord(ROOT / f"{n}.pdf", ROOT, FileState.READY) for n in range(3000))
    last = files[-1].path

    with qtbot.waitSignal(library.settled) as settled:
        engine.replied.emit(0, FilesChanged(files))
        engine.replied.emit(7, FilesChanged((), (last,)))
        engine.replied.emit(7, ReadingFinished(IngestSummary(0, 0, 0, 1, 1.0)))
        assert library.tree.files < 2999

    assert settled.args == [7]
    assert library.tree.record(last) is None
    assert library.tree.files == 2999
