"""What a press below or beside an answer asks for: the same question in another way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.widgets.turn_shown import READ_WHOLE, TurnShown
from rag.records import Mode


class TurnWishes(QObject):
    """Turns the actions of links into wishes about their turn's question."""

    retry_wanted = Signal(str)  # the question
    edit_wanted = Signal(str, object)  # the question, and the Scope it was asked of
    own_knowledge_wanted = Signal(str)  # the question
    unnarrowed_wanted = Signal(str, object)  # the question, and the Scope it was asked of
    everything_wanted = Signal(str, object)  # the same; it asks for all that is in scope
    whole_wanted = Signal(str, object, object)  # the same, and the Mode to read whole in

    def follow(self, turn: TurnShown, action: str) -> None:
        """Wish what `action` of a link of `turn` says; nothing for one that is not known."""
        match action:
            case "unnarrowed":
                self.unnarrowed_wanted.emit(turn.question, turn.scope)
            case "everything":
                self.everything_wanted.emit(turn.question, turn.scope)
            case "whole" if turn.whole is not None:
                self.whole_wanted.emit(turn.question, turn.scope, turn.whole.mode)
            case "edit":
                self.edit_wanted.emit(turn.question, turn.scope)
            case "again":
                self._ask_again(turn)
            case "own":
                self.own_knowledge_wanted.emit(turn.question)
            case _:
                pass

    def _ask_again(self, turn: TurnShown) -> None:
        if turn.mode is Mode.EXHAUSTIVE:
            self.everything_wanted.emit(turn.question, turn.scope)
        elif turn.mode in READ_WHOLE:
            self.whole_wanted.emit(turn.question, turn.scope, turn.mode)
        else:
            self.retry_wanted.emit(turn.question)
