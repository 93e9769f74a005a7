"""A long text on its way into a context, from disk where it was kept, else by reading it."""

from __future__ import annotations

from collections.abc import Generator

from rag.generate.context import NativeContext
from rag.generate.writing import Writer, common_prefix
from rag.protocols import SEGMENT_TOKENS, CacheIdentity, ReadingLabel, SavedCaches


class Reading:
    """Goes on by one step at a time, whatever else the context was used for in between.

    All methods run in the worker thread. `identity` is needed with `caches`.
    """

    def __init__(
        self,
        tokens: list[int],
        label: ReadingLabel,
        writer: Writer,
        context: NativeContext,
        caches: SavedCaches | None,
        identity: CacheIdentity | None,
    ) -> None:
        self.tokens = tokens
        self.done = 0
        """How many of the tokens are in the context."""
        self._label = label
        self._writer = writer
        self._context = context
        self._caches = caches
        self._identity = identity
        self._kept = 0
        self._has_looked = False
        self._loading: Generator[int, None, int] | None = None

    @property
    def is_complete(self) -> bool:
        """Nothing is left to read."""
        return self.done == len(self.tokens)

    @property
    def is_loading(self) -> bool:
        """The next steps are quick, and not to be stopped for the sake of others."""
        return not self._has_looked or self._loading is not None

    @property
    def has_more_to_keep(self) -> bool:
        """A stretch was read to its end that is not kept yet, or all of it."""
        whole = self.done if self.is_complete else self.done // SEGMENT_TOKENS * SEGMENT_TOKENS
        return self._caches is not None and whole > self._kept

    def go_on(self) -> None:
        """Look for what is kept, load a stretch of it, or read a slice; raises `Aborted`."""
        here = common_prefix(self._context.read, self.tokens)
        is_disturbed = here != len(self._context.read) or here != self.done
        if not self._has_looked or here < self.done or (self._loading and is_disturbed):
            self._look(here)
        elif self._loading:
            self._load(self._loading)
        else:
            if here < len(self._context.read):
                here = self._context.keep(here)
            self.done = here
            if not self.is_complete:
                self.done = self._writer.read_slice(self.tokens, here)

    def keep(self, *, all_of_it: bool = False) -> None:
        """Save the whole stretches that were read, and what comes after them if asked for."""
        if self._caches is None or self._identity is None:
            return
        read = self.done // SEGMENT_TOKENS * SEGMENT_TOKENS
        if all_of_it or self.is_complete:
            read = self.done
        is_there = common_prefix(self._context.read, self.tokens) >= read
        if read > self._kept and is_there:
            self._caches.keep(self._identity, self._label, self.tokens, read, self._context)
            self._kept = read  # where the disk has no room, trying once is enough

    def leave(self) -> None:
        """End here, with all kept that was read."""
        self._end_loading()
        self.keep(all_of_it=True)

    def _look(self, here: int) -> None:
        """Go on from `here`, or from the beginning where more is kept."""
        self._end_loading()
        self._has_looked = True
        self.done = here
        if self._caches is None or self._identity is None:
            return
        self._kept = self._caches.saved(self._identity, self.tokens)
        if self._kept > here:
            self.done = self._context.keep(0)
            self._loading = self._caches.restore(self._identity, self.tokens, self._context)

    def _load(self, loading: Generator[int, None, int]) -> None:
        try:
            self.done = next(loading)
            if self.done >= self._kept:  # that was the last
                next(loading)
        except StopIteration as stop:
            self.done = self._kept = int(stop.value)
            self._loading = None

    def _end_loading(self) -> None:
        if self._loading:
            self._loading.close()
            self._loading = None
