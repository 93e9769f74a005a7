"""What a file can break is its parser process, and the reason that is told is the true one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from rag.cancel import CancelToken
from rag.errors import (
    Cancelled,
    CorruptFile,
    FileNotReadable,
    ReaderCrashed,
    ReadingTookTooLong,
    ReadingTookTooMuchMemory,
    SourceChanged,
    UnknownFormat,
    UnreadableFile,
)
from rag.load import FORMATS
from rag.load.sandbox import ParserPool
from rag.records import DocumentInfo, Page
from tests.rag.load.unruly import UNRULY

pytestmark = pytest.mark.faults

IDLE_SECONDS = 1.5
MEMORY_MB = 256


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, IDLE_SECONDS, MEMORY_MB, (*FORMATS, UNRULY))
    yield pool
    pool.close()


def unruly(folder: Path, does: str) -> Path:
    path = folder / "file.unruly"
    path.write_text(does, "utf-8")
    return path


def read(pool: ParserPool, path: Path) -> list[DocumentInfo | Page]:
    return list(pool.read(path, CancelToken()))


def worker_of(items: list[DocumentInfo | Page]) -> int:
    page = items[1]
    assert isinstance(page, Page)
    return int(page.text.removeprefix("process "))


def is_gone(pid: int, within_s: float = 2.0) -> bool:
    try:
        return not psutil.wait_procs([psutil.Process(pid)], within_s)[1]
    except psutil.NoSuchProcess:
        return True


def test_a_file_is_told_then_its_pages_in_order(pool: ParserPool, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada,\r\nyours.\n", "utf-8")

    info, page = read(pool, path)

    assert info == DocumentInfo("letter", 1, paged=False, format="text")
    assert page == Page(1, "1", "Dear Ada,\nyours.\n")


def test_a_process_is_used_again(pool: ParserPool, tmp_path: Path) -> None:
    path = unruly(tmp_path, "behave")

    assert worker_of(read(pool, path)) == worker_of(read(pool, path))


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("hang", ReadingTookTooLong),
        ("hang and keep the interpreter", ReadingTookTooLong),
        ("hog", ReadingTookTooMuchMemory),
        ("die", ReaderCrashed),
        ("stumble", CorruptFile),
        ("seek", CorruptFile),
    ],
)
def test_what_a_file_does_is_told_and_the_next_one_is_read(
    pool: ParserPool, tmp_path: Path, does: str, reason: type[Exception]
) -> None:
    with pytest.raises(reason):
        read(pool, unruly(tmp_path, does))

    last = read(pool, unruly(tmp_path, "behave"))[-1]
    assert isinstance(last, Page)
    assert last.text == "the end"


def test_a_process_that_hangs_is_killed(pool: ParserPool, tmp_path: Path) -> None:
    reading = pool.read(unruly(tmp_path, "hang"), CancelToken())
    pid = worker_of([next(reading), next(reading)])

    with pytest.raises(ReadingTookTooLong):
        list(reading)

    assert is_gone(pid)


def test_a_process_that_is_killed_in_the_midst_of_a_file_costs_that_file_only(
    pool: ParserPool, tmp_path: Path
) -> None:
    reading = pool.read(unruly(tmp_path, "hang"), CancelToken())
    items = [next(reading), next(reading)]

    psutil.Process(worker_of(items)).kill()
    with pytest.raises(ReaderCrashed):
        list(reading)

    assert worker_of(read(pool, unruly(tmp_path, "behave"))) != worker_of(items)


def test_cancelling_takes_effect_within_a_second(pool: ParserPool, tmp_path: Path) -> None:
    cancel = CancelToken()
    reading = pool.read(unruly(tmp_path, "hang"), cancel)
    next(reading)
    started = time.monotonic()

    threading.Timer(0.1, cancel.cancel).start()
    with pytest.raises(Cancelled):
        list(reading)

    assert time.monotonic() - started < 1.0


def test_no_page_is_read_ahead_of_the_next_go_ahead(pool: ParserPool, tmp_path: Path) -> None:
    calls: list[float] = []
    reading = pool.read(
        unruly(tmp_path, "die"), CancelToken(), lambda: calls.append(time.monotonic())
    )

    next(reading)

    assert len(calls) == 2  # before the file, and before the batch in work
    reading.close()


def test_time_spent_waiting_for_the_go_ahead_counts_against_no_limit(tmp_path: Path) -> None:
    pool = ParserPool(1, 0.4, MEMORY_MB, (UNRULY,))
    waited = threading.Event()

    items = list(
        pool.read(unruly(tmp_path, "behave"), CancelToken(), lambda: bool(waited.wait(0.6)))
    )

    pool.close()
    assert len(items) == 20


def test_a_reading_that_is_given_up_frees_its_place(pool: ParserPool, tmp_path: Path) -> None:
    reading = pool.read(unruly(tmp_path, "hang"), CancelToken())
    next(reading)

    reading.close()

    assert read(pool, unruly(tmp_path, "behave"))


def test_several_threads_read_at_the_same_time(tmp_path: Path) -> None:
    pool = ParserPool(2, 10, MEMORY_MB, FORMATS)
    path = tmp_path / "notes.txt"
    path.write_text("notes", "utf-8")
    results: list[int] = []

    def work() -> None:
        results.extend(len(read(pool, path)) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    pool.close()
    assert results == [2] * 20


def test_what_a_reader_prints_stays_in_its_process(
    pool: ParserPool, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read(pool, unruly(tmp_path, "shout"))

    assert capfd.readouterr() == ("", "")


def test_a_file_without_a_reader_is_told(pool: ParserPool, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"\.xyz"):
        read(pool, tmp_path / "odd.xyz")


def test_a_file_that_is_not_there_is_told(pool: ParserPool, tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable, match=r"gone\.txt"):
        read(pool, tmp_path / "gone.txt")
    with pytest.raises(SourceChanged):
        pool.render(tmp_path / "gone.pdf", 1, 1.0)


def test_a_closed_pool_leaves_no_process(tmp_path: Path) -> None:
    pool = ParserPool(1, IDLE_SECONDS, MEMORY_MB, (UNRULY,))
    pid = worker_of(read(pool, unruly(tmp_path, "behave")))

    pool.close()

    assert is_gone(pid)
    with pytest.raises(Cancelled):
        read(pool, unruly(tmp_path, "behave"))


@pytest.mark.parametrize("does", ["hang", "hang and keep the interpreter"])
def test_parsers_end_when_their_engine_is_killed(tmp_path: Path, does: str) -> None:
    script = tmp_path / "engine.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from rag.cancel import CancelToken\n"
        "from rag.load.sandbox import ParserPool\n"
        "from tests.rag.load.unruly import UNRULY\n"
        "if __name__ == '__main__':\n"
        "    pool = ParserPool(1, 60, 512, (UNRULY,))\n"
        "    for item in pool.read(Path(sys.argv[1]), CancelToken()):\n"
        "        print(getattr(item, 'text', ''), flush=True)\n",
        "utf-8",
    )
    engine = subprocess.Popen(
        [sys.executable, str(script), str(unruly(tmp_path, does))],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert engine.stdout is not None
    engine.stdout.readline()
    pid = int(engine.stdout.readline().removeprefix("process "))

    engine.kill()
    engine.wait()
    engine.stdout.close()

    assert is_gone(pid)


@pytest.mark.parametrize("does", ["die", "hang"])
def test_what_a_dead_parser_took_out_of_a_file_goes_with_it(tmp_path: Path, does: str) -> None:
    pool = ParserPool(1, IDLE_SECONDS, MEMORY_MB, (UNRULY,), tmp_path / "scratch")
    reading = pool.read(unruly(tmp_path, does), CancelToken())
    next(reading)
    taken_out = list(tmp_path.glob("scratch/*/taken out"))

    with suppress(UnreadableFile):
        list(reading)
    pool.close()

    assert len(taken_out) == 1
    assert not list(tmp_path.glob("scratch/**/*"))


def test_nothing_taken_out_of_a_file_is_there_for_the_next(tmp_path: Path) -> None:
    pool = ParserPool(1, IDLE_SECONDS, MEMORY_MB, (*FORMATS, UNRULY), tmp_path / "scratch")
    (tmp_path / "letter.txt").write_text("Dear Ada", "utf-8")
    read(pool, unruly(tmp_path, "behave"))

    read(pool, tmp_path / "letter.txt")
    left = list(tmp_path.glob("scratch/*/*"))
    pool.close()

    assert not left


def test_what_a_killed_engine_left_is_gone_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "scratch" / "1").mkdir(parents=True)
    (tmp_path / "scratch" / "1" / "taken out").write_text("a secret", "utf-8")

    ParserPool(1, IDLE_SECONDS, MEMORY_MB, (UNRULY,), tmp_path / "scratch").close()

    assert not (tmp_path / "scratch").exists()
