"""Whatever a file does without an end, it ends, with the true reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pypdf
import pytest

from rag.cancel import CancelToken
from rag.errors import (
    EncryptedFile,
    FileTooBig,
    ReadingTookTooLong,
    ReadingTookTooMuchMemory,
    WrongPassword,
)
from rag.load import FORMATS, costs
from rag.load.costs import TimeBudget
from rag.load.how import HowToRead
from rag.load.messages import DrawPage, FindBoxes, ReadFile
from rag.load.sandbox import ParserPool
from rag.load.worker import _Output
from rag.records import DocumentInfo, Mark, Page
from tests.rag.load.boundless import BOUNDLESS
from tests.rag.load.papers import paper

IDLE_SECONDS = 10.0
MEMORY_MB = 400


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, IDLE_SECONDS, MEMORY_MB, (*FORMATS, BOUNDLESS))
    yield pool
    pool.close()


def boundless(folder: Path, does: str) -> Path:
    path = folder / "file.boundless"
    path.write_text(does, "utf-8")
    return path


def read(pool: ParserPool, path: Path) -> list[DocumentInfo | Page]:
    return list(pool.read(path, CancelToken()))


MARKS = tuple(Mark(at, "row") for at in range(1000))


@pytest.mark.parametrize(
    ("page", "least", "most", "what"),
    [
        (Page(1, "1", ""), 200_000, 200_000, "200,000 pages"),
        (Page(1, "1", "x" * 10_000_000), 4, 5, "50,000,000 characters of text"),
        (Page(1, "1", "", marks=MARKS), 2000, 2000, "2,000,000 headings, tables and rows"),
        (Page(1, "1", "", boxes=bytes(100_000_000)), 4, 4, "400,000,000 bytes"),
    ],
)
def test_how_much_is_taken_of_a_file_has_its_limits(page: Page, least: int, most: int, what: str):
    output = _Output(Path("a.zip"))
    for _ in range(least):
        output.add(page)

    with pytest.raises(FileTooBig, match=what):  # noqa: PT012 - the limit may lie between two
        for _ in range(most + 1 - least):
            output.add(page)


def test_a_document_is_held_to_the_pages_that_it_says_it_has():
    output = _Output(Path("a.pdf"))
    output.expect(DocumentInfo("a", 3, paged=True, format="PDF"))
    for number in range(106):
        output.add(Page(number, "", ""))

    with pytest.raises(FileTooBig, match="over 106 pages"):
        output.add(Page(107, "", ""))


@pytest.mark.faults
@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("announced", "over 106 pages"),
        ("text", "over 50,000,000 characters of text"),
    ],
)
def test_what_yields_without_an_end_is_too_big(
    pool: ParserPool, tmp_path: Path, does: str, reason: str
):
    count = 0
    with pytest.raises(FileTooBig, match=reason):  # noqa: PT012 - what came before is dropped
        for _ in pool.read(boundless(tmp_path, does), CancelToken()):
            count += 1

    assert pool.costs[-1].peak_mb < MEMORY_MB


@pytest.mark.faults
def test_what_yields_a_page_just_in_time_each_time_takes_too_long_in_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(costs, "MOST_ALLOWED_S", 4.0)
    pool = ParserPool(1, 0.5, MEMORY_MB, (BOUNDLESS,))

    with pytest.raises(ReadingTookTooLong, match="in all"):
        read(pool, boundless(tmp_path, "drip 0.3"))

    pool.close()
    assert 2.0 <= pool.costs[-1].seconds < 4.0


@pytest.mark.faults
def test_a_program_that_a_reader_started_counts_and_goes_with_it(pool: ParserPool, tmp_path: Path):
    reading = pool.read(boundless(tmp_path, "hogs"), CancelToken())
    with pytest.raises(ReadingTookTooMuchMemory):
        list(reading)

    assert not [
        child
        for child in psutil.Process().children(recursive=True)
        if "hoard" in " ".join(child.cmdline())
    ]


@pytest.mark.faults
def test_what_a_file_cost_is_told(pool: ParserPool, tmp_path: Path):
    path = boundless(tmp_path, "behave")

    read(pool, path)

    cost = pool.costs[-1]
    assert (cost.path, cost.pages) == (path, 2)
    assert 0 < cost.seconds < 10
    assert 10 < cost.peak_mb < MEMORY_MB


@pytest.mark.faults
def test_a_second_try_gets_a_process_of_its_own(pool: ParserPool, tmp_path: Path):
    path = boundless(tmp_path, "behave")
    read(pool, path)
    before = pool._free[0]

    list(pool.read(path, CancelToken(), how=HowToRead(is_second_try=True)))

    assert before is not None
    assert pool._free[0] is not before


@pytest.mark.faults
def test_passwords_open_locked_files_and_wrong_ones_are_told(pool: ParserPool, tmp_path: Path):
    locked = tmp_path / "locked.pdf"
    plain = pypdf.PdfReader(paper(tmp_path / "plain.pdf", ["Rowan berries are red."]))
    writer = pypdf.PdfWriter(clone_from=plain)
    writer.encrypt("rowan", algorithm="AES-256")
    writer.write(locked)
    with pytest.raises(EncryptedFile, match="locked with a password"):
        read(pool, locked)

    pool.offer_passwords(["sloe"])
    with pytest.raises(WrongPassword, match="The password did not open"):
        read(pool, locked)

    pool.offer_passwords(["rowan"])
    page = read(pool, locked)[1]
    assert isinstance(page, Page)
    assert "Rowan berries" in page.text
    assert pool.render(locked, 1, 1.0).page_count == 1
    assert pool.boxes(locked, 1, [0, 1, 2])


def test_no_password_is_ever_printed():
    told = repr(
        (
            HowToRead(passwords=("rowan",)),
            ReadFile(Path("a.pdf"), "reader", HowToRead(passwords=("rowan",))),
            DrawPage(Path("a.pdf"), 1, 1.0, ("rowan",)),
            FindBoxes(Path("a.pdf"), 1, (), ("rowan",)),
        )
    )

    assert "rowan" not in told


def test_the_time_a_file_may_take_grows_with_its_pages():
    budget = TimeBudget(Path("a.pdf"), 30.0)
    assert budget.allowed_s == 300

    budget.pages = 100

    assert budget.allowed_s == 300 + 100 * 30
    budget.pages = 100_000
    assert budget.allowed_s == 12.5 * 3600
