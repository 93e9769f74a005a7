"""The saved readings of a folder: which there are, what they share, and which go first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

import numpy as np

from rag.generate import kvcache_manifest
from rag.generate.kvcache_files import PART, StateFiles
from rag.generate.kvcache_manifest import Reading, Segment, TokenArray
from rag.protocols import CacheIdentity

MANIFEST, SEGMENT = ".json", ".kv"
_SEGMENT_ENTRY_BYTES = 200  # in a manifest, with some room
_LONGEST_MANIFEST_BYTES = 64 << 20  # ten times that of a million tokens


class Shelf:
    """Readings and their files, used by any thread; opening it clears away what nothing names."""

    def __init__(self, files: StateFiles) -> None:
        self._files = files
        self._lock = threading.RLock()
        self._readings: dict[str, Reading] = {}
        self._manifest_bytes: dict[str, int] = {}
        self._in_work: list[str] = []
        self._open()

    # ------------------------------------------------------------ what there is

    def readings(self) -> list[Reading]:
        """All readings, the last used first."""
        with self._lock:
            return sorted(self._readings.values(), key=lambda reading: -reading.used_at)

    def segments(self) -> dict[str, Segment]:
        """The segments of all readings by their names."""
        with self._lock:
            return {
                segment.name: segment
                for reading in self._readings.values()
                for segment in reading.segments
            }

    def is_there(self, segment: Segment) -> bool:
        """Whether its file lies on the disk, by its size."""
        return self._files.size(segment.name + SEGMENT) == segment.size_bytes

    def bytes_of(self, reading: Reading) -> int:
        """What a reading takes on the disk, what it shares with others included."""
        with self._lock:
            sizes = sum(segment.size_bytes for segment in reading.segments)
            return sizes + self._manifest_bytes.get(reading.id, 0)

    @property
    def size_bytes(self) -> int:
        """What all take on the disk, what they share counted once."""
        with self._lock:
            sizes = sum(segment.size_bytes for segment in self.segments().values())
            return sizes + sum(self._manifest_bytes.values())

    def growth_bytes(self, reading: Reading) -> int:
        """What the manifest of a reading takes more with one segment more."""
        written = len(kvcache_manifest.encode(reading)) + _SEGMENT_ENTRY_BYTES
        with self._lock:
            return max(0, written - self._manifest_bytes.get(reading.id, 0))

    def longest(self, identity: CacheIdentity, tokens: TokenArray) -> tuple[Reading | None, int]:
        """The reading that keeps most of the first `tokens`, their own among equals; how many."""
        own = kvcache_manifest.reading_id(identity, tokens)
        best: tuple[Reading | None, int] = None, 0
        with self._lock:
            same = [r for r in self._readings.values() if r.identity == identity]
        for reading in same:
            count = _alike(reading.tokens[: reading.kept], tokens)
            if count > best[1] or (count and count == best[1] and reading.id == own):
                best = reading, count
        return best

    def get(self, reading_id: str) -> Reading | None:
        """The reading of that id."""
        with self._lock:
            return self._readings.get(reading_id)

    @contextmanager
    def in_work(self, reading_id: str) -> Generator[None]:
        """Let nothing of a reading go for want of room meanwhile."""
        with self._lock:
            self._in_work.append(reading_id)
        try:
            yield
        finally:
            with self._lock:
                self._in_work.remove(reading_id)

    # ------------------------------------------------------------ what changes

    def put(self, reading: Reading) -> bool:
        """Keep a reading, in place of an earlier state of it.

        False where some of it was deleted meanwhile. Raises `OSError`. What of its segments no
        reading has is gone in both cases.
        """
        content = kvcache_manifest.encode(reading)
        with self._sweeping(reading.segments):
            if not all(self.is_there(segment) for segment in reading.segments):
                return False
            self._files.write(reading.id + MANIFEST, content)
            self._readings[reading.id] = reading
            self._manifest_bytes[reading.id] = len(content)
        return True

    def use(self, reading_id: str, now: float) -> None:
        """Note that a reading was used, if it is still there."""
        with self._lock:
            if reading := self._readings.get(reading_id):
                used = replace(reading, used_at=now)
                self._readings[reading_id] = used
                with suppress(OSError):  # then it is known until the program ends
                    self.put(used)

    def delete(self, which: Callable[[Reading], bool]) -> set[str]:
        """Delete readings, and what no other needs of them; the ids of what is gone."""
        with self._sweeping():
            gone = {reading.id for reading in self._readings.values() if which(reading)}
            self._forget(*gone)
        return gone

    def cut(self, segment_name: str) -> None:
        """Delete a segment that turned out to be bad, and what follows it in any reading."""
        with self._sweeping():
            for reading in list(self._readings.values()):
                names = [segment.name for segment in reading.segments]
                if segment_name in names:
                    self._shorten(reading, names.index(segment_name))

    def evict(self, excess_bytes: int) -> bool:
        """Delete what was used least lately until that many bytes are free.

        Nothing is deleted, and False returned, where all that may go would not do.
        """
        with self._lock:
            before = self.size_bytes
            going: set[str] = set()
            for reading in reversed(self.readings()):
                if before - self._bytes_without(going) >= excess_bytes:
                    break
                if reading.id not in self._in_work:
                    going.add(reading.id)
            if before - self._bytes_without(going) < excess_bytes:
                return False
            with self._sweeping():
                self._forget(*going)
        return True

    def shrink(self, budget_bytes: int) -> None:
        """Delete what was used least lately until all takes no more than the budget, if it can."""
        with self._lock:
            for reading in reversed(self.readings()):
                if self.size_bytes <= budget_bytes:
                    break
                if reading.id not in self._in_work:
                    with self._sweeping():
                        self._forget(reading.id)

    # ------------------------------------------------------------ within

    def _open(self) -> None:
        for name in self._files.names():
            if name.endswith(PART):
                self._files.remove(name)
            elif name.endswith(MANIFEST):
                self._take_in(name)
        held = {name + SEGMENT for name in self.segments()}
        for name in self._files.names():
            if name.endswith(SEGMENT) and name not in held:
                self._files.remove(name)

    def _take_in(self, name: str) -> None:
        """Add the reading of a manifest, without what is not there of it, or delete the file."""
        try:
            reading, size = self._read(name)
        except (OSError, ValueError):
            self._files.remove(name)
            return
        self._readings[reading.id], self._manifest_bytes[reading.id] = reading, size
        for number, segment in enumerate(reading.segments):
            if not self.is_there(segment):
                self._shorten(reading, number)
                break

    def _read(self, name: str) -> tuple[Reading, int]:
        with self._files.opened(name) as file:
            content = file.read(_LONGEST_MANIFEST_BYTES)
        reading = kvcache_manifest.decode(content)
        if reading.id + MANIFEST != name or not reading.segments:
            raise ValueError("another reading's")
        return reading, len(content)

    def _shorten(self, reading: Reading, segments: int) -> None:
        if not segments:
            self._forget(reading.id)
            return
        shorter = replace(reading, segments=reading.segments[:segments])
        self._readings[reading.id] = shorter
        with suppress(OSError):  # what is missing will be missed again at the next opening
            self.put(shorter)

    def _forget(self, *reading_ids: str) -> None:
        for reading_id in reading_ids:
            self._files.remove(reading_id + MANIFEST)
            self._readings.pop(reading_id)
            self._manifest_bytes.pop(reading_id, None)

    @contextmanager
    def _sweeping(self, added: Sequence[Segment] = ()) -> Generator[None]:
        """Delete the segments, known or `added`, that no reading has after a change."""
        with self._lock:
            before = {*self.segments(), *(segment.name for segment in added)}
            try:
                yield
            finally:
                for name in before - self.segments().keys():
                    self._files.remove(name + SEGMENT)

    def _bytes_without(self, going: set[str]) -> int:
        """What would be on the disk without some readings."""
        staying = [r for r in self._readings.values() if r.id not in going]
        segments = {s.name: s.size_bytes for r in staying for s in r.segments}
        return sum(segments.values()) + sum(self._manifest_bytes.get(r.id, 0) for r in staying)


def _alike(kept: TokenArray, tokens: TokenArray) -> int:
    """How many of the first tokens are the same."""
    count = min(len(kept), len(tokens))
    different = np.flatnonzero(kept[:count] != tokens[:count])
    return int(different[0]) if len(different) else count
