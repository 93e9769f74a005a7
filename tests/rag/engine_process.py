"""A real engine in a process of its own, for tests that talk to it over its pipe."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from rag.engine import serve
from rag.events import Command, Event, Quit, Reply, Request

START_S = 90.0  # loading torch on a busy machine


class EngineProcess:
    """Starts an engine on `library`; kills it at the latest when the block ends."""

    def __init__(self, library: Path, *, samples: bool = False) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, library, samples))
        self.process.start()
        theirs.close()
        self.replies: list[Reply] = []
        self._requests = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.kill()
        self.connection.close()

    def send(self, command: Command) -> int:
        self._requests += 1
        self.connection.send(Request(self._requests, command))
        return self._requests

    def wait_for(
        self, wanted: type[Event] | Callable[[Event], bool], timeout_s: float = START_S
    ) -> Event:
        """The next event of a type, or that a condition holds for."""
        deadline = time.monotonic() + timeout_s
        while self.connection.poll(max(0.0, deadline - time.monotonic())):
            reply: Reply = self.connection.recv()
            self.replies.append(reply)
            event = reply.event
            if isinstance(event, wanted) if isinstance(wanted, type) else wanted(event):
                return event
        raise AssertionError(f"waited in vain for {wanted}; last: {self.replies[-3:]}")

    def kill(self) -> None:
        self.process.kill()
        self.process.join()

    def quit(self) -> float:
        """Ask it to end; the seconds that this took."""
        begun = time.monotonic()
        self.send(Quit())
        self.process.join(START_S)
        return time.monotonic() - begun
