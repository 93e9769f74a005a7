"""How a library of 10,000 files and 100,000 chunks starts, is rescanned, and grows.

Run by hand: `python -m tests.benchmarks.scale DATA LIBRARY`. LIBRARY is one that `big_library` made
(or will be made by it now): real texts, seeded vectors. Its files are laid on the disk as its
ledger knows them, so that a rescan has something to compare. Then the same texts are read into a
new library in parts of 500 files, with vectors that cost nothing: what is left is what Footnote
does for a file besides embedding.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psutil

from rag.cancel import CancelToken
from rag.index.catalog import Catalog
from rag.outcome import Outcome
from rag.records import FileRecord
from rag.session import Session
from tests.benchmarks import big_library
from tests.faults.processes import use_quick_models

CHUNKS, FILES = 100_000, 10_000
PART = 500
BAR_S = 1.0  # what a sign of a bar stands for
QUESTION = "When did the company pay a dividend?"


def lay_out(library: Path) -> None:
    """Write the files that the ledger of `library` knows, unless they are there."""
    catalog = Catalog.open(library)
    lines: list[FileRecord] = []
    try:
        for file in catalog.files():
            if file.path.exists():
                continue
            document = catalog.document_of(file.path)
            assert document is not None
            text = catalog.document_text(document).text
            head = "%PDF-1.7\n" if file.path.suffix == ".pdf" else ""
            file.path.parent.mkdir(parents=True, exist_ok=True)
            file.path.write_text(head + text, "utf-8")
            os.utime(file.path, ns=(file.modified_ns, file.modified_ns))
            facts = file.path.stat()
            lines.append(
                replace(file, size_bytes=facts.st_size, modified_ns=facts.st_mtime_ns, chunks=0)
            )
        catalog.save_files(lines)
    finally:
        catalog.close()


def ask(library: Path) -> None:
    """Print how long after its start this process has found passages, and its work for it."""
    with Session(library) as session:
        hits = session.search(QUESTION)
        assert hits
        print(time.time() - psutil.Process().create_time(), time.process_time())


def rescan(library: Path) -> tuple[float, int, int]:
    """Seconds of a rescan, files unchanged, files read."""
    with Session(library) as session:
        begun = time.perf_counter()
        run = Outcome(session.refresh((), CancelToken(), retry=False))
        for _ in run:
            pass
        return time.perf_counter() - begun, run.result.unchanged, run.result.read


def spent_s() -> float:
    """Processor time of this process and of its parsers, which busy neighbours do not lengthen."""
    me = psutil.Process()
    alive = (child.cpu_times() for child in me.children(recursive=True))
    return sum(me.cpu_times()[:4]) + sum(times.user + times.system for times in alive)


def grow(library: Path, folder: Path) -> list[tuple[float, float]]:
    """For each part of its texts, read into a new library: seconds by the clock, and of work."""
    catalog = Catalog.open(library)
    parts: list[Path] = []
    for number, file in enumerate(catalog.files()[:FILES]):
        if number % PART == 0:
            parts.append(folder / "files" / f"{number // PART:03}")
            parts[-1].mkdir(parents=True)
        document = catalog.document_of(file.path)
        assert document is not None
        (parts[-1] / f"{number}.txt").write_text(catalog.document_text(document).text, "utf-8")
    catalog.close()
    use_quick_models()
    seconds: list[tuple[float, float]] = []
    with Session(folder / "library") as session:
        for part in parts:
            begun, spent = time.perf_counter(), spent_s()
            for _ in session.add([part], CancelToken()):
                pass
            seconds.append((time.perf_counter() - begun, spent_s() - spent))
            print(f"  {len(seconds) * PART:6} files, {seconds[-1][0]:.1f} s", flush=True)
        chunks = sum(line.chunks for line in session.files())
    print(f"{chunks} chunks of {len(parts) * PART} files")
    return seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("library", type=Path)
    arguments.add_argument("--ask", action="store_true", help="only start and search")
    wish = arguments.parse_args()
    library = wish.library.absolute()
    if wish.ask:
        ask(library)
        return
    if not (library / "library.sqlite3").exists():
        big_library.build(wish.data, library, CHUNKS)
    lay_out(library)
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.scale",
        str(wish.data),
        str(library),
        "--ask",
    ]
    for _ in range(3):
        asked = subprocess.run(command, check=True, capture_output=True, text=True)
        clock_s, work_s = map(float, asked.stdout.split())
        print(f"passages found {clock_s:.1f} s after the start, {work_s:.1f} s of work")
    for _ in range(2):
        seconds, unchanged, read = rescan(library)
        print(f"rescan: {seconds:.1f} s, {unchanged} files unchanged, {read} read")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for number, (clock_s, work_s) in enumerate(grow(library, Path(folder)), 1):
            bar = "█" * round(work_s / BAR_S)
            print(f"{number * PART:6} files {bar} {work_s:.1f} s of work, {clock_s:.1f} s")


if __name__ == "__main__":
    main()
