"""An engine without a process: it keeps what it was sent, and tests say what it replies."""

import itertools
from pathlib import Path

from PySide6.QtCore import QObject, Signal


class RecordingEngine(QObject):
    """Has the signals of `app.engine.Engine`."""

    replied = Signal(int, object)
    started = Signal(object)
    died = Signal(str)
    restarted = Signal()
    gave_up = Signal(str, str)

    def __init__(self):
        super().__init__()
        self.sent = []
        self.library = Path("library")
        self.connections = 0
        self.tries = 0
        self._ids = itertools.count(1)

    def send(self, command):
        self.sent.append(command)
        return next(self._ids)

    def try_again(self):
        self.tries += 1

    @property
    def last_id(self):
        return len(self.sent)
