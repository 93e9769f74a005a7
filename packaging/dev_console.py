"""Says what set-up is doing: one updating line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import collections
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

HEARTBEAT_S = 60.0  # how often a silent step says that it lives, where lines cannot be rewritten
DOWNLOADING = re.compile(r"^\s*Downloading (?:\S*/)?([\w.]+?)-(\d[\w.+]*)[-.]\S* \(([\d.]+ \w+)\)")
STARTING = re.compile(r"^\s*(Collecting|Building wheel for|Building editable for) ([\w.-]+)")
UNPACKING = re.compile(r"^\s*Installing collected packages: (.+)")


class CommandFailed(Exception):
    """A command ended badly; `output` is its last lines, `status` as `subprocess` tells it."""

    def __init__(self, status: int, output: str) -> None:
        super().__init__(f"exit status {status}")
        self.status = status
        self.output = output


def pip_says(line: str) -> str:
    """What a line of pip's output means, in a few words; empty where it means nothing."""
    if found := DOWNLOADING.match(line):
        name, version, size = found.groups()
        return f"downloading {name} {version}, {size}"
    if found := STARTING.match(line):
        verb = "looking for" if found.group(1) == "Collecting" else "building"
        return f"{verb} {found.group(2)}"
    if found := UNPACKING.match(line):
        count = found.group(1).count(",") + 1
        return f"unpacking {count} package{'s' if count > 1 else ''}"
    return ""


def clock(seconds: float) -> str:
    """A duration as a person reads it: "4.2 s", "2:05 min"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02} min"


class Console:
    """Where set-up speaks; `live` says that the last line may be rewritten."""

    def __init__(self, stream: TextIO = sys.stdout, *, live: bool | None = None) -> None:
        self._stream = stream
        self._line = ""
        self.live = stream.isatty() and "CI" not in os.environ if live is None else live

    def say(self, text: str = "") -> None:
        """Print a line that stays."""
        self._clear()
        print(text, file=self._stream, flush=True)

    def show(self, text: str) -> None:
        """Replace the line that changes; nothing where lines cannot be rewritten."""
        if self.live:
            self._clear()
            self._line = text[: shutil.get_terminal_size().columns - 1]
            print(self._line, end="", file=self._stream, flush=True)

    def _clear(self) -> None:
        if self._line:
            print("\r" + " " * len(self._line) + "\r", end="", file=self._stream)
            self._line = ""


class Follower:
    """Runs commands, keeps all they print in `log`, and shows the gist of it."""

    def __init__(self, console: Console, log: Path, keep_open: Sequence[int] = ()) -> None:
        self._console = console
        self._log = log
        self._keep_open = tuple(keep_open)

    def run(self, title: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> str:
        """Run `command` to its end and return its last lines; raises `CommandFailed`."""
        process = subprocess.Popen(
            command,
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            pass_fds=self._keep_open,
            start_new_session=sys.platform != "win32",
        )
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        pump = threading.Thread(target=self._pump, args=(process, lines), daemon=True)
        pump.start()
        try:
            tail = self._follow(title, lines)
            status = process.wait()
        finally:
            if process.poll() is None:
                _end(process)
        pump.join()
        if status != 0:
            raise CommandFailed(status, tail)
        return tail

    def _pump(self, process: subprocess.Popen[str], lines: queue.SimpleQueue[str | None]) -> None:
        assert process.stdout is not None
        with process.stdout as output, self._log.open("a", encoding="utf-8") as log:
            for line in output:
                log.write(line)
                lines.put(line)
        lines.put(None)

    def _follow(self, title: str, lines: queue.SimpleQueue[str | None]) -> str:
        start = time.monotonic()
        told, doing = start, ""
        tail: collections.deque[str] = collections.deque(maxlen=400)
        while True:
            try:
                line = lines.get(timeout=0.25)
            except queue.Empty:
                pass
            else:
                if line is None:
                    return "".join(tail)
                tail.append(line)
                doing = pip_says(line) or doing
            now = time.monotonic()
            state = f"{title} {clock(now - start)}{doing and ' · '}{doing}"
            self._console.show(state)
            if not self._console.live and now - told > HEARTBEAT_S:
                told = now
                self._console.say(f"    {clock(now - start)}{doing and ' · '}{doing}")


def _end(process: subprocess.Popen[str]) -> None:
    """End a command together with what it started (a compiler under pip)."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False)
    else:
        os.killpg(process.pid, signal.SIGTERM)
    process.wait()
