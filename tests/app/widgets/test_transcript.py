import dataclasses

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from app import theme
from app.widgets.selection_copy import numbered
from rag.events import (
    AnswerFinished,
)
from rag.records import ChangedSource
from tests.app import records_for_show as show
from tests.app import records_of_proof as proof
from tests.app.widgets.transcript_driving import (
    begin,
    click,
    conversation,
    place_of,
    stream,
    text_of,
)

_KEEP = QTextCursor.MoveMode.KeepAnchor
pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


# ---------------------------------------------------------------- answers


def test_an_answer_shows_marks_footnotes_and_what_was_read(transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    text = text_of(transcript)

    assert text.startswith(show.QUESTION)
    assert "to the end of a month.  1   The notice" in text
    assert "side letter.  not found in your files" in text
    assert "1\tLease 2024.pdf, p. 7 “…may be terminated" in text
    assert "Read 6 passages from 3 of 158 files · 8 s" in text


def test_a_mark_opens_its_source(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    with qtbot.waitSignal(transcript.citation_chosen) as chosen:
        viewport = transcript.browser.viewport()
        place = place_of(transcript, " 2 ")
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)

    assert chosen.args == [(show.FIRST, show.SECOND, show.THIRD), 1]


def test_a_footnote_opens_its_source(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    with qtbot.waitSignal(transcript.citation_chosen) as chosen:
        click(qtbot, transcript, "House rules.docx")

    assert chosen.args[1] == 1


def test_marks_are_reached_and_pressed_with_the_keyboard(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    transcript.activateWindow()
    transcript.setFocus()

    qtbot.keyClick(transcript.browser, Qt.Key.Key_Tab)
    qtbot.keyClick(transcript.browser, Qt.Key.Key_Tab)
    with qtbot.waitSignal(transcript.citation_chosen) as first:
        qtbot.keyClick(transcript.browser, Qt.Key.Key_Return)
    qtbot.keyClick(transcript.browser, Qt.Key.Key_Tab)
    with qtbot.waitSignal(transcript.citation_chosen) as second:
        qtbot.keyClick(transcript.browser, Qt.Key.Key_Return)

    assert (first.args[1], second.args[1]) == (0, 1)


def test_the_chosen_mark_is_filled_with_the_accent(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    place = place_of(transcript, " 1 ") - QPoint(0, theme.px(6))
    soft = transcript.browser.viewport().grab().toImage().pixelColor(place)

    transcript.browser.link_chosen.emit("1/cite/0/0")

    filled = transcript.browser.viewport().grab().toImage().pixelColor(place)
    assert (soft, filled) == (theme.current().accent_soft, theme.current().accent)


def test_the_chosen_mark_keeps_its_number_in_another_look(qapp, transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    transcript.browser.link_chosen.emit("1/cite/0/0")

    theme.apply(qapp, Qt.ColorScheme.Dark)

    (chosen,) = transcript.browser.extraSelections()
    assert chosen.cursor.selectedText().strip("\u00a0") == "1"
    assert chosen.format.foreground().color() == theme.current().on_accent
    theme.apply(qapp, Qt.ColorScheme.Light)


def test_the_source_pane_can_move_the_filled_mark(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    transcript.browser.link_chosen.emit("1/cite/0/0")

    transcript.mark_citation(2)

    (active,) = transcript.browser.extraSelections()
    assert active.cursor.selectedText().strip() == "3"


def test_hovering_a_mark_tells_its_quote(transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    tip = transcript.browser.cursorForPosition(place_of(transcript, " 1 ")).charFormat().toolTip()

    assert show.LEASE_QUOTE in tip
    assert "p. 7" in tip


def test_a_footnote_stands_closer_to_its_own_sentence_than_to_the_next(transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    document = transcript.browser.document()
    end = document.find("of a month.")
    after = document.find("The notice has")
    mark = document.find("1", end)
    line = transcript.browser.cursorRect
    left, right, start = QTextCursor(mark), QTextCursor(mark), QTextCursor(after)
    left.setPosition(mark.selectionStart() - 1)
    right.setPosition(mark.selectionEnd() + 1)
    start.setPosition(after.selectionStart())

    assert line(left).top() == line(start).top()
    assert 1 <= line(left).left() - line(end).left() <= 4
    assert 5 <= line(start).left() - line(right).left() <= 9


def test_an_answer_of_the_model_alone_looks_different_and_has_no_marks(transcript):
    transcript.show_conversation(conversation(show.OWN))

    text = text_of(transcript)

    assert "From the model’s own knowledge, not from your files" in text
    assert "not found in your files" not in text
    assert "Read nothing from your files" in text


def test_right_to_left_and_chinese_answers_keep_their_marks(transcript):
    transcript.show_conversation(conversation(show.ARABIC, show.CHINESE))

    text = text_of(transcript)

    assert "partly found" in text
    assert "任何一方均可提前三个月书面通知终止租约。  1" in text
    first = transcript.browser.document().firstBlock()
    assert first.textDirection() == Qt.LayoutDirection.RightToLeft


def test_lists_are_set_as_lists(transcript):
    transcript.show_conversation(conversation(show.LIST_ANSWER))

    assert "•\tReport damage at once, in writing.  2" in text_of(transcript)


# ---------------------------------------------------------------- nothing is loaded


@pytest.mark.parametrize(
    "text",
    [
        "![x](file:///etc/passwd)",
        "<img src='//host/share/a.png'>",
        "[click](https://example.org) <a href='file:///'>me</a>",
    ],
)
def test_what_a_model_writes_never_becomes_a_link_or_a_picture(transcript, text, monkeypatch):
    loaded = []
    load = type(transcript.browser).loadResource
    monkeypatch.setattr(
        type(transcript.browser),
        "loadResource",
        lambda self, kind, url: loaded.append(url) or load(self, kind, url),
    )

    begin(transcript)
    stream(transcript, text)
    transcript.show_event(AnswerFinished(show.answer_of([(text, show.Support.SUPPORTED, ())])))
    transcript.grab()

    assert text in text_of(transcript)
    assert loaded == []
    assert not transcript.browser.anchorAt(place_of(transcript, text[:9]))


def test_nothing_but_built_in_resources_is_loaded(transcript, tmp_path):
    picture = tmp_path / "a.png"
    theme.icon("plus").pixmap(16, 16).save(str(picture))

    for address in (picture.as_uri(), "https://example.org/a.png", str(picture)):
        assert transcript.browser.loadResource(2, address).isEmpty()


# ---------------------------------------------------------------- copying


def test_copies_keep_their_footnotes(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    click(qtbot, transcript, "Copy")

    copied = QGuiApplication.clipboard().mimeData()
    assert "to the end of a month.[1] The notice" in copied.text()
    assert "[2] House rules.docx, § 4: “received" in copied.text()
    assert "to the end of a month.<sup>[1]</sup> The notice" in copied.html()
    assert "Copied Export" in text_of(transcript).replace("\u2003", " ")


def test_a_selection_takes_the_sources_along_that_are_in_it(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    document = transcript.browser.document()
    cursor = document.find("The notice has")
    cursor.setPosition(document.find("For tenancies").selectionStart(), _KEEP)
    transcript.browser.setTextCursor(cursor)

    copied = transcript.browser.createMimeDataFromSelection()

    body, _, sources = copied.text().partition("\n\n[1] ")
    assert body.endswith("first month.[1][2]")
    assert "[2] House rules.docx" in sources
    assert "[3]" not in copied.text()
    assert "<sup>[2]</sup>" in copied.html()


def test_a_selection_without_a_mark_is_its_words_alone(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    transcript.browser.setTextCursor(transcript.browser.document().find("written notice"))

    assert transcript.browser.createMimeDataFromSelection().text() == "written notice"


def test_sources_that_are_selected_themselves_are_not_listed_twice(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    transcript.browser.selectAll()

    copied = transcript.browser.createMimeDataFromSelection().text()

    assert copied.count(show.LEASE_QUOTE) == 1


def test_footnotes_of_several_answers_are_counted_anew_in_a_copy(transcript):
    bare = dataclasses.replace(show.ANSWER, sentences=show.ANSWER.sentences[-2:])
    transcript.show_conversation(conversation(bare, proof.REWRITTEN))
    sources = [transcript._source_of(href) for href in ("1/cite/0/0", "2/cite/0/0")]

    pieces, listed = numbered([("1/0", sources[0]), " and ", ("2/0", sources[1])], set())

    assert [source.number for source in sources] == [3, 1]
    assert pieces == [1, " and ", 2]
    assert [(one.number, one.path) for one in listed] == [(1, show.LEASE), (2, show.LEASE)]


def test_a_selection_copies_marks_in_brackets(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    transcript.browser.selectAll()

    copied = transcript.browser.createMimeDataFromSelection().text()

    assert "to the end of a month.[1] The notice" in copied
    assert "side letter. [not found in your files]" in copied
    assert "\u2068" not in copied


def test_part_of_a_selection_behind_an_emoji_is_cut_right(transcript):
    answer = show.answer_of([("A 🏠 house with rooms.", show.Support.SUPPORTED, (show.FIRST,))])
    transcript.show_conversation(conversation(answer))
    transcript.browser.setTextCursor(transcript.browser.document().find("house with"))

    assert transcript.browser.selected_text() == "house with"


# ---------------------------------------------------------------- the look


def test_a_new_look_keeps_the_conversation_and_the_place(qapp, transcript):
    transcript.show_conversation(conversation(*[show.ANSWER] * 4))
    before, scrolled = text_of(transcript), transcript.browser.verticalScrollBar().value()

    theme.apply(qapp, Qt.ColorScheme.Dark)

    assert text_of(transcript) == before
    assert abs(transcript.browser.verticalScrollBar().value() - scrolled) <= 2
    cursor = transcript.browser.document().find("Either party")
    assert cursor.charFormat().foreground().color() == theme.DARK.text


def test_text_twice_as_large_is_not_cut_off(qapp, transcript):
    theme.apply(qapp, Qt.ColorScheme.Light, zoom=2.0)
    transcript.show_conversation(conversation(show.ANSWER, show.DECLINED))

    document = transcript.browser.document()

    assert document.idealWidth() <= transcript.browser.viewport().width()


def test_words_are_found_in_the_conversation_from_either_end(transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    assert transcript.find_text("working day")
    assert transcript.find_text("Either party")
    assert transcript.find_text("side letter", backwards=True)
    assert not transcript.find_text("no such words")


def test_cards_are_painted_where_their_text_is(transcript):
    begin(transcript)
    look = theme.current()

    image = transcript.browser.viewport().grab().toImage()

    inside = place_of(transcript, "House rules.docx") + QPoint(300, 0)
    assert image.pixelColor(inside) == look.card
    assert image.pixelColor(QPoint(10, inside.y())) == look.page
    assert transcript.browser.rect().contains(QPointF(inside).toPoint())


def test_a_footnote_whose_source_changed_says_so_and_is_kept_apart(qtbot, transcript):
    kept = conversation(show.ANSWER, show.ANSWER)
    transcript.show_conversation(kept)
    cited = show.SECOND
    changed = ChangedSource(kept.turns[1].id, cited.path, cited.start, cited.end)

    transcript.show_changed((changed,))

    text = text_of(transcript)
    assert text.count("source changed since") == 1
    assert text.index("source changed since") > len(text) // 2
    transcript.browser.link_chosen.emit("1/note/0")
    assert transcript.changed == frozenset()
    transcript.browser.link_chosen.emit("2/note/0")
    assert transcript.changed == {(cited.path, cited.start, cited.end)}


def test_a_source_that_is_as_it_was_again_is_not_marked_any_more(transcript):
    kept = conversation(show.ANSWER)
    transcript.show_conversation(kept)
    hit = show.ANSWER.evidence[0]
    transcript.show_changed((ChangedSource(kept.turns[0].id, hit.path, hit.start, hit.end),))

    transcript.show_changed(())

    assert "changed since" not in text_of(transcript)
