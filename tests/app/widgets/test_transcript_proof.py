"""What an answer shows of how it is proven, beyond its footnotes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont

from app.widgets.document_marks import blocks_from, fragments
from app.widgets.document_pen import CHIP, COLUMN, ChipKind
from rag.events import (
    AnswerFinished,
    ConflictsFound,
    EvidenceAdded,
    RewriteStarted,
    SentenceCited,
    TextStreamed,
)
from rag.records import Scope, Support
from tests.app import records_for_show as show
from tests.app import records_of_proof as proof
from tests.app.widgets.transcript_driving import (
    ask,
    chips,
    click,
    conversation,
    stream,
    text_of,
    top_of,
)

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
CONTRACTS = Scope((show.FOLDER,))


# ---------------------------------------------------------------- likely


def test_likely_words_stand_there_before_the_model_has_read(transcript, spoken):
    ask(transcript, likely=proof.LIKELY)

    assert "Likely: three months’ notice 1" in " ".join(text_of(transcript).split())
    assert "the model has not read it yet" in text_of(transcript)
    assert "Likely: three months’ notice, in \u2068Lease 2024.pdf\u2069, p. 7" in spoken


def test_the_likely_footnote_leads_to_its_source(qtbot, transcript):
    ask(transcript, likely=proof.LIKELY)

    with qtbot.waitSignal(transcript.citation_chosen) as chosen:
        transcript.browser.link_chosen.emit("1/likely/0/0")

    assert chosen.args == [(proof.LIKELY.citation,), 0]


def test_likely_words_are_marked_in_their_passage_apart_from_the_questions(transcript):
    ask(transcript, likely=proof.LIKELY)

    document = transcript.browser.document()
    made = document.find("three months’", document.find("Found in")).charFormat()

    assert made.fontUnderline() or made.underlineStyle() == made.UnderlineStyle.SingleUnderline
    assert made.fontWeight() == QFont.Weight.DemiBold
    assert made.background().style() == Qt.BrushStyle.NoBrush


def test_the_answer_takes_the_likely_words_place_and_nothing_below_moves(qtbot, transcript):
    ask(transcript, likely=proof.LIKELY)
    before = top_of(transcript, "Found in your files")

    transcript.show_event(TextStreamed("Either party may end it."))
    qtbot.waitUntil(lambda: "Either party" in text_of(transcript))

    assert "Likely" not in text_of(transcript)
    assert abs(top_of(transcript, "Found in your files") - before) <= 1
    transcript.show_event(TextStreamed(" Either party may end it." * 3))
    qtbot.waitUntil(lambda: text_of(transcript).count("Either party") == 4)
    assert abs(top_of(transcript, "Found in your files") - before) <= 1


def test_a_stopped_question_keeps_what_was_likely(transcript):
    ask(transcript, likely=proof.LIKELY)

    stopped = replace(show.ANSWER, text="", sentences=(), stopped=True, likely=proof.LIKELY)
    transcript.show_event(AnswerFinished(stopped))

    assert "Likely:" in text_of(transcript)
    assert "has not read it yet" not in text_of(transcript)


def test_an_answer_that_is_there_needs_no_likely_words(transcript):
    transcript.show_conversation(conversation(replace(show.ANSWER, likely=proof.LIKELY)))

    assert "Likely" not in text_of(transcript)


# ---------------------------------------------------------------- a second look


def test_a_second_look_changes_the_mark_in_its_place(qtbot, transcript, spoken):
    ask(transcript)
    stream(transcript, show.ANSWER.text)
    for sentence in show.ANSWER.sentences:
        transcript.show_event(SentenceCited(sentence))
    qtbot.waitUntil(lambda: "not found in your files" in text_of(transcript))
    last = show.ANSWER.sentences[-1]
    found = replace(last, support=Support.SUPPORTED, citations=(show.SECOND,), found_later=True)

    transcript.show_event(SentenceCited(found))
    qtbot.waitUntil(lambda: "not found in your files" not in text_of(transcript))

    assert "side letter.  2" in text_of(transcript)
    assert text_of(transcript).count("side letter") == 1
    assert f"Found on a second look: {last.text}" in spoken


def test_a_mark_of_a_second_look_says_so(transcript):
    last = show.ANSWER.sentences[-1]
    later = replace(last, support=Support.SUPPORTED, citations=(show.THIRD,), found_later=True)
    answer = replace(show.ANSWER, sentences=(later,))

    transcript.show_conversation(conversation(answer))

    tips = [
        fragment.charFormat().toolTip()
        for block in blocks_from(transcript.browser.document().firstBlock())
        for fragment in fragments(block)
        if fragment.charFormat().intProperty(CHIP) == ChipKind.FOOTNOTE
    ]
    assert len(tips) == 1
    assert tips[0].endswith("Found on a second look")


def test_passages_of_a_second_look_come_behind_the_others(transcript):
    ask(transcript)
    added = replace(show.HITS[1], rank=5, path=show.FOLDER / "Found later.pdf")

    transcript.show_event(EvidenceAdded((added,)))
    transcript.show_event(AnswerFinished(replace(show.ANSWER, evidence=(*show.HITS, added))))
    transcript.browser.link_chosen.emit("1/passages")

    text = text_of(transcript)
    assert text.index("Offer from Lindemann") < text.index("Found later.pdf")


def test_the_source_walk_takes_in_what_a_second_look_found(qtbot, transcript):
    ask(transcript)
    stream(transcript, show.ANSWER.text)
    transcript.show_event(SentenceCited(show.ANSWER.sentences[0]))
    qtbot.waitUntil(lambda: chips(transcript, ChipKind.FOOTNOTE) == ["1"])
    transcript.browser.link_chosen.emit("1/cite/0/0")

    with qtbot.waitSignal(transcript.citations_grew) as grew:
        transcript.show_event(SentenceCited(show.ANSWER.sentences[1]))

    assert grew.args == [(show.FIRST, show.SECOND)]


# ---------------------------------------------------------------- written again


def test_what_was_written_stays_until_there_is_something_else_to_read(qtbot, transcript, spoken):
    ask(transcript)
    stream(transcript, show.ANSWER.text)
    qtbot.waitUntil(lambda: "side letter" in text_of(transcript))

    transcript.show_event(RewriteStarted("one sentence was not found in your files"))

    assert "side letter" in text_of(transcript)
    assert "Writing it again: one sentence was not found" in text_of(transcript)
    assert "The answer is written again." in spoken
    transcript.show_event(TextStreamed("Notice takes three months."))
    qtbot.waitUntil(lambda: "Notice takes three months." in text_of(transcript))
    assert "side letter" not in text_of(transcript)
    assert "Writing it again" not in text_of(transcript)


def test_a_sentence_of_the_new_text_replaces_none_of_the_old(qtbot, transcript):
    ask(transcript)
    stream(transcript, show.ANSWER.text)
    for sentence in show.ANSWER.sentences:
        transcript.show_event(SentenceCited(sentence))
    transcript.show_event(RewriteStarted("why"))

    stream(transcript, proof.REWRITTEN.text)
    transcript.show_event(SentenceCited(proof.REWRITTEN.sentences[0]))

    qtbot.waitUntil(lambda: chips(transcript, ChipKind.FOOTNOTE) == ["1"])


def test_the_first_version_unfolds_apart_from_the_answer(qtbot, transcript):
    transcript.show_conversation(conversation(proof.REWRITTEN))
    assert "side letter" not in text_of(transcript)

    click(qtbot, transcript, "show the first version")

    text = text_of(transcript)
    assert text.index("As the model wrote it first") < text.index("side letter")
    click(qtbot, transcript, "hide the first version")
    assert "side letter" not in text_of(transcript)


# ---------------------------------------------------------------- contradictions


@pytest.mark.parametrize(("width", "columns"), [(900, [1, 2]), (420, [])])
def test_contradictions_stand_side_by_side_where_there_is_room(qtbot, transcript, width, columns):
    transcript.resize(width, 600)
    transcript.show_conversation(conversation(proof.CONFLICTED))
    qtbot.waitUntil(lambda: not transcript._widened.isActive())

    blocks = blocks_from(transcript.browser.document().firstBlock())
    used = {block.blockFormat().intProperty(COLUMN) for block in blocks} - {0}

    assert sorted(used) == columns
    text = text_of(transcript)
    assert "Your files say different things" in text
    assert "60 days\u2003newest" in text
    assert "Mar 1, 2024, by its text" in text or "1 Mar 2024, by its text" in text
    assert text.index("60 days\u2003newest") < text.index("30 days")


def test_columns_follow_the_width_and_leave_nothing_behind(qtbot, transcript):
    transcript.resize(900, 600)
    transcript.show_conversation(conversation(proof.CONFLICTED, show.ANSWER))
    wide = text_of(transcript)

    transcript.resize(420, 600)
    qtbot.waitUntil(lambda: not transcript.browser.document().rootFrame().childFrames())
    transcript.resize(900, 600)
    qtbot.waitUntil(lambda: len(transcript.browser.document().rootFrame().childFrames()) == 1)

    assert text_of(transcript) == wide


def test_a_card_of_a_column_opens_its_own_source(qtbot, transcript):
    transcript.resize(900, 600)
    transcript.show_conversation(conversation(proof.CONFLICTED))
    qtbot.waitUntil(lambda: not transcript._widened.isActive())
    cursor = transcript.browser.document().find("by its name")
    place = transcript.browser.cursorRect(cursor).center() + QPoint(60, 0)

    with qtbot.waitSignal(transcript.citation_chosen) as chosen:
        qtbot.mouseClick(transcript.browser.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen.args == [tuple(one.citation for one in proof.CONFLICT.statements), 1]


def test_contradictions_are_told_aloud_and_shown_while_the_model_reads(transcript, spoken):
    ask(transcript)

    transcript.show_event(ConflictsFound((proof.CONFLICT,)))

    text = text_of(transcript)
    assert text.index("Your files say different things") < text.index("Found in your files")
    assert "60 days" in spoken[-1]
    assert "30 days" in spoken[-1]


def test_statements_whose_dates_are_not_all_known_have_no_newest(transcript):
    first, second = proof.CONFLICT.statements
    undated = replace(proof.CONFLICT, statements=(first, replace(second, dated=None)))

    transcript.show_conversation(conversation(replace(proof.CONFLICTED, conflicts=(undated,))))

    assert "newest" not in text_of(transcript)
    assert "no date known" in text_of(transcript)
