"""What the command line prints of the ledger is complete, and reads well."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from rag import output
from rag.disk.rules import HIDDEN, uses
from rag.events import EmbedderChanged
from rag.options import Options
from rag.records import EmbedderInfo, FileRecord, FileState, health_of

ROOT = Path("docs").absolute()
READY = FileRecord(
    ROOT / "a.pdf",
    ROOT,
    FileState.READY,
    pages=1200,
    words=56789,
    chunks=9,
    scanned_pages=7,
    first_seen=1_700_000_000.0,
    last_seen=1_700_000_100.5,
)
LINES = [
    READY,
    replace(READY, path=ROOT / "b.pdf", same_as=ROOT / "a.pdf", like=None),
    replace(READY, path=ROOT / "c.pdf", state=FileState.PARTIAL, unread_pages=2, like=READY.path),
    FileRecord(ROOT / "d.pdf", ROOT, FileState.FAILED, "It is locked.", locked=True),
    FileRecord(ROOT / "e.pdf", ROOT, FileState.FAILED, "It crashes.", failures=2),
    FileRecord(ROOT / ".f", ROOT, FileState.SKIPPED, HIDDEN.sentence),
]
EMBEDDER = EmbedderChanged(EmbedderInfo("mini", "Mini", "", 3, "", "", installed=True), ())


def told() -> dict[str, Any]:
    rules = uses(Options(), LINES)
    return cast("Any", output.status(LINES, [health_of(ROOT, LINES)], rules, EMBEDDER))


def test_a_folder_s_health_is_one_line() -> None:
    assert output.health(health_of(ROOT, LINES)) == (
        "6 files: 2 ready, 1 read in part, 2 not readable, 1 left out; "
        "1 locked, 1 in quarantine, 1 copy; "
        "3,600 pages (21 scanned, 2 not read); 170,367 words"
    )
    assert output.health(health_of(ROOT, [])) == "no files"
    assert output.health(health_of(ROOT, [replace(READY, pages=1, words=1, scanned_pages=0)])) == (
        "1 file: 1 ready; 1 page; 1 word"
    )


def test_status_has_a_row_for_each_path_with_all_that_is_known_of_it() -> None:
    rows = {Path(row["path"]).name: row for row in told()["documents"]}

    assert set(rows) == {"a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf", ".f"}
    assert rows["a.pdf"]["root"] == str(ROOT)
    assert (rows["b.pdf"]["same_as"], rows["b.pdf"]["like"]) == (str(ROOT / "a.pdf"), None)
    assert (rows["c.pdf"]["like"], rows["c.pdf"]["unread_pages"]) == (str(ROOT / "a.pdf"), 2)
    assert (rows["d.pdf"]["locked"], rows["d.pdf"]["quarantined"]) == (True, False)
    assert (rows["e.pdf"]["quarantined"], rows["e.pdf"]["failures"]) == (True, 2)
    assert rows["d.pdf"]["first_seen"] is None


def test_times_are_told_with_the_offset_of_the_local_clock() -> None:
    row = told()["documents"][0]

    seen = datetime.fromisoformat(row["last_seen"])
    assert seen.utcoffset() is not None
    assert seen.timestamp() == 1_700_000_100


def test_status_tells_each_rule_with_its_switch_and_its_count() -> None:
    rules = {row["id"]: row for row in told()["rules"]}

    assert rules["hidden"] == {
        "id": "hidden",
        "sentence": HIDDEN.sentence,
        "setting": "hidden_files",
        "on": True,
        "paths": 1,
    }
    assert rules["pattern"]["on"] is False
    assert rules["temporary"]["setting"] is None


def test_status_tells_how_each_folder_stands() -> None:
    (folder,) = told()["folders"]

    assert folder["root"] == str(ROOT)
    assert (folder["files"], folder["ready"], folder["duplicates"]) == (6, 2, 1)
    assert folder["health"].startswith("6 files: ")
