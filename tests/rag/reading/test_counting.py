"""Documents are counted as they are read, and later where they were not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, DiskFull, NoModel
from rag.events import FilesChanged, IngestEvent
from rag.index.token_counts import CountedDocument, TokenCounts
from rag.protocols import TokenCounter
from rag.reading.counting import TokenDesk, portions
from rag.records import FileState, Scope
from tests.fakes import FakeCounter
from tests.rag.house import House, follow

ALL = Scope()


def counted(house: House, vocabulary: str = "words") -> dict[str, int | None]:
    return {one.path.name: one.tokens for one in house.catalog.token_counts.of(ALL, vocabulary)}


def test_what_is_read_is_counted(house: House):
    counter = FakeCounter()
    house.library.open_counter = lambda: counter
    house.write("a.txt", "one two\fthree")
    house.write("b.txt", "four")

    house.add()

    assert counted(house) == {"a.txt": 3, "b.txt": 1}
    assert "one two\nthree" in counter.texts
    assert counter.is_closed


def test_without_a_model_all_is_read_and_nothing_counted(house: House):
    def none() -> TokenCounter:
        raise NoModel

    house.library.open_counter = none
    house.write("a.txt", "one two")

    summary = house.add()

    assert summary.read == 1
    assert counted(house) == {"a.txt": None}
    assert list(house.library.count_tokens(CancelToken())) == []


def test_what_was_read_before_is_counted_in_a_quiet_moment(house: House):
    house.write("a.txt", "one two three")
    house.write("b.txt", "four")
    house.add()
    house.library.open_counter = FakeCounter

    documents = list(house.library.count_tokens(CancelToken()))

    assert len(documents) == 2
    assert counted(house) == {"a.txt": 3, "b.txt": 1}
    assert list(house.library.count_tokens(CancelToken())) == []


def test_another_model_counts_for_itself(house: House):
    house.library.open_counter = FakeCounter
    house.write("a.txt", "one two three")
    house.add()
    house.library.open_counter = lambda: FakeCounter("letters")

    for _ in house.library.count_tokens(CancelToken()):
        pass

    assert counted(house, "letters") == counted(house, "words") == {"a.txt": 3}


def test_counting_in_a_quiet_moment_waits_for_questions(house: House):
    house.write("a.txt", "one")
    house.add()
    house.library.open_counter = FakeCounter
    cancel = CancelToken()
    counting: Iterator[None] = house.library.count_tokens(cancel)

    with house.library.gate.question():
        cancel.cancel()
        with pytest.raises(Cancelled):
            next(counting)

    assert counted(house) == {"a.txt": None}


def test_on_demand_only_what_is_missing_in_the_scope_is_counted(house: House):
    house.write("one/a.txt", "one two three")
    house.write("two/b.txt", "four")
    house.add()
    counter = FakeCounter()
    desk = TokenDesk(house.catalog, lambda: counter)
    scope = Scope(paths=(house.folder / "one",))

    first = desk.counted(scope, CancelToken())
    again = desk.counted(scope, CancelToken())

    assert first == again
    assert [(one.path.name, one.tokens, one.words) for one in first] == [("a.txt", 3, 3)]
    assert len(counter.texts) == 1
    desk.close()


def test_a_full_disk_costs_the_count_alone(house: House, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise DiskFull(Path("library"))

    monkeypatch.setattr(TokenCounts, "keep", full)
    house.library.open_counter = FakeCounter
    house.write("a.txt", "one")

    assert house.add().read == 1


def test_counting_stops_when_it_is_cancelled(house: House):
    class Stopping(FakeCounter):
        def count_tokens(self, text: str) -> int:
            cancel.cancel()
            return super().count_tokens(text)

    cancel = CancelToken()
    house.write("a.txt", "word and more\n" * 20_000)
    house.add()
    counter = Stopping()

    with pytest.raises(Cancelled):
        TokenDesk(house.catalog, lambda: counter).counted(ALL, cancel)

    assert len(counter.texts) == 1


def test_portions_join_to_the_text_and_end_with_lines():
    text = "A line of some words.\n" * 10_000 + "\f" + "no end " * 20_000

    parts = list(portions(text))

    assert "".join(parts) == text.replace("\f", "\n")
    assert len(parts) > 3
    assert parts[0].endswith("\n")
    assert max(map(len, parts)) <= 100_000


def test_an_empty_document_has_no_tokens(house: House):
    house.write("a.txt", "one\f")
    house.add()

    found: list[CountedDocument] = TokenDesk(house.catalog, FakeCounter).counted(ALL, CancelToken())

    assert [one.tokens for one in found] == [1]


def test_a_document_is_told_of_before_it_is_counted(house: House):
    told: list[FileState] = []
    is_told = threading.Event()

    class Late(FakeCounter):
        def count_tokens(self, text: str) -> int:
            assert is_told.wait(10)
            return super().count_tokens(text)

    def note(event: IngestEvent) -> None:
        if isinstance(event, FilesChanged) and event.files[0].state is FileState.READY:
            told.append(event.files[0].state)
            is_told.set()

    house.library.open_counter = Late
    house.write("a.txt", "one two")

    follow(house.library.add([house.folder], CancelToken()), note)

    assert told
    assert counted(house) == {"a.txt": 2}
