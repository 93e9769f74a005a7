"""Reading in overlapping stages: what goes first, what is tried again, what is given up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.disk.scan import FoundPath
from rag.errors import CorruptFile, EncryptedFile, ReaderCrashed, ReadingTookTooMuchMemory
from rag.events import FilesChanged, IngestEvent, ReadingProgress
from rag.load.how import HowToRead
from rag.reading.ingest import queue_key
from rag.reading.writer import Writer
from rag.records import DocumentInfo, FileState, Page, PageKind
from tests.fakes import FakeReader
from tests.rag.house import House, follow

DAY_NS = 86_400 * 10**9


class Unruly(FakeReader):
    """Raises what a path is to raise, as often as there is something left to raise."""

    def __init__(self, **errors: list[Exception]) -> None:
        super().__init__()
        self.errors = errors
        self.tries: list[tuple[str, bool]] = []

    def read(
        self, path: Path, cancel: CancelToken, before_batch: Callable[[], None], how: HowToRead
    ) -> Generator[DocumentInfo | Page, None, None]:
        self.tries.append((path.stem, how.is_second_try))
        before_batch()
        if self.errors.get(path.stem):
            raise self.errors[path.stem].pop(0)
        yield from super().read(path, cancel, before_batch, how)


def unruly(house: House, **errors: list[Exception]) -> Unruly:
    reader = Unruly(**errors)
    house.library._reader = reader
    return reader


def crash(times: int) -> list[Exception]:
    return [ReaderCrashed(Path("bad.txt")) for _ in range(times)]


def found(name: str, size: int, day: int) -> FoundPath:
    path = Path("/files", name)
    return FoundPath(
        path, path.parent, FileState.WAITING, size_bytes=size, modified_ns=day * DAY_NS + 5
    )


def test_small_files_go_first_and_of_those_alike_the_last_changed():
    files = [
        found("huge.pdf", 50_000_000, 9),
        found("old note.txt", 100, 1),
        found("new note.txt", 50_000, 8),
        found("book.pdf", 3_000_000, 2),
        found("b same day.txt", 100, 1),
    ]

    order = [file.path.name for file in sorted(files, key=queue_key)]

    assert order == ["new note.txt", "b same day.txt", "old note.txt", "book.pdf", "huge.pdf"]


def test_what_was_added_last_goes_first(house: House):
    for folder in ("one", "two"):
        for number in range(3):
            house.write(f"{folder}/{number}.txt", f"Note {number} in folder {folder}.")
    for folder in ("one", "two"):
        reading = house.library.add([house.folder / folder], CancelToken())
        next(reading)
        reading.close()
    assert not house.reader.paths

    house.refresh()

    assert [path.parent.name for path in house.reader.paths] == ["two"] * 3 + ["one"] * 3


def test_a_file_whose_reader_crashed_is_tried_once_more_alone_at_the_end(house: House):
    bad = house.write("bad.txt", "Rowan berries are red.")
    house.write("good.txt", "Sloes are blue.")
    reader = unruly(house, bad=crash(1))

    summary = house.add()

    assert reader.tries == [("bad", False), ("good", False), ("bad", True)]
    assert (summary.read, summary.failed) == (2, 0)
    assert (house.file(bad).state, house.file(bad).failures) == (FileState.READY, 0)


def test_two_failures_in_a_row_put_a_file_in_quarantine(house: House):
    bad = house.write("bad.txt", "Rowan berries are red.")
    reader = unruly(house, bad=crash(9))

    summary = house.add()

    assert summary.failed == 1
    assert house.file(bad).quarantined
    assert "made its reader crash twice" in house.file(bad).reason
    follow(house.library.catch_up((), CancelToken()))
    assert len(reader.tries) == 2


def test_a_file_in_quarantine_is_read_again_once_it_changes(house: House):
    bad = house.write("bad.txt", "Rowan berries are red.")
    unruly(house, bad=crash(2))
    house.add()
    bad.write_text("Rowan berries are red and ripe.", "utf-8")

    follow(house.library.catch_up((), CancelToken()))

    assert house.file(bad).state is FileState.READY
    assert house.file(bad).failures == 0


def test_the_user_can_have_a_file_in_quarantine_tried_again(house: House):
    bad = house.write("bad.txt", "Rowan berries are red.")
    reader = unruly(house, bad=crash(3))
    house.add()
    house.refresh(bad)
    assert house.file(bad).quarantined
    assert reader.tries[-1] == ("bad", True)

    house.refresh(bad)

    assert house.file(bad).state is FileState.READY


def test_damage_is_told_at_once_and_not_tried_twice(house: House):
    house.write("bad.txt", "Rowan berries are red.")
    reader = unruly(house, bad=[CorruptFile(Path("bad.txt"))])

    house.add()

    assert reader.tries == [("bad", False)]


def test_a_first_failure_that_could_not_be_tried_again_is_at_the_next_reading(house: House):
    bad = house.write("bad.txt", "Rowan berries are red.")
    reader = unruly(house, bad=[ReadingTookTooMuchMemory(bad, 1024)])
    cancel = CancelToken()

    def cancel_at_failure(event: IngestEvent) -> None:
        if isinstance(event, FilesChanged) and event.files[0].failures:
            cancel.cancel()

    follow(house.library.add([house.folder], cancel), cancel_at_failure)
    assert house.file(bad).failures == 1

    follow(house.library.catch_up((), CancelToken()))

    assert reader.tries == [("bad", False), ("bad", True)]
    assert house.file(bad).state is FileState.READY


def test_a_locked_file_is_told_as_locked(house: House):
    bad = house.write("bad.txt", "Rowan berries are red.")
    unruly(house, bad=[EncryptedFile(bad)])

    house.add()

    assert house.file(bad).locked
    assert not house.file(bad).failures


def test_copies_in_one_reading_are_parsed_once(house: House):
    for name in ("a", "b", "c"):
        house.write(f"{name}.txt", "Rowan berries are red.")

    summary = house.add()

    assert summary.read == 3
    assert [path.name for path in house.reader.paths] == ["a.txt"]
    assert {file.same_as for file in house.catalog.files()} == {None, house.folder / "a.txt"}


def test_embedding_goes_on_while_a_document_is_written(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    for number in range(6):  # more passages than are embedded at once
        words = (f"Berry number {number} of bush {bush} is red. " for bush in range(1500))
        house.write(f"{number}.txt", "".join(words))
    handed_over, writing, embedding = threading.Event(), threading.Event(), threading.Event()
    write, put, writers = house.catalog.write_chunks, Writer.put, set[str]()

    def noted_put(*arguments):
        handed_over.set()
        put(*arguments)

    def wait_for_embedding(*arguments, **named):
        writers.add(threading.current_thread().name)
        writing.set()
        assert embedding.wait(10)
        return write(*arguments, **named)

    def embed_while_it_writes():
        if handed_over.is_set():
            assert writing.wait(10)
            embedding.set()

    monkeypatch.setattr(Writer, "put", noted_put)
    house.catalog.write_chunks = wait_for_embedding
    house.embedder._before_batch = embed_while_it_writes

    assert house.add().read == 6
    assert writers == {"write-documents"}


def test_scans_that_were_recognised_make_no_file_partial(house: House):
    path = house.write("a.txt", "Rowan berries are red.")
    read = house.reader.read

    def recognised(*arguments):
        for item in read(*arguments):
            if isinstance(item, Page):
                yield Page(1, "1", item.text, PageKind.SCANNED)
            else:
                yield item

    house.reader.read = recognised

    house.add()

    record = house.file(path)
    assert (record.state, record.scanned_pages, record.unread_pages) == (FileState.READY, 1, 0)


def test_progress_tells_why_reading_rests(house: House):
    house.write("a.txt", "Rowan berries are red.")
    why = ["The disk is full."]
    gate = house.library.gate
    gate._ask_every_s = 0
    gate.hold_while(lambda: why[0])
    told: list[str] = []

    def make_room(event: IngestEvent) -> None:
        if isinstance(event, ReadingProgress):
            told.append(event.waits_for)
            why[0] = ""

    summary = follow(house.library.add([house.folder], CancelToken()), make_room)

    assert told[0] == "The disk is full."
    assert told[-1] == ""
    assert summary.read == 1


@pytest.mark.parametrize("paused", [True, False])
def test_a_reading_that_rests_can_be_cancelled(house: House, *, paused: bool):
    house.write("a.txt", "Rowan berries are red.")
    if paused:
        house.library.gate.pause()
    else:
        house.library.gate.hold_while(lambda: "No power.")
    cancel = CancelToken()

    def stop(event: IngestEvent) -> None:
        if isinstance(event, ReadingProgress):
            cancel.cancel()

    assert follow(house.library.add([house.folder], cancel), stop).cancelled
