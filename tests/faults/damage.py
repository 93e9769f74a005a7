"""Damages a library's files at random places: its catalog, its conversations, its Chroma folder."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rag.events import AddPaths, ReadingFinished
from tests.faults import examining
from tests.faults.collection import Collection
from tests.faults.examining import Expected
from tests.faults.processes import EngineAtWork, ProcessDied, apart
from tests.faults.tally import Tally

CATALOG, CHATS, CHROMA = "library.sqlite3", "chats.sqlite3", "chroma/chroma.sqlite3"
READING_S = 240.0
LOSSES = ("truncated", "emptied", "head overwritten", "deleted")


def run(folder: Path, rounds: int, files: int, seed: int) -> Iterator[Tally]:
    """So many damaged copies of two libraries, each kind in its turn.

    One was closed in good order, the other killed after its files had changed: its log is not in
    the catalog yet, Chroma is not sealed, and the copies for bad days are older.
    """
    collection = Collection(folder / "files")
    collection.fill(files)
    whole = folder / "whole"
    chats = apart(examining.start_chat, whole)
    apart(examining.read_all, whole, collection.folder)
    collection.change(random.Random(seed))
    killed = folder / "killed"
    shutil.copytree(whole, killed)
    _read_and_kill(killed, collection.folder)
    expected = Expected(
        collection.folder, collection.now, collection.past, chats=chats, settle=True
    )
    kinds = [
        *((f"{kind}, {name}", name, kind) for name in (CATALOG, CHATS, CHROMA) for kind in LOSSES),
        *((f"bytes overwritten, {name}", name, "bytes") for name in (CATALOG, CHATS, CHROMA)),
        ("index files of Chroma overwritten", "", "segments"),
        ("index files of Chroma truncated", "", "cut segments"),
        ("folders of Chroma's index deleted", "", "no segments"),
        ("wrong counts in Chroma", CHROMA, "counts"),
        ("Chroma folder deleted", "", "no chroma"),
    ]
    for number in range(rounds):
        kind, name, how = kinds[number % len(kinds)]
        tally = Tally(kind, rounds=1)
        begun = time.monotonic()
        library = folder / "damaged"
        shutil.rmtree(library, ignore_errors=True)
        turn = number + number // len(kinds)
        shutil.copytree(killed if turn % 2 else whole, library)
        damage(library, name, how, random.Random(seed * 10_000 + number))
        try:
            found = apart(examining.examine, library, expected)
            tally.problems = [f"round {number}: {problem}" for problem in found.problems]
            tally.counted["told"] += bool(found.notices)
            tally.counted["folders added again"] += found.added_again
            tally.counted["files read again"] += found.read_again
        except ProcessDied as error:
            tally.problems.append(f"round {number}: {error}")
        tally.seconds = time.monotonic() - begun
        yield tally


def _read_and_kill(library: Path, folder: Path) -> None:
    engine = EngineAtWork(library)
    engine.send(AddPaths((folder,)))
    finished = 0
    for event in engine.heard(READING_S):
        finished += isinstance(event, ReadingFinished)
        if finished == 2:  # the look for changes at the start, then what was asked for
            break
    engine.kill()


def damage(library: Path, name: str, how: str, chance: random.Random) -> None:
    """Damage the file `name` of `library`, or what `how` says."""
    path = library / name
    match how:
        case "no chroma":
            shutil.rmtree(library / "chroma")
        case "segments" | "cut segments" | "no segments":
            _damage_segments(library / "chroma", how, chance)
        case "counts":
            with closing(sqlite3.connect(path)) as connection:
                share = chance.randint(2, 9)
                connection.execute("DELETE FROM embeddings WHERE id % ? = 0", (share,))
                connection.commit()
        case "truncated":
            _cut(path, chance)
        case "emptied":
            path.write_bytes(b"")
        case "head overwritten":
            with path.open("r+b") as file:
                file.write(chance.randbytes(100))
        case "deleted":
            path.unlink()
        case _:
            _overwrite(path, chance)


def _damage_segments(chroma: Path, how: str, chance: random.Random) -> None:
    """Some files of the folders that hold Chroma's vectors, at least one of each, or all."""
    for segment in [path for path in chroma.iterdir() if path.is_dir()]:
        if how == "no segments":
            shutil.rmtree(segment)
            continue
        full = [path for path in sorted(segment.iterdir()) if path.stat().st_size]
        for path in chance.sample(full, chance.randint(1, len(full))):
            (_cut if how == "cut segments" else _overwrite)(path, chance)


def _cut(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def _overwrite(path: Path, chance: random.Random) -> None:
    """Some places, each of up to a page."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        for _ in range(chance.randint(1, 20)):
            file.seek(chance.randrange(size))
            file.write(chance.randbytes(chance.choice((1, 16, 512, 4096))))


def joined(tallies: Iterator[Tally]) -> list[Tally]:
    """One line for all rounds of a kind."""
    kinds: dict[str, Tally] = {}
    for tally in tallies:
        known = kinds.setdefault(tally.kind, Tally(tally.kind))
        known.rounds += tally.rounds
        known.seconds += tally.seconds
        known.problems += tally.problems
        known.counted += tally.counted
    return list(kinds.values())
