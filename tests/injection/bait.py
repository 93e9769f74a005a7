"""A file and a server that nobody has a reason to open, and who opened them."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import sys
from pathlib import Path

from PIL import Image

_IN_OPEN = 0x20
_EVENT = struct.Struct("iIII")


class Bait:
    """Watches a folder with a picture, by the kernel where it is Linux, and a port."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.picture = folder / "bait.png"
        Image.new("RGB", (40, 40), "red").save(self.picture)
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self._watch = -1
        if sys.platform == "linux":
            libc = ctypes.CDLL(None, use_errno=True)
            self._watch = libc.inotify_init1(os.O_NONBLOCK)
            assert libc.inotify_add_watch(self._watch, os.fsencode(folder), _IN_OPEN) >= 0

    @property
    def watches_files(self) -> bool:
        """Whether it can tell that the picture was opened."""
        return self._watch >= 0

    def taken(self) -> list[str]:
        """What was opened or reached for since the last call."""
        found = [*self._opened()]
        try:
            connection, _ = self._server.accept()
        except BlockingIOError:
            return found
        connection.close()
        return [*found, self.url]

    def close(self) -> None:
        self._server.close()
        if self._watch >= 0:
            os.close(self._watch)

    def _opened(self) -> list[str]:
        if self._watch < 0:
            return []
        try:
            data = os.read(self._watch, 65_536)
        except BlockingIOError:
            return []
        names: list[str] = []
        while data:
            _, _, _, length = _EVENT.unpack_from(data)
            names.append(data[_EVENT.size : _EVENT.size + length].rstrip(b"\0").decode())
            data = data[_EVENT.size + length :]
        return [name for name in names if name]
