"""How reading begins, rests and goes on, whatever the computer does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

from rag.cancel import CancelToken
from rag.disk.scan import FoundPath
from rag.errors import DiskFull, EngineDied
from rag.events import IngestEvent, ReadingProgress
from rag.index.catalog import Catalog
from rag.load.how import HowToRead
from rag.options import Options
from rag.reading import verdict
from rag.reading.gate import ReadingGate
from rag.reading.holds import Room, battery_hold
from rag.records import FileRecord, FileState, IngestSummary

Start = Callable[[], Generator[IngestEvent, None, IngestSummary]]
_POLL_S = 0.2
_ENDED = {FileState.READY, FileState.PARTIAL, FileState.SKIPPED, FileState.MISSING}


def how_to_read(options: Options) -> HowToRead:
    """What the settings say about reading files."""
    return HowToRead(ocr=options.ocr, ocr_language=options.ocr_language)


def tidy_up(catalog: Catalog) -> None:
    """Put the catalog in order after an end that may have been sudden; for the start.

    Each file that was being read when the engine died counts a failure, but for a large one whose
    draft grew meanwhile: it is not to blame. What was left unfinished goes, but for drafts. On a
    full disk all of this waits for the next start.
    """
    with suppress(DiskFull):
        _blame_interrupted(catalog)
        catalog.drop_incomplete()


def _blame_interrupted(catalog: Catalog) -> None:
    interrupted = catalog.drafts.interrupted()
    suspects = [catalog.file(one.path) for one in interrupted if not one.has_progressed]
    catalog.save_files(
        [
            verdict.of_failure(_as_found(record), EngineDied(record.path), record.seconds)
            for record in suspects
            if record is not None and record.state not in _ENDED
        ]
    )
    if interrupted:
        catalog.drafts.note_all_done()


def _as_found(record: FileRecord) -> FoundPath:
    return FoundPath(
        path=record.path,
        root=record.root,
        state=FileState.WAITING,
        reason=record.reason,
        size_bytes=record.size_bytes,
        modified_ns=record.modified_ns,
        device=record.device,
        first_seen=record.first_seen,
        last_seen=record.last_seen,
        failures=record.failures,
    )


class Patience:
    """Holds reading while the battery or the disk says so, and takes it up again after that."""

    def __init__(
        self, gate: ReadingGate, folder: Path, read_on_battery: Callable[[], bool]
    ) -> None:
        """`folder` is the library's."""
        self._gate = gate
        self._room = Room(folder)
        gate.hold_while(self._room.why_not)
        gate.hold_while(battery_hold(read_on_battery))

    def going_on(
        self, start: Start, cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """The reading that `start` begins; begun again when the disk was full and is no more.

        While it waits a pause, a cancel and the end of the generator work. When cancelled then,
        the summary tells of nothing.
        """
        begun = time.monotonic()
        while True:
            try:
                return (yield from start())
            except DiskFull:
                self._room.was_too_little()
            yield ReadingProgress(0, 0, None, waits_for=self._room.why_not())
            while self._room.why_not() and not cancel.cancelled:
                time.sleep(_POLL_S)
            if cancel.cancelled:
                return IngestSummary(0, 0, 0, 0, time.monotonic() - begun, cancelled=True)
