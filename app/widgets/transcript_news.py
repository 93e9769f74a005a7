"""What a screen reader is told when something of an answer comes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.widgets.turn_shown import READ_WHOLE, TurnShown
from app.widgets.turn_writer import TurnWriter
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    ConflictsFound,
    EvidenceFound,
    Failed,
    PassOffered,
    RewriteStarted,
    SentenceCited,
    WholeOffered,
)
from rag.records import Mode

_translate = QCoreApplication.translate
_ALL_READ = {Mode.EXHAUSTIVE, *READ_WHOLE}


def news_of(event: AnswerEvent | Failed, turn: TurnShown, writer: TurnWriter) -> str:
    """What `event` brought to `turn`, in words; empty where that is not worth an interruption."""
    match event:
        case EvidenceFound():
            said = writer.likely.words(turn)
        case ConflictsFound():
            said = writer.conflicts.words(turn)
        case PassOffered():
            said = writer.offers.offer_words(event.offer)
        case WholeOffered() if turn.offers_much:
            said = writer.offers.whole_words(event.offer)
        case RewriteStarted():
            said = _translate("News", "The answer is written again.")
        case SentenceCited():
            said = _cited(event, writer)
        case Failed():
            said = event.message
        case AnswerFinished():
            said = _finished(turn, writer)
        case _:
            said = ""
    return said


def _finished(turn: TurnShown, writer: TurnWriter) -> str:
    if turn.declined:
        return _translate("News", "Your files don’t seem to answer this.")
    if turn.mode in _ALL_READ:
        words = _translate("News", "The answer is complete: {0}")
        return words.format(writer.footers.coverage_words(turn))
    return _translate("News", "The answer is complete.")


def _cited(event: SentenceCited, writer: TurnWriter) -> str:
    sentence = event.sentence
    if sentence.found_later:
        return _translate("News", "Found on a second look: {0}").format(sentence.text)
    if sentence.is_computed:
        return f"{sentence.text} ({writer.answers.computed_words()})"
    return sentence.text
