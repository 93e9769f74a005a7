"""Reading whole in the conversation: how far it is, what stays, what is offered and told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt

from rag.events import (
    AnswerFinished,
    ConversationStarted,
    Failed,
    PlanMade,
    PrefillProgress,
    SectionsProgress,
    TextStreamed,
    WholeOffered,
)
from rag.records import Coverage, Mode, WholeDocument
from tests.app import records_for_show as show
from tests.app import records_of_whole as whole_show
from tests.app.widgets.transcript_driving import ask, click, conversation, text_of, written

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light", "english")]
PLAN = PlanMade(Mode.WHOLE_DOCUMENT, whole_show.REASON, 0, 42_000, 241.0)


@pytest.fixture
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def reading(transcript):
    """A transcript while a document is read whole for its question."""
    transcript.card.words_in = lambda _paths: 31_200
    transcript.begin_turn("Summarise this document.", whole_show.ONE)
    transcript.show_event(ConversationStarted(show.INFO, 7))
    transcript.show_event(PLAN)
    transcript.show_event(whole_show.PROGRESS)
    return transcript


@pytest.fixture
def said(monkeypatch):
    told = []
    monkeypatch.setattr(
        "app.widgets.reading_card.announce", lambda _card, words: told.append(words)
    )
    return told


def bare(text):
    return text.replace("\u2068", "").replace("\u2069", "")


# ---------------------------------------------------------------- the reading bar


def test_the_bar_tells_what_is_read_how_far_how_fast_and_how_long_still(reading):
    card = reading.card

    assert card.isVisible()
    assert bare(card._what.words) == "Reading all of Lease 2024.pdf"
    assert card._far.words == "12,400 of 31,200 words · 34 words/s · 3 min left"
    assert card._bar.value() == 397


def test_why_it_is_read_whole_stands_in_the_bar_from_the_start(transcript):
    transcript.begin_turn("Summarise this document.", whole_show.ONE)
    transcript.show_event(PLAN)

    assert transcript.card._hint.text() == whole_show.REASON
    assert transcript.card._far.words == "4 min left"


def test_the_bar_has_room_for_all_of_its_lines(qtbot, reading):
    card = reading.card
    reading.resize(380, 600)

    qtbot.waitUntil(lambda: card.height() >= card.height_at(card.width()))

    assert card._hint.geometry().bottom() <= card.height()
    assert card._hint.height() >= 2 * card._hint.fontMetrics().height()


def test_reading_for_an_answer_is_paused_and_goes_on(qtbot, reading):
    card = reading.card
    with qtbot.waitSignal(card.pause_wanted):
        qtbot.mouseClick(card._pause, Qt.MouseButton.LeftButton)

    reading.show_event(replace(whole_show.PROGRESS, paused=True))

    assert card._far.words == "Paused at 12,400 of 31,200 words"
    with qtbot.waitSignal(card.resume_wanted):
        qtbot.mouseClick(card._pause, Qt.MouseButton.LeftButton)


def test_escape_stops_it_and_the_button_says_that_what_was_read_is_kept(qtbot, reading):
    assert "what was read is kept" in reading.card._stop.toolTip()

    with qtbot.waitSignal(reading.stop_wanted):
        qtbot.keyClick(reading.browser, Qt.Key.Key_Escape)


def test_after_a_stop_it_says_that_it_goes_on_from_here(qtbot, reading):
    reading.show_event(AnswerFinished(replace(whole_show.STOPPED, plan="")))

    words = "Stopped · What was read is kept: next time it goes on from here"
    assert words in text_of(reading)
    assert not reading.card.isVisible()
    with qtbot.waitSignal(reading.wishes.whole_wanted) as wanted:
        click(qtbot, reading, "Ask again")
    assert wanted.args == ["Summarise this document.", whole_show.ONE, Mode.WHOLE_DOCUMENT]


def test_after_a_stop_of_which_the_plan_tells_it_is_told_once(reading):
    reading.show_event(AnswerFinished(whole_show.STOPPED))

    assert "What was read is kept: asking again goes on there.\nStopped · 8 s" in text_of(reading)


def test_once_all_is_read_the_question_is_what_is_waited_for(reading):
    reading.show_event(PrefillProgress(10, 40, 3.0))

    assert reading.card._far.words == "All of it is read. The answer begins in 3 s"
    assert reading.card._bar.value() == reading.card._bar.maximum()


def test_parts_tell_which_one_is_read_and_cannot_be_paused(transcript):
    transcript.begin_turn("Summarise this document.", whole_show.ONE)
    transcript.show_event(replace(PLAN, mode=Mode.SECTIONS, reason="It is too long."))
    transcript.show_event(whole_show.PART)

    assert transcript.card._far.words == "Part 12 of 340 · pp. 88–91 · 50 min left"
    assert transcript.card._pause.isHidden()


def test_the_bar_moves_within_a_part_that_takes_long_and_not_past_it(transcript):
    transcript.begin_turn("Summarise this document.", whole_show.ONE)
    transcript.show_event(SectionsProgress(1, 4, "", 300.0))
    card, seen = transcript.card, [transcript.card._bar.value()]

    for seconds in (40, 60, 5000):
        card._begun -= seconds
        card._tick()
        seen.append(card._bar.value())

    assert seen == [250, 350, 475, 475]


def test_what_a_stopped_answer_did_not_come_to_was_not_left_out_for_lack_of_room(transcript):
    stopped = replace(whole_show.STOPPED, mode=Mode.SECTIONS, coverage=Coverage(0, 0, 1, 0, 75, 75))

    transcript.show_conversation(conversation(stopped))

    assert "Stopped · 75 passages not read · 8 s" in text_of(transcript)


def test_the_answer_takes_the_bars_place(qtbot, reading):
    reading.show_event(TextStreamed("The lease runs for a year."))

    qtbot.waitUntil(lambda: "runs for a year" in text_of(reading))
    assert not reading.card.isVisible()


def test_a_question_after_it_has_a_bar_of_one_line_again(reading):
    high = reading.card.height()
    reading.show_event(AnswerFinished(whole_show.READ))

    ask(reading)

    assert reading.card.height() < high
    assert reading.card._hint.isHidden()


def test_a_screen_reader_is_told_each_quarter(reading, said):
    for done in range(16_000, 41_600, 800):
        reading.show_event(replace(whole_show.PROGRESS, tokens_done=done))

    assert len(said) == 2
    assert bare(said[0]).startswith("Reading all of Lease 2024.pdf: 15,600 of")


# ---------------------------------------------------------------- what is offered


def test_below_an_answer_from_passages_the_whole_is_offered_with_what_it_takes(qtbot, transcript):
    transcript.show_conversation(conversation(whole_show.OFFERED))

    offer = "Read it whole (4 min once, then at once)"
    assert f"8 s\u2003{offer}" in text_of(transcript)
    assert written(transcript, offer).toolTip() == whole_show.REASON
    with qtbot.waitSignal(transcript.wishes.whole_wanted) as wanted:
        click(qtbot, transcript, offer)
    assert wanted.args[0] == show.QUESTION
    assert wanted.args[2] is Mode.WHOLE_DOCUMENT


def test_a_fact_of_one_document_is_not_pressed_to_be_read_whole(transcript, spoken):
    ask(transcript)

    transcript.show_event(WholeOffered(whole_show.ESTIMATE))

    assert "Read it whole" not in text_of(transcript)
    assert not any("Made from passages" in words for words in spoken)


def test_of_many_documents_all_are_offered_while_the_answer_is_in_work(qtbot, transcript, spoken):
    many = tuple(show.FOLDER / f"{number}.pdf" for number in range(9))
    ask(transcript)

    transcript.show_event(WholeOffered(replace(whole_show.SECTIONS, paths=many)))

    text = text_of(transcript)
    assert "Made from passages. All of 0.pdf, 1.pdf and 7 others can be read for it" in text
    assert text.index("Made from passages") < text.index("Found in your files")
    assert spoken[-1].startswith("Made from passages.")
    with qtbot.waitSignal(transcript.wishes.whole_wanted) as wanted:
        click(qtbot, transcript, "Read all of it in parts (about 50 min)")
    assert wanted.args[2] is Mode.SECTIONS


def test_what_cannot_be_read_whole_is_not_offered(transcript):
    transcript.show_conversation(
        conversation(replace(whole_show.OFFERED, whole=whole_show.DECLINED))
    )

    assert "Read it whole" not in text_of(transcript)


def test_a_failed_answer_offers_nothing(transcript):
    ask(transcript)
    transcript.show_event(WholeOffered(whole_show.ESTIMATE))

    transcript.show_event(Failed("The model stopped."))

    assert "Read it whole" not in text_of(transcript)


# ---------------------------------------------------------------- what is told


def test_the_plans_sentence_stands_before_what_was_read(transcript):
    transcript.show_conversation(conversation(whole_show.OFFERED))

    text = text_of(transcript)
    assert "Reading the best passages." in text
    assert text.index("Reading the best passages.") < text.index("Read 6 passages from")


def test_a_document_that_was_read_whole_is_named_with_its_pages(transcript, spoken):
    transcript.begin_turn("Summarise this document.", whole_show.ONE)

    transcript.show_event(AnswerFinished(whole_show.READ))

    text = text_of(transcript)
    assert f"{whole_show.REASON}\nRead all of Lease 2024 (31 pages) · 8 s" in text
    complete = "The answer is complete: Read all of Lease 2024 (31 pages)"
    assert complete in [bare(words) for words in spoken]


def test_several_documents_and_those_without_pages_are_named(transcript):
    read = [WholeDocument(show.LEASE, "Lease 2024", 1, 9), WholeDocument(show.RULES, "", None, 9)]
    both = replace(whole_show.READ, coverage=Coverage(0, 2, 2, 0, whole=tuple(read)))
    parts = replace(both, mode=Mode.SECTIONS)

    transcript.show_conversation(conversation(both, parts))

    named = "Read all of Lease 2024 (1 page) and House rules.docx"
    assert f"{named} · 8 s" in text_of(transcript)
    assert f"{named}, part by part · 8 s" in text_of(transcript)


def test_a_document_read_whole_does_not_unfold_all_of_its_passages(transcript):
    transcript.begin_turn("Summarise this document.", whole_show.ONE)

    transcript.show_event(AnswerFinished(replace(whole_show.READ, sentences=())))

    assert "Why this passage?" not in text_of(transcript)
    assert "draws on" in written(transcript, "Read all of").toolTip()


def test_nothing_that_turns_the_order_of_letters_gets_out_of_a_plan_or_a_title(transcript):
    turned = "a\u202eb\u2066c\ufffc"
    document = WholeDocument(show.LEASE, turned, None, 9)
    coverage = Coverage(0, 1, 1, 0, whole=(document,))
    hostile = replace(whole_show.READ, plan=turned, coverage=coverage)

    transcript.show_conversation(conversation(hostile))

    assert not set("\u202e\u2066\ufffc") & set(transcript.browser.toPlainText())
    assert "Read all of abc" in text_of(transcript)
