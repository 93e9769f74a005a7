"""Runs Python code that is nice to have, and gives it up when it fails or takes too long."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class _TimeIsUp(BaseException):
    """Raised inside the code that takes too long; not an `Exception`, which it might catch."""


def within(seconds: float, work: Callable[[], T]) -> T | None:
    """What `work` returns, None when it raised or was not done after `seconds`."""
    results: list[T] = []

    def run() -> None:
        try:
            results.append(work())
        except (Exception, _TimeIsUp):  # noqa: BLE001 - a damaged file raises anything
            return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive() and thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(_TimeIsUp)
        )
        thread.join(1)
    return results[0] if results else None
