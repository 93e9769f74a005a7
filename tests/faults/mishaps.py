"""Files that are deleted, cut, replaced or locked while a folder is read."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.cancel import CancelToken
from rag.events import ReadingProgress
from rag.session import Session
from tests.faults import examining
from tests.faults.collection import Collection
from tests.faults.examining import Chats, Expected
from tests.faults.processes import ProcessDied, apart
from tests.faults.tally import Tally

KINDS = ("deleted", "cut off", "replaced", "made a folder", "made a pipe", "locked")
SHARE = 0.25  # of the files meet with a mishap in one reading


@dataclass(frozen=True, slots=True)
class Done:
    """What happened to which file."""

    kind: str
    path: Path


def run(folder: Path, rounds: int, files: int, seed: int) -> Iterator[Tally]:
    """So many readings, each with many mishaps of every kind."""
    tally = Tally("files changed while they are read")
    collection = Collection(folder / "files")
    collection.fill(files)
    library = folder / "library"
    chats: Chats = ()
    tally.counted["locked: not tried, the administrator cannot be"] += "locked" not in kinds_here()
    for number in range(rounds):
        begun = time.monotonic()
        if number % 2 == 0:
            shutil.rmtree(library, ignore_errors=True)
            chats = apart(examining.start_chat, library)
        try:
            collection, done = apart(read_amid_mishaps, library, collection, seed + number)
            expected = _expected(collection, done, chats)
            found = apart(examining.examine, library, expected)
            tally.problems += [f"round {number}: {problem}" for problem in found.problems]
        except ProcessDied as error:
            tally.problems.append(f"round {number}: {error}")
            done = []
        for mishap in done:
            tally.counted[mishap.kind] += 1
        _mend(collection, done)
        tally.rounds += 1
        tally.seconds += time.monotonic() - begun
    yield tally


def kinds_here() -> list[str]:
    """What can be tried on this system; its administrator can be locked out of no file."""
    kinds = [*KINDS]
    if not hasattr(os, "mkfifo"):
        kinds.remove("made a pipe")
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        kinds.remove("locked")
    return kinds


def read_amid_mishaps(
    library: Path, collection: Collection, seed: int
) -> tuple[Collection, list[Done]]:
    """Read all of `collection` while its files change; what they are now, and what happened."""
    chance = random.Random(seed)
    kinds = kinds_here()
    spared = sorted(collection.now)
    left = int(len(spared) * SHARE)
    done: list[Done] = []
    with Session(library) as session:
        for event in session.add([collection.folder], CancelToken()):
            if left == 0 or chance.random() < 0.3:
                continue
            path = chance.choice(spared)
            if isinstance(event, ReadingProgress) and event.current in spared:
                path = event.current
            kind = kinds[left % len(kinds)]
            _do(kind, collection, path)
            spared.remove(path)
            done.append(Done(kind, path))
            left -= 1
    return collection, done


def _do(kind: str, collection: Collection, path: Path) -> None:
    match kind:
        case "deleted":
            collection.delete(path)
        case "cut off":
            os.truncate(path, path.stat().st_size // 2)
        case "replaced":
            collection.write(path)
        case "made a folder":
            path.unlink()
            path.mkdir()
        case "made a pipe":
            path.unlink()
            os.mkfifo(path)
        case _:
            path.chmod(0)


def _expected(collection: Collection, done: list[Done], chats: Chats) -> Expected:
    now = dict(collection.now)
    unsure, unreadable = set[Path](), set[Path]()
    for mishap in done:
        match mishap.kind:
            case "cut off" | "locked":
                now.pop(mishap.path)
                unsure.add(mishap.path)
            case "made a folder":
                now.pop(mishap.path)
            case "made a pipe":
                now.pop(mishap.path)
                unreadable.add(mishap.path)
            case _:
                continue
    return Expected(
        collection.folder,
        now,
        collection.past,
        unsure=frozenset(unsure),
        unreadable=frozenset(unreadable),
        chats=chats,
    )


def _mend(collection: Collection, done: list[Done]) -> None:
    """Let every file be one again."""
    for mishap in done:
        path = mishap.path
        if path.is_dir():
            path.rmdir()
        elif mishap.kind == "made a pipe":
            path.unlink()
        elif mishap.kind == "locked":
            path.chmod(0o600)
        collection.write(path)
