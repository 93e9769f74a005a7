"""The ledger says truly what became of a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.disk.scan import FoundPath
from rag.errors import (
    CorruptFile,
    EncryptedFile,
    ReaderCrashed,
    ReadingTookTooLong,
    ReadingTookTooMuchMemory,
    WrongPassword,
)
from rag.index.documents import PageState
from rag.reading import verdict
from rag.reading.verdict import ReadText
from rag.records import FileState, PageKind

PATH = Path("/files/a.pdf")
FOUND = FoundPath(PATH, PATH.parent, FileState.WAITING, size_bytes=5, modified_ns=6)
TEXT = PageState(PageKind.TEXT, has_text=True, problem="")
BLANK = PageState(PageKind.EMPTY, has_text=False, problem="")
READ_SCAN = PageState(PageKind.SCANNED, has_text=True, problem="")
BLIND_SCAN = PageState(PageKind.SCANNED, has_text=False, problem="")
BROKEN = PageState(PageKind.FAILED, has_text=False, problem="")


def read(*pages: PageState, chunks: int = 3, paged: bool = True) -> ReadText:
    return ReadText(pages, words=7, chunks=chunks, paged=paged)


def test_scans_that_were_read_are_no_problem():
    line = verdict.of_text(FOUND, read(TEXT, READ_SCAN, BLANK))

    assert (line.state, line.reason) == (FileState.READY, "")
    assert (line.pages, line.scanned_pages, line.empty_pages, line.unread_pages) == (3, 1, 1, 0)


def test_pages_without_their_text_are_counted_and_told():
    line = verdict.of_text(FOUND, read(TEXT, BLIND_SCAN, BLIND_SCAN, BROKEN))

    assert line.state is FileState.PARTIAL
    assert line.unread_pages == 3
    assert "2 of 4 pages are scans without text and 1 of 4 pages are damaged" in line.reason


def test_problems_of_files_inside_are_listed_up_to_the_third():
    broken = [replace(BROKEN, problem=f"“{n}.pdf” is damaged.") for n in "abcde"]

    line = verdict.of_text(FOUND, read(TEXT, *broken, paged=False))

    assert line.state is FileState.PARTIAL
    assert line.reason == (
        "5 of 6 parts inside could not be read: “a.pdf” is damaged. “b.pdf” is damaged. "
        "“c.pdf” is damaged. And 2 more."
    )


def test_a_problem_on_a_page_that_has_text_makes_the_file_partial():
    line = verdict.of_text(FOUND, read(TEXT, replace(TEXT, problem="The notes are damaged.")))

    assert line.state is FileState.PARTIAL
    assert line.reason == "Not everything could be read: The notes are damaged."


def test_where_nothing_was_read_the_problems_are_the_reason():
    inside = replace(BROKEN, problem="“a.pdf” is damaged.")

    line = verdict.of_text(FOUND, read(inside, chunks=0, paged=False))

    assert line.state is FileState.FAILED
    assert line.reason == "Nothing of “a.pdf” could be read: “a.pdf” is damaged."


def test_a_file_that_was_read_has_no_failures_any_more():
    assert verdict.of_text(replace(FOUND, failures=1), read(TEXT)).failures == 0


@pytest.mark.parametrize(
    "error",
    [
        ReaderCrashed(PATH),
        ReadingTookTooLong(PATH, 30),
        ReadingTookTooLong(PATH, 300, in_all=True),
        ReadingTookTooMuchMemory(PATH, 1024),
    ],
)
def test_the_second_failure_in_a_row_is_quarantine(error: ReaderCrashed):
    first = verdict.of_failure(FOUND, error, 1.0)
    second = verdict.of_failure(
        replace(FOUND, failures=first.failures, reason=first.reason), error, 1.0
    )

    assert (first.failures, first.quarantined, first.reason) == (1, False, str(error))
    assert second.quarantined
    assert second.reason == (
        f"“a.pdf” {error.what} twice. "
        "It is not tried again until it changes, or you choose “Read again”."
    )


def test_two_different_failures_are_not_called_the_same():
    found = replace(FOUND, failures=1, reason=str(ReaderCrashed(PATH)))

    line = verdict.of_failure(found, ReadingTookTooMuchMemory(PATH, 1024), 1.0)

    assert "was tried twice; it needed more than 1024 MB" in line.reason


def test_a_file_that_the_user_wished_tried_again_stays_in_quarantine_when_it_fails():
    found = replace(FOUND, failures=2, reason="“a.pdf” made its reader crash twice. It is …")

    line = verdict.of_failure(found, ReaderCrashed(PATH), 1.0)

    assert (line.failures, line.reason) == (2, found.reason)


def test_damage_is_no_failure_of_the_reader():
    assert verdict.of_failure(replace(FOUND, failures=1), CorruptFile(PATH), 1.0).failures == 0


@pytest.mark.parametrize("error", [EncryptedFile(PATH), WrongPassword(PATH)])
def test_a_locked_file_is_told_as_locked(error: EncryptedFile):
    line = verdict.of_failure(FOUND, error, 1.0)

    assert line.locked
    assert line.reason == str(error)
