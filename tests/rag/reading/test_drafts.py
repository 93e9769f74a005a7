"""A large file goes on at the page where its reading stopped, and nothing is embedded twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.disk.scan import FoundPath
from rag.errors import ReaderCrashed
from rag.events import IngestEvent, ReadingProgress
from rag.index.catalog import Catalog
from rag.load.how import PLAINLY, HowToRead
from rag.reading import drafts, embedding_desk
from rag.reading.drafts import DraftedPages
from rag.reading.ingest import Indexer
from rag.records import DocumentInfo, FileState, Page
from tests.fakes import FakeReader
from tests.rag.house import House, follow

FOUND = FoundPath(Path("/files/a.pdf"), Path("/files"), FileState.WAITING)
INFO = DocumentInfo("A title", 4, paged=True, format="PDF")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class PageByPage(FakeReader):
    """Begins at the page that it is told, and takes note of it."""

    def __init__(self, before_page: Callable[[int], None] = lambda _: None) -> None:
        super().__init__()
        self.begun: list[HowToRead] = []
        self.before = before_page
        self.stops_at = 0  # the page where it hangs until it is cancelled

    def read(
        self, path: Path, cancel: CancelToken, before_batch: Callable[[], None], how: HowToRead
    ) -> Generator[DocumentInfo | Page, None, None]:
        self.begun.append(how)
        pages = path.read_text("utf-8").split("\f")
        yield DocumentInfo(path.stem, len(pages), paged=True, format="text")
        for number, text in list(enumerate(pages, 1))[how.first_page - 1 :]:
            before_batch()
            self.before(number)
            assert number != self.stops_at or cancel._event.wait(10)
            cancel.check()
            yield Page(number, str(number), text)


@pytest.fixture
def catalog(house: House) -> Catalog:
    return house.catalog


def page(number: int) -> Page:
    return Page(number, str(number), f"Page {number}")


def test_a_file_that_is_read_quickly_leaves_no_draft(catalog: Catalog):
    pages = DraftedPages(catalog.drafts, FOUND, "sha", PLAINLY, Clock())
    pages.add(INFO)
    for number in (1, 2, 3, 4):
        pages.add(page(number))
    pages.finish(chunks=10)

    assert pages.document_id is None
    assert catalog.drafts.find("sha", PLAINLY.what_it_changes) is None


def test_pages_of_a_file_that_takes_long_are_kept_every_few_seconds(catalog: Catalog):
    clock = Clock()
    pages = DraftedPages(catalog.drafts, FOUND, "sha", PLAINLY, clock)
    pages.add(INFO)
    kept: list[int] = []
    for number in (1, 2, 3, 4):
        clock.now += 4
        pages.add(page(number))
        draft = catalog.drafts.find("sha", PLAINLY.what_it_changes)
        kept.append(len(draft.pages) if draft else 0)

    assert kept == [0, 0, 3, 3]


def test_reading_goes_on_behind_the_pages_of_the_draft(catalog: Catalog):
    first = DraftedPages(catalog.drafts, FOUND, "sha", PLAINLY, Clock())
    first.add(INFO)
    first.add(page(1))
    first.add(page(2))
    first.keep()

    second = DraftedPages(catalog.drafts, FOUND, "sha", PLAINLY, Clock())
    assert (second.first_page, second.is_complete) == (3, False)
    second.add(DocumentInfo("Another title", 4, paged=True, format="PDF"))
    for number in (2, 3, 4):  # a reader may begin earlier than it is told
        second.add(page(number))

    assert second.info == INFO
    assert second.pages == [page(n) for n in (1, 2, 3, 4)]
    assert second.is_complete


def test_a_document_of_many_chunks_becomes_a_draft_however_fast_it_was_read(catalog: Catalog):
    pages = DraftedPages(catalog.drafts, FOUND, "sha", PLAINLY, Clock())
    pages.add(INFO)
    pages.add(page(1))

    pages.finish(chunks=drafts.KEPT_CHUNKS + 1)

    assert pages.document_id is not None


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is kept as a draft from its first page on, and embedded in small portions."""
    monkeypatch.setattr(drafts, "KEPT_AFTER_S", 0.0)
    monkeypatch.setattr(drafts, "KEPT_EVERY_S", -1.0)
    monkeypatch.setattr(embedding_desk, "_PORTION_CHUNKS", 8)


def with_reader(house: House, reader: FakeReader) -> None:
    house.library._reader = reader


BOOK = "\f".join(f"Page {n} says that parcel {n} was seen. " * 30 for n in range(1, 21))


@pytest.mark.usefixtures("eager")
def test_a_cancelled_file_goes_on_at_its_page(house: House):
    path = house.write("book.txt", BOOK)
    cancel = CancelToken()
    reader = PageByPage(lambda number: cancel.cancel() if number == 12 else None)
    reader.stops_at = 12
    with_reader(house, reader)
    follow(house.library.add([path], cancel))
    reader.stops_at = 0
    assert house.file(path).state is FileState.WAITING
    reader.before = lambda _: None

    house.refresh()

    assert [how.first_page for how in reader.begun] == [1, 12]
    assert house.file(path).state is FileState.READY
    assert house.file(path).pages == 20
    document_id = house.catalog.document_of(path)
    assert document_id is not None
    assert house.catalog.document_text(document_id).text == BOOK


@pytest.mark.usefixtures("eager")
def test_what_was_embedded_of_a_cancelled_file_is_not_embedded_again(house: House):
    path = house.write("book.txt", BOOK)
    with_reader(house, PageByPage())
    cancel = CancelToken()
    house.embedder._before_batch = lambda: (
        cancel.cancel() if len(house.embedder.embedded) > 10 else None
    )
    follow(house.library.add([path], cancel))
    once = list(house.embedder.embedded)
    assert house.file(path).state is FileState.WAITING
    house.embedder._before_batch = lambda: None

    house.refresh()

    everything = house.embedder.embedded
    assert 10 < len(once) < len(everything) == len(set(everything)) == house.file(path).chunks
    assert house.vectors.count() == house.catalog.count_chunks() == house.file(path).chunks


@pytest.mark.usefixtures("eager")
def test_a_file_that_changed_meanwhile_is_read_anew(house: House):
    path = house.write("book.txt", BOOK)
    cancel = CancelToken()
    reader = PageByPage(lambda number: cancel.cancel() if number == 12 else None)
    reader.stops_at = 12
    with_reader(house, reader)
    follow(house.library.add([path], cancel))
    reader.stops_at = 0
    reader.before = lambda _: None
    path.write_text(BOOK.replace("parcel", "letter"), "utf-8")

    house.refresh()

    assert [how.first_page for how in reader.begun] == [1, 1]
    assert house.finds("letter") == {"book.txt"}
    assert house.finds("parcel") == set()
    assert house.catalog.drop_incomplete() == []


@pytest.mark.usefixtures("eager")
def test_a_second_try_goes_on_where_the_first_reader_crashed(house: House):
    path = house.write("book.txt", BOOK)
    crashed: list[int] = []

    def crash_once(number: int) -> None:
        if number == 12 and not crashed:
            crashed.append(number)
            raise ReaderCrashed(path)

    reader = PageByPage(crash_once)
    with_reader(house, reader)

    house.add()

    assert [(how.first_page, how.is_second_try) for how in reader.begun] == [
        (1, False),
        (12, True),
    ]
    assert house.file(path).state is FileState.READY
    assert house.file(path).failures == 0


def test_while_a_large_file_is_embedded_small_ones_overtake_it(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(drafts, "KEPT_CHUNKS", 10)
    monkeypatch.setattr(embedding_desk, "_PORTION_CHUNKS", 8)
    large = house.write("large.txt", BOOK)
    seen: list[str] = []
    indexer = _indexer(house)

    def note(event: IngestEvent) -> None:
        if isinstance(event, ReadingProgress):
            return
        seen.extend(file.path.name for file in event.files if file.state is FileState.READY)

    def wait_for_the_readers():
        for thread in threading.enumerate():
            if thread.name.startswith("read-ahead"):
                thread.join(10)

    house.embedder._before_batch = wait_for_the_readers
    small = [house.write(f"small{n}.txt", f"Note {n} is short.") for n in range(3)]
    house.catalog.add_root(house.folder)
    found = [
        FoundPath(path, house.folder, FileState.WAITING, size_bytes=path.stat().st_size)
        for path in (large, *small)
    ]
    for event in indexer.read(found, CancelToken()):
        note(event)

    assert seen[-1] == "large.txt"
    assert sorted(seen[:3]) == ["small0.txt", "small1.txt", "small2.txt"]


def _indexer(house: House) -> Indexer:
    return Indexer(
        house.catalog, house.vectors, house.embedder, house.reader, house.library.gate, 1
    )
