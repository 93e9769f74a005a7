"""A library's documents that are read whole: planned, read ahead, kept, and forgotten again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from pathlib import Path

import psutil

from rag.cancel import CancelToken
from rag.events import ReadingsChanged, WholeEvent, WholeFinished
from rag.generate.kvcache import SavedReadings
from rag.index.catalog import Catalog
from rag.options import Options
from rag.protocols import LongModel
from rag.reading.counting import OpenCounter
from rag.records import Scope, WholeEstimate
from rag.whole.ahead import Model, read_ahead
from rag.whole.contents import ReadContents
from rag.whole.desk import WholeDesk
from rag.whole.facts import ModelFacts, Wish
from rag.whole.reading import WholeReader

_GB = 10**9
_SHORT_SHARE = 0.04  # of all memory: with less free, an idle context is closed


class WholeDocuments:
    """What a session has for whole documents; safe to use from any thread.

    What is kept of them lies in `folder`. `facts` tells of the model that answers, `model` loads
    it, and `was_read` is told with which one something was read.
    """

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        facts: Callable[[], ModelFacts],
        open_counter: OpenCounter,
        model: Model,
        was_read: Callable[[LongModel], None],
        options: Options,
    ) -> None:
        self._model = model
        self._options = options
        self._saved = SavedReadings(folder, *_limits(options), halve=options.halve_readings)
        self.reader = WholeReader(self._saved, was_read, _memory_is_short, self._saved.forget)
        self._contents = ReadContents(catalog, self._saved.readings)
        self.desk = WholeDesk(
            catalog,
            self.reader,
            self._saved,
            self._contents,
            facts,
            open_counter,
            lambda: self._options,
        )

    def close(self) -> None:
        """Free what is open; nothing may be reading any more."""
        self.reader.close()

    def use(self, options: Options) -> None:
        """Take over changed settings; what is more than they allow is deleted at once."""
        self._options = options
        self._saved.use(*_limits(options), halve=options.halve_readings)
        self.reader.gate.ask_again()

    # ------------------------------------------------------------ reading

    def prepare(
        self, scope: Scope, cancel: CancelToken
    ) -> Generator[WholeEvent, None, WholeFinished]:
        """Read all of `scope` ahead of any question; see `rag.whole.ahead.read_ahead`."""
        wish = Wish(scope, answer_tokens=self._options.answer_tokens)
        return (yield from read_ahead(self.desk, self._model, wish, cancel))

    # ------------------------------------------------------------ what is kept

    def readings(self) -> ReadingsChanged:
        """What is kept, and how much room it takes."""
        saved = self._saved
        return ReadingsChanged(saved.readings(), saved.size_bytes, saved.budget_bytes)

    def delete(self, ids: Collection[str]) -> None:
        """Delete what is kept of these readings, of all without `ids`."""
        if ids:
            self._saved.delete(ids)
        else:
            self._saved.clear()

    def estimate(self, scope: Scope) -> WholeEstimate | None:
        """What reading all of `scope` would take; see `WholeDesk.estimate`."""
        return self.desk.estimate(scope)

    def forget(self, paths: Collection[Path]) -> bool:
        """Delete what is kept of files at and below `paths`; whether there was anything."""
        return self._saved.forget(paths)

    def forget_changed(self) -> bool:
        """Delete what is kept of files that the library no longer holds as they were read."""
        held = self.reader.held
        changed = self._contents.changed(held.wanted.label.paths if held else ())
        self.reader.void(changed)
        has_forgotten = bool(changed) and self._saved.forget(changed)
        self._contents.note(())
        return has_forgotten


def _limits(options: Options) -> tuple[int, int]:
    """Bytes for what is kept, and bytes of the disk that stay free."""
    return int(options.readings_gb * _GB), int(options.disk_free_gb * _GB)


def _memory_is_short() -> bool:
    memory = psutil.virtual_memory()
    return memory.available < _SHORT_SHARE * memory.total
