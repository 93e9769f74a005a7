"""The engine's lane for documents that are read whole ahead of questions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from rag import events
from rag.cancel import CancelToken
from rag.errors import FootnoteError
from rag.events import Event, ReadingsChanged, WholeFinished, WholeProgress
from rag.lane import Lane
from rag.records import Scope
from rag.session import Session

Send = Callable[[int, Event], None]


class WholeLane:
    """Reads what was asked for, one after the other, and tells how far all whole reading is.

    `send` tells the window, with the id of the command that asked.
    """

    def __init__(self, session: Session, send: Send) -> None:
        self.lane = Lane("whole")
        self._session = session
        self._send = send
        self._turn = threading.Lock()
        self._last: dict[int, WholeProgress] = {}  # of each command that is being read for
        self._told: ReadingsChanged | None = None

    def read(self, request_id: int, scope: Scope, cancel: CancelToken) -> None:
        """Read `scope`, telling of it; `WholeFinished` is sent last. Raises as `prepare`."""
        if cancel.cancelled:  # while it waited
            self._send(request_id, WholeFinished(scope.paths, complete=False))
            return
        try:
            for event in self._session.prepare(scope, cancel):
                self.tell(request_id, event)
        finally:
            self.forget(request_id)
            self.list_readings(0)

    def tell(self, request_id: int, event: Event) -> None:
        """Send an event, and remember it if it tells how far something is read."""
        with self._turn:
            if isinstance(event, WholeProgress):
                self._last[request_id] = event
            else:
                self._last.pop(request_id, None)
        self._send(request_id, event)

    def forget(self, request_id: int) -> None:
        """Nothing is read for a command any more."""
        with self._turn:
            self._last.pop(request_id, None)

    def obey(self, command: events.PauseWhole | events.ResumeWhole | events.CancelWhole) -> None:
        """Hold all whole reading, let it go on, or give up what is read ahead; tell so at once.

        A pause was of what is given up now.
        """
        if isinstance(command, events.CancelWhole):
            self.lane.cancel()
        is_paused = isinstance(command, events.PauseWhole)
        gate = self._session.whole.reader.gate
        if is_paused:
            gate.pause()
        else:
            gate.resume()
        with self._turn:  # a slice may take seconds
            told = {key: replace(last, paused=is_paused) for key, last in self._last.items()}
        for request_id, last in told.items():
            self._send(request_id, last)

    def list_readings(self, request_id: int) -> None:
        """Send what is kept."""
        self._told = self._session.whole.readings()
        self._send(request_id, self._told)

    def tell_what_went(self) -> None:
        """Send what is kept if that is something else than what was sent last."""
        if self._session.whole.readings() != self._told:
            self.list_readings(0)

    def run(self, request_id: int, command: events.Command) -> bool:
        """Carry out a command that waits for no reading; whether it was one."""
        match command:
            case events.EstimateWhole(scope):
                estimate = None
                with suppress(FootnoteError):  # told when it is to be read
                    estimate = self._session.whole.estimate(scope)
                self._send(request_id, events.WholeEstimated(scope, estimate))
            case events.DeleteReadings(ids):
                self._session.whole.delete(ids)
                self.list_readings(request_id)
            case events.ListReadings():
                self.list_readings(request_id)
            case _:
                return False
        return True
