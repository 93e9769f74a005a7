"""The parser process: reads and draws what its pool asks for, and dies when the pool does."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol, cast

import psutil

from rag.errors import CorruptFile, FileNotReadable, FileTooBig, UnreadableFile
from rag.load import PICTURES, readable, reader_of, scratch
from rag.load.how import HowToRead
from rag.load.messages import (
    Batch,
    Boxes,
    DrawPage,
    Failure,
    FindBoxes,
    GiveUp,
    GoOn,
    OutOfMemory,
    ReadFile,
    Ready,
    Reply,
    Request,
)
from rag.records import DocumentInfo, Page

BATCH_PAGES = 16
BATCH_SECONDS = 0.25
BATCH_BYTES = 8_000_000
MAX_PAGES = 200_000
SPARE_PAGES = 100  # more than twice those that a document says it has
MAX_TEXT_CHARS = 50_000_000
MAX_PLACES = 2_000_000
MAX_PACKED_BYTES = 400_000_000
OBJECTS_PER_COLLECTION = 50_000  # of a page's many small objects hardly any are in a cycle
DATA_SHARE = 0.9  # of the memory: what the system does not count as data needs the rest
ADDRESS_SPACE_FACTOR = 2  # address space is reserved far more freely than memory is used
_OF_BROKEN_FILES = {None, errno.EINVAL}  # a library's own word, or a place that cannot be


class _Reader(Protocol):
    def read(self, path: Path, how: HowToRead) -> Iterator[DocumentInfo | Page]: ...


def serve(pipe: Connection, lifeline: Connection, memory_mb: int, background: bool) -> None:  # noqa: FBT001 - a process target
    """Answer requests until the pool closes `pipe`; `lifeline` breaks when its process dies."""
    _die_with(lifeline)
    _silence()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread reserves address space at import
    _limit_memory(memory_mb)
    gc.set_threshold(OBJECTS_PER_COLLECTION, 20, 20)
    if background:
        _lower_priority()
    with suppress(OSError):
        pipe.send(Ready())
    while True:
        try:
            request = cast("Request", pipe.recv())
        except (EOFError, OSError):
            return
        if isinstance(request, ReadFile):
            _guard(pipe, request.path, lambda r=request: _read(pipe, r))
            if request.how.scratch is not None:
                scratch.empty(request.how.scratch)
        elif isinstance(request, DrawPage):
            _guard(pipe, request.path, lambda r=request: pipe.send(_draw(r)))
        elif isinstance(request, FindBoxes):
            _guard(pipe, request.path, lambda r=request: pipe.send(_find_boxes(r)))


def _guard(pipe: Connection, path: Path, work: Callable[[], None]) -> None:
    """Do `work`; whatever goes wrong becomes a reply that names the reason."""
    reply: Reply
    try:
        work()
    except UnreadableFile as error:
        reply = Failure(type(error), str(error))
    except MemoryError:
        reply = OutOfMemory()
    except (BrokenPipeError, ConnectionResetError, EOFError):
        os._exit(0)  # the pool is gone
    except OSError as error:
        if error.errno in _OF_BROKEN_FILES:
            reply = Failure(CorruptFile, str(CorruptFile(path, error.strerror or str(error))))
        else:
            detail = error.strerror or str(error)
            reply = Failure(FileNotReadable, str(FileNotReadable(path, detail)))
    except Exception as error:  # noqa: BLE001 - the process border: a parser may raise anything
        reply = Failure(CorruptFile, str(CorruptFile(path, type(error).__name__)))
    else:
        return
    pipe.send(reply)


def _read(pipe: Connection, request: ReadFile) -> None:
    name = reader_of(request.path, request.reader)
    reader = cast("_Reader", importlib.import_module(name))
    batches = _Batches(pipe, request.path)
    with suppress(_GivenUp):
        for item in reader.read(
            request.path, replace(request.how, still_reading=batches.send_when_due)
        ):
            batches.add(item)
            batches.send_when_due()
        batches.end()


class _GivenUp(BaseException):
    """The pool wants no more of a file. Not an `Exception`, which a reader might catch."""


class _Batches:
    """Sends what is read of a file, a batch whenever one is full or some time has passed.

    An empty one tells that the reader is still at work.
    """

    def __init__(self, pipe: Connection, path: Path) -> None:
        self._pipe = pipe
        self._items: list[DocumentInfo | Page] = []
        self._output, self._sent_bytes = _Output(path), 0
        self._deadline = time.monotonic() + BATCH_SECONDS

    def add(self, item: DocumentInfo | Page) -> None:
        """Raises `FileTooBig`."""
        self._items.append(item)
        if isinstance(item, Page):
            self._output.add(item)
        else:
            self._output.expect(item)

    def send_when_due(self) -> None:
        """Send a batch if it is time to, and wait for the pool's word; raises `_GivenUp`."""
        unsent_bytes = self._output.size_bytes - self._sent_bytes
        is_full = len(self._items) >= BATCH_PAGES or unsent_bytes > BATCH_BYTES
        if not is_full and time.monotonic() < self._deadline:
            return
        self._pipe.send(Batch(tuple(self._items), last=False))
        if not isinstance(cast("GoOn | GiveUp", self._pipe.recv()), GoOn):
            raise _GivenUp
        self._items.clear()
        self._sent_bytes = self._output.size_bytes
        self._deadline = time.monotonic() + BATCH_SECONDS

    def end(self) -> None:
        """Send the rest."""
        self._pipe.send(Batch(tuple(self._items), last=True))


class _Output:
    """How much was read of a file, held to limits: what is over them would burst the engine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._most_pages = MAX_PAGES
        self._pages = self._chars = self._places = self._packed_bytes = 0

    @property
    def size_bytes(self) -> int:
        """About what it takes on its way."""
        return self._chars + self._packed_bytes

    def expect(self, info: DocumentInfo) -> None:
        """Hold the file to the number of pages that it says it has, if it does."""
        if info.paged and info.page_count:
            self._most_pages = min(MAX_PAGES, 2 * info.page_count + SPARE_PAGES)

    def add(self, page: Page) -> None:
        """Raises `FileTooBig`."""
        self._pages += 1
        self._chars += len(page.text) + len(page.label) + len(page.problem)
        self._places += len(page.headings) + len(page.tables) + len(page.marks)
        self._chars += sum(len(table.heads) + len(table.caption) for table in page.tables)
        self._chars += sum(len(mark.name) for mark in page.marks)
        self._packed_bytes += len(page.glyphs) + len(page.boxes)
        for amount, limit, what in (
            (self._pages, self._most_pages, "pages"),
            (self._chars, MAX_TEXT_CHARS, "characters of text"),
            (self._places, MAX_PLACES, "headings, tables and rows"),
            (self._packed_bytes, MAX_PACKED_BYTES, "bytes of places of characters"),
        ):
            if amount > limit:
                raise FileTooBig(self._path, f"it holds over {limit:,} {what}")


def _draw(request: DrawPage) -> Reply:
    if _is_picture(request.path):
        from rag.load.image import view as pictures  # noqa: PLC0415 - only drawing needs it

        return pictures.draw(request.path, request.page, request.scale)
    from rag.load.pdf import view  # noqa: PLC0415

    return view.draw(request.path, request.page, request.scale, request.passwords)


def _find_boxes(request: FindBoxes) -> Reply:
    if _is_picture(request.path):
        return Boxes(())  # its words' boxes were told when it was read
    from rag.load.pdf import view  # noqa: PLC0415

    return Boxes(view.find_boxes(request.path, request.page, request.glyphs, request.passwords))


def _is_picture(path: Path) -> bool:
    named = readable(path)
    return named is not None and reader_of(path, named.reader) == PICTURES


def _die_with(lifeline: Connection) -> None:
    """End this process as soon as the other end of `lifeline` is gone, whatever it is doing."""

    def wait() -> None:
        with suppress(EOFError, OSError):
            lifeline.recv_bytes()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
    if sys.platform != "win32":
        # The thread needs the interpreter's lock; where a parser keeps that, the kernel's
        # signal for the broken pipe ends the process instead (its default action is to).
        import fcntl  # noqa: PLC0415 - not on Windows

        fd = lifeline.fileno()
        with suppress(OSError):
            fcntl.fcntl(fd, fcntl.F_SETOWN, os.getpid())
            fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_ASYNC)


def _silence() -> None:
    """Native parsers write to the standard streams, which belong to the program."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(nowhere, stream)


def _limit_memory(memory_mb: int) -> None:
    """Where the system knows such a limit: allocations fail long before the computer swaps."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        limit = psutil.Process().memory_info().vms + ADDRESS_SPACE_FACTOR * memory_mb * 2**20
        with suppress(OSError, ValueError):
            _, highest = resource.getrlimit(resource.RLIMIT_AS)  # a program it starts may need more
            resource.setrlimit(resource.RLIMIT_AS, (limit, highest))


def _lower_priority() -> None:
    with suppress(psutil.Error, OSError):
        process = psutil.Process()
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            process.nice(10)
