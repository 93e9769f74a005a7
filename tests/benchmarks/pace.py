"""How right the time left is: what was told at each minute against what it then took.

Run by hand: `python -m tests.benchmarks.pace FOLDER...`. Reads the folders into an empty library,
then once more into another with what the first reading taught.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from rag.cancel import CancelToken
from rag.events import ReadingProgress
from rag.records import FileState
from rag.session import Session

_LEARNT = "pace"  # the setting that keeps it
STEP_S = 30.0


def read(folders: list[Path], library: Path, learnt: str) -> str:
    """Read `folders`; prints what was told every half minute, returns what was learnt."""
    told: list[tuple[float, ReadingProgress]] = []
    with Session(library) as session:
        if learnt:
            session.set_setting(_LEARNT, learnt)
        session.warm_up_search()
        begun = time.monotonic()
        for event in session.add(folders, CancelToken()):
            now = time.monotonic() - begun
            if isinstance(event, ReadingProgress) and now > STEP_S * (len(told) + 1):
                told.append((now, event))
        total = time.monotonic() - begun
        files = session.files()
        learnt = session.setting(_LEARNT) or ""
    read_files = [f for f in files if f.state in {FileState.READY, FileState.PARTIAL}]
    pages = sum(file.pages for file in read_files)
    print(f"\n{len(read_files)} of {len(files)} files, {pages} pages, in {total:.0f} s")
    print("| after | told to take | took | off by | pages a minute |\n|---|---|---|---|---|")
    for at, event in told:
        left, true = event.seconds_left, total - at
        if left is None:
            print(f"| {at:.0f} s | nothing | {true:.0f} s | | |")
        else:
            off = (left - true) / true
            rate = event.pages_per_minute or 0
            print(f"| {at:.0f} s | {left:.0f} s | {true:.0f} s | {off:+.0%} | {rate:.0f} |")
    return learnt


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as library:
        learnt = read(wish.folders, Path(library), "")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as library:
        read(wish.folders, Path(library), learnt)


if __name__ == "__main__":
    main()
