"""Writes a turn of the conversation into its document, part by part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QTextBlockFormat, QTextDocument

from app import theme
from app.theme import Text
from app.widgets import wording
from app.widgets.answer_writer import LONG_LIST, AnswerWriter, Inked
from app.widgets.conflict_writer import ConflictWriter
from app.widgets.document_pen import (
    RULE,
    Card,
    CardKind,
    ChipKind,
    Part,
    Pen,
    block_format,
    blocks_of,
    card_of,
    char_format,
    hanging,
    linked,
    remove_blocks,
)
from app.widgets.evidence_writer import EvidenceWriter
from app.widgets.footer_writer import FooterWriter
from app.widgets.footnote_chips import write_word
from app.widgets.likely_writer import LikelyWriter
from app.widgets.offer_writer import OfferWriter
from app.widgets.question_writer import QuestionWriter
from app.widgets.snippets import quoted
from app.widgets.turn_shown import TurnShown
from rag.records import Citation, Mode

_SHOWN_WHILE_RUNNING = 4
_SHOWN_WHEN_DECLINED = 3
_QUOTE_CHARS = 170


class TurnWriter(QObject):
    """Writes turns into `document`, whose last block it keeps as the end of everything."""

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self.status_height = 0  # px; the room kept for the card that shows how far the answer is
        self._document = document
        self.answers = AnswerWriter(self)
        self.likely = LikelyWriter(self)
        self.conflicts = ConflictWriter(self)
        self.offers = OfferWriter(self)
        self.evidence = EvidenceWriter(self)
        self.footers = FooterWriter(self)
        self.questions = QuestionWriter(self)
        self._writers = {
            Part.SCOPE: self.questions.write_scope,
            Part.QUESTION: self.questions.write_question,
            Part.UNDERSTOOD: self.questions.write_understanding,
            Part.LIKELY: self.likely.write,
            Part.STATUS: self._status,
            Part.ANSWER: self._answer,
            Part.NOTE: self.offers.write_note,
            Part.ROOM: self._room,
            Part.CONFLICTS: self.conflicts.write,
            Part.OFFER: self.offers.write_offer,
            Part.FOUND: self._found,
            Part.FOOTNOTES: self._footnotes,
            Part.FOOTER: self.footers.write,
            Part.READ: self._read,
        }

    def write(self, turn: TurnShown, parts: Sequence[Part] = tuple(Part)) -> None:
        """Write `parts` of a turn anew."""
        for part in parts:
            after = remove_blocks(*blocks_of(self._document, turn.key, part))
            self._writers[part](Pen(after, turn.key, part), turn)

    def _status(self, pen: Pen, turn: TurnShown) -> None:
        if turn.running and not turn.text and self.status_height:
            pen.block(_fixed(self.status_height, below=8))

    def _room(self, pen: Pen, turn: TurnShown) -> None:
        """What stood here before keeps its height until the answer fills it."""
        if turn.running and turn.held > 1:
            pen.block(_fixed(turn.held))

    def _answer(self, pen: Pen, turn: TurnShown) -> None:
        look = theme.current()
        if turn.failure is not None and not turn.text:
            return
        if turn.declined:
            pen.block(block_format(below=10, line=theme.ANSWER_LINE))
            pen.text(
                self.tr("Your files don’t seem to answer this."),
                char_format(Text.ANSWER, look.text),
            )
            return
        own = turn.mode is Mode.OWN_KNOWLEDGE
        card = card_of(turn.key, Card.OWN) if own else 0
        if own and turn.text:
            pen.block(block_format(above=26, below=8, side=14), card, CardKind.OWN)
            words = self.tr("From the model’s own knowledge, not from your files")
            write_word(pen, ChipKind.OWN, words)
        citations = turn.citations()
        how = Inked(f"{turn.key}/cite", card, marked=not own, folded=not turn.all_open)
        hidden = self.answers.write(pen, turn.text, turn.sentences, citations, how)
        if hidden:
            pen.block(block_format(above=2, below=12))
            self._show_all(pen, turn, hidden + LONG_LIST)

    def _show_all(self, pen: Pen, turn: TurnShown, items: int) -> None:
        link = char_format(Text.SECONDARY, theme.current().accent, QFont.Weight.DemiBold)
        words = self.tr("Show all {0}").format(wording.number(items)).replace(" ", "\u00a0")
        pen.text(words, linked(link, f"{turn.key}/all"))

    def _found(self, pen: Pen, turn: TurnShown) -> None:
        if turn.declined and turn.hits:
            title, shown = self.tr("The closest passages"), turn.hits[:_SHOWN_WHEN_DECLINED]
        elif turn.running and turn.hits:
            title, shown = self.tr("Found in your files"), turn.hits[:_SHOWN_WHILE_RUNNING]
        else:
            return
        pen.block(block_format(above=4, below=8))
        pen.text(title, char_format(Text.SECONDARY, theme.current().secondary))
        self.evidence.write(pen, turn, shown, first_card=Card.FOUND)

    def _read(self, pen: Pen, turn: TurnShown) -> None:
        if turn.passages_open and turn.hits:
            self.evidence.write(pen, turn, turn.hits, first_card=Card.READ)

    def _footnotes(self, pen: Pen, turn: TurnShown) -> None:
        if turn.mode is Mode.OWN_KNOWLEDGE:
            return
        citations = turn.citations()
        folded = not turn.all_open and len(citations) > LONG_LIST
        first = 25 + 9 * bool(turn.conflicts or turn.has_offers or turn.draft_open)  # below a card
        for index, citation in enumerate(citations[:LONG_LIST] if folded else citations):
            made = hanging(block_format(above=0 if index else first, below=8, line=19), 22)
            if not index:
                made.setProperty(RULE, 1)
            pen.block(made)
            self._footnote(pen, turn, citation, f"{turn.key}/note/{index}")
        if folded:
            pen.block(hanging(block_format(below=8, line=19), 22))
            self._show_all(pen, turn, len(citations))

    def _footnote(self, pen: Pen, turn: TurnShown, citation: Citation, href: str) -> None:
        look = theme.current()
        number = char_format(Text.SECONDARY, look.accent, QFont.Weight.Bold)
        name = char_format(Text.SECONDARY, look.text, QFont.Weight.DemiBold)
        pen.text(str(citation.number), linked(number, href))
        pen.text("\t", linked(name, href))
        pen.text(wording.source(citation.path, citation.place), linked(name, href))
        quote = quoted(citation.quote, _QUOTE_CHARS)
        pen.text(f" {quote}", char_format(Text.SECONDARY, look.secondary))
        if turn.has_changed(citation):
            words = self.tr("source changed since").replace(" ", "\u00a0")
            pen.text(f" · {words}", char_format(Text.SECONDARY, look.warning))


def _fixed(height: float, below: float = 0) -> QTextBlockFormat:
    made = block_format(below=below)
    made.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made
