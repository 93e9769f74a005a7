"""Keeps what a model read of whole documents on disk, so that no question waits for it twice."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from pathlib import Path

from rag.generate import kvcache_manifest
from rag.generate.kvcache_files import StateFiles
from rag.generate.kvcache_keeping import Keeper, Limits, NoRoom
from rag.generate.kvcache_loading import BadSegment, Checked
from rag.generate.kvcache_manifest import Reading, Segment
from rag.generate.kvcache_shelf import Shelf
from rag.protocols import CacheIdentity, ReadingLabel, TokenSpans
from rag.records import SavedReading

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_ROOM = "There is no room to keep what was read"
_NOT_KEPT = "What was read cannot be kept"
_LATER = "It is read again when it is needed."


class SavedReadings:
    """The `SavedCaches` of a library, in `folder`, which nobody else can read.

    One thread at a time restores and keeps; all else may be called from any thread meanwhile.
    `budget_bytes` are what all may take on the disk; nothing is kept with 0. Nothing is kept
    either where less than `floor_bytes` of the disk would stay free. With `halve`, what is kept
    from now on takes half the room, and is not equal to the bit any more.
    """

    def __init__(
        self, folder: Path, budget_bytes: int, floor_bytes: int, *, halve: bool = False
    ) -> None:
        self._files = StateFiles(folder)
        self._shelf = Shelf(self._files)
        self._keeper = Keeper(
            self._files, self._shelf, Limits(budget_bytes, floor_bytes, halve=halve)
        )
        self._notice = ""
        self._unwanted: set[str] = set()  # deleted while they were read, maybe
        self._shelf.shrink(budget_bytes)

    def use(self, budget_bytes: int, floor_bytes: int, *, halve: bool) -> None:
        """Take over changed settings; what is more than the budget goes at once."""
        self._keeper.limits = Limits(budget_bytes, floor_bytes, halve=halve)
        self._shelf.shrink(budget_bytes)

    # ------------------------------------------------------------ what is kept, for people

    @property
    def notice(self) -> str:
        """Why what was read last is not kept, or not all of it: a sentence; empty if it is."""
        return self._notice

    @property
    def budget_bytes(self) -> int:
        """What all may take on the disk."""
        return self._keeper.limits.budget_bytes

    @property
    def size_bytes(self) -> int:
        """What all take on the disk, what they share counted once."""
        return self._shelf.size_bytes

    def readings(self) -> tuple[SavedReading, ...]:
        """What is kept, the last used first."""
        return tuple(
            SavedReading(
                id=reading.id,
                paths=reading.label.paths,
                title=reading.label.title,
                model=reading.label.model,
                tokens=reading.kept,
                tokens_total=len(reading.tokens),
                size_bytes=self._shelf.bytes_of(reading),
                used_at=reading.used_at,
                kv_type=reading.identity.kv_type,
                flash_attention=reading.identity.flash_attention,
            )
            for reading in self._shelf.readings()
        )

    def delete(self, ids: Collection[str]) -> bool:
        """Delete readings by their ids; whether there were any."""
        return self._delete(lambda reading: reading.id in ids)

    def forget(self, paths: Collection[Path]) -> bool:
        """Delete every reading of files that are, or lie in, one of `paths`; were there any?"""
        wanted = frozenset(paths)
        return self._delete(
            lambda reading: any(
                path in wanted or not wanted.isdisjoint(path.parents)
                for path in reading.label.paths
            )
        )

    def clear(self) -> bool:
        """Delete all readings; whether there were any."""
        return self._delete(lambda _: True)

    def _delete(self, which: Callable[[Reading], bool]) -> bool:
        gone = self._shelf.delete(which)
        self._unwanted.update(gone)
        return bool(gone)

    # ------------------------------------------------------------ reading

    def saved(self, identity: CacheIdentity, tokens: Sequence[int]) -> int:
        """How many of the first `tokens` are kept, of whatever reading; nothing is opened.

        To be asked before they are read: until then, what was deleted of them is not kept again.
        """
        wanted = kvcache_manifest.as_array(tokens)
        self._unwanted.discard(kvcache_manifest.reading_id(identity, wanted))
        return self._shelf.longest(identity, wanted)[1]

    def restore(
        self, identity: CacheIdentity, tokens: Sequence[int], into: TokenSpans
    ) -> Generator[int, None, int]:
        """Load as many of the first `tokens` as are kept into an empty context.

        Each `next` loads one segment and yields how many tokens are loaded so far; returns how many
        in the end. What turns out to be damaged is deleted, and what lies before it is all that
        counts. Closed early, what is loaded stays.
        """
        self._drop_outdated(identity)
        wanted = kvcache_manifest.as_array(tokens)
        reading, count = self._shelf.longest(identity, wanted)
        loaded = 0
        if reading is None:
            return loaded
        segments = [
            (start, segment)
            for (start, _), segment in zip(
                kvcache_manifest.boundaries(reading.kept), reading.segments, strict=True
            )
            if start < count
        ]
        checked = Checked(self._files, [segment for _, segment in segments])
        with self._shelf.in_work(reading.id), closing(checked):
            for start, segment in segments:
                end = min(start + segment.tokens, count)
                if not self._load(checked, reading, segment, range(start, end), into):
                    break
                loaded = end
                yield loaded
        self._shelf.use(reading.id, time.time())
        return loaded

    def _load(
        self,
        checked: Checked,
        reading: Reading,
        segment: Segment,
        wanted: range,
        into: TokenSpans,
    ) -> bool:
        """Load the `wanted` tokens of a segment, if it is sound; deletes it otherwise."""
        tokens: list[int] = reading.tokens[wanted.start : wanted.start + segment.tokens].tolist()
        try:
            with checked.next() as file:
                into.load_span(file, wanted.start, tokens, len(wanted))
        except BadSegment:
            self._shelf.cut(segment.name)
        except ValueError:
            if len(wanted) == segment.tokens:  # otherwise all of it may be more than fits
                self._shelf.cut(segment.name)
        except OSError:  # no room to unfold it: it may be had another time
            pass
        else:
            return True
        return False

    # ------------------------------------------------------------ keeping

    def keep(
        self,
        identity: CacheIdentity,
        label: ReadingLabel,
        tokens: Sequence[int],
        read: int,
        context: TokenSpans,
    ) -> int:
        """Save what of the first `read` of `tokens` is not kept; returns how many are now.

        Returns fewer where the disk or the budget has no room, and says so in `notice`.
        """
        self._drop_outdated(identity)
        if not self.budget_bytes or not read:
            return 0
        now = time.time()
        wanted = Reading(identity, label, kvcache_manifest.as_array(tokens), (), now, now)
        if wanted.id in self._unwanted:
            return 0
        self._notice = ""
        try:
            with self._shelf.in_work(wanted.id):
                self._keeper.keep(wanted, read, context)
        except NoRoom as error:
            self._notice = f"{_NO_ROOM}: {error}. {_LATER}"
        except OSError as error:
            if error.errno in _FULL:
                self._notice = f"{_NO_ROOM}: the disk is full. {_LATER}"
            else:
                self._notice = f"{_NOT_KEPT}: {error.strerror or error}. {_LATER}"
        return self._shelf.longest(identity, wanted.tokens)[1]

    def _drop_outdated(self, identity: CacheIdentity) -> None:
        """Delete what another version of the library wrote, which nothing can read any more."""
        self._shelf.delete(lambda reading: reading.identity.library != identity.library)
