import dataclasses

import pytest
from PySide6.QtCore import Qt

from app.widgets.source_pane import SourcePane
from rag.events import TextShown
from rag.records import Box
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
CITATIONS = (show.FIRST, show.SECOND, show.THIRD)


@pytest.fixture
def pane(qtbot):
    pane = SourcePane()
    qtbot.addWidget(pane)
    pane.resize(404, 700)
    pane.show()
    return pane


def bring_pages(pane):
    pane.page_wanted.connect(
        lambda path, page, scale: pane.show_picture(show.picture(path, page, scale))
    )


def text_of(citation, text=None):
    filler = "x" * citation.start
    text = filler + citation.quote + " and more." if text is None else text
    return TextShown(citation.path, citation.path.stem, text, (0,))


def test_a_citation_with_a_page_asks_for_its_picture(qtbot, pane):
    with (
        qtbot.waitSignal(pane.page_wanted) as wanted,
        qtbot.waitSignal(pane.citation_shown) as shown,
    ):
        pane.show_citations(CITATIONS, 0)

    assert wanted.args[:2] == [show.LEASE, 7]
    assert wanted.args[2] > 0
    assert shown.args == [0]


def test_the_picture_is_shown_with_its_boxes(pane):
    bring_pages(pane)

    pane.show_citations(CITATIONS, 0)

    assert pane._stack.currentWidget() is pane.page_view
    assert len(pane.page_view.box_rects()) == 2
    assert pane.header._page.text() == "7"
    assert pane.header._after.text() == "of 31"
    assert pane.footer._place.text() == "Footnote 1 of 3"


def test_a_citation_without_pages_asks_for_its_text(qtbot, pane):
    with qtbot.waitSignal(pane.text_wanted) as wanted:
        pane.show_citations(CITATIONS, 1)
    pane.show_text(text_of(show.SECOND))

    assert wanted.args == [show.RULES]
    assert pane._stack.currentWidget() is pane.text_view
    assert pane.text_view.marked_text() == show.SECOND.quote
    assert not pane.header._page.isVisible()


def test_a_quote_that_moved_is_found_again(pane):
    pane.show_citations(CITATIONS, 1)

    pane.show_text(text_of(show.SECOND, f"New words. {show.SECOND.quote}."))

    assert pane.text_view.marked_text() == show.SECOND.quote


def test_a_source_that_changed_says_so_and_shows_the_stored_quote(pane):
    pane.show_citations(CITATIONS, 1)

    pane.show_text(text_of(show.SECOND, "Something else."))

    assert "was changed, moved or deleted since" in pane._words.text()
    assert show.SECOND.quote in pane._quote.text()
    assert pane._quote.isVisible()


def test_a_failure_shows_the_stored_quote(pane):
    pane.show_citations(CITATIONS, 0)

    pane.show_failure("“Lease 2024.pdf” was moved.")

    assert pane._words.text() == "“Lease 2024.pdf” was moved."
    assert show.LEASE_QUOTE in pane._quote.text()


def test_arrows_walk_through_the_footnotes_and_stop_at_the_ends(qtbot, pane):
    bring_pages(pane)
    shown = []
    pane.citation_shown.connect(shown.append)
    pane.show_citations(CITATIONS, 0)

    qtbot.keyClick(pane.page_view, Qt.Key.Key_Left)
    qtbot.keyClick(pane.page_view, Qt.Key.Key_Right)
    qtbot.keyClick(pane.text_view, Qt.Key.Key_Right)
    qtbot.keyClick(pane.page_view, Qt.Key.Key_Right)

    assert shown == [0, 1, 2]
    assert not pane.footer._after.isEnabled()


def test_pages_are_turned_and_boxes_stay_on_theirs(qtbot, pane):
    bring_pages(pane)
    pane.show_citations(CITATIONS, 0)

    qtbot.keyClick(pane.page_view, Qt.Key.Key_PageDown)
    assert pane.header._page.text() == "8"
    assert pane.page_view.box_rects() == []

    qtbot.keyClick(pane.page_view, Qt.Key.Key_PageUp)
    assert len(pane.page_view.box_rects()) == 2


def test_a_page_number_can_be_typed(qtbot, pane):
    bring_pages(pane)
    pane.show_citations(CITATIONS, 0)
    field = pane.header._page
    field.selectAll()
    qtbot.keyClicks(field, "31")

    with qtbot.waitSignal(pane.page_wanted) as wanted:
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert wanted.args[1] == 31


def test_pages_that_do_not_exist_are_not_asked_for(qtbot, pane):
    bring_pages(pane)
    pane.show_citations(CITATIONS, 0)

    with qtbot.assertNotEmitted(pane.page_wanted):
        pane._go_to_page(32)
        pane._go_to_page(0)

    assert pane.header._page.text() == "7"


def test_a_picture_or_text_that_comes_too_late_is_left_alone(pane):
    pane.show_citations(CITATIONS, 0)

    pane.show_picture(show.picture(show.LEASE, 9, 0.5))
    pane.show_text(text_of(show.SECOND))

    assert pane.page_view._image.isNull()
    assert pane._stack.currentWidget() is pane.page_view


def test_a_passage_is_boxed_on_its_page_with_the_boxes_that_come_with_it(qtbot, pane):
    hit = show.HITS[0]
    with qtbot.waitSignal(pane.page_wanted) as wanted:
        pane.show_hit(hit)
    assert wanted.args[:2] == [show.LEASE, 7]
    assert wanted.args[3] == (hit.start, hit.end)

    picture = show.picture(show.LEASE, 7, wanted.args[2])
    pane.show_picture(dataclasses.replace(picture, boxes=(Box(7, 72, 100, 300, 112),)))

    assert len(pane.page_view.box_rects()) == 1
    assert pane.footer._place.text() == "Passage"


def test_a_passage_without_a_page_shows_its_text_marked(pane):
    hit = show.HITS[1]
    pane.show_hit(hit)

    pane.show_text(TextShown(hit.path, hit.title, "y" * hit.start + hit.text, (0,)))

    assert pane.text_view.marked_text().replace("\u2029", "\n") == hit.text


def test_the_file_opens_at_its_page(qtbot, pane):
    bring_pages(pane)
    pane.show_citations(CITATIONS, 2)

    with qtbot.waitSignal(pane.open_wanted) as wanted:
        qtbot.mouseClick(pane.footer._open, Qt.MouseButton.LeftButton)

    assert wanted.args == [show.LEASE, 8]


def test_zooming_changes_the_figure_in_the_bar(qtbot, pane):
    bring_pages(pane)
    pane.show_citations(CITATIONS, 0)

    qtbot.mouseClick(pane.header._plus, Qt.MouseButton.LeftButton)

    assert pane.header._zoom.text() == "50%"


def test_a_whole_file_is_no_passage(pane):
    pane.show_file(show.RULES)

    assert pane.footer._place.text() == "All of its text"


def test_without_a_source_it_says_what_it_is_for(pane):
    pane.show_citations(CITATIONS, 0)

    pane.clear()

    assert "Click a footnote" in pane._words.text()
    assert not pane.footer.isVisible()


def test_a_narrow_pane_keeps_the_files_name(qtbot, pane):
    bring_pages(pane)
    pane.show_citations(CITATIONS, 0)

    pane.resize(280, 500)

    qtbot.waitUntil(lambda: pane.header._name.text() == "Lease 2024.pdf")
    assert not pane.header._zoom.isVisible()


def test_a_source_that_is_known_to_have_changed_shows_its_stored_quote_and_no_page(pane, qtbot):
    first = show.FIRST
    with qtbot.assertNotEmitted(pane.page_wanted):
        pane.show_citations(CITATIONS, 0, frozenset({(first.path, first.start, first.end)}))

    assert "was changed, moved or deleted since" in pane._words.text()
    assert first.quote in pane._quote.text()
    with qtbot.waitSignal(pane.text_wanted):
        pane.step_source(1)


def test_slides_with_numbers_are_shown_as_text_at_their_place(pane, qtbot):
    slide = dataclasses.replace(show.SECOND, path=show.FOLDER / "Talk.pptx", page=4)
    with qtbot.waitSignal(pane.text_wanted):
        pane.show_citations((slide,), 0)

    shown = dataclasses.replace(text_of(slide), places=((0, "slide 4"),))
    pane.show_text(shown)

    assert pane.text_view.marked_text() == slide.quote
    assert pane.header._place.accessibleName() == "slide 4"


def test_pictures_are_shown_with_their_words_boxed_and_called_scanned(pane, qtbot):
    pane.draw_only([".pdf", ".png"])
    picture = dataclasses.replace(show.FIRST, path=show.FOLDER / "Receipt.PNG", page=1)
    picture = dataclasses.replace(picture, place="p. 1, scanned")

    with qtbot.waitSignal(pane.page_wanted) as wanted:
        pane.show_citations((picture,), 0)

    assert wanted.args[:2] == [picture.path, 1]
    assert pane.header._place.accessibleName() == "scanned"


def test_the_walk_grows_with_the_answer_and_what_is_shown_stays(qtbot, pane):
    pane.show_citations(CITATIONS[:1], 0)
    asked = []
    pane.page_wanted.connect(lambda *wanted: asked.append(wanted))

    pane.take_citations(CITATIONS)

    assert asked == []
    assert pane.footer._place.text() == "Footnote 1 of 3"
    pane.step_source(1)
    assert pane.footer._place.text() == "Footnote 2 of 3"


def test_a_walk_through_something_else_is_left_alone(pane):
    pane.show_citations(CITATIONS[1:2], 0)

    before = pane.footer._place.text()

    pane.take_citations(CITATIONS[:1])

    assert pane.footer._place.text() == before


def test_without_a_footnote_there_is_no_walk(pane):
    pane.show_hit(show.HITS[0])

    pane.take_citations(CITATIONS)

    assert "of 3" not in pane.footer._place.text()
