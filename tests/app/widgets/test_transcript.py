import dataclasses

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from app import theme
from app.widgets.transcript import Transcript
from rag.events import (
    AnswerFinished,
    EvidenceFound,
    Failed,
    PlanMade,
    PrefillProgress,
    SentenceCited,
    TextStreamed,
)
from rag.records import Mode
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


@pytest.fixture
def transcript(qtbot):
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(620, 600)
    transcript.show()
    return transcript


def conversation(*answers):
    turns = tuple(show.turn(number, answer) for number, answer in enumerate(answers, 1))
    return dataclasses.replace(show.CONVERSATION, turns=turns)


def text_of(transcript):
    text = transcript.browser.toPlainText()
    return text.replace("\u00a0", " ").replace("\u2068", "").replace("\u2069", "")


def place_of(transcript, words):
    """The middle of the first place where `words` stand, in the viewport."""
    document = transcript.browser.document()
    cursor = document.find(words.replace(" ", "\u00a0"))
    cursor = document.find(words) if cursor.isNull() else cursor
    assert not cursor.isNull(), f"{words!r} is not in {text_of(transcript)!r}"
    left = QTextCursor(cursor)
    left.setPosition(cursor.selectionStart())
    start = transcript.browser.cursorRect(left).center()
    end = transcript.browser.cursorRect(cursor).center()
    return QPoint(min((start.x() + end.x()) // 2, start.x() + 12), start.y())


def click(qtbot, transcript, words):
    viewport = transcript.browser.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place_of(transcript, words))


def stream(transcript, text, step=20):
    for at in range(0, len(text), step):
        transcript.show_event(TextStreamed(text[at : at + step]))


def begin(transcript):
    transcript.begin_turn(show.QUESTION)
    transcript.show_event(EvidenceFound(show.HITS, show.COVERAGE, 0.1))
    transcript.show_event(PlanMade(Mode.PASSAGES, "", 6, 1800, 12.0))


# ---------------------------------------------------------------- answers


def test_an_answer_shows_marks_footnotes_and_what_was_read(transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    text = text_of(transcript)

    assert text.startswith(show.QUESTION)
    assert "to the end of a month.  1  The notice" in text
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


# ---------------------------------------------------------------- the answer in work


def test_evidence_shows_at_once_with_the_questions_words_marked(transcript):
    begin(transcript)

    cursor = transcript.browser.document().find(
        "notice", transcript.browser.document().find("Found")
    )

    assert "Found in your files" in text_of(transcript)
    assert cursor.charFormat().background().color() == theme.current().mark


def test_a_card_opens_its_passage_wherever_it_is_clicked(qtbot, transcript):
    begin(transcript)

    with qtbot.waitSignal(transcript.hit_chosen) as chosen:
        place = QPoint(560, place_of(transcript, "House rules.docx").y())
        viewport = transcript.browser.viewport()
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)

    assert chosen.args == [show.HITS[1]]


def test_while_the_model_reads_the_wait_is_told(qtbot, transcript):
    begin(transcript)

    transcript.show_event(PrefillProgress(900, 1800, 8.0))

    card = transcript.findChild(type(transcript._card))
    assert card.isVisible()
    assert card._what.text() == "Reading 6 passages… 8 s"
    assert card._bar.value() == card._bar.maximum() // 2
    with qtbot.waitSignal(transcript.stop_wanted):
        qtbot.mouseClick(card._stop, Qt.MouseButton.LeftButton)


def test_the_first_word_ends_the_wait(qtbot, transcript):
    begin(transcript)

    transcript.show_event(TextStreamed("Either party"))

    qtbot.waitUntil(lambda: "Either party" in text_of(transcript))
    assert not transcript._card.isVisible()


def test_a_finished_sentence_gets_its_mark_while_the_next_streams(qtbot, transcript):
    begin(transcript)

    stream(transcript, show.ANSWER.text[:120])
    transcript.show_event(SentenceCited(show.ANSWER.sentences[0]))

    qtbot.waitUntil(lambda: "of a month.  1  The notice" in text_of(transcript))
    text = text_of(transcript)
    assert text.index("Either party") < text.index("Found in your files")


def test_streaming_does_not_move_the_passage_that_is_read(qtbot, transcript):
    transcript.resize(620, 300)
    begin(transcript)
    bar = transcript.browser.verticalScrollBar()
    bar.setValue(bar.value() + place_of(transcript, "Found in your files").y() - 4)
    before = place_of(transcript, "House rules.docx").y()

    stream(transcript, show.ANSWER.text * 3)

    qtbot.waitUntil(lambda: "side letter" in text_of(transcript))
    assert abs(place_of(transcript, "House rules.docx").y() - before) <= 2


def test_streaming_does_not_move_the_answer_that_is_read(qtbot, transcript):
    begin(transcript)
    stream(transcript, show.ANSWER.text)
    qtbot.waitUntil(lambda: "side letter" in text_of(transcript))
    before = place_of(transcript, "Either party").y()

    stream(transcript, "\n\n" + show.ANSWER.text * 12)
    qtbot.waitUntil(lambda: not transcript._flush.isActive())

    assert place_of(transcript, "Either party").y() == before
    assert transcript._pill.isVisible()


def test_the_pill_leads_to_the_newest_words_and_stays_there(qtbot, transcript):
    begin(transcript)
    stream(transcript, show.ANSWER.text * 12)
    qtbot.waitUntil(transcript._pill.isVisible)

    qtbot.mouseClick(transcript._pill, Qt.MouseButton.LeftButton)
    stream(transcript, "\n\n" + "And more. " * 60 + "The very last words.")
    qtbot.waitUntil(lambda: "very last words" in text_of(transcript))

    assert 0 < place_of(transcript, "very last words").y() < transcript.browser.viewport().height()
    assert not transcript._pill.isVisible()


@pytest.mark.parametrize("words", ["party may end", "e-mail are welcome"])
def test_a_selection_survives_streaming(qtbot, transcript, words):
    begin(transcript)
    stream(transcript, show.ANSWER.text[:150])
    qtbot.waitUntil(lambda: "Either party may" in text_of(transcript))
    cursor = transcript.browser.document().find(words)
    transcript.browser.setTextCursor(cursor)

    stream(transcript, show.ANSWER.text[150:])
    qtbot.waitUntil(lambda: "side letter" in text_of(transcript))

    assert transcript.browser.textCursor().selectedText() == words


def test_escape_stops_the_answer_in_work_only(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    with qtbot.assertNotEmitted(transcript.stop_wanted):
        qtbot.keyClick(transcript.browser, Qt.Key.Key_Escape)

    begin(transcript)

    with qtbot.waitSignal(transcript.stop_wanted):
        qtbot.keyClick(transcript.browser, Qt.Key.Key_Escape)


def test_a_stopped_answer_says_so(transcript):
    begin(transcript)

    transcript.show_event(AnswerFinished(dataclasses.replace(show.ANSWER, stopped=True)))

    assert "Stopped · Read 6 passages" in text_of(transcript)
    assert not transcript.is_running


def test_an_answer_that_finishes_looks_like_the_stored_one(transcript):
    transcript.show_conversation(conversation(show.DECLINED, show.ANSWER))
    stored = text_of(transcript)

    transcript.show_conversation(conversation(show.DECLINED))
    begin(transcript)
    stream(transcript, show.ANSWER.text)
    for sentence in show.ANSWER.sentences:
        transcript.show_event(SentenceCited(sentence))
    transcript.show_event(AnswerFinished(show.ANSWER))

    assert text_of(transcript) == stored


def test_events_without_a_question_change_nothing(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    before = text_of(transcript)

    transcript.show_event(TextStreamed("late"))
    transcript.show_event(AnswerFinished(show.DECLINED))
    transcript.end_turn()

    assert text_of(transcript) == before


# ---------------------------------------------------------------- other endings


def test_a_declined_question_shows_the_closest_passages_and_no_answer(qtbot, transcript):
    transcript.show_conversation(conversation(show.DECLINED))

    text = text_of(transcript)

    assert "Your files don’t seem to answer this." in text
    assert text.index("The closest passages") < text.index("House rules.docx, § 6")
    assert "Looked at 40 passages in 118 files · 2 files not yet read" in text
    with qtbot.waitSignal(transcript.own_knowledge_wanted) as wanted:
        click(qtbot, transcript, "Answer from the model’s own knowledge")
    assert wanted.args == [show.DECLINED.question]


def test_a_failure_says_what_to_do_and_folds_its_details(qtbot, transcript):
    begin(transcript)

    transcript.show_event(Failed("The model stopped. Free some memory.", "llama_decode: -3"))

    assert "The model stopped. Free some memory." in text_of(transcript)
    assert "llama_decode" not in text_of(transcript)
    click(qtbot, transcript, "Show details")
    assert "llama_decode: -3" in text_of(transcript)
    with qtbot.waitSignal(transcript.retry_wanted) as wanted:
        click(qtbot, transcript, "Ask again")
    assert wanted.args == [show.QUESTION]


def test_the_words_so_far_stay_when_it_fails(qtbot, transcript):
    begin(transcript)
    stream(transcript, "Either party may")

    transcript.show_event(Failed("The engine stopped."))

    text = text_of(transcript)
    assert text.index("Either party may") < text.index("The engine stopped.")


def test_an_engine_that_went_away_ends_the_turn(transcript):
    begin(transcript)

    transcript.end_turn()

    assert not transcript.is_running
    assert not transcript._card.isVisible()


def test_the_passages_that_were_read_unfold(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    assert "Offer from Lindemann" not in text_of(transcript)

    click(qtbot, transcript, "Read 6 passages")

    assert "Offer from Lindemann" in text_of(transcript)
    click(qtbot, transcript, "Read 6 passages")
    assert "Offer from Lindemann" not in text_of(transcript)


def test_an_answer_without_any_footnote_shows_what_it_read(transcript):
    bare = dataclasses.replace(
        show.answer_of([("It can be waived.", show.Support.NOT_FOUND, ())]), question=show.QUESTION
    )

    begin(transcript)
    transcript.show_event(AnswerFinished(bare))

    assert "House rules.docx" in text_of(transcript)


# ---------------------------------------------------------------- copying


def test_copies_keep_their_footnotes(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    click(qtbot, transcript, "Copy with footnotes")

    copied = QGuiApplication.clipboard().text()
    assert "to the end of a month.[1] The notice" in copied
    assert "[2] House rules.docx, § 4: “received" in copied


def test_a_plain_copy_is_the_answer_alone(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    click(qtbot, transcript, "Copy")

    assert QGuiApplication.clipboard().text() == show.ANSWER.text
    assert "8 s\u2003Copied\u2003Copy with" in text_of(transcript)


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
