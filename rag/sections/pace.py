"""How long the rest of a summary takes, told better and better while it goes on."""

from __future__ import annotations


class TimeLeft:
    """Tells how long the rest takes, by how long what is done took beside its estimate."""

    def __init__(self, estimated_s: float | None) -> None:
        self._left = estimated_s
        self._done = 0.0

    def note(self, estimated_s: float) -> None:
        """So much of the estimate is done."""
        self._done += estimated_s
        if self._left is not None:
            self._left = max(0.0, self._left - estimated_s)

    def seconds(self, elapsed_s: float) -> float | None:
        """What is left, `elapsed_s` after the beginning; None where nothing is known."""
        if self._left is None:
            return None
        return self._left * (elapsed_s / self._done if self._done else 1.0)
