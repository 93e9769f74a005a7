"""Shows documents as they were read: their pages as pictures, and their text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import NotInLibrary, SourceChanged
from rag.events import TextShown
from rag.footnotes import BoxedWords
from rag.index.catalog import Catalog
from rag.load.sandbox import ParserPool
from rag.records import FileState, PagePicture

_READ = {FileState.READY, FileState.PARTIAL}


@dataclass(frozen=True, slots=True)
class Showing:
    """What can be seen of the documents in a library."""

    catalog: Catalog
    pool: ParserPool

    def page_picture(
        self, path: Path, page: int, scale: float, words: tuple[int, int] | None = None
    ) -> PagePicture:
        """A page at `scale` pixels per PDF point, with boxes for a stretch of the document's text.

        Raises `NotInLibrary`, `SourceChanged`, `UnreadableFile`.
        """
        document_id = self._require_in_library(path)
        if not self.is_as_read(path):
            raise SourceChanged(path)
        picture = self.pool.render(path, page, scale)
        if words is None:
            return picture
        document = self.catalog.document_text(document_id)
        boxes = BoxedWords(self.catalog, self.pool).on_page(
            document_id, path, document, page, *words
        )
        return replace(picture, boxes=boxes)

    def document_text(self, path: Path) -> TextShown:
        """A document's text as it was read; raises `NotInLibrary`."""
        document_id = self._require_in_library(path)
        document = self.catalog.document_text(document_id)
        return TextShown(path, document.title, document.text, document.page_starts)

    def _require_in_library(self, path: Path) -> int:
        document_id = self.catalog.document_of(path)
        if document_id is None:
            raise NotInLibrary(path)
        return document_id

    def is_as_read(self, path: Path) -> bool:
        """Whether a file still has the size and time that it had when it was read."""
        record = self.catalog.file(path)
        try:
            facts = path.stat()
        except OSError:
            return False
        return (
            record is not None
            and record.state in _READ
            and facts.st_size == record.size_bytes
            and facts.st_mtime_ns == record.modified_ns
        )
