"""Reading goes on after a sudden end and after a full disk, and is fair to the files."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import DiskFull
from rag.events import IngestEvent, ReadingProgress
from rag.index.catalog import Catalog
from rag.index.drafts import DraftOf
from rag.options import Options
from rag.reading import holds
from rag.reading.gate import ReadingGate
from rag.reading.patience import Patience, how_to_read, tidy_up
from rag.records import DocumentInfo, FileRecord, FileState, IngestSummary, Page
from tests.rag.house import House, follow

FILE = Path("/files/a.pdf")
DONE = IngestSummary(1, 0, 0, 0, 1.0)


@pytest.fixture
def catalog(house: House) -> Catalog:
    return house.catalog


def waiting(path: Path = FILE, failures: int = 0) -> FileRecord:
    return FileRecord(
        path, path.parent, FileState.WAITING, size_bytes=1, modified_ns=2, failures=failures
    )


def line(catalog: Catalog) -> FileRecord:
    found = catalog.file(FILE)
    assert found is not None
    return found


def die_while_reading(catalog: Catalog) -> None:
    catalog.drafts.note_in_work(FILE)
    tidy_up(catalog)


def test_a_file_that_was_in_work_when_the_engine_died_counts_a_failure(catalog: Catalog):
    catalog.save_files([waiting()])

    die_while_reading(catalog)

    assert (line(catalog).state, line(catalog).failures) == (FileState.FAILED, 1)
    assert "tried once more" in line(catalog).reason
    tidy_up(catalog)
    assert line(catalog).failures == 1


def test_a_file_at_which_the_engine_died_twice_is_not_tried_a_third_time(catalog: Catalog):
    catalog.save_files([waiting()])

    die_while_reading(catalog)
    die_while_reading(catalog)

    assert line(catalog).quarantined
    assert "was being read when Footnote ended unexpectedly twice" in line(catalog).reason


def test_a_large_file_that_was_getting_on_is_not_to_blame(catalog: Catalog):
    catalog.save_files([waiting()])
    info = DocumentInfo("A", 3, paged=True, format="PDF")
    draft = catalog.drafts.start(DraftOf(FILE, 1, 2, "sha", ""), info)
    catalog.drafts.note_in_work(FILE)
    catalog.drafts.write_pages(draft, [Page(1, "1", "Rowan")])

    tidy_up(catalog)

    assert (line(catalog).state, line(catalog).failures) == (FileState.WAITING, 0)
    assert catalog.drafts.find("sha", "") is not None


def test_a_file_that_was_read_before_the_end_is_not_to_blame(catalog: Catalog):
    catalog.save_files([FileRecord(FILE, FILE.parent, FileState.READY)])

    die_while_reading(catalog)

    assert line(catalog).state is FileState.READY


def test_a_reading_that_ends_or_is_cancelled_blames_nobody(house: House):
    house.write("a.txt", "Rowan berries are red.")
    house.write("b.txt", "BROKEN")

    house.add()

    assert house.catalog.drafts.interrupted() == []


def test_the_settings_say_how_files_are_read():
    how = how_to_read(Options(ocr=False, ocr_language="latin"))

    assert (how.ocr, how.ocr_language) == (False, "latin")
    assert how.what_it_changes != how_to_read(Options()).what_it_changes


class Disk:
    """A disk that is full for some readings and for some looks at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, readings: int, looks: int) -> None:
        self.readings, self.looks = readings, looks
        monkeypatch.setattr(holds.Room, "why_not", self._why_not)
        monkeypatch.setattr("rag.reading.patience._POLL_S", 0.0)

    def _why_not(self) -> str:
        self.looks -= 1
        return "There is no room." if self.looks >= 0 else ""

    def read(self) -> Generator[IngestEvent, None, IngestSummary]:
        yield ReadingProgress(0, 1, None)
        if self.readings:
            self.readings -= 1
            raise DiskFull(Path("/library"))
        return DONE


def test_reading_waits_on_a_full_disk_and_goes_on_by_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    disk = Disk(monkeypatch, readings=2, looks=9)
    patience = Patience(ReadingGate(), tmp_path, lambda: True)
    told: list[str] = []

    def note(event: IngestEvent) -> None:
        assert isinstance(event, ReadingProgress)
        told.append(event.waits_for)

    summary = follow(patience.going_on(disk.read, CancelToken()), note)

    assert summary == DONE
    assert told == ["", "There is no room.", "", "", ""]
    assert disk.readings == 0


def test_a_wait_on_a_full_disk_can_be_cancelled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    disk = Disk(monkeypatch, readings=1, looks=10**9)
    patience, cancel = Patience(ReadingGate(), tmp_path, lambda: True), CancelToken()

    def stop(event: IngestEvent) -> None:
        if isinstance(event, ReadingProgress) and event.waits_for:
            cancel.cancel()

    assert follow(patience.going_on(disk.read, cancel), stop).cancelled


def test_a_full_disk_and_an_empty_battery_close_the_gate(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    disk = Disk(monkeypatch, readings=0, looks=10**9)
    gate = ReadingGate(ask_every_s=0)
    Patience(gate, tmp_path, lambda: True)
    assert gate.waits_for == "There is no room."

    disk.looks = 0

    assert gate.waits_for == ""
