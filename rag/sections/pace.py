"""How long the rest of a summary takes, told better and better while it goes on."""

from __future__ import annotations


class TimeLeft:
    """Tells how long the rest takes, by how long what is done took beside its estimate."""

    def __init__(self, estimated_s: float | None) -> None:
        self._left = estimated_s
        self._done = 0.0
        self._told = estimated_s
        self._told_at = 0.0

    def finished(self, estimated_s: float, elapsed_s: float, in_work_s: float) -> None:
        """So much of the estimate is done, `elapsed_s` after the beginning.

        `in_work_s` is what is done of the estimate of what is not finished yet.
        """
        self._done += estimated_s
        if self._left is None:
            return
        self._left = max(0.0, self._left - estimated_s)
        ahead = min(in_work_s, self._left)
        self._told = (self._left - ahead) * elapsed_s / (self._done + ahead)
        self._told_at = elapsed_s

    def seconds(self, elapsed_s: float) -> float | None:
        """What is left, `elapsed_s` after the beginning; None where nothing is known.

        It runs down while nothing is finished, but never to nothing.
        """
        if self._told is None:
            return None
        return max(self._told - (elapsed_s - self._told_at), _NEVER_LESS * self._told)


_NEVER_LESS = 0.2  # of what was told last: it takes longer than was thought
