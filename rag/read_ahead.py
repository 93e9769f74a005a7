"""Parses and chunks files in background threads, a few ahead of the embedder."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rag.cancel import CancelToken
from rag.chunk import chunk_document
from rag.errors import Cancelled, CorruptFile, FileNotReadable, FootnoteError, UnreadableFile
from rag.index.rows import clean
from rag.load.how import PLAINLY, HowToRead
from rag.records import Chunk, DocumentInfo, DocumentText, Page
from rag.scan import FoundPath

_AHEAD = 8  # documents parsed and waiting; more only cost memory
_POLL_S = 0.1
_HASH_BYTES = 1 << 20


class PageReader(Protocol):
    """Reads a file into its `DocumentInfo` and then its pages."""

    def read(
        self, path: Path, cancel: CancelToken, before_batch: Callable[[], None], how: HowToRead
    ) -> Generator[DocumentInfo | Page, None, None]:
        """Raises `UnreadableFile` or `Cancelled`."""
        ...


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file whose text is ready to be embedded."""

    found: FoundPath
    sha256: str
    info: DocumentInfo
    pages: tuple[Page, ...]
    chunks: tuple[Chunk, ...]
    seconds: float  # spent on parsing and chunking


@dataclass(frozen=True, slots=True)
class KnownContent:
    """A file whose content was read before, from this path or another."""

    found: FoundPath
    sha256: str
    document_id: int


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that could not be read, and why."""

    found: FoundPath
    reason: str
    seconds: float


Outcome = ParsedFile | KnownContent | UnreadFile


class ReadAhead:
    """Yields one outcome per file, in the order in which they are finished.

    `current` is the file in work with its page and page count, for progress.
    """

    def __init__(
        self,
        reader: PageReader,
        find_document: Callable[[str], int | None],
        before_batch: Callable[[CancelToken], None],
        threads: int,
    ) -> None:
        self._reader = reader
        self._find_document = find_document
        self._before_batch = before_batch
        self._thread_count = threads
        self._cancel = CancelToken()
        self._finished: queue.Queue[Outcome | BaseException | None] = queue.Queue(_AHEAD)
        self.current: tuple[Path, int, int] | None = None

    def outcomes(self, files: Iterable[FoundPath]) -> Generator[Outcome | None, None, None]:
        """The outcome of each of `files`; None now and then while there is none yet."""
        waiting: queue.SimpleQueue[FoundPath] = queue.SimpleQueue()
        for found in files:
            waiting.put(found)
        threads = [
            threading.Thread(target=self._work, args=(waiting,), name=f"read-ahead-{n}")
            for n in range(self._thread_count)
        ]
        for thread in threads:
            thread.start()
        running = len(threads)
        try:
            while running:
                try:
                    outcome = self._finished.get(timeout=_POLL_S)
                except queue.Empty:
                    yield None
                    continue
                if outcome is None:
                    running -= 1
                elif isinstance(outcome, BaseException):
                    raise outcome
                else:
                    yield outcome
        finally:
            self._cancel.cancel()
            for thread in threads:
                self._drain_until_ended(thread)

    def _drain_until_ended(self, thread: threading.Thread) -> None:
        while thread.is_alive():
            try:
                self._finished.get(timeout=_POLL_S / 4)
            except queue.Empty:
                continue
        thread.join()

    def _work(self, waiting: queue.SimpleQueue[FoundPath]) -> None:
        try:
            while not self._cancel.cancelled:
                try:
                    found = waiting.get_nowait()
                except queue.Empty:
                    break
                self._finished.put(self._outcome(found))
        except Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for it
            self._finished.put(error)
        finally:
            self._finished.put(None)

    def _outcome(self, found: FoundPath) -> Outcome:
        begun = time.monotonic()
        try:
            sha256 = _content_hash(found.path, self._cancel)
            document_id = self._find_document(sha256)
            if document_id is not None:
                return KnownContent(found, sha256, document_id)
            info, pages = self._pages(found.path)
            if _content_hash(found.path, self._cancel) != sha256:
                return _changed(found, time.monotonic() - begun)
            document = DocumentText.from_pages(info, pages)
            chunks = chunk_document(document)
        except UnreadableFile as error:
            return UnreadFile(found, str(error), time.monotonic() - begun)
        except FootnoteError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad file never stops the others
            reason = str(CorruptFile(found.path, f"{type(error).__name__}: {error}"))
            return UnreadFile(found, reason, time.monotonic() - begun)
        return ParsedFile(
            found, sha256, info, tuple(pages), tuple(chunks), time.monotonic() - begun
        )

    def _pages(self, path: Path) -> tuple[DocumentInfo, list[Page]]:
        info = DocumentInfo(title=clean(path.stem), page_count=0, paged=False, format="")
        pages: list[Page] = []
        for item in self._reader.read(
            path, self._cancel, lambda: self._before_batch(self._cancel), PLAINLY
        ):
            if isinstance(item, DocumentInfo):
                info = replace(item, title=clean(item.title))
            else:
                pages.append(_storable(item))
            self.current = (path, len(pages), info.page_count)
        return info, pages


def _changed(found: FoundPath, seconds: float) -> UnreadFile:
    reason = str(FileNotReadable(found.path, "it was changed while it was read"))
    return UnreadFile(found, reason, seconds)


def _storable(page: Page) -> Page:
    """`page` with what UTF-8 cannot hold replaced, one code point by one."""
    headings = tuple(replace(heading, title=clean(heading.title)) for heading in page.headings)
    tables = tuple(
        replace(table, caption=clean(table.caption), heads=clean(table.heads))
        for table in page.tables
    )
    return replace(
        page,
        label=clean(page.label),
        text=clean(page.text),
        headings=headings,
        tables=tables,
    )


def _content_hash(path: Path, cancel: CancelToken) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_HASH_BYTES):
                digest.update(block)
                cancel.check()
    except OSError as error:
        raise FileNotReadable(path, error.strerror or "no access") from error
    return digest.hexdigest()
