"""A scan held against the ledger tells what is to be read, what stays, and what is let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag.disk.compare import Comparison, Differences, expected_moves
from rag.disk.rules import CLOUD
from rag.disk.scan import FoundPath
from rag.records import FileRecord, FileState

ROOT = Path("root").absolute()
READY = FileRecord(
    ROOT / "a.txt",
    ROOT,
    FileState.READY,
    chunks=3,
    size_bytes=9,
    modified_ns=5,
    first_seen=10.0,
    last_seen=10.0,
    device=1,
)
THERE = FoundPath(ROOT / "a.txt", ROOT, FileState.WAITING, size_bytes=9, modified_ns=5, device=1)


def compared(
    found: Sequence[FoundPath], known: Sequence[FileRecord], *, retry: bool = False
) -> Differences:
    comparison = Comparison(99.0, retry, lambda path: 7, lambda line: 50.0)
    return comparison.of(
        {item.path: item for item in found}, {line.path: line for line in known}, known
    )


def test_what_is_as_it_was_stays_as_it_is() -> None:
    assert compared([THERE], [READY]) == Differences(unchanged=1)


def test_what_is_new_waits_and_is_first_seen_now() -> None:
    assert compared([THERE], []).waiting == [replace(THERE, first_seen=99.0, last_seen=99.0)]


def test_what_changed_waits_and_was_first_seen_before() -> None:
    changed = replace(THERE, modified_ns=6)

    assert compared([changed], [READY]).waiting == [
        replace(changed, first_seen=10.0, last_seen=99.0)
    ]


def test_what_could_not_be_read_waits_until_it_changes_or_the_user_asks() -> None:
    failed = replace(READY, state=FileState.FAILED, reason="It is damaged.")

    assert compared([THERE], [failed]).unchanged == 1
    assert len(compared([THERE], [failed], retry=True).waiting) == 1


def test_what_its_reader_did_not_survive_is_tried_once_more_and_then_only_when_asked() -> None:
    crashed = replace(READY, state=FileState.FAILED, reason="It crashed.", failures=1)

    (again,) = compared([THERE], [crashed]).waiting

    assert (again.failures, again.reason) == (1, "It crashed.")
    assert compared([THERE], [replace(crashed, failures=2)]).unchanged == 1
    changed = replace(THERE, size_bytes=8)
    assert compared([changed], [replace(crashed, failures=2)]).waiting[0].failures == 0


def test_a_line_of_before_times_were_kept_gets_them_without_a_reading() -> None:
    old = replace(READY, first_seen=0.0, last_seen=0.0, device=0)

    found = compared([THERE], [old])

    assert found.unchanged == 1
    assert found.renewed == [replace(READY, first_seen=99.0, last_seen=99.0)]


def test_what_comes_back_unchanged_is_known_by_its_document() -> None:
    missing = replace(READY, state=FileState.MISSING, reason="Its drive is away.")

    assert compared([THERE], [missing]).waiting[0].document_id == 7
    changed = replace(THERE, size_bytes=8)
    assert compared([changed], [missing]).waiting[0].document_id is None


def test_what_goes_to_the_cloud_keeps_its_text_and_its_facts() -> None:
    item = replace(THERE, state=FileState.SKIPPED, reason=CLOUD.sentence, rule=CLOUD)

    (line,) = compared([item], [READY]).missing

    assert line.state is FileState.MISSING
    assert (line.size_bytes, line.modified_ns, line.chunks) == (9, 5, 3)
    assert line.last_seen == 50.0
    assert compared([item], [line]).unchanged == 1


def test_what_waits_for_its_reading_when_it_vanishes_is_read_whatever_it_is_then() -> None:
    waiting = replace(READY, state=FileState.WAITING)
    item = replace(THERE, state=FileState.SKIPPED, reason=CLOUD.sentence, rule=CLOUD)

    (line,) = compared([item], [waiting]).missing

    assert (line.size_bytes, line.modified_ns) == (0, 0)


def test_a_rule_that_begins_to_hold_lets_the_text_go() -> None:
    item = replace(THERE, state=FileState.SKIPPED, reason="Hidden files are left out.")

    (line,) = compared([item], [READY]).settled

    assert (line.state, line.first_seen) == (FileState.SKIPPED, 10.0)


def test_a_deleted_file_waits_for_what_it_may_have_become() -> None:
    def moves(item: FoundPath, line: FileRecord = READY) -> tuple[int, int, int]:
        differences = Differences(waiting=[item], deleted=[line.path])
        moved, heirs, others = expected_moves(differences, {line.path: line})
        return len(moved), len(heirs), len(others)

    elsewhere = ROOT / "other"
    assert moves(replace(THERE, path=elsewhere / "a.txt", size_bytes=1)) == (1, 1, 0)
    assert moves(replace(THERE, path=elsewhere / "b.md")) == (1, 1, 0)
    assert moves(replace(THERE, path=ROOT / "b.txt", size_bytes=1)) == (1, 1, 0)
    assert moves(replace(THERE, path=elsewhere / "b.txt", size_bytes=1)) == (0, 0, 1)
    assert moves(replace(THERE, path=elsewhere / "a.txt"), replace(READY, chunks=0)) == (0, 0, 1)
