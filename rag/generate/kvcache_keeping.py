"""Writes what a model read to the folder of saved readings, as far as there is room."""

from __future__ import annotations

import errno
import os
import time
from dataclasses import dataclass, replace

from rag.cancel import CancelToken
from rag.generate import halving, kvcache_manifest
from rag.generate.kvcache_files import StateFiles
from rag.generate.kvcache_manifest import Reading, Segment
from rag.generate.kvcache_shelf import SEGMENT, Shelf
from rag.protocols import CacheIdentity, TokenSpans

_AS_READ = ".whole"
_FULL_BYTES = 1 << 24  # what is left of a disk that some write found full


class NoRoom(Exception):
    """Why nothing more can be kept, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be kept, and how."""

    budget_bytes: int
    floor_bytes: int
    halve: bool


class Keeper:
    """Adds to a shelf what is not on it yet."""

    def __init__(self, files: StateFiles, shelf: Shelf, limits: Limits) -> None:
        self._files, self._shelf = files, shelf
        self.limits = limits
        self._bytes_per_token: dict[tuple[CacheIdentity, bool], float] = {}

    def keep(self, wanted: Reading, read: int, context: TokenSpans) -> None:
        """Save the first `read` tokens of a reading, if they are not kept.

        Raises `NoRoom`, `OSError`; what was kept until then stays.
        """
        names = kvcache_manifest.segment_names(wanted.identity, wanted.tokens[:read])
        spans = kvcache_manifest.boundaries(read)
        earlier = self._shelf.get(wanted.id)
        if earlier:
            wanted = replace(wanted, segments=earlier.segments, created_at=earlier.created_at)
        segments = self._shared(names)
        if sum(segment.tokens for segment in segments) > wanted.kept:
            wanted = self._longer(wanted, segments)
            if not self._put(wanted):
                return
        if wanted.kept >= read:
            return
        for name, span in list(zip(names, spans, strict=True))[len(segments) :]:
            segments.append(self._write(wanted, name, span, context))
            wanted = self._longer(wanted, segments)
            if not self._put(wanted):
                return

    def _shared(self, names: list[str]) -> list[Segment]:
        """The segments that are there already, up to the first that is not."""
        there = self._shelf.segments()
        shared: list[Segment] = []
        for name in names:
            if name not in there or not self._shelf.is_there(there[name]):
                break
            shared.append(there[name])
        return shared

    def _longer(self, reading: Reading, segments: list[Segment]) -> Reading:
        return replace(reading, segments=tuple(segments), used_at=time.time())

    def _put(self, reading: Reading) -> bool:
        is_kept = self._shelf.put(reading)
        # Only now may go what shared its segments with it.
        self._shelf.evict(self._shelf.size_bytes - self.limits.budget_bytes)
        return is_kept

    def _write(
        self, reading: Reading, name: str, span: tuple[int, int], context: TokenSpans
    ) -> Segment:
        count = span[1] - span[0]
        kind = reading.identity, self.limits.halve
        more = self._shelf.growth_bytes(reading)
        expected = int(self._bytes_per_token.get(kind, 0) * count)
        self._make_room(expected + more, on_disk=False)
        with self._files.part(name + _AS_READ) as part, self._files.part(name + SEGMENT) as small:
            self._save(context, part, span)
            halved = self.limits.halve and halving.halve(
                self._files.path(part), self._files.path(small)
            )
            chosen = small if halved else part
            self._files.remove(part if halved else small)
            size = self._files.size(chosen) or 0
            self._bytes_per_token[kind] = size / count
            self._make_room(size + more, on_disk=True)
            crc32 = self._files.crc32(chosen, CancelToken())
            self._files.settle(chosen, name + SEGMENT)
        return Segment(name, count, size, crc32, halved)

    def _save(self, context: TokenSpans, part: str, span: tuple[int, int]) -> None:
        try:
            context.save_span(self._files.path(part), *span)
        except OSError as error:  # of llama.cpp's, which has no number to tell why
            if self._files.free_bytes() < _FULL_BYTES:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
            raise

    def _make_room(self, needed: int, *, on_disk: bool) -> None:
        """Let older readings go for so many bytes, which may be `on_disk` already.

        Raises `NoRoom`, `OSError`.
        """
        limits = self.limits
        excess = self._shelf.size_bytes + needed - limits.budget_bytes
        if excess > 0 and not self._shelf.evict(excess):
            allowed = f"{limits.budget_bytes / 1e9:g} GB"
            raise NoRoom(f"it takes more than the {allowed} that Settings allow for it")
        short = limits.floor_bytes + (0 if on_disk else needed) - self._files.free_bytes()
        if short > 0 and not self._shelf.evict(short):
            if not limits.floor_bytes:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise NoRoom(f"less than {limits.floor_bytes / 1e9:g} GB of the disk would stay free")
