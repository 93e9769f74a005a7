"""llama.cpp's C interface, with its log kept quiet; imports `llama_cpp` alone."""

from __future__ import annotations

import ctypes
import sys
from collections import deque
from functools import cache
from importlib.metadata import version
from types import ModuleType

_WARN, _ERROR = 3, 4  # enum ggml_log_level
_CALLED_FROM_C: list[object] = []  # to be kept until the process ends


class Aborted(Exception):
    """A call was ended by `StopFlag.set`; what it had read may be partly in the cache."""


@cache
def library() -> ModuleType:
    """llama.cpp with its log going to a short list instead of stderr."""
    from llama_cpp import llama_cpp  # noqa: PLC0415 - loads a large library

    def note(level: int, text: bytes, _data: object) -> None:
        if level in {_WARN, _ERROR}:
            _LOG.append((level, text.decode("utf-8", "replace")))

    callback = llama_cpp.llama_log_callback(note)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    _CALLED_FROM_C.append(callback)
    return llama_cpp


def library_version() -> str:
    """What makes the caches, by name and version."""
    return f"llama.cpp via llama-cpp-python {version('llama-cpp-python')}"


_LOG: deque[tuple[int, str]] = deque(maxlen=50)


def forget_errors() -> None:
    """Let `last_error` tell of what comes from now on."""
    _LOG.clear()


def last_error() -> str:
    """What went wrong, in llama.cpp's words without its function names."""
    errors = [line for level, line in _LOG if level == _ERROR] or [line for _, line in _LOG]
    telling = [line for line in errors if "error loading model" in line] or errors
    if not telling:
        return "llama.cpp gave no reason"
    return telling[0].strip().rpartition("error loading model: ")[2].rstrip(".")


class StopFlag:
    """Tells a context's work to stop; any thread may set it.

    It is asked before every step of the network. A Python function would wait for the interpreter
    each time, up to 5 ms when another thread is busy: seconds for a single token. So the callback
    is `strlen` of a buffer that is empty until the work has to stop.
    """

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(2)

    @property
    def is_set(self) -> bool:
        """Whether work is to stop."""
        return self._buffer[0] != b"\0"

    def set(self) -> None:
        """Stop what runs and what will."""
        self._buffer[0] = b"x"

    def clear(self) -> None:
        """Let work go on."""
        self._buffer[0] = b"\0"

    def watch(self, context: object) -> None:
        """Have `context`, which the flag must outlive, ask it."""
        llama = library()
        llama.llama_set_abort_callback(
            context,
            ctypes.cast(_native_strlen(), llama.ggml_abort_callback),
            ctypes.cast(self._buffer, ctypes.c_void_p),
        )


@cache
def _native_strlen() -> ctypes.c_void_p:
    native = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
    return ctypes.cast(native.strlen, ctypes.c_void_p)
