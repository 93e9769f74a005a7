import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.widgets.pages_popup import PagesPopup, joined_pages, pages_in


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        ("7", ((7, 7),)),
        (" 3-5 ", ((3, 5),)),
        ("3–5, 9", ((3, 5), (9, 9))),
        ("9; 3 — 5", ((3, 5), (9, 9))),
        ("1-4, 3-6, 7", ((1, 7),)),
        ("٣", ((3, 3),)),
        ("", ()),
        ("0", ()),
        ("5-3", ()),
        ("3, x", ()),
        ("-2", ()),
        ("3,", ()),
    ],
)
def test_pages_are_understood_as_they_are_typed(typed, pages):
    assert pages_in(typed) == pages


def test_ranges_that_touch_become_one():
    assert joined_pages([(8, 9), (1, 3), (4, 5)]) == ((1, 5), (8, 9))


@pytest.mark.windows
def test_enter_takes_pages_and_says_what_is_none(qtbot):
    popup = PagesPopup(None)
    qtbot.addWidget(popup)

    qtbot.keyClicks(popup.field, "five")
    with qtbot.assertNotEmitted(popup.chosen):
        qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup._outcome.text() == "Type numbers from 1 on, as 7 or 3–5, 9."
    popup.field.clear()
    qtbot.keyClicks(popup.field, "5")
    assert "left out" in popup._outcome.text()
    with qtbot.waitSignal(popup.chosen) as chosen:
        popup.findChild(QPushButton).click()

    assert chosen.args == [((5, 5),)]
