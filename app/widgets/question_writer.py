"""Writes a turn's question, what it was asked of, and how it was understood."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont

from app import theme
from app.models.plain_text import plain
from app.models.scope_parts import joined, scope_words
from app.theme import Text
from app.widgets.document_pen import LINE_AFTER, Pen, block_format, char_format, linked
from app.widgets.turn_shown import TurnShown
from rag.records import Understanding

_NO_BREAK = "\u00a0"
_LONG_CHARS = 48  # from which a scope is not said again in a link


class QuestionWriter(QObject):
    """Writes the head of a turn in a large line and calm small ones."""

    def write_scope(self, pen: Pen, turn: TurnShown) -> None:
        """Write what is asked of from here on, where that is not what was asked of before."""
        if not turn.switched:
            return
        made = block_format(above=28)
        made.setProperty(LINE_AFTER, 1)
        pen.block(made)
        pen.text(self.scope_line(turn), char_format(Text.SMALL, theme.current().secondary))

    def scope_line(self, turn: TurnShown) -> str:
        """What is said where other files are asked about than before."""
        if turn.scope.limits_files:
            return self.tr("Now asked of: {0}").format(scope_words(turn.scope))
        return self.tr("Again of the whole library")

    def write_question(self, pen: Pen, turn: TurnShown) -> None:
        """Write the question, and its scope where that is not the whole library."""
        limited = turn.scope.limits_files and not turn.switched
        more = self._tells_more(turn)
        above = 12 if turn.key == 1 or turn.switched else 36
        pen.block(block_format(above, below=4 if limited or more else 12))
        look = theme.current()
        pen.text(plain(turn.question), char_format(Text.QUESTION, look.text, QFont.Weight.DemiBold))
        if limited:
            pen.block(block_format(below=2 if more else 12))
            words = self.tr("Asked of {0}").format(scope_words(turn.scope))
            pen.text(words, char_format(Text.SMALL, look.secondary))

    def write_understanding(self, pen: Pen, turn: TurnShown) -> None:
        """Write what was searched for and where, as far as that is not what was typed."""
        understood = turn.understood
        if understood is None:
            return
        small = char_format(Text.SMALL, theme.current().secondary)
        searched = self._searched_for(turn.question, understood)
        narrowed = bool(understood.narrowed_by)
        if searched:
            pen.block(block_format(below=2 if narrowed else 12))
            pen.text(searched, small)
        if narrowed:
            pen.block(block_format(below=12))
            pen.text(self._looked_only(understood), small)
            if not turn.running:  # one question at a time
                pen.text(" · ", small)
                link = char_format(Text.SMALL, theme.current().accent, QFont.Weight.DemiBold)
                tip = self.tr("Ask again, without leaving anything out")
                pen.text(self._instead(turn), linked(link, f"{turn.key}/unnarrowed", tip))

    def _tells_more(self, turn: TurnShown) -> bool:
        """Whether something stands below the question about how it was understood."""
        understood = turn.understood
        return understood is not None and bool(
            understood.narrowed_by or self._searched_for(turn.question, understood)
        )

    def _searched_for(self, typed: str, understood: Understanding) -> str:
        if len(understood.parts) > 1:
            parts = joined([f"“{part}”" for part in understood.parts], len(understood.parts))
            return self.tr("Searched for: {0}").format(plain(parts))
        if understood.question.split() == typed.split():
            return ""
        return self.tr("Searched for: {0}").format(f"“{plain(understood.question)}”")

    def _looked_only(self, understood: Understanding) -> str:
        words = joined([f"“{words}”" for words in understood.narrowed_by], 9)
        return self.tr("Looked only in {0} ({1})").format(scope_words(understood.scope), words)

    def _instead(self, turn: TurnShown) -> str:
        if turn.scope.limits_files:
            asked = scope_words(turn.scope)
            if len(asked) > _LONG_CHARS:
                return self.tr("Search all of that instead").replace(" ", _NO_BREAK)
            return self.tr("Search {0} instead").format(asked)
        return self.tr("Search everything instead").replace(" ", _NO_BREAK)
