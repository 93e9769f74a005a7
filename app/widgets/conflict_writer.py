"""Writes passages that contradict each other side by side, each with its date and its source."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont

from app import theme
from app.models.plain_text import plain
from app.models.scope_parts import day_words
from app.theme import Text
from app.widgets import wording
from app.widgets.document_pen import (
    COLUMN,
    COLUMN_GAP,
    Card,
    Pen,
    block_format,
    card_of,
    char_format,
    linked,
)
from app.widgets.snippets import snippet
from app.widgets.turn_shown import TurnShown
from rag.records import Conflict, Statement

_LEAST_COLUMN = 210  # px, before the scale
_MOST_COLUMNS = 3
_QUOTE_CHARS = 150


class ConflictWriter(QObject):
    """Writes cards in rows of `columns_for` the width there is, or below each other."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.room = 0.0  # px; how wide what is written gets

    def changes(self, turn: TurnShown, before: float) -> bool:
        """Whether something of `turn` stands in other columns than in a room of `before` px."""
        return any(
            self.columns_for(conflict) != self.columns_for(conflict, before)
            for conflict in turn.conflicts
        )

    def columns_for(self, conflict: Conflict, room: float | None = None) -> int:
        """How many statements stand beside each other."""
        room = self.room if room is None else room
        fit = int((room + theme.px(COLUMN_GAP)) // theme.px(_LEAST_COLUMN + COLUMN_GAP))
        return max(1, min(fit, len(conflict.statements), _MOST_COLUMNS))

    def words(self, turn: TurnShown) -> str:
        """What is said of all of it; empty where nothing contradicts itself."""
        return " ".join(
            self._title()
            + " "
            + "; ".join(
                f"{plain(statement.value)}, {self._where(statement)}"
                for statement in conflict.statements
            )
            for conflict in turn.conflicts
        )

    def write(self, pen: Pen, turn: TurnShown) -> None:
        """Write all that contradicts itself in the passages of `turn`."""
        look, index = theme.current(), 0
        for number, conflict in enumerate(turn.conflicts):
            pen.block(block_format(above=14 if not number else 22, below=6))
            title = char_format(Text.SECONDARY, look.warning, QFont.Weight.DemiBold)
            pen.text(f"⚠\ufe0e\u00a0{self._title()}", title)
            columns, newest = self.columns_for(conflict), _newest(conflict)
            for at, statement in enumerate(conflict.statements):
                column = at % columns + 1 if columns > 1 else 0
                if column == 1:
                    pen.begin_columns(columns)
                if column:
                    pen.column(column - 1)
                is_newest = statement is newest
                self._statement(pen, turn, statement, index, column, newest=is_newest)
                index += 1
                if column and (column == columns or at + 1 == len(conflict.statements)):
                    pen.end_columns()

    def _statement(
        self,
        pen: Pen,
        turn: TurnShown,
        statement: Statement,
        index: int,
        column: int = 0,
        *,
        newest: bool,
    ) -> None:
        card = card_of(turn.key, Card.CONFLICTS + index)
        href = f"{turn.key}/stated/{index}"

        def begin(above: float = 0, below: float = 0) -> None:
            made = block_format(above, below, side=13)
            if column:
                made.setProperty(COLUMN, column)
            pen.block(made, card)

        begin(above=0 if column else 14, below=2)
        self._head(pen, statement, href, newest=newest)
        begin(below=6)
        self._quote(pen, statement)
        begin(below=2)
        self._source(pen, turn, statement, href)
        begin(below=0 if column else 26)
        pen.text(self._date(statement), char_format(Text.SMALL, theme.current().secondary))

    def _head(self, pen: Pen, statement: Statement, href: str, *, newest: bool) -> None:
        look = theme.current()
        value = char_format(Text.ANSWER, look.text, QFont.Weight.Bold)
        pen.text(" ".join(plain(statement.value).split()), linked(value, href))
        if newest:
            small = char_format(Text.SMALL, look.secondary)
            pen.text(f"\u2003{self.tr('newest')}", small)

    def _quote(self, pen: Pen, statement: Statement) -> None:
        look, quote = theme.current(), statement.citation.quote
        at = quote.find(statement.value)
        found = [(at, at + len(statement.value))] if at >= 0 else []
        part = snippet(quote, (), _QUOTE_CHARS, found)
        start, end = part.answers[0] if part.answers else (0, 0)
        calm = char_format(Text.SECONDARY, look.secondary)
        strong = char_format(Text.SECONDARY, look.text, QFont.Weight.DemiBold)
        strong.setBackground(look.mark)
        pen.text(f"“{part.text[:start]}", calm)
        pen.text(part.text[start:end], strong)
        pen.text(f"{part.text[end:]}”", calm)

    def _source(self, pen: Pen, turn: TurnShown, statement: Statement, href: str) -> None:
        look, cited = theme.current(), statement.citation
        name = char_format(Text.SMALL, look.text, QFont.Weight.DemiBold)
        pen.text(wording.source(cited.path, cited.place), linked(name, href))
        if turn.has_changed(cited):
            words = self.tr("changed since").replace(" ", "\u00a0")
            pen.text(f" · {words}", char_format(Text.SMALL, look.warning))

    def _title(self) -> str:
        return self.tr("Your files say different things")

    def _where(self, statement: Statement) -> str:
        cited = statement.citation
        return f"{wording.source(cited.path, cited.place)}, {self._date(statement)}"

    def _date(self, statement: Statement) -> str:
        if statement.dated is None:
            return self.tr("no date known")
        day = day_words(statement.dated)
        if not statement.dated_by:
            return day
        return self.tr("{0}, by {1}").format(day, plain(statement.dated_by))


def _newest(conflict: Conflict) -> Statement | None:
    """The first statement, where the dates of all say that it is the newest."""
    first, *rest = conflict.statements
    if first.dated is None:
        return None
    later = all(one.dated is not None and one.dated < first.dated for one in rest)
    return first if later else None
