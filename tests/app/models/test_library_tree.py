import random
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.models.library_tree import LibraryTree, Role
from rag.records import FileRecord, FileState

ROOT = Path("/documents/Contracts")


def record(name, state=FileState.READY, root=ROOT, **known):
    return FileRecord(root / name, root, state, **{"pages": 3, **known})


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

    tree.filter("LEASE 2024", attention_only=False)

    assert lines(tree) == ["Contracts 3", "  Leases 2", "    2024.pdf 3 p"]
    tree.filter("", attention_only=False)
    assert len(lines(tree)) == 5


def test_files_that_need_attention_can_be_shown_alone(tree):
    tree.change(
        [record("a.pdf"), record("b.pdf", FileState.SKIPPED), record("c.pdf", FileState.WAITING)]
    )

    tree.filter("", attention_only=True)
    tree.change([record("c.pdf", FileState.FAILED)])

    assert lines(tree) == ["Contracts 3", "  b.pdf left out", "  c.pdf not read"]


def test_two_roots_of_one_name_stay_apart(tree):
    other = Path("/archive/Contracts")

    tree.change([record("a.pdf"), record("a.pdf", root=other)])

    assert [line.strip() for line in lines(tree)].count("a.pdf 3 p") == 2


def test_any_order_of_changes_ends_in_the_same_tree(tree):
    chance = random.Random(7)
    names = [f"{folder}/{number}.pdf" for folder in ("a", "b", "b/c") for number in range(30)]
    kept = {}
    for _ in range(60):
        batch = {
            name: record(name, chance.choice(list(FileState))) for name in chance.sample(names, 5)
        }
        gone = set(chance.sample(names, chance.choice([1, 2, 40]))) - set(batch)
        tree.change(batch.values(), [ROOT / name for name in gone])
        kept = {name: file for name, file in (kept | batch).items() if name not in gone}
    fresh = LibraryTree()
    fresh.change(kept.values())

    assert lines(tree) == lines(fresh)
    assert (
        (tree.files, tree.attention)
        == (fresh.files, fresh.attention)
        == (len(kept), fresh.attention)
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
        "filter": lambda: tree.filter("file 99", attention_only=False),
    }.items():
        began = time.perf_counter()
        work()
        times[what] = time.perf_counter() - began

    assert times["all"] < 1.5
    assert max(times["one more"], times["a batch read"]) < 0.05
    assert times["filter"] < 0.3
