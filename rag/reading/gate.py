"""Lets reading wait: for the user, for answers, for power and for room on the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rag.cancel import CancelToken

_POLL_S = 0.1  # how soon a cancelled wait ends
_TELL_S = 1.0
_ASK_S = 3.0  # between two looks at the battery and the disk

Hold = Callable[[], str]  # why reading must rest now, as a sentence; empty while it may go on


class ReadingGate:
    """Passed by reading at each batch border; closed by a pause, by questions in work, by holds."""

    def __init__(self, ask_every_s: float = _ASK_S) -> None:
        self._changed = threading.Condition()
        self._questions = 0
        self._paused = False
        self._holds: list[Hold] = []
        self._ask_every_s = ask_every_s
        self._asked = -ask_every_s
        self._waits_for = ""
        self._waited_s = 0.0

    @property
    def paused(self) -> bool:
        """Whether the user paused reading."""
        return self._paused

    @property
    def waited_s(self) -> float:
        """How long `rest` held whoever called it, all in all."""
        return self._waited_s

    def hold_while(self, hold: Hold) -> None:
        """Keep the gate closed whenever `hold` has a reason; it is asked every few seconds."""
        self._holds.append(hold)

    def ask_again(self) -> None:
        """Ask the holds anew at once: something that they depend on has changed."""
        with self._changed:
            self._asked = -self._ask_every_s
            self._changed.notify_all()

    @property
    def waits_for(self) -> str:
        """Why reading rests though nobody paused it: a sentence, empty where nothing holds it."""
        with self._changed:
            now = time.monotonic()
            if now - self._asked >= self._ask_every_s:
                self._waits_for = next(filter(None, (hold() for hold in self._holds)), "")
                self._asked = now
            return self._waits_for

    def pause(self) -> None:
        """Hold reading until `resume`."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Let reading go on."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    @contextmanager
    def question(self) -> Generator[None, None, None]:
        """Hold reading while a question is in work."""
        with self._changed:
            self._questions += 1
        try:
            yield
        finally:
            with self._changed:
                self._questions -= 1
                self._changed.notify_all()

    @property
    def is_closed(self) -> bool:
        """Whether reading has to wait now."""
        return self._paused or self._questions > 0 or bool(self.waits_for)

    def wait(self, cancel: CancelToken) -> None:
        """Return once reading may go on; raises `Cancelled`."""
        while self.is_closed:
            cancel.check()
            self._wait_a_little()
        cancel.check()

    def rest(self, cancel: CancelToken) -> Generator[None, None, None]:
        """Yield whenever the reason to wait has changed and every second, until reading may go on.

        Yields nothing where the gate is open. For the one thread that tells of the waiting. Raises
        `Cancelled`.
        """
        begun = told_at = time.monotonic()
        told = None
        try:
            while self.is_closed:
                cancel.check()
                reason, now = (self._paused, self.waits_for), time.monotonic()
                if reason != told or now - told_at > _TELL_S:
                    told, told_at = reason, now
                    yield
                self._wait_a_little()
        finally:
            self._waited_s += time.monotonic() - begun
        cancel.check()

    def _wait_a_little(self) -> None:
        with self._changed:
            self._changed.wait(_POLL_S)
