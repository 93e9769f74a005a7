import random
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.models.file_filter import Only
from app.models.library_roles import Role
from app.models.library_tree import LibraryTree
from rag.records import FileRecord, FileState, health_of

ROOT = Path("/documents/Contracts")


def record(name, state=FileState.READY, root=ROOT, **known):
    return FileRecord(root / name, root, **{"state": state, "pages": 3, **known})


@pytest.fixture
def tree(qapp):
    tree = LibraryTree()
    tree.tester = QAbstractItemModelTester(
        tree, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return tree


TOP = QModelIndex()


def lines(tree, above=TOP, depth=0):
    found = []
    for row in range(tree.rowCount(above)):
        index = tree.index(row, 0, above)
        assert tree.parent(index) == above
        found.append("  " * depth + tree.data(index) + " " + tree.data(index, Role.DETAIL))
        found += lines(tree, index, depth + 1)
    return found


def test_folders_stand_before_files_and_numbers_in_their_order(tree):
    tree.change(
        [record("page 10.pdf"), record("Page 9.pdf"), record("zebra/a.pdf", FileState.WAITING)]
    )

    assert lines(tree) == [
        "Contracts 3",
        "  zebra 1",
        "    a.pdf waiting",
        "  Page 9.pdf 3 p",
        "  page 10.pdf 3 p",
    ]


def test_a_file_added_alone_stands_at_the_top(tree):
    file = Path("/documents/one.txt")

    tree.change([FileRecord(file, file, FileState.READY, words=1200, paged=False), record("a.pdf")])

    assert lines(tree)[0] == "Contracts 1"
    assert lines(tree)[2].startswith("one.txt 1")


def test_a_changed_line_is_told_to_the_views(tree, qtbot):
    tree.change([record("a.pdf", FileState.READING), record("b.pdf")])

    with qtbot.waitSignal(tree.dataChanged):
        tree.change([record("a.pdf", FileState.FAILED, reason="“a.pdf” is damaged.")])

    index = tree.index_of(ROOT / "a.pdf")
    assert tree.data(index, Role.DETAIL) == "not read"
    assert "“a.pdf” is damaged." in tree.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert tree.attention == 1


def test_an_emptied_folder_disappears(tree):
    tree.change([record("deep/er/a.pdf"), record("b.pdf")])

    tree.change([], [ROOT / "deep" / "er" / "a.pdf"])

    assert lines(tree) == ["Contracts 1", "  b.pdf 3 p"]


def test_a_removed_folder_takes_its_files_along(tree):
    tree.change([record("deep/a.pdf", FileState.FAILED), record("deep/er/c.pdf"), record("b.pdf")])

    tree.change([], [ROOT / "deep"])

    assert lines(tree) == ["Contracts 1", "  b.pdf 3 p"]
    assert tree.attention == 0


def test_a_file_that_moves_to_another_root_is_shown_once(tree):
    tree.change([record("sub/a.pdf")])

    tree.change([FileRecord(ROOT / "sub/a.pdf", ROOT / "sub", FileState.READY, pages=1)])

    assert lines(tree) == ["sub 1", "  a.pdf 1 p"]


def test_the_filter_matches_folders_and_names(tree):
    tree.change([record("Leases/2024.pdf"), record("Leases/2023.pdf"), record("2024 report.pdf")])

    tree.filter("LEASE 2024")

    assert lines(tree) == ["Contracts 3", "  Leases 2", "    2024.pdf 3 p"]
    tree.filter("")
    assert len(lines(tree)) == 5


def test_files_that_need_attention_can_be_shown_alone(tree):
    tree.change(
        [record("a.pdf"), record("b.pdf", FileState.PARTIAL), record("c.pdf", FileState.WAITING)]
    )

    tree.filter("", Only.ATTENTION)
    tree.change([record("c.pdf", FileState.FAILED)])

    assert lines(tree) == ["Contracts 3", "  b.pdf in part", "  c.pdf not read"]


@pytest.mark.parametrize(
    ("known", "detail"),
    [
        ({"pages": 31, "scanned_pages": 4}, "31 p · 4 scanned"),
        ({"pages": 31, "scanned_pages": 31}, "31 p, scanned"),
        ({"pages": 1, "paged": False, "words": 1200}, "1.2k words"),
        ({"same_as": ROOT / "b.pdf"}, "a copy"),
        ({"state": FileState.PARTIAL, "pages": 31, "unread_pages": 2}, "29 of 31 p"),
        ({"state": FileState.FAILED, "locked": True}, "locked"),
        ({"state": FileState.FAILED, "failures": 2}, "set aside"),
        ({"state": FileState.SKIPPED}, "left out"),
        ({"state": FileState.MISSING}, "missing"),
    ],
)
def test_a_row_says_how_its_file_stands(tree, known, detail):
    tree.change([record("a.pdf", **known)])

    assert tree.data(tree.index_of(ROOT / "a.pdf"), Role.DETAIL) == detail


def test_a_tooltip_tells_all_of_the_ledger_s_line(tree):
    tree.change(
        [
            record(
                "a.pdf",
                FileState.PARTIAL,
                pages=31,
                scanned_pages=4,
                empty_pages=2,
                unread_pages=1,
                words=912,
                reason="Page 7 is damaged.",
                like=ROOT / "old.pdf",
                first_seen=1_760_000_000.0,
            )
        ]
    )

    tip = tree.data(tree.index_of(ROOT / "a.pdf"), Qt.ItemDataRole.ToolTipRole)
    assert "In part: 31 pages, 4 scanned, 2 empty, 1 unread, 912 words." in tip
    assert "Page 7 is damaged." in tip
    assert "Nearly the same as old.pdf" in tip
    assert "First seen" in tip


@pytest.mark.parametrize(
    ("known", "needs"),
    [
        ({"state": FileState.PARTIAL}, 1),
        ({"state": FileState.FAILED, "locked": True}, 1),
        ({"state": FileState.FAILED, "failures": 2}, 1),
        ({"state": FileState.MISSING}, 1),
        ({"state": FileState.SKIPPED}, 0),
        ({"state": FileState.READY}, 0),
    ],
)
def test_what_could_not_be_read_needs_a_look_and_what_a_rule_leaves_out_does_not(
    tree, known, needs
):
    tree.change([record("a.pdf", **known)])

    assert tree.attention == needs


def test_the_rules_that_leave_files_out_are_counted(tree):
    reasons = ["Hidden.", "Temporary.", "Hidden."]
    tree.change(
        [record(f"{n}", FileState.SKIPPED, reason=why) for n, why in enumerate(reasons)]
        + [record("a.pdf", FileState.FAILED, reason="Damaged.")]
    )

    assert tree.left_out() == [("Hidden.", 2), ("Temporary.", 1)]


def test_two_roots_of_one_name_stay_apart(tree):
    other = Path("/archive/Contracts")

    tree.change([record("a.pdf"), record("a.pdf", root=other)])

    assert [line.strip() for line in lines(tree)].count("a.pdf 3 p") == 2


@pytest.mark.parametrize("only", Only)
def test_any_order_of_changes_ends_in_the_same_tree(tree, only):
    chance = random.Random(7)
    tree.filter("", only)
    names = [f"{folder}/{number}.pdf" for folder in ("a", "b", "b/c") for number in range(30)]
    kept = {}
    for _ in range(60):
        batch = {
            name: record(name, chance.choice(list(FileState)), words=chance.randrange(99))
            for name in chance.sample(names, 5)
        }
        gone = set(chance.sample(names, chance.choice([1, 2, 40]))) - set(batch)
        tree.change(batch.values(), [ROOT / name for name in gone])
        kept = {name: file for name, file in (kept | batch).items() if name not in gone}
    fresh = LibraryTree()
    fresh.change(kept.values())
    fresh.filter("", only)

    assert lines(tree) == lines(fresh)
    assert (
        (tree.files, tree.attention)
        == (fresh.files, fresh.attention)
        == (len(kept), fresh.attention)
    )
    assert tree.health() == health_of(Path(), kept.values())
    assert tree.health(ROOT / "b") == health_of(
        ROOT / "b", [file for name, file in kept.items() if name.startswith("b/")]
    )


def test_ten_thousand_files_do_not_hold_up_the_window(qapp):
    tree = LibraryTree()
    files = [record(f"folder {n % 50}/file {n}.pdf", FileState.WAITING) for n in range(10_000)]

    times = {}
    for what, work in {
        "all": lambda: tree.change(files),
        "one more": lambda: tree.change([record("folder 7/new.pdf")]),
        "a batch read": lambda: tree.change(
            [record(f"folder 3/file {n}.pdf") for n in range(3, 2503, 50)]
        ),
        "filter": lambda: tree.filter("file 99"),
    }.items():
        began = time.perf_counter()
        work()
        times[what] = time.perf_counter() - began

    assert times["all"] < 1.5
    assert max(times["one more"], times["a batch read"]) < 0.05
    assert times["filter"] < 0.3
