"""One window per user and library: a second start raises the first one and hands over its files."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_S = 2.0  # for a first window that is just starting, or about to close
_STEP_MS = 100
_LONGEST_BYTES = 4 * 1024 * 1024


class Instance(QObject):
    """Holds the claim to a library's window and hears of later starts."""

    called = Signal(list)  # the paths (as `Path`) that a second start was given; raise the window

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(library)
        self._lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        # A lock is stale when its process is gone, however old it is.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def claim(self, paths: Sequence[Path]) -> bool:
        """Whether this is the only window; otherwise the other one was given `paths`.

        Where another window holds the claim and does not listen, this one goes on: the engine says
        who has the library open.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while not self._lock.tryLock(0):
            if self._hand_over(paths):
                return False
            if time.monotonic() > deadline:
                return True
        # What a killed window left behind would make `listen` fail.
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        """Give the claim up."""
        self._server.close()
        self._lock.unlock()

    def _hand_over(self, paths: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_STEP_MS):
            time.sleep(_STEP_MS / 1000)
            return False
        message = {
            "paths": [str(path.absolute()) for path in paths],
            "token": os.environ.get("XDG_ACTIVATION_TOKEN", ""),
        }
        socket.write(json.dumps(message).encode() + b"\n")
        socket.flush()
        taken = socket.waitForReadyRead(int(_PATIENCE_S * 1000))
        socket.disconnectFromServer()
        return taken

    @Slot()
    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._take(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_BYTES:
                socket.abort()
            return
        line = bytes(socket.readLine().data())
        socket.write(b"taken\n")
        socket.flush()
        try:
            message = json.loads(line)
            paths = [Path(str(path)) for path in message["paths"]]
            token = str(message["token"])
        except (ValueError, KeyError, TypeError):
            return
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # lets Wayland raise the window
        self.called.emit(paths)


def _name(library: Path) -> str:
    owner = f"{getpass.getuser()}\n{library.resolve()}"
    return f"footnote-{hashlib.sha256(owner.encode()).hexdigest()[:20]}"
