from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from app.widgets.question_box import QuestionBox
from rag.records import Scope
from tests.app import records_for_show as show

pytestmark = [
    pytest.mark.windows,
    pytest.mark.usefixtures("light"),
    pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True),
]
SUFFIXES = (".pdf", ".docx", ".html", ".htm")
LIMITED = Scope((show.FOLDER,), ("pdf",), date(2024, 1, 1))
MANY = Scope(
    tuple(Path(f"A rather long name of a folder, number {number}") for number in range(30)),
    ("pdf", "docx"),
)


@pytest.fixture
def box(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    box = QuestionBox()
    box.in_window = window  # which lives as long as somebody knows it
    QVBoxLayout(window).addWidget(box)
    box.set_suffixes(SUFFIXES)
    box.set_places([show.FOLDER, show.LEASE, show.RULES])
    window.resize(620, 600)
    with qtbot.waitActive(window):
        window.show()
    return box


@pytest.fixture
def chips(box):
    return box.scope_chips


def is_seen_whole(chip):
    return chip.visibleRegion().boundingRect() == chip.rect()


def today():
    now = QDate.currentDate()
    return date(now.year(), now.month(), now.day())


def words(chips):
    return [chip.text() for chip in chips.chips()]


def entries(menu):
    return {action.text(): action for action in menu.actions()}


def submenu(chips, name):
    menu = chips.menu()
    sub = next(sub for sub in menu.findChildren(QMenu) if sub.title() == name)
    return entries(sub)


def test_the_types_that_can_be_read_are_offered_by_name(chips):
    assert list(submenu(chips, "Type")) == ["PDF", "Word", "Web page"]


def test_a_type_is_added_with_all_its_suffixes_and_taken_out_again(chips, qtbot):
    with qtbot.waitSignal(chips.changed) as changed:
        submenu(chips, "Type")["Web page"].trigger()
    assert changed.args == [Scope(types=("html", "htm"))]
    assert submenu(chips, "Type")["Web page"].isChecked()

    submenu(chips, "Type")["Web page"].trigger()

    assert chips.scope == Scope()


@pytest.mark.parametrize(("choice", "days"), [("In the last week", 7), ("In the last month", 30)])
def test_simple_dates_need_no_calendar(chips, choice, days):
    submenu(chips, "Changed")[choice].trigger()

    assert (today() - chips.scope.since).days == days


def test_this_year_begins_on_its_first_day(chips):
    submenu(chips, "Changed")["This year"].trigger()

    assert chips.scope.since == date(today().year, 1, 1)


def test_a_day_is_chosen_from_the_calendar_with_the_keyboard(chips, qtbot):
    submenu(chips, "Changed")["Since a day…"].trigger()
    assert chips.days.isVisible()
    chips.days.calendar.setSelectedDate(QDate(2024, 3, 8))

    table = chips.days.calendar.focusProxy()
    qtbot.keyClick(table, Qt.Key.Key_Right)
    with qtbot.waitSignal(chips.changed) as changed:
        qtbot.keyClick(table, Qt.Key.Key_Return)

    assert changed.args == [Scope(since=date(2024, 3, 9))]
    assert not chips.days.isVisible()


def test_a_last_day_is_kept_beside_the_first(chips):
    chips.show_scope(LIMITED)
    submenu(chips, "Changed")["Until a day…"].trigger()

    chips.days.calendar.activated.emit(QDate(2024, 6, 1))

    assert chips.scope == replace(LIMITED, until=date(2024, 6, 1))


def test_a_last_day_before_the_first_replaces_it(chips):
    chips.show_scope(LIMITED)
    submenu(chips, "Changed")["Until a day…"].trigger()

    chips.days.calendar.activated.emit(QDate(2020, 6, 1))

    assert chips.scope == replace(LIMITED, since=None, until=date(2020, 6, 1))


def test_pages_are_added_to_those_that_are_there(chips):
    chips.show_scope(Scope((show.LEASE,), pages=((3, 5),)))
    entries(chips.menu())["Pages…"].trigger()
    chips.pages.field.setText("6, 9")

    chips.pages.field.returnPressed.emit()

    assert words(chips) == ["Lease 2024.pdf", "Pages 3–6", "Page 9"]


@pytest.mark.parametrize("scope", [Scope((show.RULES,)), Scope(types=("docx",))])
def test_pages_are_offered_only_where_some_file_has_them(chips, scope):
    assert entries(chips.menu())["Pages…"].isEnabled()

    chips.show_scope(scope)

    assert not entries(chips.menu())["Pages (none of these files has any)"].isEnabled()


def test_a_folder_with_paged_files_has_pages(chips):
    chips.show_scope(Scope((show.FOLDER,)))

    assert entries(chips.menu())["Pages…"].isEnabled()


def test_tab_goes_through_the_chips_before_the_question(box, chips, qtbot):
    box.set_scope(LIMITED)
    order = [*chips.chips(), chips.add, box.edit, box._send]
    order[0].setFocus()

    seen = []
    for _ in order:
        seen.append(box.window().focusWidget())
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)

    assert seen == order


def test_backspace_in_the_empty_field_goes_to_the_last_chip(box, chips, qtbot):
    box.set_scope(LIMITED)
    box.edit.setFocus()

    qtbot.keyClick(box.edit, Qt.Key.Key_Backspace)

    assert chips.chips()[-1].hasFocus()
    assert chips.scope == LIMITED


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return])
def test_keys_remove_chip_after_chip_and_end_in_the_field(box, chips, qtbot, key):
    box.set_scope(LIMITED)
    chips.focus_last()

    for left in (2, 1, 0):
        qtbot.keyClick(box.window().focusWidget(), key)
        assert len(chips.chips()) == left

    assert box.edit.hasFocus()
    assert chips.scope == Scope()


def test_arrows_walk_the_chips(chips, qtbot):
    chips.show_scope(LIMITED)
    chips.focus_last()

    qtbot.keyClick(chips.chips()[-1], Qt.Key.Key_Left)
    assert chips.chips()[-2].hasFocus()
    qtbot.keyClick(chips.chips()[-2], Qt.Key.Key_Right)

    assert chips.chips()[-1].hasFocus()


def test_the_menu_leaves_the_chip_in_view_and_works_with_the_keyboard(chips, qtbot):
    chips.add.setFocus()
    qtbot.keyClick(chips.add, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert menu.activeAction().text() == "File or folder…\t@"
    assert not menu.geometry().contains(chips.add.mapToGlobal(chips.add.rect().center()))

    qtbot.keyClick(menu, Qt.Key.Key_Return)

    assert chips.picker.isVisible()


def test_the_adding_chip_is_not_removed_by_delete(chips, qtbot):
    chips.add.setFocus()

    with qtbot.assertNotEmitted(chips.add.clicked):
        qtbot.keyClick(chips.add, Qt.Key.Key_Delete)


def test_many_chips_scroll_and_leave_the_field_its_place(box, chips, qtbot):
    box.set_scope(MANY)
    qtbot.waitUntil(lambda: chips.verticalScrollBar().maximum() > 0)

    assert chips.height() < box.window().height() // 4
    assert box.edit.geometry().bottom() < box.height()
    qtbot.waitUntil(lambda: is_seen_whole(chips.add))
    assert chips.tab_order()[0] is chips.add


def test_a_chip_that_gets_the_focus_scrolls_into_view(box, chips, qtbot):
    box.set_scope(MANY)
    qtbot.waitUntil(lambda: chips.verticalScrollBar().maximum() > 0)
    box.window().activateWindow()
    chips.add.setFocus()

    qtbot.keyClick(chips.add, Qt.Key.Key_Right)
    for chip in chips.chips()[:-1]:
        qtbot.keyClick(chip, Qt.Key.Key_Right)

    assert chips.chips()[-1].hasFocus()
    assert not chips.chips()[-1].visibleRegion().isEmpty()


def test_chips_follow_each_other_without_overlap(box, chips, qtbot):
    box.set_scope(LIMITED)
    row = [*chips.chips(), chips.add]

    def apart():
        return all(
            not one.geometry().intersects(other.geometry())
            for one in row
            for other in row
            if one is not other
        )

    qtbot.waitUntil(apart)


def test_an_at_sign_is_kept_when_another_way_in_was_taken(box, chips, qtbot):
    qtbot.keyClicks(box.edit, "Who ")
    qtbot.keyClick(box.edit, "@")
    chips.picker.hide()

    chips.open_picker()
    chips.picker.chosen.emit(show.LEASE)

    assert box.draft() == "Who @"


def test_every_chip_says_what_pressing_it_does(chips):
    chips.show_scope(LIMITED)

    spoken = [chip.accessibleName() for chip in chips.chips()]

    assert spoken[1] == "Asks only about: PDF. Press to remove."
    assert all(name.endswith("Press to remove.") for name in spoken)


def test_folders_come_first_in_the_list_and_are_told_from_files_by_what_lies_in_them(chips):
    folder = Path("/documents/Version 1.2")
    chips.show_places([folder / "README", folder, folder / "a.pdf"])

    chips.open_picker()

    shown = chips.picker._list.model()
    names = [shown.index(row, 0).data() for row in range(shown.rowCount())]
    assert names == ["Version 1.2", "README", "a.pdf"]
    chips.picker.hide()
