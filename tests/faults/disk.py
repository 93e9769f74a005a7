"""A library on a disk that fills up while it is written, and then has room again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import DiskFull
from rag.events import ReadingProgress
from rag.session import Session
from tests.faults import examining
from tests.faults.collection import Collection
from tests.faults.examining import Expected
from tests.faults.processes import ProcessDied, apart
from tests.faults.tally import Tally

DISK_MB = 200
EVENTS = (1, 40)  # of a reading, after which there is no room left
_BLOCK = 1 << 16


class NoDisk(Exception):
    """No disk of its own can be had here, and why."""


def run(folder: Path, rounds: int, files: int, seed: int) -> Iterator[Tally]:
    """So many readings onto a disk that becomes full."""
    tally = Tally("a full disk")
    chance = random.Random(seed)
    collection = Collection(folder / "files")
    collection.fill(files)
    for number in range(rounds):
        begun = time.monotonic()
        try:
            with small_disk(folder / f"disk{number}") as disk:
                _round(tally, collection, disk, chance.randint(*EVENTS), number)
        except NoDisk as error:
            tally.skipped = str(error)
            break
        except ProcessDied as error:
            tally.problems.append(f"round {number}: {error}")
        tally.rounds += 1
        tally.seconds += time.monotonic() - begun
    yield tally


def _round(tally: Tally, collection: Collection, disk: Path, moment: int, number: int) -> None:
    library = disk / "library"
    chats = apart(examining.start_chat, library)
    filler = disk / "filler"
    tally.counted[apart(read_without_room, library, collection.folder, filler, moment)] += 1
    filler.unlink(missing_ok=True)
    expected = Expected(
        collection.folder, collection.now, collection.past, chats=chats, settle=True
    )
    found = apart(examining.examine, library, expected)
    tally.problems += [f"round {number}: {problem}" for problem in found.problems]
    tally.counted["libraries mended"] += bool(found.notices)


def read_without_room(library: Path, folder: Path, filler: Path, moment: int) -> str:
    """Read, fill the disk after so many events, and free it when the reading says that it waits."""
    waited = False
    try:
        with Session(library) as session:
            for number, event in enumerate(session.add([folder], CancelToken()), 1):
                if number == moment:
                    _fill(filler)
                if isinstance(event, ReadingProgress) and event.waits_for:
                    waited = True
                    filler.unlink(missing_ok=True)
    except DiskFull:
        return "ended, and said why"
    return "waited for room and went on" if waited else "needed no more room"


def _fill(filler: Path) -> None:
    """Take all the room there is."""
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(_BLOCK))


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A disk in memory; raises `NoDisk`."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise NoDisk("only the administrator of a Linux system can make a small disk")
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        raise NoDisk("this system lets nobody make a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
