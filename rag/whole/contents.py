"""Remembers what files held when they were read whole, to tell when that is no longer so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from rag.errors import DiskFull, DocumentGone
from rag.index.catalog import Catalog
from rag.records import SavedReading

_SETTING = "whole_contents"


class ReadContents:
    """The hashes of files that are kept as a model read them; `kept` tells the readings."""

    def __init__(self, catalog: Catalog, kept: Callable[[], Sequence[SavedReading]]) -> None:
        self._catalog = catalog
        self._kept = kept

    def note(self, paths: Iterable[Path]) -> None:
        """Remember what `paths` hold, before they are read; forget what is in the library no more.

        Without any only the latter. On a full disk nothing is remembered, and what is read now is
        forgotten the next time.
        """
        before = self._noted()
        now = {path: sha for path in map(str, paths) if (sha := self._content(path))}
        kept = {str(path) for reading in self._kept() for path in reading.paths}
        noted = now | {
            path: sha
            for path, sha in before.items()
            if path not in now and (path in kept or self._content(path) == sha)
        }
        if noted != before:
            with suppress(DiskFull):
                self._catalog.set_setting(_SETTING, json.dumps(noted))

    def changed(self, held: Iterable[Path] = ()) -> list[Path]:
        """The files of readings that the library no longer holds as they were read.

        Those `held` in memory count as readings too, and those that are still to be read.
        """
        noted = self._noted()
        paths = {path for reading in self._kept() for path in reading.paths}
        paths = paths.union(held, map(Path, noted))
        return [path for path in paths if self._content(str(path)) != noted.get(str(path))]

    def _noted(self) -> dict[str, str]:
        with suppress(ValueError):
            stored = cast("object", json.loads(self._catalog.setting(_SETTING) or "{}"))
            if isinstance(stored, dict):
                return cast("dict[str, str]", stored)
        return {}

    def _content(self, path: str) -> str | None:
        with suppress(DocumentGone):
            document_id = self._catalog.document_of(Path(path))
            return self._catalog.content_of(document_id) if document_id is not None else None
        return None
