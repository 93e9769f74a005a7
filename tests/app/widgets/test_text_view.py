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


PAGES = ["First page.", "", "Last words and"]
PLACES = ((0, "p. 1"), (12, "p. 2"), (13, "p. 3, scanned"))


def test_each_page_stands_under_its_name_and_an_empty_one_says_so(view):
    view.show_text("\f".join(PAGES), 0, 0, (0, 12, 13), PLACES)

    assert view.toPlainText().splitlines() == [
        "p. 1",
        "First page.",
        "p. 2 · no text",
        "",
        "p. 3, scanned",
        "Last words and",
    ]


def test_words_over_the_end_of_a_page_are_marked_without_the_next_page_s_name(view):
    text = "🏠 one\ftwo"

    view.show_text(text, 2, len(text), (0, 6), ((0, "slide 1"), (6, "slide 2")))

    assert view.marked_text().split("\u2029") == ["one", "two"]


def test_the_place_in_view_is_told_as_the_text_is_scrolled(view, qtbot):
    text = "\f".join(["A line of the message.\n" * 40] * 5)
    size = len("A line of the message.\n" * 40) + 1
    starts = tuple(size * n for n in range(5))
    places = tuple((start, f"slide {n}") for n, start in enumerate(starts, 1))
    told = []
    view.place_changed.connect(told.append)

    view.show_text(text, starts[3] + 5, starts[3] + 9, starts, places)
    view.verticalScrollBar().setValue(0)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())

    assert told == ["slide 4", "slide 1", "slide 5"]


def test_more_of_a_very_long_text_comes_when_its_end_is_reached(view):
    text = "".join(f"line {number}\n" for number in range(40_000))
    view.show_text(text, 0, 0)
    bar = view.verticalScrollBar()
    assert "line 39999" not in view.toPlainText()

    for _ in range(20):
        bar.setValue(bar.maximum())

    assert view.toPlainText().endswith("line 39999\n")
    assert len(view.toPlainText()) < 110_000
    for _ in range(20):
        bar.setValue(0)
    assert view.toPlainText().startswith("line 0\n")
