"""The verb of the command line that reads documents whole, ahead of any question."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from rag import output, output_whole
from rag.cancel import CancelToken
from rag.cli_ask import stopped_by_hand, use_model
from rag.cli_ledger import INTERRUPTED, OK, SHOWN_S, SOME_UNREAD, say
from rag.disk.scan import absolute
from rag.errors import Cancelled, FootnoteError
from rag.events import ReadingProgress, WholeEvent, WholeFinished, WholeProgress
from rag.outcome import Outcome
from rag.records import FileState, Scope
from rag.session import Session

_HAS_TEXT = {FileState.READY, FileState.PARTIAL}


def prepare(session: Session, options: argparse.Namespace) -> int:
    """Read documents whole and keep that, so that questions about them need not wait."""
    use_model(session, options.model)
    cancel, code = CancelToken(), OK
    documents: list[Path] = []
    with stopped_by_hand(cancel):
        try:
            wanted = [absolute(path) for path in options.paths]
            documents = _in_library(session, wanted, cancel)
            for path in documents:
                code = max(code, _prepared(session, path, options, cancel))
        except Cancelled:  # before anything was read
            pass
    if cancel.cancelled:
        say("Stopped. What was read is kept: preparing it again goes on there.")
        return INTERRUPTED
    if not documents:
        say("Nothing was read whole: no text was found there.")
        return SOME_UNREAD
    return code


def _in_library(session: Session, wanted: Sequence[Path], cancel: CancelToken) -> list[Path]:
    """The documents at and below `wanted`, which are read into the library first."""
    shown = 0.0
    for event in session.add(wanted, cancel):
        if isinstance(event, ReadingProgress) and time.monotonic() - shown > SHOWN_S:
            say(event.waits_for or f"reading {event.files_done} of {event.files_total} files")
            shown = time.monotonic()
    cancel.check()
    found: list[Path] = []
    for file in session.files():
        if any(file.path == path or file.path.is_relative_to(path) for path in wanted):
            if file.state in _HAS_TEXT and file.words:
                found.append(file.path)
            else:
                say(f"{file.path}: {file.reason or 'it holds no text.'}")
    return found


def _prepared(
    session: Session, path: Path, options: argparse.Namespace, cancel: CancelToken
) -> int:
    begun, telling = time.monotonic(), _Telling(as_lines=options.json)
    run = Outcome(session.prepare(Scope((path,)), cancel))
    try:
        for event in run:
            telling.tell(event)
    except Cancelled:
        return INTERRUPTED
    except FootnoteError as error:
        say(f"{path}: {error}")
        return SOME_UNREAD
    seconds = time.monotonic() - begun
    telling.end(run.result, seconds)
    return OK


class _Telling:
    """Tells how a reading goes: in words on stderr, or in JSON lines."""

    def __init__(self, *, as_lines: bool) -> None:
        self._as_lines = as_lines
        self._shown_at = 0.0
        self._before = 0
        self._last: WholeProgress | None = None

    def tell(self, event: WholeEvent) -> None:
        """Tell of progress, at most once a second."""
        if not isinstance(event, WholeProgress):
            return
        if self._last is None:
            self._before = event.tokens_done
        self._last = event
        if time.monotonic() - self._shown_at < SHOWN_S:
            return
        self._shown_at = time.monotonic()
        if self._as_lines:
            print(output.line({"progress": output_whole.whole_progress(event)}), flush=True)
        else:
            say(output_whole.progress(event))

    def end(self, finished: WholeFinished, seconds: float) -> None:
        """Tell what came of it."""
        last = self._last
        if last is None:
            return
        if self._as_lines:
            print(
                output.line(output_whole.prepared(finished, last, self._before, seconds)),
                flush=True,
            )
            return
        names = ", ".join(path.name for path in finished.paths)
        done = "read whole" if finished.complete else f"read to token {last.tokens_done:,}"
        took = output_whole.duration(seconds)
        print(f"{names}: {done}, {last.tokens_total:,} tokens in all, in {took}", flush=True)
