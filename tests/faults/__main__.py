"""Tries what can go wrong, over and over, and prints a table of what came of it.

`python -m tests.faults --rounds 200 --mutations 10000 --seed 1`, on a machine with time. It ends
with 1 where there were problems, each of which is told below the table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults import damage, disk, fuzz, kills, mishaps
from tests.faults.tally import Tally, table

FILES = 300  # that are read while processes are killed
FEWER_FILES = 120  # where each round looks at them all from nothing
SHARES = {"files": 5, "disk": 10, "damage": 2}  # of the rounds: each of these does more


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--mutations", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", choices=PARTS, help="run only this part")
    arguments.add_argument("--folder", type=Path, help="where it may write, emptied by nobody")
    wish = arguments.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = wish.folder or Path(scratch)
        tallies = [
            tally
            for name, part in PARTS.items()
            if wish.only in (None, name)
            for tally in part(folder / name, wish)
        ]
    sys.stdout.write(f"{table(tallies)}\n\n{time.monotonic() - begun:.0f} s\n")
    sys.exit(any(tally.problems for tally in tallies))


def _kills(folder: Path, wish: argparse.Namespace) -> list[Tally]:
    return list(kills.Killing(folder, FILES, wish.seed).run(wish.rounds))


def _files(folder: Path, wish: argparse.Namespace) -> list[Tally]:
    rounds = -(-wish.rounds // SHARES["files"])
    return list(mishaps.run(folder, rounds, FILES, wish.seed))


def _disk(folder: Path, wish: argparse.Namespace) -> list[Tally]:
    rounds = -(-wish.rounds // SHARES["disk"])
    return list(disk.run(folder, rounds, FEWER_FILES, wish.seed))


def _damage(folder: Path, wish: argparse.Namespace) -> list[Tally]:
    rounds = -(-wish.rounds // SHARES["damage"])
    return damage.joined(damage.run(folder, rounds, FEWER_FILES, wish.seed))


def _fuzz(folder: Path, wish: argparse.Namespace) -> list[Tally]:
    tallies = list(fuzz.run(folder, wish.mutations, wish.seed, fuzz.real_documents()))
    return [*tallies, fuzz.together(tallies)]


PARTS: dict[str, Callable[[Path, argparse.Namespace], list[Tally]]] = {
    "kills": _kills,
    "files": _files,
    "disk": _disk,
    "damage": _damage,
    "fuzz": _fuzz,
}

if __name__ == "__main__":
    main()
