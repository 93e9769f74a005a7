"""The passwords of locked files: who is to be asked, and what one opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.controllers.library import LibraryController
from app.engine import Engine
from rag.events import Failed, Unlock


class PasswordController(QObject):
    """Offers once to open files that a reading found locked; no password is kept here."""

    offered = Signal(list)  # locked files that were not offered before
    tried = Signal(int, list)  # how many files a password opened, and those still locked
    failed = Signal(str)  # it could not be tried, and why

    def __init__(
        self, engine: Engine, library: LibraryController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._library = library
        self._known: set[Path] = set()  # offered, or locked since an earlier start
        self._trying: dict[int, tuple[Path, ...]] = {}
        library.loaded.connect(self._note)
        library.settled.connect(self._look)
        engine.died.connect(self._lose)
        engine.replied.connect(self._take)

    def unlock(self, password: str, paths: Sequence[Path]) -> None:
        """Try a password on locked files."""
        self._trying[self._engine.send(Unlock(password, tuple(paths)))] = tuple(paths)

    def _locked(self) -> list[Path]:
        return [record.path for record in self._library.tree.records() if record.locked]

    def _note(self) -> None:
        self._known.update(self._locked())

    def _look(self, number: int) -> None:
        """After a reading: tell what a password opened, or offer what was found locked."""
        locked = self._locked()
        if number in self._trying:
            paths = self._trying.pop(number)
            still = [path for path in paths if path in locked]
            self.tried.emit(len(paths) - len(still), still)
        new = [path for path in locked if path not in self._known]
        self._known.update(new)
        if new:
            self.offered.emit(new)

    def _take(self, number: int, event: object) -> None:
        if isinstance(event, Failed) and self._trying.pop(number, None) is not None:
            self.failed.emit(event.message)

    def _lose(self, _why: str) -> None:
        if self._trying:
            self._trying.clear()
            self.failed.emit(self.tr("The engine stopped and is starting again. Try once more."))
