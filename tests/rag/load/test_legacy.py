"""Files from before 2007 are read through LibreOffice, or the reason says what to do."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from rag.cancel import CancelToken
from rag.errors import (
    Cancelled,
    CorruptFile,
    NeedsLibreOffice,
    ProtectedFile,
    ReadingTookTooLong,
)
from rag.load import legacy, libreoffice
from rag.load.libreoffice import converted, find_libreoffice
from rag.load.sandbox import ParserPool
from rag.records import DocumentInfo, Page
from tests.rag.load.ole_files import write_ole

PLAIN, LOCKED = struct.pack("<10xH", 0), struct.pack("<10xH", 0x0100)
LOCKED_SLIDES = struct.pack("<12xI", 0xF3D1C4DF)
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="stands in with a shell script")


@pytest.fixture
def office() -> Path:
    found = find_libreoffice()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def stand_in(folder: Path, script: str) -> Path:
    """A program that does what `script` says where LibreOffice would convert."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o700)
    return path


def test_without_libreoffice_the_reason_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "find_libreoffice", lambda: None)
    path = write_ole(tmp_path / "old.doc", {"WordDocument": PLAIN})

    with pytest.raises(NeedsLibreOffice) as told:
        list(legacy.read(path))

    assert str(told.value) == (
        "“old.doc” is in an old Word format. Install LibreOffice (free), "
        "then read it again, or save it as .docx."
    )


@pytest.mark.parametrize(
    ("name", "streams"),
    [("a.doc", {"WordDocument": LOCKED}), ("a.ppt", {"Current User": LOCKED_SLIDES})],
)
def test_a_locked_file_is_told_as_locked(
    tmp_path: Path, name: str, streams: dict[str, bytes]
) -> None:
    path = write_ole(tmp_path / name, streams)

    with pytest.raises(ProtectedFile):
        list(legacy.read(path))


@pytest.mark.parametrize("content", [b"", b"{\\rtf1 text}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@pytest.mark.parametrize("name", ["a.doc", "a.ppt"])
def test_what_is_no_such_file_is_told_as_damaged(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CorruptFile):
        list(legacy.read(path))


def test_a_presentation_with_a_documents_name_is_told_as_that(tmp_path: Path) -> None:
    path = write_ole(tmp_path / "a.doc", {"Current User": PLAIN})

    with pytest.raises(CorruptFile):
        list(legacy.read(path))


@posix_only
def test_what_libreoffice_cannot_open_is_told_as_damaged(tmp_path: Path) -> None:
    program = stand_in(tmp_path, "exit 1")
    path = write_ole(tmp_path / "a.doc", {"WordDocument": PLAIN})

    with pytest.raises(CorruptFile, match="LibreOffice"), converted(path, ".docx", program, None):
        pass


@posix_only
def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    program = stand_in(tmp_path, f"sleep 600 & echo $! > '{tmp_path}/child'; sleep 600")
    path = write_ole(tmp_path / "a.doc", {"WordDocument": PLAIN})

    with pytest.raises(ReadingTookTooLong), converted(path, ".docx", program, None, limit_s=0.3):
        pass

    assert _ends(int((tmp_path / "child").read_text()))


@posix_only
def test_a_conversion_dies_with_the_process_that_asked_for_it(tmp_path: Path) -> None:
    program = stand_in(tmp_path, f"echo $$ > '{tmp_path}/child'; sleep 600")
    path = write_ole(tmp_path / "a.doc", {"WordDocument": PLAIN})
    code = (
        "import sys; from pathlib import Path; from rag.load.libreoffice import converted\n"
        "with converted(Path(sys.argv[1]), '.docx', Path(sys.argv[2]), None): pass"
    )
    asking = subprocess.Popen([sys.executable, "-c", code, str(path), str(program)])
    child = tmp_path / "child"
    while not (child.is_file() and child.read_text().strip()):
        assert asking.poll() is None

    asking.send_signal(signal.SIGKILL)
    asking.wait()

    assert _ends(int(child.read_text()))


def _ends(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
    os.kill(pid, signal.SIGKILL)
    return False


@posix_only
def test_nothing_is_left_where_a_file_was_converted(tmp_path: Path) -> None:
    program = stand_in(tmp_path, 'for last; do :; done; cp "$last" "$TMPDIR/to/a.docx"')
    scratch = tmp_path / "scratch"
    folder = tmp_path / "theirs"
    scratch.mkdir()
    folder.mkdir()
    path = write_ole(folder / "a.doc", {"WordDocument": PLAIN})

    with converted(path, ".docx", program, scratch) as copy:
        assert copy.read_bytes() == path.read_bytes()

    assert list(scratch.iterdir()) == []
    assert list(folder.iterdir()) == [path]


@pytest.mark.faults
def test_an_old_document_is_read(office: Path, test_data: Path) -> None:
    info, page = legacy.read(test_data / "mixed/legacy_binary/simple.doc")

    assert isinstance(info, DocumentInfo)
    assert isinstance(page, Page)
    assert info.title == "These are a few of my favorite things:"
    assert "This is my first thought. This is my second thought." in page.text
    assert "DOYLESTOWN, PA 18901" in page.text


@pytest.fixture
def old_slides(office: Path, tmp_path: Path) -> Path:
    import pptx

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Pläne"
    slide.placeholders[1].text = "Grow"
    deck.save(str(tmp_path / "deck.pptx"))
    with converted(tmp_path / "deck.pptx", ".ppt", office, None) as copy:
        path = tmp_path / "old.ppt"
        path.write_bytes(copy.read_bytes())
    return path


@pytest.mark.faults
def test_an_old_presentation_is_read_slide_by_slide(old_slides: Path) -> None:
    info, page = legacy.read(old_slides)

    assert info == DocumentInfo("Pläne", 1, paged=True, format="PowerPoint")
    assert isinstance(page, Page)
    assert page.text == "Pläne\n\n• Grow"
    assert page.marks[0].name == "slide 1"


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, 30.0, 1024)
    yield pool
    pool.close()


@pytest.mark.faults
def test_a_parsers_limit_on_memory_is_not_libreoffices(old_slides: Path, pool: ParserPool) -> None:
    info, _ = pool.read(old_slides, CancelToken())

    assert isinstance(info, DocumentInfo)
    assert info.title == "Pläne"


@pytest.mark.faults
def test_libreoffice_ends_with_the_pool(old_slides: Path, pool: ParserPool) -> None:
    outcome: list[Cancelled] = []

    def read() -> None:
        try:
            list(pool.read(old_slides, CancelToken()))
        except Cancelled as error:
            outcome.append(error)

    reading = threading.Thread(target=read)
    reading.start()
    running: list[psutil.Process] = []
    while not running and reading.is_alive():
        children = psutil.Process().children(recursive=True)
        running = [child for child in children if "soffice" in _name(child)]

    pool.close()
    reading.join()

    assert outcome
    assert all(_ends(process.pid) for process in running)


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return ""


@pytest.mark.faults
def test_what_a_document_points_to_is_not_fetched(office: Path, tmp_path: Path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
        path = tmp_path / "a.html"  # of all formats the one whose links it follows most eagerly
        path.write_text(f'<p>See <img src="{address}" width="9" height="9"></p>', "utf-8")

        with converted(path, ".pdf", office, None) as copy:
            assert copy.stat().st_size > 0

        with pytest.raises(BlockingIOError):  # nobody called
            server.accept()


def test_libreoffice_is_found_where_the_systems_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "LibreOffice/program/soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(libreoffice.shutil, "which", lambda _: None)
    monkeypatch.setattr(libreoffice, "_PLACES", ())
    monkeypatch.setenv("ProgramFiles", str(tmp_path))

    assert find_libreoffice() == program
