"""The library's side of the window: what to add, forget and read, and how far that is."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Signal, Slot

from app.engine import Engine
from app.models.drop import Readable, sort_drop
from app.models.library_tree import LibraryTree
from rag.errors import UnknownFormat
from rag.events import (
    AddPaths,
    CancelReading,
    EngineStarted,
    Failed,
    FilesChanged,
    PauseReading,
    ReadingFinished,
    ReadingProgress,
    Refresh,
    RemovePaths,
    ResumeReading,
)
from rag.records import FileRecord, FileState

_UNDO_MS = 10_000  # how long a removal can be undone
_TOLD = 3  # files whose reasons are told at once; the ledger has all
_SLICE = 64  # lines of the ledger at a time
_FRAME_S = 0.01  # how long the tree is worked on before the window has its turn


class LibraryController(QObject):
    """Keeps the tree as the engine tells it; removals wait until they can no longer be undone."""

    progressed = Signal(object)  # ReadingProgress, or None when nothing is read
    finished = Signal(str)  # what a reading did, in words; empty for nothing
    undo_offered = Signal(str)  # what was removed; empty when it cannot be undone any more
    told = Signal(str)  # something to know, in words
    failed = Signal(str, str)  # message and detail
    model_dropped = Signal(Path)  # a model file among the dropped ones
    loaded = Signal()  # the tree has all of an engine's ledger
    settled = Signal(int)  # the tree has all that the reading of this request brought
    places_changed = Signal(list)  # roots, folders and files that can be asked about

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = LibraryTree(self)
        self.readable = Readable()
        self._engine = engine
        self._mine: dict[int, tuple[Path, ...]] = {}  # requests in work, with the paths added
        self._whole_ledger_due = False  # the first lines of an engine are all there are
        self._doomed: dict[Path, list[FileRecord]] = {}  # removed, and still to be forgotten
        self._undo = QTimer(self, singleShot=True, interval=_UNDO_MS)
        self._undo.timeout.connect(self.commit_removals)
        self._places = QTimer(self, singleShot=True, interval=500)
        self._places.timeout.connect(lambda: self.places_changed.emit(self.tree.places()))
        self._due: deque[Callable[[], None]] = deque()  # what the tree has still to take in
        self._feed = QTimer(self, interval=0)
        self._feed.timeout.connect(self._take_in)
        engine.started.connect(self._start)
        engine.restarted.connect(self._send_again)
        engine.replied.connect(self._take)

    # ------------------------------------------------------------ wishes

    def drop(self, paths: Sequence[Path]) -> None:
        """Add what can be read, offer a model that is among it, and say why of the rest."""
        drop = sort_drop(paths, self.readable)
        if drop.addable:
            self.add(drop.addable)
        if drop.models:
            self.model_dropped.emit(drop.models[0])
        if drop.unreadable:
            reasons = dict.fromkeys(str(UnknownFormat(path)) for path in drop.unreadable)
            self.told.emit("\n".join(reasons))

    def add(self, paths: Sequence[Path]) -> None:
        """Add folders and files and read them."""
        if paths:
            self.commit_removals()
            number = self._engine.send(AddPaths(tuple(paths)))
            self._mine[number] = tuple(paths)

    def refresh(self, paths: Sequence[Path] = ()) -> None:
        """Read again what changed, or all of it."""
        self._mine[self._engine.send(Refresh(tuple(paths)))] = ()

    def remove(self, paths: Sequence[Path]) -> None:
        """Take paths out of the library; for ten seconds it can be undone."""
        self.commit_removals()
        self._doomed = {path: self.tree.files_below(path) for path in paths}
        self.tree.change([], paths)
        self._undo.start()
        self.undo_offered.emit(self._removal_words(list(paths)))

    @Slot()
    def undo_removal(self) -> None:
        """Bring back what was removed last."""
        if self._doomed:
            doomed, self._doomed = self._doomed, {}
            self._undo.stop()
            self._put([record for records in doomed.values() for record in records])
            self.undo_offered.emit("")

    @Slot()
    def commit_removals(self) -> None:
        """Forget what was removed; to be called before a question, so that it is not found."""
        if self._doomed:
            self._mine[self._engine.send(RemovePaths(tuple(self._doomed)))] = ()
            self._doomed = {}
            self._undo.stop()
            self.undo_offered.emit("")

    @Slot()
    def pause(self) -> None:
        """Stop reading for now."""
        self._mine[self._engine.send(PauseReading())] = ()

    @Slot()
    def resume(self) -> None:
        """Go on reading."""
        self._mine[self._engine.send(ResumeReading())] = ()

    @Slot()
    def cancel(self) -> None:
        """Give up the reading in hand."""
        self._mine[self._engine.send(CancelReading())] = ()

    # ------------------------------------------------------------ events

    def _start(self, started: EngineStarted) -> None:
        self.readable = Readable(frozenset(started.suffixes), frozenset(started.names))
        self._whole_ledger_due = True
        self.progressed.emit(None)

    def _send_again(self) -> None:
        # The dead engine may not have come to them; adding twice changes nothing.
        lost, self._mine = self._mine, {}
        for paths in lost.values():
            if paths:
                self._mine[self._engine.send(AddPaths(paths))] = paths

    def _take(self, number: int, event: object) -> None:
        if isinstance(event, FilesChanged):
            self._change(event)
        elif isinstance(event, ReadingProgress):
            self.progressed.emit(event)
        elif isinstance(event, ReadingFinished):
            self.progressed.emit(None)
            added = self._mine.pop(number, ())
            self.finished.emit(self._summary(event))
            self._do_in_turn(
                partial(self._tell_left_out, added), partial(self.settled.emit, number)
            )
        elif isinstance(event, Failed) and number in self._mine:
            del self._mine[number]
            self.failed.emit(event.message, event.detail)

    def _change(self, event: FilesChanged) -> None:
        removed = set(event.removed)
        whole, self._whole_ledger_due = self._whole_ledger_due, False
        if whole and (known := self.tree.paths()):
            removed |= known - {record.path for record in event.files}
        self._put(event.files, removed)
        if whole:
            self._do_in_turn(self.loaded.emit)

    def _put(self, files: Sequence[FileRecord], removed: Collection[Path] = ()) -> None:
        """Let the tree change, slice by slice, so that a large library never holds up a frame."""
        self._do_in_turn(
            *[
                partial(self._change_tree, files[start : start + _SLICE], () if start else removed)
                for start in range(0, max(1, len(files)), _SLICE)
            ]
        )

    def _do_in_turn(self, *jobs: Callable[[], None]) -> None:
        """Do them after all that came before: at once, or frame by frame where it takes long."""
        self._due += jobs
        if not self._feed.isActive():
            self._take_in()

    def _take_in(self) -> None:
        ends = time.monotonic() + _FRAME_S
        while self._due and time.monotonic() < ends:
            self._due.popleft()()
        if self._due:
            self._feed.start()
        else:
            self._feed.stop()

    def _change_tree(self, files: Sequence[FileRecord], removed: Collection[Path]) -> None:
        if self._doomed:  # what was removed does not come back while it is still being read
            files = [record for record in files if not self._is_doomed(record.path)]
        self.tree.change(files, removed)
        self._places.start()

    def _tell_left_out(self, added: Sequence[Path]) -> None:
        """Say why files that the user chose one by one were not read by any reader."""
        records = [record for record in map(self.tree.record, added) if record is not None]
        left_out = [record for record in records if record.state is FileState.SKIPPED]
        if left_out:
            reasons = [f"“{record.path.name}”: {record.reason}" for record in left_out[:_TOLD]]
            self.told.emit("\n".join(reasons))

    def _is_doomed(self, path: Path) -> bool:
        return path in self._doomed or not self._doomed.keys().isdisjoint(path.parents)

    def _removal_words(self, paths: list[Path]) -> str:
        if len(paths) == 1:
            return self.tr("Removed “{}”").format(paths[0].name)
        return self.tr("Removed {} places").format(QLocale().toString(len(paths)))

    def _summary(self, event: ReadingFinished) -> str:
        summary = event.summary
        if not (summary.read or summary.failed or summary.cancelled):
            return ""
        count = QLocale().toString(summary.read)
        words = (
            self.tr("1 file read") if summary.read == 1 else self.tr("{} files read").format(count)
        )
        if summary.failed:
            failed = QLocale().toString(summary.failed)
            words = self.tr("{}, {} could not be read").format(words, failed)
        if summary.cancelled:
            words = self.tr("Reading cancelled: {}").format(words)
        return words
