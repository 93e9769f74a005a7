"""What an answer looked at."""

from __future__ import annotations

from dataclasses import replace

from rag.events import PlanMade
from rag.records import FileRecord, FileState, Scope
from tests.rag.desk import FILLER, LEASE, NOTICE, Desk, evidence, final


def test_it_tells_all_passages_and_files_in_scope(desk: Desk) -> None:
    desk.read()

    everywhere = evidence(desk.ask(NOTICE)).coverage
    scope = Scope((desk.files / "lease.txt",))
    within = evidence(desk.ask(replace(NOTICE, scope=scope))).coverage

    assert everywhere.passages_in_scope == desk.catalog.count_chunks() == 2
    assert (within.passages_in_scope, within.files_in_scope) == (1, 1)


def test_what_was_found_but_not_read_is_told_as_left_out(desk: Desk) -> None:
    for number in range(6):
        text = f"{LEASE} Flat {number} has its own lease. " + f"{FILLER} " * 6
        (desk.files / f"{number}.txt").write_text(text, "utf-8")
    desk.read()
    desk.options = replace(desk.options, first_word_s=2.0)

    events = desk.ask(NOTICE)

    found, read = evidence(events).coverage, final(events).coverage
    plan = next(event for event in events if isinstance(event, PlanMade))
    assert found.passages_left_out == 0
    assert read.passages == plan.passages < found.passages
    assert read.passages_left_out == found.passages - read.passages


def test_passages_that_are_read_as_one_count_each(desk: Desk) -> None:
    text = "\n\n".join(f"{LEASE} {n}. " + f"{FILLER} " * 12 for n in range(3))
    (desk.files / "lease.txt").write_text(text, "utf-8")
    desk.read()
    scope = Scope((desk.files / "lease.txt",))

    events = desk.ask(replace(NOTICE, scope=scope))

    plan = next(event for event in events if isinstance(event, PlanMade))
    assert plan.passages == 1
    assert final(events).coverage.passages == len(evidence(events).hits) > 1
    assert final(events).coverage.passages_left_out == 0


def test_files_that_wait_to_be_read_are_told(desk: Desk) -> None:
    desk.read()
    waiting = FileRecord(desk.files / "new.txt", desk.files, FileState.WAITING)
    desk.catalog.save_files([waiting])

    assert final(desk.ask(NOTICE)).coverage.files_unread == 1
