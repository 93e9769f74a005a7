"""Which documents were read whole, in the library: the sign, the words, the wishes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.models.library_roles import Role
from app.models.library_tree import LibraryTree
from app.widgets.library_pane import LibraryPane
from rag.records import FileRecord, FileState
from tests.app import records_of_whole as whole_show

ROOT = Path("/documents/Contracts")
LEASE, RULES, SCAN = ROOT / "Lease.pdf", ROOT / "House rules.docx", ROOT / "Scan.pdf"
READ, FORGET = "Read whole in the background", "Forget what was read whole"


@pytest.fixture
def tree(qapp):
    tree = LibraryTree()
    tree.change(
        [
            FileRecord(LEASE, ROOT, FileState.READY, pages=31, words=9000, paged=True),
            FileRecord(RULES, ROOT, FileState.READY, words=4100),
            FileRecord(SCAN, ROOT, FileState.FAILED, reason="It is a scan."),
        ]
    )
    return tree


@pytest.fixture
def pane(qtbot, tree):
    pane = LibraryPane(tree)
    qtbot.addWidget(pane)
    pane.resize(260, 700)
    return pane


def actions(pane, *paths):
    return {action.text(): action for action in pane.menu_for(list(paths)).actions()}


def picture(pane, path):
    """The row of a file as it is painted."""
    rect = pane.view.visualRect(pane.view.model().index_of(path))
    rect.setLeft(0)
    rect.setRight(pane.view.viewport().width())
    return pane.view.viewport().grab(rect).toImage()


def test_what_was_read_whole_is_said_in_words(tree):
    tree.mark_whole({LEASE: 1.0, RULES: 0.4})

    lease, rules = tree.index_of(LEASE), tree.index_of(RULES)
    role = Qt.ItemDataRole.AccessibleTextRole
    whole = "Read whole: questions about all of it are answered at once."
    assert whole in lease.data(role)
    assert whole in lease.data(Qt.ItemDataRole.ToolTipRole)
    assert "Read whole up to 40%" in rules.data(role)
    assert "whole" not in tree.index_of(SCAN).data(role)
    assert [index.data(Role.WHOLE) for index in (lease, rules)] == [1.0, 0.4]


def test_a_mark_that_is_gone_is_taken_back_and_only_changed_rows_are_told(tree):
    tree.mark_whole({LEASE: 1.0, RULES: 0.4})
    told = []
    tree.dataChanged.connect(lambda top, _bottom: told.append(top.data(Role.PATH)))

    tree.mark_whole({RULES: 0.4})

    assert told == [LEASE]
    assert tree.index_of(LEASE).data(Role.WHOLE) == 0.0


def test_a_file_that_is_filtered_away_is_marked_too(tree):
    tree.filter("rules")
    tree.mark_whole({LEASE: 1.0})
    tree.filter("")

    assert tree.index_of(LEASE).data(Role.WHOLE) == 1.0


def test_the_words_of_documents_are_counted_together(tree):
    assert tree.words_in([LEASE, RULES]) == 13_100
    assert tree.words_in([LEASE, SCAN]) == 0
    assert tree.words_in([ROOT / "Never seen.pdf"]) == 0


@pytest.mark.windows
def test_a_file_that_was_read_whole_has_a_sign_and_one_in_part_another(pane, qtbot):
    pane.show()
    tree = pane.view.model()
    pane.view.expand(tree.index_of(ROOT))
    qtbot.waitUntil(lambda: pane.view.visualRect(tree.index_of(LEASE)).height() > 0)
    seen = []
    for share in (0.0, 0.4, 1.0):
        tree.mark_whole({LEASE: share} if share else {})
        seen.append(picture(pane, LEASE))

    assert seen[0] != seen[1]
    assert seen[1] != seen[2]


@pytest.mark.windows
def test_a_file_is_read_whole_in_the_background_from_its_menu(pane, qtbot):
    with qtbot.waitSignal(pane.read_whole_wanted) as wanted:
        actions(pane, LEASE, RULES)[READ].trigger()

    assert wanted.args == [[LEASE, RULES]]


@pytest.mark.windows
@pytest.mark.parametrize("path", [ROOT, SCAN])
def test_what_is_no_document_that_was_read_offers_none_of_it(pane, path):
    assert not {READ, FORGET} & set(actions(pane, path))


@pytest.mark.windows
def test_what_was_read_whole_can_be_forgotten_and_not_read_again(pane, qtbot):
    assert FORGET not in actions(pane, LEASE)
    pane.view.model().mark_whole({LEASE: 1.0})
    offered = actions(pane, LEASE)

    assert not offered[READ].isEnabled()
    with qtbot.waitSignal(pane.forget_whole_wanted) as wanted:
        offered[FORGET].trigger()
    assert wanted.args == [[LEASE]]


@pytest.mark.windows
def test_what_is_half_read_can_be_read_to_its_end(pane):
    pane.view.model().mark_whole({LEASE: 0.4})

    offered = actions(pane, LEASE)

    assert offered[READ].isEnabled()
    assert FORGET in offered


@pytest.mark.windows
def test_reading_in_the_background_stands_at_the_foot(pane):
    pane.show()
    pane.show_whole(whole_show.PROGRESS, 2)
    assert pane.whole.isVisible()

    pane.show_whole(None, 0)

    assert not pane.whole.isVisible()
