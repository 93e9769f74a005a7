"""What a file's line in the ledger says once its reading ended, one way or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.disk.scan import FoundPath
from rag.errors import (
    EncryptedFile,
    NoTextInFile,
    NoTextLayer,
    Quarantined,
    ReaderFailed,
    UnreadableFile,
)
from rag.index.documents import PageState
from rag.records import MOST_FAILURES, FileRecord, FileState, PageKind

_NAMED_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class ReadText:
    """What was read of a file, in numbers."""

    pages: Sequence[PageState]
    words: int
    chunks: int
    paged: bool
    seconds: float = 0.0


def of_text(found: FoundPath, read: ReadText) -> FileRecord:
    """The line of a file that was read to its end."""
    kinds = [page.kind for page in read.pages]
    scans = kinds.count(PageKind.SCANNED)
    unread = sum(_is_unread(page) for page in read.pages)
    state, reason = FileState.READY, ""
    if not read.chunks:
        state, reason = FileState.FAILED, _why_empty(found.path, read.pages, has_scans=scans > 0)
    elif missing := _what_is_missing(read):
        state, reason = FileState.PARTIAL, missing
    return replace(
        found.as_file(),
        state=state,
        reason=reason,
        pages=len(kinds),
        words=read.words,
        chunks=read.chunks,
        scanned_pages=scans,
        empty_pages=kinds.count(PageKind.EMPTY),
        unread_pages=unread,
        seconds=read.seconds,
        paged=read.paged,
        failures=0,
    )


def of_failure(found: FoundPath, error: UnreadableFile, seconds: float) -> FileRecord:
    """The line of a file that could not be read.

    Only what its reader did not survive counts towards quarantine.
    """
    failures, reason = 0, str(error)
    if isinstance(error, ReaderFailed):
        failures = min(MOST_FAILURES, found.failures + 1)
        if failures == MOST_FAILURES:
            quarantined = Quarantined(found.path, error, both_times=found.reason == reason)
            reason = str(quarantined)
            if found.failures == MOST_FAILURES:  # it was tried again because the user wished it
                reason = found.reason
    return replace(
        found.as_file(),
        state=FileState.FAILED,
        reason=reason,
        seconds=seconds,
        failures=failures,
        locked=isinstance(error, EncryptedFile),
    )


def _is_unread(page: PageState) -> bool:
    return page.kind is PageKind.FAILED or (page.kind is PageKind.SCANNED and not page.has_text)


def _why_empty(path: Path, pages: Sequence[PageState], *, has_scans: bool) -> str:
    problems = _listed([page.problem for page in pages if page.problem])
    if problems:
        return f"Nothing of “{path.name}” could be read: {problems}"
    return str(NoTextLayer(path) if has_scans else NoTextInFile(path))


def _what_is_missing(read: ReadText) -> str:
    """Which pages, or files inside, were not read; empty where all were."""
    total = len(read.pages)
    problems = [page.problem for page in read.pages if page.problem]
    if problems and not read.paged:
        parts = f"{len(problems)} of {total} parts" if total > 1 else "Something"
        return f"{parts} inside could not be read: {_listed(problems)}"
    broken = sum(page.kind is PageKind.FAILED for page in read.pages)
    scans = sum(_is_unread(page) for page in read.pages) - broken
    if scans == total:
        return "It is a scan: of its pages only a few words could be read."
    missing = [
        f"{count} of {total} pages {what}"
        for count, what in ((scans, "are scans without text"), (broken, "are damaged"))
        if count
    ]
    if missing:
        rest = f" {_listed(problems)}" if problems else ""
        return f"{' and '.join(missing)}; the other pages were read.{rest}"
    return f"Not everything could be read: {_listed(problems)}" if problems else ""


def _listed(problems: Sequence[str]) -> str:
    """The first few of `problems`, each told once."""
    different = list(dict.fromkeys(problem.strip() for problem in problems))
    shown = " ".join(different[:_NAMED_PROBLEMS])
    more = len(different) - _NAMED_PROBLEMS
    return f"{shown} And {more} more." if more > 0 else shown
