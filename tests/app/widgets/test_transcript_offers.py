"""What an answer offers: everything, its coverage, files, opinions; and what never gets out."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from app.widgets.document_pen import ChipKind
from app.widgets.transcript_copy import leave_copied_text
from rag.events import (
    AnswerFinished,
    PassOffered,
    PassProgress,
)
from rag.records import Scope, Support
from tests.app import records_for_show as show
from tests.app import records_of_proof as proof
from tests.app.widgets.transcript_driving import (
    ask,
    chips,
    click,
    conversation,
    place_of,
    text_of,
    written,
)

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
CONTRACTS = Scope((show.FOLDER,))


# ---------------------------------------------------------------- everything


def test_an_offer_to_go_through_everything_says_what_it_takes(qtbot, transcript):
    transcript.show_conversation(conversation(proof.ASKS_FOR_ALL))

    assert (
        "This asks for everything. Go through all 412 passages in 118 files · about 40 s"
        in text_of(transcript)
    )
    with qtbot.waitSignal(transcript.wishes.everything_wanted) as wanted:
        click(qtbot, transcript, "Go through everything")
    assert wanted.args == [proof.ASKS_FOR_ALL.question, Scope()]


def test_a_press_beside_its_button_starts_nothing(qtbot, transcript):
    transcript.show_conversation(conversation(proof.ASKS_FOR_ALL))
    viewport = transcript.browser.viewport()

    with qtbot.assertNotEmitted(transcript.wishes.everything_wanted):
        place = place_of(transcript, "Go through everything") + QPoint(400, 0)
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)


def test_what_was_gone_through_is_gone_through_again(qtbot, transcript):
    transcript.show_conversation(conversation(proof.listing(3)))

    with qtbot.waitSignal(transcript.wishes.everything_wanted) as wanted:
        click(qtbot, transcript, "Ask again")

    assert wanted.args == [proof.listing(3).question, Scope()]


def test_the_offer_comes_while_the_answer_is_in_work(transcript, spoken):
    ask(transcript)

    transcript.show_event(PassOffered(proof.OFFER))

    text = text_of(transcript)
    assert text.index("Go through everything") < text.index("Found in your files")
    assert spoken[-1].startswith("This asks for everything.")


def test_a_pass_tells_how_far_it_is_and_what_it_found(transcript):
    transcript.begin_turn("Which invoices name an amount?", Scope())

    transcript.show_event(PassProgress(103, 412, 14, 22.0))

    card = transcript.card
    assert card.isVisible()
    said = "Going through everything: 103 of 412 passages · 14 found · 22 s left"
    assert card._what.text() == said
    assert card._bar.value() == card._bar.maximum() // 4


def test_a_long_list_is_folded_and_unfolds_with_every_footnote(qtbot, transcript):
    transcript.show_conversation(conversation(proof.listing(512)))
    folded = text_of(transcript)

    transcript.browser.link_chosen.emit("1/all")

    assert "Invoice 040: " in folded
    assert "Invoice 041: " not in folded
    assert "Show all 512" in folded
    assert "Invoice 512: " in text_of(transcript)
    assert chips(transcript, ChipKind.FOOTNOTE) == [str(number) for number in range(1, 513)]


def test_what_is_folded_is_copied(transcript):
    transcript.show_conversation(conversation(proof.listing(512)))

    transcript.browser.link_chosen.emit("1/copy")

    copied = QGuiApplication.clipboard().text()
    assert "Invoice 512: 644.00 EUR by the end of the month.[512]" in copied


def test_what_was_copied_stays_as_text_when_the_program_ends(transcript):
    transcript.show_conversation(conversation(proof.listing(3)))
    transcript.browser.link_chosen.emit("1/copy")
    copied = QGuiApplication.clipboard().text()

    leave_copied_text()

    assert QGuiApplication.clipboard().text() == copied
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_a_list_that_is_hardly_longer_is_not_folded(transcript):
    transcript.show_conversation(conversation(proof.listing(48)))

    assert "Invoice 048: " in text_of(transcript)
    assert "Show all" not in text_of(transcript).split("Invoice 048: ")[0]


def test_a_formula_has_a_footnote_at_each_number_and_says_it_was_computed(transcript):
    transcript.show_conversation(conversation(proof.FORMULA))

    text = " ".join(text_of(transcript).split())
    assert "12,480 1 − 11,020 2 = 1,460 kWh computed" in text
    assert chips(transcript, ChipKind.COMPUTED) == ["computed", "computed"]


def test_an_exhaustive_answer_says_that_it_went_through_all(transcript, spoken):
    transcript.begin_turn("Which invoices name an amount?", Scope())

    transcript.show_event(AnswerFinished(proof.listing(3)))

    words = "Went through all 412 passages in 118 files · 4 files not read yet"
    assert words in text_of(transcript)
    assert f"The answer is complete: {words}" in spoken


# ---------------------------------------------------------------- what was read


def test_the_coverage_line_names_all_that_was_not_read(transcript):
    transcript.show_conversation(conversation(proof.ASKS_FOR_ALL))

    assert (
        "Read the 8 best of 412 passages, from 3 of 118 files · 4 files not read yet · "
        "2 passages left out for lack of room · 24 s"
    ) in text_of(transcript)


def test_the_coverage_line_names_a_scope(transcript):
    stored = conversation(proof.ASKS_FOR_ALL)
    turn = replace(stored.turns[0], scope=CONTRACTS)

    transcript.show_conversation(replace(stored, turns=(turn,)))

    assert "from 3 of 118 files in scope (Contracts)" in text_of(transcript)


def test_the_coverage_line_tells_more_when_it_is_pointed_at(transcript):
    transcript.show_conversation(conversation(proof.ASKS_FOR_ALL))

    tip = written(transcript, "Read the 8 best").toolTip()

    assert "Asked of the whole library" in tip
    assert "412 passages in 114 files could be read" in tip
    assert show.PHI.name in tip


# ---------------------------------------------------------------- the scope changes


def test_a_scope_that_changes_stands_between_the_questions(transcript):
    stored = conversation(show.ANSWER, proof.REWRITTEN, show.OWN, show.DECLINED)
    scopes = (Scope(), CONTRACTS, CONTRACTS, Scope())
    turns = tuple(replace(t, scope=s) for t, s in zip(stored.turns, scopes, strict=True))

    transcript.show_conversation(replace(stored, turns=turns))

    text = text_of(transcript)
    assert text.count("Now asked of: Contracts") == 1
    assert text.count("Again of the whole library") == 1
    assert text.index("Now asked of") < text.index("Again of the whole library")


def test_a_scope_that_changes_is_told_when_the_question_is_asked(transcript, spoken):
    transcript.show_conversation(conversation(show.ANSWER))

    transcript.begin_turn("And the deposit?", CONTRACTS)

    assert "Now asked of: Contracts" in text_of(transcript)
    assert "Now asked of: \u2068Contracts\u2069" in spoken


# ---------------------------------------------------------------- what can be done with it


def test_an_answer_is_exported_from_where_it_was_pressed(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))

    with qtbot.waitSignal(transcript.export_wanted) as wanted:
        click(qtbot, transcript, "Export")

    turn_id, rect = wanted.args
    assert turn_id == 1
    corner = transcript.browser.viewport().mapToGlobal(QPoint(0, 0))
    assert rect.y() > corner.y()


def test_an_opinion_shows_at_once_and_a_second_press_takes_it_back(qtbot, transcript):
    transcript.show_conversation(conversation(show.ANSWER))
    rated = []
    transcript.rated.connect(lambda *told: rated.append(told))

    click(qtbot, transcript, "Yes")
    assert "✓" in text_of(transcript)
    click(qtbot, transcript, "Yes")

    assert rated == [(1, 1), (1, 0)]
    assert "✓" not in text_of(transcript)


def test_a_stored_opinion_is_shown(transcript):
    stored = conversation(show.ANSWER)

    transcript.show_conversation(replace(stored, turns=(replace(stored.turns[0], rating=-1),)))

    assert "✓" in text_of(transcript)
    assert "No" in text_of(transcript).split("✓")[1]


def test_a_question_goes_back_to_be_edited_with_its_scope(qtbot, transcript):
    stored = conversation(show.ANSWER)
    turn = replace(stored.turns[0], scope=CONTRACTS)
    transcript.show_conversation(replace(stored, turns=(turn,)))

    with qtbot.waitSignal(transcript.wishes.edit_wanted) as wanted:
        click(qtbot, transcript, "Edit question")

    assert wanted.args == [show.QUESTION, CONTRACTS]


def test_all_of_it_is_reached_with_the_keyboard(qtbot, transcript):
    transcript.show_conversation(conversation(proof.CONFLICTED))
    transcript.activateWindow()
    transcript.setFocus()
    reached = []
    for _ in range(14):
        qtbot.keyClick(transcript.browser, Qt.Key.Key_Tab)
        reached.append(transcript.browser.textCursor().charFormat().anchorHref())

    kinds = [href.split("/")[1] for href in reached if href]
    assert {"cite", "stated", "note", "passages", "copy", "export", "again", "edit", "rate"} <= set(
        kinds
    )


# ---------------------------------------------------------------- nothing foreign gets out


def test_nothing_that_turns_the_order_of_letters_reaches_the_window(transcript):
    turned = "\u202e\u2066evil\ufffc\u0007"
    said = replace(show.FIRST, quote=f"a{turned}b", path=show.FOLDER / f"c{turned}d.pdf")
    answer = show.answer_of([(f"x{turned}y", Support.SUPPORTED, (said,))], f"q{turned}?")
    statement = replace(proof.CONFLICT.statements[0], value=f"a{turned}b", citation=said)
    conflict = replace(proof.CONFLICT, statements=(statement, statement))
    hit = replace(show.HITS[0], text=f"e{turned}f", matches=(), path=said.path)
    hostile = replace(
        answer,
        conflicts=(conflict,),
        draft=f"d{turned}",
        evidence=(hit,),
        likely=replace(proof.LIKELY, text=turned, citation=said),
    )

    transcript.show_conversation(conversation(hostile))
    for link in ("1/draft", "1/passages"):
        transcript.browser.link_chosen.emit(link)
    cursor = QTextCursor(transcript.browser.document())
    cursor.select(QTextCursor.SelectionType.Document)
    text = cursor.selectedText()

    assert "xevily" in text
    assert not set("\u202e\u2066\u0007") & set(text.replace("\u2068", "").replace("\u2069", ""))
    assert "\ufffc" not in text
