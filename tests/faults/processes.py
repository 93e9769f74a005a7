"""Processes to be killed: an engine, a whole app, and one that looks at what is left.

All use a search model that costs nothing, so that reading is what takes the time.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ctypes import c_int
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn, TypeVar

import numpy as np
import psutil

from rag import engine, session
from rag.cancel import CancelToken
from rag.errors import NoModel
from rag.events import Command, Event, Failed, Reply, Request
from rag.loaded_models import LoadedModels
from rag.protocols import Embedder, EmbedderIdentity, FloatMatrix
from rag.reading import drafts
from rag.records import EmbedderInfo, ModelInfo
from rag.traces import TokenVectors
from tests.fakes import FakeEmbedder

Result = TypeVar("Result")
DRAFTS = "FOOTNOTE_TRY_DRAFTS"  # when set, every file is kept in parts, as only large ones are
_NAME = "quick"
_WORD = re.compile(r"\w+")
_ENDS_WITHIN_S = 10.0  # parsers whose engine is gone


class QuickEmbedder(FakeEmbedder):
    """The fake embedder's vectors, each word's made once."""

    def __init__(self) -> None:
        super().__init__(_NAME)
        self.identity = EmbedderIdentity(_NAME, self.identity.dimension, 256, _NAME)
        self._rows: dict[str, FloatMatrix] = {}

    def vectors(self, texts: Sequence[str]) -> FloatMatrix:
        bags = [self._tokens(text).vectors.sum(axis=0) + 1e-3 for text in texts]
        return np.stack([bag / np.linalg.norm(bag) for bag in bags]).astype(np.float32)

    def _tokens(self, text: str) -> TokenVectors:
        words = list(_WORD.finditer(text.casefold()))
        starts = np.array([word.start() for word in words], np.int64)
        if not words:
            return TokenVectors(starts, np.zeros((0, self.identity.dimension), np.float32))
        return TokenVectors(starts, np.stack([self._row(word[0]) for word in words]))

    def _row(self, word: str) -> FloatMatrix:
        row = self._rows.get(word)
        if row is None:
            row = self._rows[word] = super()._tokens(word).vectors[0]
        return row


_EMBEDDER = QuickEmbedder()


class QuickModels(LoadedModels):
    """A search model that is loaded at once, and no language model."""

    def embedder_choices(self) -> tuple[EmbedderInfo, ...]:
        size = _EMBEDDER.identity.dimension
        return (EmbedderInfo(_NAME, _NAME, "", size, "", "", installed=True),)

    def embedder(
        self, embedder_id: str | None = None, cancel: CancelToken | None = None
    ) -> Embedder:
        _EMBEDDER.embedded.clear()
        return _EMBEDDER

    def reranker(self, cancel: CancelToken | None = None) -> None:
        return None

    def info(self) -> ModelInfo:
        raise NoModel


def use_quick_models() -> None:
    """Let every session of this process have them."""
    session.LoadedModels = QuickModels
    if os.environ.get(DRAFTS):
        drafts.KEPT_AFTER_S = drafts.KEPT_EVERY_S = 0.0
        drafts.KEPT_CHUNKS = 1


def serve(connection: Connection, library: Path, samples: bool) -> None:  # noqa: FBT001 - a process target
    """An engine without models."""
    use_quick_models()
    engine.serve(connection, library, samples=False)


def serve_window(
    connection: Connection,
    library: Path,
    samples: bool,  # noqa: FBT001 - a process target
    connections: c_int,
) -> None:
    """The same for a window."""
    serve(connection, library, samples)


def show_window(library: Path, folder: Path, settings: Path) -> NoReturn:
    """The whole app on `library`, which adds `folder`."""
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(settings / name.lower())
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    main = importlib.import_module("app.main")
    sys.exit(main.run(library, [folder], serve=serve_window))


class EngineAtWork:
    """An engine's process, heard until it is killed."""

    def __init__(self, library: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, library, False))
        self.process.start()
        theirs.close()
        self._requests = 0

    def send(self, command: Command) -> None:
        """Ask for something."""
        self._requests += 1
        self._connection.send(Request(self._requests, command))

    def heard(self, timeout_s: float) -> Iterator[Event]:
        """What it tells until `timeout_s` went by, or it is dead."""
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0:
            try:
                if self._connection.poll(left):
                    reply: Reply = self._connection.recv()
                    yield reply.event
            except (EOFError, OSError):
                return

    def parsers(self) -> list[psutil.Process]:
        """Its children."""
        with suppress(psutil.Error):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def kill(self) -> list[str]:
        """Kill it; which of its children did not end by themselves."""
        children = self.parsers()
        self.process.kill()
        self.process.join()
        self._connection.close()
        return outlived(children)


def outlived(processes: list[psutil.Process]) -> list[str]:
    """Which processes go on though what they work for is dead; they are ended."""
    _, alive = psutil.wait_procs(processes, _ENDS_WITHIN_S)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    return [f"process {process.pid} outlived its engine" for process in alive]


class ProcessDied(Exception):
    """What was to be told never came, since its process crashed or hung."""


def apart(work: Callable[..., Result], *arguments: object, limit_s: float = 300.0) -> Result:
    """What `work(*arguments)` returns in a process of its own; raises `ProcessDied`."""
    kinds = multiprocessing.get_all_start_methods()
    if "forkserver" in kinds:  # starts in a tenth of the time
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, "chromadb"])
    else:
        context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(sender, work, arguments))
    process.start()
    sender.close()
    try:
        if not receiver.poll(limit_s):
            raise ProcessDied(f"no answer within {limit_s:.0f} s")
        told, error = receiver.recv()
    except EOFError:
        process.join()
        raise ProcessDied(f"exit code {process.exitcode}") from None
    finally:
        process.join(5)
        with _family(process.pid) as family:
            for member in family:
                with suppress(psutil.Error):
                    member.kill()
        process.join()
    if error:
        raise ProcessDied(error)
    return told


@contextmanager
def _family(pid: int | None) -> Iterator[list[psutil.Process]]:
    try:
        process = psutil.Process(pid)
        yield [*process.children(recursive=True), process]
    except psutil.Error:
        yield []


def _tell(sender: Connection, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    import traceback

    use_quick_models()
    try:
        told: tuple[object, str] = (work(*arguments), "")
    except Exception:  # noqa: BLE001 - the border of the process
        told = (None, traceback.format_exc())
    sender.send(told)
    sender.close()


def without_way_out(event: Event) -> str:
    """An error that says nothing of what to do: a traceback that nobody foresaw."""
    return event.detail[-1500:] if isinstance(event, Failed) and event.detail else ""
