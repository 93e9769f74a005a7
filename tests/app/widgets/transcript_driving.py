"""Drives a transcript as a user and an engine would, and reads what it shows."""

import dataclasses

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

from app.widgets.document_marks import blocks_from, fragments
from app.widgets.document_pen import CHIP
from rag.events import ConversationStarted, EvidenceFound, PlanMade, TextStreamed
from rag.records import Mode, Scope
from tests.app import records_for_show as show
from tests.app import records_of_proof as proof


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
    transcript.begin_turn(show.QUESTION, Scope())
    transcript.show_event(ConversationStarted(show.INFO, 1))
    transcript.show_event(EvidenceFound(show.HITS, show.COVERAGE, 0.1))
    transcript.show_event(PlanMade(Mode.PASSAGES, "", 6, 1800, 12.0))


def ask(transcript, **evidence):
    transcript.begin_turn(show.QUESTION, Scope())
    transcript.show_event(ConversationStarted(show.INFO, 7))
    transcript.show_event(EvidenceFound(show.HITS, proof.WHOLE, 0.1, **evidence))
    transcript.show_event(PlanMade(Mode.PASSAGES, "", 6, 1800, 12.0))
    return transcript


def top_of(transcript, words):
    cursor = transcript.browser.document().find(words)
    return transcript.browser.cursorRect(cursor).top()


def written(transcript, words):
    return transcript.browser.document().find(words).charFormat()


def chips(transcript, kind):
    blocks = blocks_from(transcript.browser.document().firstBlock())
    return [
        fragment.text().strip("\u00a0").replace("\u00a0", " ")
        for block in blocks
        for fragment in fragments(block)
        if fragment.charFormat().intProperty(CHIP) == kind
    ]
