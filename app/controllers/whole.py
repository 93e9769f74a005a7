"""Documents that are read whole: what that would take, how far it is, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.engine import Engine
from rag.events import (
    CancelWhole,
    DeleteReadings,
    EngineStarted,
    EstimateWhole,
    Failed,
    FilesChanged,
    ListReadings,
    ModelChanged,
    OptionsChanged,
    PauseWhole,
    ReadingsChanged,
    ReadWhole,
    ResumeWhole,
    WholeEstimated,
    WholeFinished,
    WholeProgress,
)
from rag.records import Scope

_AGAIN_MS = 200  # what changes an estimate comes in bursts


class WholeController(QObject):
    """Asks what reading whole takes, has documents read ahead, and keeps the list of what is."""

    estimated = Signal(object, object)  # Scope, and its WholeEstimate or None
    progressed = Signal(object, int)  # WholeProgress or None, and how many documents wait after it
    interrupted = Signal(tuple)  # paths that were being read when the engine ended
    finished = Signal(tuple)  # paths that are read whole now
    readings_changed = Signal(object)  # ReadingsChanged
    marked = Signal(object)  # files that the model read whole, with the share of each (0..1)
    failed = Signal(str, str)  # message and detail

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.readings = ReadingsChanged((), 0, 0)
        self._engine = engine
        self._scope: Scope | None = None  # that an estimate is wanted of
        self._waiting: dict[int, Path] = {}  # documents to be read ahead, by request
        self._asked: int | None = None  # the request for the estimate that is awaited
        self._mine: set[int] = set()  # other requests of which a failure is told
        self._model = ""
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._estimate)
        engine.started.connect(self._start)
        engine.died.connect(self._lose)
        engine.gave_up.connect(self._lose)
        engine.replied.connect(self._take)

    # ------------------------------------------------------------ wishes

    @Slot(object)
    def use_scope(self, scope: Scope | None) -> None:
        """Keep telling what reading all of `scope` takes; None: of nothing."""
        if scope != self._scope:
            self._scope = scope
            self._again.stop()
            self._estimate()

    @Slot(list)
    def read(self, paths: Sequence[Path]) -> None:
        """Read each of these files whole in the background, one after the other."""
        for path in paths:
            if path not in self._waiting.values():
                self._waiting[self._engine.send(ReadWhole(Scope((path,))))] = path

    @Slot()
    def pause(self) -> None:
        """Hold the reading, ahead of questions or for one."""
        self._mine.add(self._engine.send(PauseWhole()))

    @Slot()
    def resume(self) -> None:
        """Go on with it."""
        self._mine.add(self._engine.send(ResumeWhole()))

    @Slot()
    def cancel(self) -> None:
        """Give up all reading ahead; what was read is kept."""
        self._mine.add(self._engine.send(CancelWhole()))

    @Slot(tuple)
    def delete(self, ids: Sequence[str]) -> None:
        """Delete what is kept of these readings, of all without `ids`."""
        self._mine.add(self._engine.send(DeleteReadings(tuple(ids))))

    def forget(self, paths: Sequence[Path]) -> None:
        """Delete every reading that one of these files is in."""
        gone = set(paths)
        ids = [reading.id for reading in self.readings.readings if gone & {*reading.paths}]
        if ids:
            self.delete(ids)

    # ------------------------------------------------------------ inside

    def _estimate(self) -> None:
        if self._scope is not None:
            self._asked = self._engine.send(EstimateWhole(self._scope))

    def _start(self, _started: EngineStarted) -> None:
        self._mine.add(self._engine.send(ListReadings()))
        self._again.start()

    def _lose(self, *_why: str) -> None:
        """Nothing is read any more; reading it again may be what ended the engine."""
        lost, self._waiting = tuple(self._waiting.values()), {}
        self._mine.clear()
        self.progressed.emit(None, 0)
        if lost:
            self.interrupted.emit(lost)

    def _take(self, number: int, event: object) -> None:
        if isinstance(event, WholeEstimated):
            if event.scope == self._scope:
                self.estimated.emit(event.scope, event.estimate)
        elif isinstance(event, ReadingsChanged):
            self.readings = event
            self.readings_changed.emit(event)
            self._mark()
        elif number in self._waiting:
            self._follow(number, event)
        elif isinstance(event, Failed) and number == self._asked:
            self.estimated.emit(self._scope, None)
        elif isinstance(event, Failed) and number in self._mine:
            self._mine.discard(number)
            self.failed.emit(event.message, event.detail)
        if self._outdates(event):
            self._again.start()

    def _outdates(self, event: object) -> bool:
        """Whether the estimate may be another one after `event`; notes which model answers."""
        if isinstance(event, ModelChanged):
            self._model = event.model.name if event.model else ""
            self._mark()
        if isinstance(event, FilesChanged):
            changed = {*event.removed, *(record.path for record in event.files)}
            return self._scope is not None and not changed.isdisjoint(self._scope.paths)
        return isinstance(event, ModelChanged | OptionsChanged | ReadingsChanged)

    def _follow(self, number: int, event: object) -> None:
        """Tell how far the documents are that are read ahead."""
        if isinstance(event, WholeProgress):
            self.progressed.emit(event, len(self._waiting) - 1)
        elif isinstance(event, WholeFinished | Failed):
            del self._waiting[number]
            if not self._waiting:
                self.progressed.emit(None, 0)
            if isinstance(event, Failed):
                self.failed.emit(event.message, event.detail)
            elif event.complete:
                self.finished.emit(event.paths)

    def _mark(self) -> None:
        """Tell of the files that begin a reading of the model that answers; another's is no use."""
        shares: dict[Path, float] = {}
        for reading in self.readings.readings:
            if reading.model != self._model or not reading.paths or not reading.tokens_total:
                continue
            alone = len(reading.paths) == 1
            if alone or reading.is_complete:  # of several, the first is read before the others
                share = min(1.0, reading.tokens / reading.tokens_total)
                shares[reading.paths[0]] = max(share, shares.get(reading.paths[0], 0.0))
        self.marked.emit(shares)
