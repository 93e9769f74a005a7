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

    def seconds(self, elapsed_s: float, in_work_s: float = 0.0) -> float | None:
        """What is left, `elapsed_s` after the beginning; None where nothing is known.

        `in_work_s` is what is done of the estimate of what is not finished yet.
        """
        if self._left is None:
            return None
        done, left = self._done + in_work_s, max(0.0, self._left - in_work_s)
        return left * (elapsed_s / done if done and self._done else 1.0)
