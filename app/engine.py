"""The window's end of the engine: commands in, Qt signals out, and a new process when one dies."""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable
from ctypes import c_int
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app import child
from rag.events import Command, EngineStarted, Failed, Quit, Reply, Request

Serve = Callable[[Connection, Path, bool, c_int], None]

_DELAYS_MS = (200, 1000, 3000)  # before the first, second and third restart within a minute
_MINUTE_S = 60.0
_DRAIN_S = 0.008  # how long replies may keep the window busy at a stretch
_QUIT_S = 1.5

_log = logging.getLogger(__name__)


class _Life:
    """One engine process with the two threads that talk to it, from start to end."""

    def __init__(
        self,
        serve: Serve,
        library: Path,
        samples: bool,  # noqa: FBT001  the arguments of a process
        connections: c_int,
        woke: Callable[[], None],
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self.inbox: deque[Reply | None] = deque()  # None: the process is gone
        self._outbox: SimpleQueue[Request | None] = SimpleQueue()
        self._woke = woke
        self._connection, theirs = context.Pipe()
        # Not a daemon: the engine has children of its own, the readers of files.
        self._process = context.Process(
            target=serve, args=(theirs, library, samples, connections), name="Footnote engine"
        )
        self._process.start()
        theirs.close()
        self._threads = [
            threading.Thread(target=self._read, name="engine replies", daemon=True),
            threading.Thread(target=self._write, name="engine commands", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def send(self, request: Request) -> None:
        """Never blocks: a pipe that is full is the writing thread's business."""
        self._outbox.put(request)

    def end(self, patience_s: float) -> int | None:
        """Wait for the process, then kill it; its exit code."""
        self._outbox.put(None)
        self._process.join(patience_s)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        for thread in self._threads:
            thread.join(1.0)
        code = self._process.exitcode
        self._connection.close()
        self._process.close()
        return code

    def _read(self) -> None:
        while self._connection in wait([self._connection, self._process.sentinel]):
            try:
                reply = self._connection.recv()
            except (EOFError, OSError):
                break
            except Exception:  # noqa: BLE001  what comes out of the pipe is another process's
                _log.exception("An engine's reply could not be understood")
                break
            self.inbox.append(reply)
            self._woke()
        self.inbox.append(None)
        self._woke()

    def _write(self) -> None:
        while (request := self._outbox.get()) is not None:
            try:
                self._connection.send(request)
            except OSError:
                return  # the reading thread tells of it


class Engine(QObject):
    """Runs one engine at a time; all signals arrive in the thread that made this object."""

    replied = Signal(int, object)  # the request's id (0: nobody asked), and a `rag.events.Event`
    started = Signal(object)  # EngineStarted, of the first and of each later process
    died = Signal(str)  # why, in plain words; another process is on its way
    restarted = Signal()  # after `started` of a process that took a dead one's place
    gave_up = Signal(str, str)  # message and detail: no process runs until `try_again`
    _woken = Signal()

    def __init__(
        self,
        library: Path,
        *,
        samples: bool = True,
        serve: Serve = child.run,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.library = library
        self._samples = samples
        self._serve = serve
        self._ids = itertools.count(1)
        self._waiting: list[Request] = []  # until a process says that it started
        self._life: _Life | None = None
        self._lives = 0  # processes that opened the library
        self._running = False
        self._closed = False
        self._wake_sent = False
        self._refusal: Failed | None = None
        self._deaths: deque[float] = deque(maxlen=len(_DELAYS_MS) + 1)
        self._connections: c_int = multiprocessing.get_context("spawn").RawValue(c_int, 0)
        self._restart = QTimer(self, singleShot=True)
        self._restart.timeout.connect(self._begin)
        self._woken.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    @property
    def connections(self) -> int:
        """How many network connections the engine has tried to open since the window started."""
        return self._connections.value

    @property
    def pid(self) -> int:
        """The engine's process id; 0 while there is none."""
        return self._life.pid if self._life else 0

    @property
    def running(self) -> bool:
        """Whether a process has opened the library."""
        return self._running

    def start(self) -> None:
        """Start the process; to be called once."""
        self._begin()

    def try_again(self) -> None:
        """Start a process after `gave_up`."""
        self._deaths.clear()
        self._begin()

    def send(self, command: Command) -> int:
        """Send a command, or keep it until a process is ready; the id its replies will carry."""
        request = Request(next(self._ids), command)
        if self._life is not None and self._running:
            self._life.send(request)
        else:
            self._waiting.append(request)
        return request.id

    def close(self) -> None:
        """End the process: politely for at most 1.5 s, then not. No signal comes after this."""
        self._closed = True
        self._restart.stop()
        if self._life is not None:
            self._life.send(Request(next(self._ids), Quit()))
            self._life.end(_QUIT_S)
            self._life = None
        self._running = False

    @Slot()
    def _begin(self) -> None:
        if self._life is None and not self._closed:
            self._refusal = None
            self._life = _Life(
                self._serve, self.library, self._samples, self._connections, self._wake
            )

    def _wake(self) -> None:
        # Called in the reading thread: one signal for any number of replies.
        if not self._wake_sent:
            self._wake_sent = True
            self._woken.emit()

    @Slot()
    def _drain(self) -> None:
        self._wake_sent = False
        deadline = time.monotonic() + _DRAIN_S
        while self._life is not None and self._life.inbox:
            reply = self._life.inbox.popleft()
            if reply is None:
                self._bury()
            else:
                self._tell(reply)
            if time.monotonic() > deadline:
                QTimer.singleShot(0, self, self._drain)
                return

    def _tell(self, reply: Reply) -> None:
        event = reply.event
        if isinstance(event, EngineStarted):
            self._running = True
            waiting, self._waiting = self._waiting, []
            for request in waiting:
                if self._life is not None:
                    self._life.send(request)
            self.started.emit(event)
            self._lives += 1
            if self._lives > 1:
                self.restarted.emit()
        elif isinstance(event, Failed) and not self._running:
            self._refusal = event  # it could not open the library: its end follows
            return
        self.replied.emit(reply.id, event)

    def _bury(self) -> None:
        life, self._life = self._life, None
        code = life.end(_QUIT_S) if life else None
        self._running = False
        if self._closed:
            return
        _log.warning("The engine ended with exit code %s", code)
        if self._refusal is not None:
            self.gave_up.emit(self._refusal.message, self._refusal.detail)
            return
        now = time.monotonic()
        self._deaths.append(now)
        recent = sum(now - death < _MINUTE_S for death in self._deaths)
        if recent > len(_DELAYS_MS):
            message = self.tr(
                "The engine stopped several times in a row. Nothing you added is lost."
            )
            self.gave_up.emit(message, self.tr("The last exit code was {}.").format(code))
            return
        self._restart.start(_DELAYS_MS[recent - 1])
        self.died.emit(self.tr("The engine stopped and is starting again. Nothing is lost."))
