"""Remembers which windows of evidence speak against what a sentence says."""

from __future__ import annotations

from rag.cite.library import Library

SECOND_SENTENCE_GAIN = 0.1  # how much more two sentences must hold than one to be taken for it
_MARGIN = 0.03  # how much less like it a window may be than one that speaks against it


class Refusals:
    """The windows that speak of something and do not bear it out."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._most = 0.0
        self._sentences: dict[int, float] = {}

    def __bool__(self) -> bool:
        return self._most > 0.0

    def add(self, window: int, share: float) -> None:
        """Keep that a window, which holds `share` of the words, speaks against them."""
        self._most = max(self._most, share)
        numbers = self._library.windows[window].sentences
        if len(numbers) == 1:
            self._sentences[numbers[0]] = share

    def speak_against(self, window: int, share: float) -> bool:
        """Whether a window that holds `share` of the words is not to be trusted with them.

        It is not when it holds clearly less than one that speaks against them, or hardly more
        than a sentence of its own that does.
        """
        if share < self._most - _MARGIN:
            return True
        return any(
            share <= self._sentences.get(number, -1.0) + SECOND_SENTENCE_GAIN
            for number in self._library.windows[window].sentences
        )
