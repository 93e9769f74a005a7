"""Makes a fast copy in a child process, so that the engine itself never imports torch."""

from __future__ import annotations

import logging
import multiprocessing
import sys
from pathlib import Path

from rag.cancel import CancelToken
from rag.embed import precision
from rag.embed.fast_copy import FastCopy

_POLL_S = 0.1
_log = logging.getLogger(__name__)


def usable_copy(places: list[Path], source: Path | None) -> Path | None:
    """The first of `places` that holds a fast copy of `source`; of anything where that is None."""
    for place in places:
        try:
            copy = FastCopy.read(place)
        except (OSError, ValueError, TypeError):
            continue
        if source is None or copy.is_of(source):
            return place
    return None


def can_make() -> bool:
    """Whether this installation has what the export needs."""
    return precision.has_torch() and not getattr(sys, "frozen", False)


def make_copy(source: Path, target: Path, cancel: CancelToken | None = None) -> bool:
    """Make a fast copy of `source` at `target`, in some seconds; whether that worked.

    Raises `Cancelled`. Why it did not work is in the log.
    """
    if not can_make():
        return False
    child = multiprocessing.get_context("spawn").Process(
        target=_export, args=(source, target), name="footnote-export", daemon=True
    )
    child.start()
    try:
        while child.is_alive():
            child.join(_POLL_S)
            if cancel is not None:
                cancel.check()
        if child.exitcode != 0:
            _log.error("no fast copy of %s: the export ended with %s", source, child.exitcode)
        return child.exitcode == 0
    finally:
        if child.is_alive():
            child.kill()
            child.join()
        child.close()


def _export(source: Path, target: Path) -> None:
    from rag.embed import export  # noqa: PLC0415 - imports torch, in the child alone

    export.quieten()
    export.export(source, target)
