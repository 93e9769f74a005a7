"""What runs in the engine's process: it loads the engine by name, so the window need not."""

from __future__ import annotations

import faulthandler
import importlib
import os
import signal
import sys
import traceback
from ctypes import c_int
from multiprocessing.connection import Connection
from pathlib import Path

from app.folders import log_folder
from rag.events import Failed, Reply

_ENGINE = "rag.engine"
_LOOPBACK = ("127.", "::1", "localhost")


def run(
    connection: Connection,
    library: Path,
    samples: bool,  # noqa: FBT001  the arguments of a process
    connections: c_int,
) -> None:
    """Serve requests from `connection` until it closes; count network connections as they open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window
    _count_connections(connections)
    _keep_crashes()
    try:
        importlib.import_module(_ENGINE).serve(connection, library, samples)
    except Exception as error:  # noqa: BLE001  the end of a process: the window tells the user
        message = f"The engine could not start ({error}). Start Footnote again, or set it up anew."
        try:
            connection.send(Reply(0, Failed(message, traceback.format_exc())))
        except OSError:
            return
        sys.exit(1)


def _count_connections(connections: c_int) -> None:
    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event != "socket.connect":
            return
        address = arguments[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            connections.value += 1

    sys.addaudithook(watch)


def _keep_crashes() -> None:
    """Let a crash in native code leave its stack in the log folder."""
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / "engine-crash.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        return
    faulthandler.enable(file)
