"""What the conversation says of a question's scope, how it was understood, and why a passage."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

from app.widgets.document_marks import bar_share, blocks_from, fragments
from app.widgets.document_pen import CARD
from app.widgets.evidence_writer import EvidenceWriter
from rag.events import AnswerFinished, EvidenceFound
from rag.records import Conversation, Scope, Understanding
from tests.app import records_for_show as show
from tests.app.widgets.transcript_driving import click, conversation, place_of, text_of

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
SCOPE = Scope((show.FOLDER,), ("pdf",), date(2024, 1, 1))


@pytest.fixture
def ask(transcript):
    def ask(understood=None, scope=Scope(), hits=show.HITS, *, finish=True):
        transcript.begin_turn(show.QUESTION, scope)
        transcript.show_event(EvidenceFound(hits, show.COVERAGE, 0.1, understood))
        if finish:
            transcript.show_event(AnswerFinished(replace(show.ANSWER, evidence=hits)))
        return transcript

    return ask


def bars(transcript):
    blocks = blocks_from(transcript.browser.document().firstBlock())
    found = [fragment for block in blocks for fragment in fragments(block)]
    return [fragment for fragment in found if bar_share(fragment) is not None]


def marked(transcript):
    look_for = show.HITS[0].text
    blocks = blocks_from(transcript.browser.document().firstBlock())
    return [
        fragment.text()
        for block in blocks
        if block.blockFormat().intProperty(CARD)
        for fragment in fragments(block)
        if fragment.charFormat().background().style() != Qt.BrushStyle.NoBrush
        and fragment.text() in look_for
    ]


# ---------------------------------------------------------------- scope


def test_a_limited_scope_stands_below_the_question(ask):
    transcript = ask(scope=SCOPE)

    assert "Asked of PDFs in Contracts changed since 1 Jan 2024" in text_of(transcript)


def test_the_whole_library_is_not_worth_a_line(ask):
    assert "Asked of" not in text_of(ask())


def test_a_stored_question_tells_its_scope(transcript):
    stored = conversation(show.ANSWER)
    turn = replace(stored.turns[0], scope=Scope((show.LEASE,)))

    transcript.show_conversation(Conversation(stored.info, (turn,)))

    assert "Asked of Lease 2024.pdf" in text_of(transcript)


# ---------------------------------------------------------------- how it was understood


def test_what_the_question_narrowed_is_told_with_its_words(ask):
    transcript = ask(show.NARROWED)

    assert "Looked only in Lease 2024.pdf (“in the lease”)" in text_of(transcript)
    assert "Searched for" not in text_of(transcript)


def test_a_press_asks_the_same_of_everything(ask, qtbot):
    transcript = ask(show.NARROWED)

    with qtbot.waitSignal(transcript.wishes.unnarrowed_wanted) as wanted:
        click(qtbot, transcript, "Search everything instead")

    assert wanted.args == [show.QUESTION, Scope()]


def test_the_scope_that_was_asked_of_stays(ask, qtbot):
    transcript = ask(show.NARROWED, SCOPE)

    with qtbot.waitSignal(transcript.wishes.unnarrowed_wanted) as wanted:
        transcript._follow_link("1/unnarrowed")

    text = text_of(transcript)
    assert "Search PDFs in Contracts changed since 1 Jan 2024 instead" in text
    assert wanted.args == [show.QUESTION, SCOPE]


def test_a_long_scope_is_not_said_twice(ask):
    scope = replace(SCOPE, until=date(2025, 1, 1), pages=((1, 4), (9, 9)))

    assert "Search all of that instead" in text_of(ask(show.NARROWED, scope))


def test_while_an_answer_is_in_work_nothing_else_is_offered(ask):
    transcript = ask(show.NARROWED, finish=False)

    assert "Looked only in" in text_of(transcript)
    assert "instead" not in text_of(transcript)


def test_a_follow_up_tells_what_was_searched_for(ask):
    transcript = ask(Understanding("What is the notice period in 2023?"))

    assert "Searched for: “What is the notice period in 2023?”" in text_of(transcript)
    assert "Looked only" not in text_of(transcript)


def test_several_parts_are_told_one_by_one(ask):
    parts = ("What is the notice period?", "Can it be waived?")

    transcript = ask(Understanding(show.QUESTION, parts))

    assert f"Searched for: “{parts[0]}” and “{parts[1]}”" in text_of(transcript)


@pytest.mark.parametrize("typed", [show.QUESTION, f" {show.QUESTION.replace(' ', '  ')}"])
def test_a_question_searched_as_typed_needs_no_line(ask, typed):
    assert "Searched for" not in text_of(ask(Understanding(typed)))


# ---------------------------------------------------------------- why


def test_the_words_that_matched_are_marked_and_no_others(ask):
    text = show.HITS[0].text
    at = text.index("calendar")
    hit = replace(show.HITS[0], matches=((at, at + len("calendar")),))

    assert marked(ask(hits=(hit,), finish=False)) == ["calendar"]


def test_why_is_told_on_demand_and_hidden_again(ask, qtbot):
    transcript = ask(finish=False)
    assert bars(transcript) == []

    click(qtbot, transcript, "Why this passage?")
    assert "It has “notice” and “period”, and what it says is close" in text_of(transcript)
    assert len(bars(transcript)) == 3
    click(qtbot, transcript, "Why this passage?")

    assert bars(transcript) == []


def test_why_opens_and_closes_with_the_keyboard(ask, qtbot):
    transcript = ask(finish=False)
    browser = transcript.browser
    browser.setFocus()
    cursor = QTextCursor(browser.document())
    browser.setTextCursor(cursor)
    for _ in range(2):  # the first card's name, then its “Why”
        qtbot.keyClick(browser, Qt.Key.Key_Tab)

    qtbot.keyClick(browser, Qt.Key.Key_Return)
    assert len(bars(transcript)) == 3
    assert browser.textCursor().charFormat().anchorHref() == "1/why/0"
    qtbot.keyClick(browser, Qt.Key.Key_Return)

    assert bars(transcript) == []


def test_bars_show_meaning_words_and_the_closer_look(ask):
    hit = replace(show.HITS[0], dense=0.5, lexical=2.0, rerank=0.75)
    transcript = ask(hits=(hit, replace(show.HITS[1], lexical=8.0)), finish=False)

    transcript._follow_link("1/why/0")

    assert [bar_share(bar) for bar in bars(transcript)] == [0.5, 0.25, 0.75]
    lines = text_of(transcript).splitlines()
    assert [line.split() for line in lines if line.startswith(("Meaning", "Words", "Closer"))] == [
        ["Meaning", "fair"],
        ["Words", "weak"],
        ["Closer", "look", "strong"],
    ]


def test_numbers_are_only_in_a_bars_tooltip(ask):
    transcript = ask(hits=(replace(show.HITS[0], dense=0.512),), finish=False)
    transcript._follow_link("1/why/0")

    place = place_of(transcript, "Meaning") + QPoint(100, 0)

    assert "0.51 of 1" in transcript.browser._tip_at(place)
    assert "0.51" not in text_of(transcript)
    assert transcript.browser._tip_at(place_of(transcript, "Meaning")) == ""


def test_without_a_closer_look_there_is_no_bar_for_it(ask):
    transcript = ask(hits=tuple(replace(hit, rerank=0.0) for hit in show.HITS), finish=False)

    transcript._follow_link("1/why/0")

    assert len(bars(transcript)) == 2


def test_a_share_out_of_range_stays_within_its_bar(ask):
    hit = replace(show.HITS[0], dense=-0.4, lexical=0, rerank=1.5)
    transcript = ask(hits=(hit,), finish=False)

    transcript._follow_link("1/why/0")

    assert [bar_share(bar) for bar in bars(transcript)] == [0.0, 0.0, 1.0]


def test_a_copy_leaves_the_bars_out(ask):
    transcript = ask(finish=False)
    transcript._follow_link("1/why/0")

    transcript.browser.selectAll()

    assert "Meaning\t  strong" in transcript.browser.selected_text()


def test_why_is_told_of_what_an_answer_read(ask):
    transcript = ask()
    transcript._follow_link("1/passages")

    transcript._follow_link("1/why/2")

    assert len(bars(transcript)) == 3


@pytest.mark.parametrize(
    ("dense", "matching", "reason"),
    [
        (0.7, None, "It has some of your words, and what it says is close to your question."),
        (0.7, True, "It has “notice” and “period”, and what it says is close to your question."),
        (0.1, True, "It has “notice” and “period”; what it says as a whole is further away."),
        (0.7, False, "None of your words are in it, but it means something close to them."),
        (0.1, False, "It is the nearest that was found, though it has none of your words."),
    ],
)
def test_a_reason_says_what_is_so(qtbot, dense, matching, reason):
    hit = replace(show.HITS[0], dense=dense)
    if not matching:
        hit = replace(hit, matches=(), lexical=0.0 if matching is False else 2.0)

    assert EvidenceWriter().reason(hit) == reason


def test_every_passage_marks_the_words_that_may_answer(ask):
    start = show.HITS[1].text.index("third working day")
    hits = (show.HITS[0], replace(show.HITS[1], likely=((start, start + 17),)))

    transcript = ask(hits=hits, finish=False)

    document = transcript.browser.document()
    made = document.find("third working day", document.find("House rules")).charFormat()
    assert made.underlineStyle() == made.UnderlineStyle.SingleUnderline
