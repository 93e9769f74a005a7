from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.models.library_tree import LibraryTree
from app.widgets.library_pane import LibraryPane
from rag.events import ReadingProgress
from rag.records import FileRecord, FileState
from tests.app import records_for_show as show

ROOT = Path("/documents/Contracts")
LEASE = ROOT / "Lease.pdf"
SCAN = ROOT / "Old scan.pdf"


@pytest.fixture
def pane(qtbot):
    tree = LibraryTree()
    pane = LibraryPane(tree)
    pane.tree = tree
    qtbot.addWidget(pane)
    tree.change(
        [
            FileRecord(LEASE, ROOT, FileState.READY, pages=31),
            FileRecord(SCAN, ROOT, FileState.FAILED, reason="“Old scan.pdf” is a scan."),
        ]
    )
    qtbot.waitUntil(lambda: pane.view.isExpanded(tree.index_of(ROOT)))
    return pane


def names(pane):
    tree = pane.tree
    root = tree.index(0, 0)
    return [tree.index(row, 0, root).data() for row in range(tree.rowCount(root))]


def said(pane):
    return "".join(
        c for c in pane.foot.line.text().replace("\u00a0", " ") if c not in "\u2068\u2069"
    )


def test_a_small_new_folder_is_shown_open(pane):
    assert pane.view.isExpanded(pane.tree.index_of(ROOT))


def test_a_large_new_folder_stays_closed_however_its_files_come(pane, qtbot):
    large = Path("/documents/Papers")

    for start in (0, 50):
        numbers = range(start, start + 50)
        pane.tree.change([FileRecord(large / f"{n}.pdf", large, FileState.READY) for n in numbers])

    qtbot.waitUntil(lambda: large in pane._known)
    assert not pane.view.isExpanded(pane.tree.index_of(large))
    assert pane.view.isExpanded(pane.tree.index_of(ROOT))


def test_a_file_shown_elsewhere_is_selected_in_its_opened_folder(pane):
    pane.view.collapse(pane.tree.index_of(ROOT))
    pane.search.setFocus()

    pane.show_file(LEASE)

    assert pane.selected() == [LEASE]
    assert pane.view.isExpanded(pane.tree.index_of(ROOT))
    assert not pane.view.hasFocus()


def test_a_file_without_a_row_leaves_none_selected(pane):
    pane.show_file(LEASE)

    pane.show_file(Path("/elsewhere/Old.pdf"))

    assert pane.selected() == []


def test_typing_a_name_shows_only_what_has_it(pane, qtbot):
    QTest.keyClicks(pane.search, "lease")

    qtbot.waitUntil(lambda: names(pane) == ["Lease.pdf"])


def test_what_needs_a_look_is_counted_and_can_be_shown_alone(pane):
    assert pane.foot.attention.text() == "1 needs a look"

    pane.foot.attention.click()

    assert names(pane) == ["Old scan.pdf"]


def test_the_button_goes_with_the_last_file_that_needs_a_look(pane):
    pane.foot.attention.click()

    pane.tree.change([FileRecord(SCAN, ROOT, FileState.READY, pages=2)])

    assert pane.foot.attention.isHidden()
    assert names(pane) == ["Lease.pdf", "Old scan.pdf"]


def test_what_is_left_out_can_be_shown_alone_by_its_rule(pane):
    pane.tree.change(
        [
            FileRecord(ROOT / ".git", ROOT, FileState.SKIPPED, reason="Hidden."),
            FileRecord(ROOT / "a.tmp", ROOT, FileState.SKIPPED, reason="Temporary."),
        ]
    )
    assert pane.foot.left_out.text() == "2 left out"
    pane.foot.attention.click()

    pane.foot.left_out.click()
    assert names(pane) == [".git", "a.tmp"]
    assert not pane.foot.attention.isChecked()

    pane.show_left_out("Temporary.")
    assert names(pane) == ["a.tmp"]
    pane.foot.left_out.click()
    assert len(names(pane)) == 4


def test_the_line_of_figures_is_of_the_folder_that_is_chosen(pane):
    other = Path("/documents/Papers")
    pane.tree.change([FileRecord(other / "a.pdf", other, FileState.READY, pages=9)])
    assert said(pane) == "3 files · 2 read\n40 pages"

    pane.view.setCurrentIndex(pane.tree.index_of(LEASE))

    assert said(pane) == "Contracts: 2 files · 1 read · 1 needs a look\n31 pages"


def test_a_filter_that_finds_much_opens_no_folder_of_it(pane):
    large = Path("/documents/Papers")
    pane.tree.change([FileRecord(large / f"{n}.pdf", large, FileState.FAILED) for n in range(1000)])

    pane.foot.attention.click()

    assert pane.view.isExpanded(pane.tree.index_of(ROOT))
    assert not pane.view.isExpanded(pane.tree.index_of(large))


def test_a_filter_that_finds_nothing_says_so(pane, qtbot):
    QTest.keyClicks(pane.search, "zebra")

    qtbot.waitUntil(lambda: not pane._empty.isHidden())


def test_what_was_closed_stays_closed_when_a_filter_ends(pane, qtbot):
    pane.view.collapse(pane.tree.index_of(ROOT))

    pane.foot.attention.click()
    pane.foot.attention.click()

    assert not pane.view.isExpanded(pane.tree.index_of(ROOT))


def test_the_delete_key_removes_the_selection(pane, qtbot):
    with qtbot.waitActive(pane):
        pane.show()
    pane.view.setCurrentIndex(pane.tree.index_of(LEASE))
    pane.view.setFocus()

    with qtbot.waitSignal(pane.removed) as removed:
        QTest.keyClick(pane.view, Qt.Key.Key_Delete)

    assert removed.args == [[LEASE]]


def test_alt_and_enter_tell_all_that_is_known_of_the_selection(pane, qtbot):
    with qtbot.waitActive(pane):
        pane.show()
    pane.view.setCurrentIndex(pane.tree.index_of(SCAN))
    pane.view.setFocus()

    with qtbot.waitSignal(pane.about_wanted) as wanted:
        QTest.keyClick(pane.view, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert wanted.args == [SCAN]


def test_a_selected_folder_stands_for_its_files(pane):
    pane.view.selectAll()

    assert pane.selected() == [ROOT]


@pytest.mark.parametrize(
    ("words", "signal", "said"),
    [
        ("Ask only about this", "ask_only_wanted", [LEASE]),
        ("Open", "open_wanted", LEASE),
        ("Show in folder", "reveal_wanted", LEASE),
        ("Show what Footnote sees", "text_wanted", LEASE),
        ("About this file…", "about_wanted", LEASE),
        ("Read again", "refresh_wanted", [LEASE]),
        ("Remove from library", "removed", [LEASE]),
    ],
)
def test_every_wish_of_the_menu_names_the_file(pane, qtbot, words, signal, said):
    menu = pane.menu_for([LEASE])
    action = next(action for action in menu.actions() if action.text() == words)

    with qtbot.waitSignal(getattr(pane, signal)) as wished:
        action.trigger()

    assert wished.args == [said]


def test_pressing_enter_on_a_file_shows_what_was_read(pane, qtbot):
    with qtbot.waitSignal(pane.text_wanted) as wanted:
        pane.view.activated.emit(pane.tree.index_of(LEASE))

    assert wanted.args == [LEASE]


def test_pressing_enter_on_what_was_not_read_tells_why(pane, qtbot):
    with qtbot.waitSignal(pane.about_wanted) as wanted:
        pane.view.activated.emit(pane.tree.index_of(SCAN))

    assert wanted.args == [SCAN]


@pytest.mark.parametrize(("file", "offered"), [(LEASE, True), (SCAN, False), (ROOT, False)])
def test_what_was_seen_is_offered_for_every_file_that_was_read(pane, file, offered):
    texts = [action.text() for action in pane.menu_for([file]).actions()]

    assert ("Show what Footnote sees" in texts) is offered


def test_a_password_is_asked_for_the_locked_files_of_a_folder(pane, qtbot):
    locked = ROOT / "Tax.pdf"
    pane.tree.change([FileRecord(locked, ROOT, FileState.FAILED, locked=True)])
    texts = [action.text() for action in pane.menu_for([LEASE]).actions()]
    assert "Enter password…" not in texts

    menu = pane.menu_for([ROOT])
    with qtbot.waitSignal(pane.password_wanted) as wanted:
        next(a for a in menu.actions() if a.text() == "Enter password…").trigger()

    assert wanted.args == [[locked]]


def test_progress_tells_files_place_and_time(pane):
    pane.show_progress(ReadingProgress(11, 40, Path("/d/Manuals/a.pdf"), 1, 3, 170.0))

    card = pane.progress
    assert card._files.text() == "Reading 12 of 40 files"
    assert card._rest.accessibleName() == "Manuals · 3 min left"
    assert card._bar.value() == pytest.approx(1000 * (11 + 1 / 3) / 40, abs=1)


def test_progress_in_a_long_file_tells_its_pages(pane):
    pane.show_progress(ReadingProgress(0, 1, Path("/d/report.pdf"), 12, 252, 40.0))

    assert pane.progress._rest.accessibleName() == "page 12 of 252 · 40 s left"


def test_progress_tells_how_fast_it_is(pane):
    pane.show_progress(ReadingProgress(1, 40, LEASE, pages_per_minute=118.4))
    assert pane.progress._rate.accessibleName() == "118 pages a minute"

    pane.show_progress(ReadingProgress(1, 40, LEASE, pages_per_minute=2.34))
    assert pane.progress._rate.accessibleName() == "2.3 pages a minute"

    pane.show_progress(ReadingProgress(1, 40, LEASE))
    assert pane.progress._rate.isHidden()


def test_reading_that_waits_says_for_what_and_shows_no_progress(pane):
    why = "Reading waits until the computer is plugged in."

    pane.show_progress(ReadingProgress(11, 40, LEASE, seconds_left=9.0, waits_for=why))

    card = pane.progress
    assert card._files.text() == why
    assert card._rest.accessibleName() == "11 of 40 files read"
    assert card._bar.isHidden()
    assert not card._pause.isHidden()
    assert not card._cancel.isHidden()
    pane.show_progress(ReadingProgress(11, 40, LEASE))
    assert not card._bar.isHidden()


def test_paused_reading_can_be_resumed(pane, qtbot):
    pane.show_progress(ReadingProgress(11, 40, None, paused=True))

    assert pane.progress._files.text() == "Paused at 11 of 40 files"
    with qtbot.waitSignal(pane.resume_wanted):
        pane.progress._pause.click()


def test_the_card_goes_when_nothing_is_read(pane):
    pane.show_progress(ReadingProgress(0, 1, LEASE))

    pane.show_progress(None)

    assert pane.progress.isHidden()


def test_a_coming_search_model_gives_way_to_the_reading_of_files(pane):
    pane.search_model.show_state(show.COMING)
    assert not pane.search_model.isHidden()

    pane.show_progress(ReadingProgress(0, 1, LEASE))
    assert pane.search_model.isHidden()
    pane.show_progress(None)

    assert not pane.search_model.isHidden()


def test_a_coming_search_model_pauses_with_the_reading(pane, qtbot):
    pane.search_model.show_state(show.COMING)

    with qtbot.waitSignal(pane.pause_wanted):
        pane.search_model.pause.click()


def test_a_low_pane_is_left_to_the_files(pane, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    pane.setParent(window)
    window.show()
    pane.show()
    pane.resize(260, 600)
    assert pane.drop_area.isVisible()

    pane.resize(260, 200)

    assert not pane.drop_area.isVisible()
    assert pane.view.isVisible()
    pane.setParent(None)
