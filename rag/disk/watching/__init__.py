"""Notices what changes in the user's folders, and tells it merged, after a moment of quiet."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.disk.rules import CLOUD, is_temporary
from rag.disk.watching.gathering import Gathering
from rag.disk.watching.places import Eyes, Places
from rag.records import FileRecord, FileState

RESCAN_S = 15 * 60.0
_LOOK_S = 5.0  # how soon a drive that comes or goes is noticed
_END_S = 1.0
_MOST_FOLDERS = 500  # of missing files that are looked for


def eyes_of_this_system(
    seen: Callable[[Path], None], missed: Callable[[], None], failed: Callable[[Path, str], None]
) -> Eyes:
    """What sees changes here; raises `OSError` where the system has no more of them to give."""
    if sys.platform.startswith("linux"):
        from rag.disk.watching.folders import FolderEyes  # noqa: PLC0415 - there only

        return FolderEyes(seen, missed, failed)
    from rag.disk.watching.trees import TreeEyes  # noqa: PLC0415 - everywhere else

    return TreeEyes(seen, failed)


MakeEyes = Callable[[Callable[[Path], None], Callable[[], None], Callable[[Path, str], None]], Eyes]


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon changes are told, in seconds."""

    quiet_s: float = 1.0  # without another change
    longest_s: float = 10.0  # after the first change, however many follow
    look_s: float = _LOOK_S
    rescan_s: float = RESCAN_S


class Watch:
    """Watches what `follow` names until it is closed.

    `changed` is called in a thread of the watch: with paths at or below which something changed,
    or with none when everything is to be looked at. `failed` is told once, in plain words, why
    changes of some folder will be found late.
    """

    def __init__(
        self,
        changed: Callable[[tuple[Path, ...]], None],
        failed: Callable[[str], None],
        pace: Pace = Pace(),
        make_eyes: MakeEyes = eyes_of_this_system,
    ) -> None:
        self._tell = changed
        self._tell_failure = failed
        self._pace = pace
        self._turn = threading.Condition()
        self._gathering = Gathering(pace.quiet_s, pace.longest_s)
        self._places = Places()
        self._left_out: frozenset[Path] = frozenset()
        self._failure_told = False
        self._closed = False
        try:
            self._eyes: Eyes | None = make_eyes(self._see, self._see_all, self._fail)
        except OSError as error:
            self._eyes = None
            self._fail(None, error.strerror or str(error))
        self._thread = threading.Thread(target=self._work, name="watch", daemon=True)
        self._thread.start()

    def cover(self, roots: Sequence[Path]) -> None:
        """Let what changes in `roots` be told from now on; to be called before they are scanned."""
        self._places.cover(roots)
        if self._eyes is not None:
            self._eyes.keep(roots)

    def enter(self, folder: Path) -> None:
        """See what changes in a folder; to be called before it is listed, so that nothing slips."""
        if self._eyes is not None:
            self._eyes.enter(folder)

    def follow(self, roots: Sequence[Path], lines: Iterable[FileRecord]) -> None:
        """Watch `roots`, and no others any more; `lines` are those of the ledger."""
        left_out: set[Path] = set()
        away: dict[Path, None] = {}
        for line in lines:
            if line.state is FileState.MISSING and len(away) < _MOST_FOLDERS:
                away[line.path.parent] = None
            elif line.state is FileState.SKIPPED and not CLOUD.gave(line.reason):
                left_out.add(line.path)
        with self._turn:
            self._left_out = frozenset(left_out)
        self._places.watch(roots, away)
        if self._eyes is not None:
            self._eyes.keep(roots)

    def close(self) -> None:
        """See and tell nothing any more."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        if self._eyes is not None:
            self._eyes.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(_END_S)

    # ------------------------------------------------------------ in threads of the eyes

    def _see(self, path: Path) -> None:
        places = self._places
        if not places.covers(path) or (path not in places.roots and is_temporary(path.name)):
            return
        with self._turn:
            if not self._left_out.isdisjoint(path.parents):
                return
            self._gathering.add(path, time.monotonic())
            self._turn.notify_all()

    def _see_all(self) -> None:
        for root in self._places.roots:
            self._see(root)

    def _fail(self, folder: Path | None, detail: str) -> None:
        if self._failure_told:
            return
        self._failure_told = True
        where = f"in “{folder}”" if folder else "in your folders"
        self._tell_failure(
            f"Changes {where} are found only every {self._pace.rescan_s / 60:.0f} minutes, because "
            f"the system does not tell them ({detail}). “Refresh” finds them at once."
        )

    # ------------------------------------------------------------ in the thread of the watch

    def _work(self) -> None:
        look = time.monotonic() + self._pace.look_s
        rescan = time.monotonic() + self._pace.rescan_s
        while not self._closed:
            paths: tuple[Path, ...] = ()
            with self._turn:
                due = min(look, rescan, self._gathering.due)
                if not self._closed and (left := due - time.monotonic()) > 0:
                    self._turn.wait(left)
                now = time.monotonic()
                if self._gathering.due <= now:
                    paths = self._gathering.take(self._places.roots)
            if self._closed:
                return
            if paths:
                self._tell(paths)
            if now >= look:
                for place in self._places.moved():
                    self._see(place)
                look = time.monotonic() + self._pace.look_s
            if now >= rescan:
                self._tell(())
                rescan = time.monotonic() + self._pace.rescan_s
