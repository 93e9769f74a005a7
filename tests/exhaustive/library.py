"""Writes the invented facts into files of many formats, some of them twice."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.exhaustive.layouts import WRITERS
from tests.exhaustive.words import layout_of
from tests.exhaustive.world import (
    Contract,
    Fact,
    Fleet,
    Incident,
    Invoice,
    Meeting,
    Memo,
    make_world,
)

COPIES = 8
FORMATS: dict[type, tuple[str, ...]] = {
    Contract: ("docx", "pdf", "html", "md", "txt"),
    Invoice: ("pdf", "html", "docx", "eml", "txt"),
    Incident: ("txt", "md", "pdf", "docx", "html"),
    Meeting: ("md", "docx", "txt", "html"),
    Memo: ("eml", "txt", "md"),
    Fleet: ("csv", "docx", "html", "md"),
}
_NAMES = {Contract: "contract", Invoice: "invoice", Incident: "incident", Meeting: "minutes"}


@dataclass(frozen=True)
class KnownLibrary:
    """A folder of files, the fact that each tells, and which of them are copies of others."""

    folder: Path
    facts: dict[Path, Fact]  # of the files that are not copies
    copies: dict[Path, Path]  # the copy first

    def original(self, path: Path) -> Path:
        """`path`, or what it is a copy of."""
        return self.copies.get(path, path)


def write_library(folder: Path, seed: int) -> KnownLibrary:
    """Write 300 files below `folder`; equal seeds write equal texts under equal names."""
    dice = random.Random(seed + 1)
    facts: dict[Path, Fact] = {}
    for number, fact in enumerate(make_world(seed)):
        suffix = FORMATS[type(fact)][number % len(FORMATS[type(fact)])]
        path = folder / _folder(fact, dice) / f"{_name(fact, number)}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        WRITERS[suffix](path, layout_of(fact, dice))
        facts[path] = fact
    copies: dict[Path, Path] = {}
    for path in dice.sample(sorted(facts), COPIES):
        copy = folder / "old desk" / f"copy of {path.name}"
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
        copies[copy] = path
    return KnownLibrary(folder, facts, copies)


def _folder(fact: Fact, dice: random.Random) -> str:
    return dice.choice((f"{type(fact).__name__.lower()}s", "inbox"))


def _name(fact: Fact, number: int) -> str:
    """Two in three files are named after what they tell; the others as a scanner would."""
    kind = _NAMES.get(type(fact))
    if kind is None or number % 3 == 0:
        return f"scan-{number:04}"
    return f"{kind}-{getattr(fact, 'number', number)}"
