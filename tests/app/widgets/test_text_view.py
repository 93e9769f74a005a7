import pytest
from PySide6.QtCore import Qt

from app import theme
from app.widgets.text_view import TextView

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
TEXT = "First line.\n" * 200 + "The quoted words.\f" + "Last line.\n" * 200


@pytest.fixture
def view(qtbot):
    view = TextView()
    qtbot.addWidget(view)
    view.resize(360, 400)
    view.show()
    return view


def mark(view, text, words):
    start = text.index(words)
    view.show_text(text, start, start + len(words))


def test_the_quote_is_marked_and_in_view(view):
    mark(view, TEXT, "quoted words")

    assert view.marked_text() == "quoted words"
    (selection,) = view.extraSelections()
    assert selection.format.background().color() == theme.current().mark
    assert view.viewport().rect().contains(view.cursorRect(selection.cursor))


def test_offsets_count_code_points_also_behind_an_emoji(view):
    mark(view, "🏠🏠 " + TEXT, "quoted words")

    assert view.marked_text() == "quoted words"


def test_of_a_very_long_text_the_part_around_the_quote_is_shown(view):
    text = "Some other words.\n" * 30_000 + "The quoted words. " + "And more.\n" * 30_000

    mark(view, text, "quoted words")

    assert view.marked_text() == "quoted words"
    assert view.toPlainText().startswith("Only the part around the passage is shown.")
    assert len(view.toPlainText()) < 110_000


def test_markup_in_a_document_is_only_text(view):
    view.show_text("<img src='file:///a.png'> <b>bold</b>", 0, 0)

    assert view.toPlainText() == "<img src='file:///a.png'> <b>bold</b>"
    assert view.loadResource(2, "file:///a.png") is None


def test_arrows_walk_through_the_footnotes(qtbot, view):
    with qtbot.waitSignal(view.source_step_wanted) as wanted:
        qtbot.keyClick(view, Qt.Key.Key_Right)

    assert wanted.args == [1]


def test_a_new_look_keeps_the_mark(qapp, view):
    mark(view, TEXT, "quoted words")

    theme.apply(qapp, Qt.ColorScheme.Dark)

    (selection,) = view.extraSelections()
    assert selection.format.background().color() == theme.DARK.mark
    assert view.palette().text().color() == theme.DARK.text
