"""What the library is searched with, and the change to another search model."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.engine import Engine
from rag.events import EmbedderChanged, Failed, UseEmbedder


class SearchModelController(QObject):
    """Follows which search model is in use and which is coming, and asks for another."""

    changed = Signal(object)  # EmbedderChanged
    lost = Signal()  # the engine is gone: nothing is coming for now
    failed = Signal(str, str)  # message and detail: the change that was wanted is not made

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: EmbedderChanged | None = None  # None until the engine has told
        self._engine = engine
        self._changing: int | None = None
        engine.died.connect(self._lose)
        engine.gave_up.connect(self._lose)
        engine.replied.connect(self._take)

    def folder_for(self, embedder_id: str) -> Path:
        """Where the files of a model that was got belong."""
        name, _, _precision = embedder_id.partition("@")
        return self._engine.library / "models" / name

    @Slot(str)
    def use(self, embedder_id: str) -> None:
        """Make the library searchable with this one; the one before serves until that is done."""
        self._changing = self._engine.send(UseEmbedder(embedder_id))

    def _lose(self, *_why: str) -> None:
        self._changing = None  # the next engine goes on by itself
        self.lost.emit()

    def _take(self, number: int, event: object) -> None:
        if isinstance(event, EmbedderChanged):
            self.state = event
            self.changed.emit(event)
        elif isinstance(event, Failed) and number == self._changing:
            self._changing = None
            self.failed.emit(event.message, event.detail)
