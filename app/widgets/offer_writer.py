"""Writes what an answer could be instead: from everything, from the whole, or as it was first."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont

from app import theme
from app.models.plain_text import plain
from app.theme import Text
from app.widgets import whole_words, wording
from app.widgets.document_pen import (
    Card,
    CardKind,
    Pen,
    block_format,
    card_of,
    char_format,
    linked,
)
from app.widgets.turn_shown import TurnShown
from rag.records import PassOffer, WholeEstimate


class OfferWriter(QObject):
    """Writes the offers to go through everything or read it whole, and the fate of a draft."""

    def offer_words(self, offer: PassOffer) -> str:
        """What going through everything would take."""
        return self.tr("This asks for everything. Go through all {0} in {1} · about {2}").format(
            wording.passages(offer.passages),
            wording.files(offer.files),
            wording.duration(offer.seconds),
        )

    def whole_words(self, estimate: WholeEstimate) -> str:
        """That an answer is made from passages, and of what all could be read instead."""
        names = whole_words.names(estimate.paths)
        words = self.tr("Made from passages. All of {0} can be read for it instead.")
        return words.format(names)

    def write_offer(self, pen: Pen, turn: TurnShown) -> None:
        """Write what else could be read, each offer with its button."""
        if turn.failure is not None:
            return
        if turn.offer is not None:
            tip = self.tr("Ask again, and read all that is in scope instead of the best passages")
            act = self.tr("Go through everything")
            card = card_of(turn.key, Card.OFFER)
            self._write_card(pen, card, self.offer_words(turn.offer))
            self._write_button(pen, card, act, f"{turn.key}/everything", tip)
        if turn.offers_much and (whole := turn.whole) is not None:
            card = card_of(turn.key, Card.WHOLE)
            self._write_card(pen, card, self.whole_words(whole))
            act, tip = whole_words.act(whole), plain(whole.reason)
            self._write_button(pen, card, act, f"{turn.key}/whole", tip)

    def _write_card(self, pen: Pen, card: int, words: str) -> None:
        pen.block(block_format(above=20, below=6, side=14), card, CardKind.STILL)
        pen.text(words, char_format(Text.SECONDARY, theme.current().text))

    def _write_button(self, pen: Pen, card: int, act: str, href: str, tip: str) -> None:
        pen.block(block_format(below=26, side=14), card, CardKind.STILL)
        link = char_format(Text.SECONDARY, theme.current().accent, QFont.Weight.DemiBold)
        pen.text(act.replace(" ", "\u00a0"), linked(link, href, tip))

    def write_note(self, pen: Pen, turn: TurnShown) -> None:
        """Write why the answer is written again, or that it was, and what it said before."""
        look = theme.current()
        small = char_format(Text.SMALL, look.secondary)
        if turn.running and turn.rewriting:
            pen.block(block_format(below=8))
            pen.text(self.tr("Writing it again: {0}").format(plain(turn.rewriting)), small)
            return
        if turn.running or not turn.draft:
            return
        pen.block(block_format(below=8))
        words = self.tr("Written again without what was not found")
        pen.text(f"{words} · ", small)
        act = (
            self.tr("hide the first version")
            if turn.draft_open
            else self.tr("show the first version")
        )
        link = char_format(Text.SMALL, look.accent, QFont.Weight.DemiBold)
        pen.text(act, linked(link, f"{turn.key}/draft", self.tr("What the model wrote first")))
        if turn.draft_open:
            self._write_draft(pen, turn)

    def _write_draft(self, pen: Pen, turn: TurnShown) -> None:
        look, card = theme.current(), card_of(turn.key, Card.DRAFT)
        lines = [line for line in plain(turn.draft).splitlines() if line.strip()]
        title = self.tr("As the model wrote it first, with what your files don’t say")
        pen.block(block_format(above=22, below=6, side=14), card, CardKind.DRAFT)
        pen.text(title, char_format(Text.SMALL, look.warning, QFont.Weight.DemiBold))
        for index, line in enumerate(lines, 1):
            below = 40 if index == len(lines) else 6
            pen.block(block_format(below=below, side=14), card, CardKind.DRAFT)
            pen.text(line, char_format(Text.SECONDARY, look.secondary))
