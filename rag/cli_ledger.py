"""The verbs of the command line that read files, and that tell what became of them."""

from __future__ import annotations

import argparse
import queue
import sys
import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from rag import output
from rag.cancel import CancelToken
from rag.disk.scan import absolute
from rag.errors import FileNotReadable, FootnoteError, PathNotFound
from rag.events import EmbedderChanged, IngestEvent, ReadingProgress, TextShown
from rag.options import OptionInfo, describe, parse
from rag.outcome import Outcome
from rag.records import FileRecord, FileState, IngestSummary, health_of
from rag.session import Session

SHOWN_S = 1.0  # between two lines of progress
OK, SOME_UNREAD, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
_TO_LOOK_AT = {FileState.PARTIAL, FileState.FAILED, FileState.MISSING}


def say(text: str) -> None:
    """Tell something beside the results."""
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- reading


def index(session: Session, options: argparse.Namespace) -> int:
    """Add files and folders and read them."""
    _offer_passwords(session, options.password_file)
    paths = [absolute(path) for path in options.paths]
    return _follow(session.add(paths, CancelToken()), paths, session, options)


def refresh(session: Session, options: argparse.Namespace) -> int:
    """Read what changed."""
    _offer_passwords(session, options.password_file)
    paths = [absolute(path) for path in options.paths]
    return _follow(session.refresh(paths, CancelToken()), paths, session, options)


def remove(session: Session, options: argparse.Namespace) -> int:
    """Forget files and folders."""
    changed = session.remove(options.paths)
    if options.json:
        print(output.line({"removed": [str(path) for path in changed.removed]}))
    else:
        print(f"{len(changed.removed)} files forgotten")
    session.keep_copies(CancelToken())
    return OK


def watch(session: Session, options: argparse.Namespace) -> int:
    """Keep the library in line with the disk until the user stops it."""
    due: queue.SimpleQueue[tuple[Path, ...]] = queue.SimpleQueue()
    due.put(())
    session.watch(due.put, say)
    say("Watching for changes. Ctrl+C ends it.")
    while True:
        run = Outcome(session.catch_up(due.get(), CancelToken()))
        for event in run:
            _show_progress(event)
        if run.result.read or run.result.failed or run.result.removed:
            _print_summary(run.result, session, options)


def _offer_passwords(session: Session, file: Path | None) -> None:
    """Let locked files be tried with the lines of a file, which are kept nowhere."""
    if file is None:
        return
    if not file.is_file():
        raise PathNotFound(file)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise FileNotReadable(file, "it must be text in UTF-8") from error
    session.offer_passwords([line for line in lines if line])


def _follow(
    reading: Generator[IngestEvent, None, IngestSummary],
    paths: Sequence[Path],
    session: Session,
    options: argparse.Namespace,
) -> int:
    """Show the progress of a reading on stderr and its summary on stdout."""
    run = Outcome(reading)
    shown = 0.0
    for event in run:
        if time.monotonic() - shown > SHOWN_S and _show_progress(event):
            shown = time.monotonic()
    _print_summary(run.result, session, options)
    follow_change(session)
    return tell_unread(session, paths)


def _show_progress(event: IngestEvent) -> bool:
    """Tell how far a reading is; whether `event` says so."""
    if not isinstance(event, ReadingProgress):
        return False
    left = "" if event.seconds_left is None else f", {event.seconds_left:.0f} s left"
    say(event.waits_for or f"reading {event.files_done} of {event.files_total} files{left}")
    return True


def _print_summary(summary: IngestSummary, session: Session, options: argparse.Namespace) -> None:
    if options.json:
        print(output.line(output.summary(summary, session.files())), flush=True)
        return
    print(
        f"{summary.read} read, {summary.unchanged} unchanged, {summary.failed} not readable, "
        f"{summary.removed} removed, in {summary.seconds:.1f} s",
        flush=True,
    )


def tell_unread(session: Session, paths: Sequence[Path]) -> int:
    """List the files under `paths` that could not be read; the exit code."""
    unread = [
        file
        for file in session.files()
        if file.state is FileState.FAILED
        and (not paths or any(file.path.is_relative_to(path) for path in paths))
    ]
    for file in unread:
        say(f"{file.path}: {file.reason}")
    return SOME_UNREAD if unread else OK


def follow_change(session: Session) -> None:
    """Go on with a change of the search model, if one is due, and show its progress."""
    shown = 0.0
    for state in session.reembed(CancelToken()):
        if state.coming is not None and time.monotonic() - shown > SHOWN_S:
            shown = time.monotonic()
            left = "" if state.seconds_left is None else f", {state.seconds_left:.0f} s left"
            say(f"embedding with {state.coming.id}: {embedded_share(state)}{left}")
    session.keep_copies(CancelToken())


def embedded_share(state: EmbedderChanged) -> str:
    """How far a change of the search model is, in words."""
    return f"{state.chunks_done} of {state.chunks_total} passages embedded"


# ---------------------------------------------------------------- telling


def status(session: Session, options: argparse.Namespace) -> int:
    """Show how each folder stands, and the files that need a look, or all."""
    files = session.files()
    folders = [
        health_of(root, [file for file in files if file.root == root]) for root in session.roots()
    ]
    if options.json:
        told = output.status(files, folders, session.rules(), session.embedders())
        print(output.line(told))
        return OK
    for folder in folders:
        print(f"{folder.root}: {output.health(folder)}")
    for file in files:
        if options.all or file.state in _TO_LOOK_AT:
            facts = file.reason or _amount(file)
            print(f"{file.state.value:8} {file.path}  {facts}")
    return OK


def _amount(file: FileRecord) -> str:
    words = output.counted(file.words, "word")
    return f"{output.counted(file.pages, 'page')}, {words}" if file.paged else words


def show(session: Session, options: argparse.Namespace) -> int:
    """Show a document's text as it was read, each place named by a line of its own."""
    shown = session.showing.document_text(absolute(options.path))
    start, end = _stretch(shown, options.page)
    if options.json:
        print(output.line(output.text_shown(shown, start, end)))
    else:
        print(_with_places(shown, start, end))
    return OK


def _stretch(shown: TextShown, page: int | None) -> tuple[int, int]:
    """Where the text of a page begins and ends, of the whole document for None."""
    if page is None:
        return 0, len(shown.text)
    pages = len(shown.page_starts)
    if not 1 <= page <= pages:
        raise FootnoteError(f"“{shown.path.name}” has {pages} pages. Type one from 1 to {pages}.")
    borders = [*shown.page_starts, len(shown.text) + 1]
    return borders[page - 1], borders[page] - 1


def _with_places(shown: TextShown, start: int, end: int) -> str:
    """The text between two offsets; before each place that begins there a line names it."""
    places = [(at, name) for at, name in shown.places if start <= at <= end]
    borders = [at for at, _ in places] + [end]
    parts = [shown.text[start : borders[0]]]
    for (at, name), border in zip(places, borders[1:], strict=True):
        parts.append(f"\n[{name}]\n{shown.text[at:border]}")
    return "".join(parts).replace("\f", "\n").strip("\n")


def settings(session: Session, options: argparse.Namespace) -> int:
    """Show settings, or change one."""
    infos = {info.name: info for info in describe()}
    name: str | None = options.name
    if name is None:
        shown = list(infos.values())
    elif name in infos:
        shown = [infos[name]]
        if options.value is not None:
            value = parse(infos[name], options.value)
            session.set_options(replace(session.options, **{name: value}))
    else:
        raise FootnoteError(f"There is no setting “{name}”. There are: {', '.join(infos)}.")
    if options.json:
        print(output.line([output.setting(info, session.options) for info in shown]))
        return OK
    for info in shown:
        print(_setting_words(info, session))
    return OK


def _setting_words(info: OptionInfo, session: Session) -> str:
    value = getattr(session.options, info.name)
    words = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    unit = f" {info.unit}" if info.unit else ""
    return f"{info.name} = {words}{unit}\n    {info.label}. {info.sentence}"
