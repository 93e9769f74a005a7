"""Parses and chunks files in background threads, a few ahead of the embedder."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rag.cancel import CancelToken
from rag.chunk import chunk_document
from rag.disk.scan import FoundPath
from rag.errors import Cancelled, CorruptFile, FileNotReadable, FootnoteError, UnreadableFile
from rag.index.catalog import Catalog
from rag.load.how import HowToRead
from rag.long_paths import for_system
from rag.reading.drafts import DraftedPages
from rag.reading.gate import ReadingGate
from rag.records import Chunk, DocumentInfo, DocumentText, Page

_AHEAD = 16  # documents parsed and waiting; more only cost memory
_LARGE_CHARS = 1_000_000  # of such documents one is embedded, and another one is ready at most
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
    draft_id: int | None = None  # the unfinished document that holds its pages already

    @property
    def is_large(self) -> bool:
        """Whether it costs so much memory that few of its kind may be held at a time."""
        return sum(len(page.text) for page in self.pages) > _LARGE_CHARS


@dataclass(frozen=True, slots=True)
class KnownContent:
    """A file whose content was read before, from this path or another."""

    found: FoundPath
    document_id: int


@dataclass(frozen=True, slots=True)
class TwinInWork:
    """A file with the content of another one that is being read just now."""

    found: FoundPath


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that could not be read, and why."""

    found: FoundPath
    error: UnreadableFile
    seconds: float


Outcome = ParsedFile | KnownContent | TwinInWork | UnreadFile


@dataclass(frozen=True, slots=True)
class InWork:
    """A file that is being parsed."""

    found: FoundPath
    page: int  # the last one that was read, 0 before the first
    pages: int  # that it says it has, 0 where it does not say
    seconds: float  # of reading, so far


class ReadAhead:
    """Tells one outcome per file, in the order in which they are finished.

    Its threads end when it is closed, at the latest once each file's outcome was taken.
    """

    def __init__(
        self,
        reader: PageReader,
        catalog: Catalog,
        gate: ReadingGate,
        how: HowToRead,
        threads: int,
    ) -> None:
        self._reader = reader
        self._catalog = catalog
        self._gate = gate
        self._how = how
        self._cancel = CancelToken()
        self._changed = threading.Condition()
        self._waiting: deque[FoundPath] = deque()
        self._ready: deque[Outcome] = deque()
        self._large_out = False
        self._failure: BaseException | None = None
        self._contents: set[str] = set()
        self._in_work: dict[int, InWork] = {}
        self._running = threads
        self._threads = [
            threading.Thread(target=self._work, args=(number,), name=f"read-ahead-{number}")
            for number in range(threads)
        ]

    def start(self, files: Iterable[FoundPath]) -> None:
        """Begin with `files`, in this order."""
        self._waiting.extend(files)
        for thread in self._threads:
            thread.start()

    def take(self, wait_s: float) -> Outcome | None:
        """The next outcome; None where there is none within `wait_s`.

        Raises what nobody foresaw in a thread.
        """
        with self._changed:
            if not self._ready and self._running and self._failure is None:
                self._changed.wait(wait_s)
            if self._failure is not None:
                raise self._failure
            if not self._ready:
                return None
            self._changed.notify_all()
            return self._ready.popleft()

    def is_done_with(self, parsed: ParsedFile) -> None:
        """What was taken is in the catalog, and costs no memory any more."""
        if parsed.is_large:
            with self._changed:
                self._large_out = False
                self._changed.notify_all()

    @property
    def is_done(self) -> bool:
        """Whether every outcome was taken."""
        with self._changed:
            return not self._running and not self._ready and self._failure is None

    @property
    def current(self) -> InWork | None:
        """The file in work, of several the one that is furthest."""
        in_work = list(self._in_work.values())
        return max(in_work, key=lambda work: work.page, default=None)

    def in_work(self) -> list[InWork]:
        """All files that are being parsed."""
        return list(self._in_work.values())

    def close(self) -> None:
        """Give up what is left and wait for the threads' end."""
        self._cancel.cancel()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    # ------------------------------------------------------------ in the threads

    def _work(self, number: int) -> None:
        try:
            while not self._cancel.cancelled:
                try:
                    found = self._waiting.popleft()
                except IndexError:
                    break
                self._put(self._outcome(found, number))
        except Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for it
            self._failure = error
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _put(self, outcome: Outcome) -> None:
        """Wait for room: what waits to be embedded costs memory."""
        is_large = isinstance(outcome, ParsedFile) and outcome.is_large
        with self._changed:
            while len(self._ready) >= _AHEAD or (is_large and self._large_out):
                self._changed.wait(_POLL_S)
                self._cancel.check()
            self._large_out |= is_large
            self._ready.append(outcome)
            self._changed.notify_all()

    def _outcome(self, found: FoundPath, number: int) -> Outcome:
        if found.document_id is not None:  # on a drive that is back
            return KnownContent(found, found.document_id)
        clock = _Clock(self._gate, self._cancel)
        try:
            sha256 = content_hash(found.path, self._cancel)
            if (document_id := self._catalog.find_document(sha256)) is not None:
                return KnownContent(found, document_id)
            with self._changed:
                is_twin = sha256 in self._contents
                self._contents.add(sha256)
            if is_twin:
                return TwinInWork(found)
            return self._parsed(found, sha256, number, clock)
        except UnreadableFile as error:
            return UnreadFile(found, error, clock.seconds())
        except FootnoteError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad file never stops the others
            reason = CorruptFile(found.path, f"{type(error).__name__}: {error}")
            return UnreadFile(found, reason, clock.seconds())
        finally:
            self._in_work.pop(number, None)
            if clock.begun:
                self._catalog.drafts.note_done(found.path)

    def _parsed(self, found: FoundPath, sha256: str, number: int, clock: _Clock) -> ParsedFile:
        drafts = self._catalog.drafts
        draft = DraftedPages(drafts, found, sha256, self._how, clock.seconds)

        def before_batch() -> None:
            clock.wait()
            if not clock.begun:
                clock.begun = True
                drafts.note_in_work(found.path)

        if not draft.is_complete:
            how = replace(self._how, first_page=draft.first_page)
            for item in self._reader.read(found.path, self._cancel, before_batch, how):
                draft.add(item)
                page, pages = len(draft.pages), draft.info.page_count
                self._in_work[number] = InWork(found, page, pages, clock.seconds())
        if content_hash(found.path, self._cancel) != sha256:
            raise FileNotReadable(found.path, "it was changed while it was read")
        chunks = chunk_document(DocumentText.from_pages(draft.info, draft.pages))
        draft.finish(len(chunks))
        return ParsedFile(
            found,
            sha256,
            draft.info,
            tuple(draft.pages),
            tuple(chunks),
            clock.seconds(),
            draft.document_id,
        )


class _Clock:
    """Counts the seconds spent on one file, but for those that the gate was closed."""

    def __init__(self, gate: ReadingGate, cancel: CancelToken) -> None:
        self.begun = False  # the file's reading, for the note
        self._gate = gate
        self._cancel = cancel
        self._since = time.monotonic()

    def wait(self) -> None:
        begun = time.monotonic()
        self._gate.wait(self._cancel)
        self._since += time.monotonic() - begun

    def seconds(self) -> float:
        return time.monotonic() - self._since


def content_hash(path: Path, cancel: CancelToken) -> str:
    """The SHA-256 of a file's bytes; raises `FileNotReadable`, `Cancelled`."""
    digest = hashlib.sha256()
    try:
        with open(for_system(path), "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FileNotReadable(path, "it is no longer a file")
            while block := file.read(_HASH_BYTES):
                digest.update(block)
                cancel.check()
    except OSError as error:
        raise FileNotReadable(path, error.strerror or "no access") from error
    return digest.hexdigest()


def _at_once(path: str, flags: int) -> int:
    """Open what may have become a pipe since it was found, which else waits for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
