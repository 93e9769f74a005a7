"""The export's side of the window: what is to be written goes out, and how that went comes in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.engine import Engine
from app.models.export_kinds import ExportKind
from rag.events import (
    ConversationLaidOut,
    Event,
    ExportConversation,
    Exported,
    Failed,
    LayOutConversation,
)


class ExportController(QObject):
    """Lets the engine write files, and lay out what the window draws itself."""

    exported = Signal(object)  # Path
    laid_out = Signal(object, object)  # Paper, and the Path it goes to, or None for a printer
    failed = Signal(str, str)  # message and detail

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._writing: set[int] = set()
        self._laying_out: dict[int, Path | None] = {}
        engine.replied.connect(self._take)
        engine.died.connect(self._lose)
        engine.gave_up.connect(self._lose)

    def export(self, conversation_id: int, turn_id: int | None, kind: ExportKind, to: Path) -> None:
        """Write a conversation, or one turn of it, to a file."""
        if kind.format is None:
            self._lay_out(conversation_id, turn_id, to)
        else:
            command = ExportConversation(conversation_id, to, kind.format, turn_id)
            self._writing.add(self._engine.send(command))

    def print_out(self, conversation_id: int) -> None:
        """Lay a conversation out for a printer."""
        self._lay_out(conversation_id, None, None)

    def _lay_out(self, conversation_id: int, turn_id: int | None, to: Path | None) -> None:
        number = self._engine.send(LayOutConversation(conversation_id, turn_id))
        self._laying_out[number] = to

    def _take(self, number: int, event: Event) -> None:
        if number in self._laying_out:
            if isinstance(event, ConversationLaidOut):
                self.laid_out.emit(event.paper, self._laying_out.pop(number))
            elif isinstance(event, Failed):
                del self._laying_out[number]
                self.failed.emit(event.message, event.detail)
        elif number in self._writing and isinstance(event, Exported | Failed):
            self._writing.discard(number)
            if isinstance(event, Exported):
                self.exported.emit(event.path)
            else:
                self.failed.emit(event.message, event.detail)

    def _lose(self, *_why: str) -> None:
        if self._writing or self._laying_out:
            self._writing.clear()
            self._laying_out.clear()
            words = self.tr("The engine stopped before the file was written. Export it once more.")
            self.failed.emit(words, "")
