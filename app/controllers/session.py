"""The engine's own state: whether it runs, what it has to say, and the settings in force."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.engine import Engine
from rag.events import EngineStarted, Failed, OptionsChanged, SearchReady, SetOptions
from rag.options import Options

_LOOK_MS = 3000  # between looks at the count of connections


class SessionController(QObject):
    """Tells of the engine's life in words, and keeps its settings."""

    started = Signal(object)  # EngineStarted
    told = Signal(str)  # something to know
    failed = Signal(str, str)  # message and detail of a failure that nobody's command caused
    stopped = Signal(str)  # the engine died and comes back by itself
    recovered = Signal()
    gave_up = Signal(str, str)  # message and detail: `try_again` is the way on
    ready_changed = Signal(bool, str)  # whether questions can be asked, and why not
    connections_changed = Signal(int)
    options_changed = Signal(object)  # Options

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.options = Options()
        self._engine = engine
        self._setting: int | None = None
        self._connections = 0
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._count)
        self._look.start()
        engine.started.connect(self._start)
        engine.died.connect(self._stop)
        engine.restarted.connect(self.recovered)
        engine.gave_up.connect(self._give_up)
        engine.replied.connect(self._take)

    @Slot()
    def try_again(self) -> None:
        """Start an engine again after `gave_up`."""
        self.ready_changed.emit(False, self.tr("Starting…"))
        self._engine.try_again()

    def set_options(self, options: Options) -> None:
        """Use and remember these settings."""
        self._setting = self._engine.send(SetOptions(options))

    def _start(self, started: EngineStarted) -> None:
        self.options = started.options
        self.ready_changed.emit(False, self.tr("Getting ready to search…"))
        self.started.emit(started)
        self.options_changed.emit(started.options)
        for notice in started.notices:
            self.told.emit(notice)

    def _stop(self, message: str) -> None:
        self.ready_changed.emit(False, self.tr("The engine is starting again…"))
        self.stopped.emit(message)

    def _give_up(self, message: str, detail: str) -> None:
        self.ready_changed.emit(False, self.tr("The engine is not running."))
        self.gave_up.emit(message, detail)

    def _take(self, number: int, event: object) -> None:
        if isinstance(event, SearchReady):
            self.ready_changed.emit(True, "")
        elif isinstance(event, OptionsChanged):
            self.options = event.options
            self.options_changed.emit(event.options)
        elif isinstance(event, Failed) and number in (0, self._setting):
            self.failed.emit(event.message, event.detail)

    def _count(self) -> None:
        if self._engine.connections != self._connections:
            self._connections = self._engine.connections
            self.connections_changed.emit(self._connections)
