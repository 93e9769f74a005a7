import dataclasses

import pytest
from PySide6.QtCore import QPoint, Qt

from app import theme
from rag.events import (
    AnswerFinished,
    Failed,
    PrefillProgress,
    SentenceCited,
    TextStreamed,
)
from tests.app import records_for_show as show
from tests.app.widgets.transcript_driving import (
    begin,
    click,
    conversation,
    place_of,
    stream,
    text_of,
)

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


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

    card = transcript.findChild(type(transcript.card))
    assert card.isVisible()
    assert card._what.text() == "Reading 6 passages… 8 s"
    assert card._bar.value() == card._bar.maximum() // 2
    with qtbot.waitSignal(transcript.stop_wanted):
        qtbot.mouseClick(card._stop, Qt.MouseButton.LeftButton)


def test_the_first_word_ends_the_wait(qtbot, transcript):
    begin(transcript)

    transcript.show_event(TextStreamed("Either party"))

    qtbot.waitUntil(lambda: "Either party" in text_of(transcript))
    assert not transcript.card.isVisible()


def test_a_finished_sentence_gets_its_mark_while_the_next_streams(qtbot, transcript):
    begin(transcript)

    stream(transcript, show.ANSWER.text[:120])
    transcript.show_event(SentenceCited(show.ANSWER.sentences[0]))

    qtbot.waitUntil(lambda: "of a month.  1   The notice" in text_of(transcript))
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
    assert "Looked at 40 passages in 118 files · 2 files not read yet" in text
    with qtbot.waitSignal(transcript.wishes.own_knowledge_wanted) as wanted:
        click(qtbot, transcript, "Answer from the model’s own knowledge")
    assert wanted.args == [show.DECLINED.question]


def test_a_failure_says_what_to_do_and_folds_its_details(qtbot, transcript):
    begin(transcript)

    transcript.show_event(Failed("The model stopped. Free some memory.", "llama_decode: -3"))

    assert "The model stopped. Free some memory." in text_of(transcript)
    assert "llama_decode" not in text_of(transcript)
    click(qtbot, transcript, "Show details")
    assert "llama_decode: -3" in text_of(transcript)
    with qtbot.waitSignal(transcript.wishes.retry_wanted) as wanted:
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
    assert not transcript.card.isVisible()


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


def test_an_answer_that_is_shorter_than_its_evidence_leaves_the_question_at_the_top(transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    begin(transcript)
    before = transcript._place.top_of(2)

    transcript.show_event(AnswerFinished(dataclasses.replace(show.ANSWER, evidence=())))

    assert abs(transcript.browser.verticalScrollBar().value() - before) <= 2
