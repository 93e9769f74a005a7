"""Shows documents as they were read: their pages as pictures, and their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import DocumentGone, NotInLibrary, SourceChanged
from rag.events import TextShown
from rag.footnotes import BoxedWords
from rag.index.catalog import Catalog
from rag.load.sandbox import ParserPool
from rag.long_paths import for_system
from rag.records import Answer, ChangedSource, Conversation, FileState, PagePicture

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
        return TextShown(
            path, document.title, document.text, document.page_starts, document.places()
        )

    def changed_sources(self, conversation: Conversation) -> tuple[ChangedSource, ...]:
        """The citations and passages of kept answers that their files do not hold any more.

        Those of a file that was edited elsewhere still stand. What lies on a drive that is away
        counts as it was read.
        """
        quotes = {
            ChangedSource(turn.id, path, start, end): words
            for turn in conversation.turns
            if turn.answer is not None
            for path, start, end, words in _quotes(turn.answer)
        }
        texts = {path: self._text_now(path) for path in {quote.path for quote in quotes}}
        return tuple(
            quote
            for quote, words in quotes.items()
            if texts[quote.path][quote.start : quote.end] != words
        )

    def _text_now(self, path: Path) -> str:
        """The reading text of a file; empty where it is gone or changed since it was read."""
        document_id, line = self.catalog.document_of(path), self.catalog.file(path)
        if document_id is None or line is None:
            return ""
        if line.state is not FileState.MISSING and not self.is_as_read(path):
            return ""
        try:
            return self.catalog.document_text(document_id).text
        except DocumentGone:
            return ""

    def _require_in_library(self, path: Path) -> int:
        document_id = self.catalog.document_of(path)
        if document_id is None:
            raise NotInLibrary(path)
        return document_id

    def is_as_read(self, path: Path) -> bool:
        """Whether a file still has the size and time that it had when it was read."""
        record = self.catalog.file(path)
        try:
            facts = for_system(path).stat()
        except OSError:
            return False
        return (
            record is not None
            and record.state in _READ
            and facts.st_size == record.size_bytes
            and facts.st_mtime_ns == record.modified_ns
        )


def _quotes(answer: Answer) -> Iterator[tuple[Path, int, int, str]]:
    """The path, the offsets and the words of all that an answer shows of files."""
    for hit in answer.evidence:
        yield hit.path, hit.start, hit.end, hit.text
    for sentence in answer.sentences:
        for cited in sentence.citations:
            yield cited.path, cited.start, cited.end, cited.quote
