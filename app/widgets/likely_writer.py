"""Writes the words that seem to answer a question, before any model has read anything."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont

from app import theme
from app.models.plain_text import plain
from app.theme import Text
from app.widgets import wording
from app.widgets.document_pen import Card, Pen, block_format, card_of, char_format, linked
from app.widgets.footnote_chips import FIRST_GAP, LAST_GAP, write_footnote, write_gap
from app.widgets.turn_shown import TurnShown

_NO_BREAK = "\u00a0"


class LikelyWriter(QObject):
    """Writes a card that looks like an answer that is still being proven."""

    def words(self, turn: TurnShown) -> str:
        """What is said of it; empty where nothing is likely."""
        likely = turn.likely
        if likely is None:
            return ""
        where = wording.source(likely.citation.path, likely.citation.place)
        said = " ".join(plain(likely.text).split())
        return self.tr("Likely: {0}, in {1}").format(said, where)

    def write(self, pen: Pen, turn: TurnShown) -> None:
        """Write the card, unless an answer stands in its place."""
        likely = turn.likely
        if likely is None or not turn.shows_likely:
            return
        look, card = theme.current(), card_of(turn.key, Card.LIKELY)
        pen.block(block_format(above=22, below=2, side=14, line=theme.ANSWER_LINE), card)
        label = self.tr("Likely:").replace(" ", _NO_BREAK)
        pen.text(f"{label}{_NO_BREAK}", char_format(Text.ANSWER, look.secondary))
        said = " ".join(plain(likely.text).split())
        pen.text(said, char_format(Text.ANSWER, look.text, QFont.Weight.DemiBold))
        write_gap(pen, FIRST_GAP)
        write_footnote(pen, likely.citation, f"{turn.key}/likely/0/0")
        write_gap(pen, LAST_GAP)
        pen.block(block_format(below=26, side=14), card)
        name = wording.source(likely.citation.path, likely.citation.place)
        source = char_format(Text.SMALL, look.secondary)
        pen.text(name, linked(source, f"{turn.key}/likely/0/1"))
        if turn.running:
            pen.text(
                self.tr(" · a first look; the model has not read it yet"),
                char_format(Text.SMALL, look.secondary),
            )
