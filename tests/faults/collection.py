"""A folder of small files in every format, each with words that stand in no other."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.load import format_of
from tests.roundtrip.content import make
from tests.roundtrip.formats import QUICK, Written

_SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
PER_FOLDER = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a version of a file begins and ends with."""

    first: str
    last: str


def word_of(name: str, version: int, part: str) -> str:
    """A word that no language has and no other file."""
    digest = hashlib.sha256(f"{name} {version} {part}".encode()).digest()
    return "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[:6])


def writable() -> list[Written]:
    """The formats that have a reader now."""
    return [way for way in QUICK if format_of(Path(f"x{way.suffix}")) is not None]


@dataclass(slots=True)
class Collection:
    """What lies in `folder`, and what it says; `past` holds all that was ever written."""

    folder: Path
    ways: Sequence[Written] = field(default_factory=writable)
    now: dict[Path, Said] = field(default_factory=dict)
    past: dict[Path, list[Said]] = field(default_factory=dict)
    _written: int = 0

    def fill(self, count: int) -> None:
        """Write `count` more files."""
        for _ in range(count):
            self.add()

    def add(self) -> Path:
        """Write one more file."""
        number = self._written
        self._written += 1
        way = self.ways[number % len(self.ways)]
        path = self.folder / f"{number // PER_FOLDER:02}" / f"{number:04}{way.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.write(path)
        return path

    def write(self, path: Path) -> None:
        """Write `path` anew, with other words than before."""
        versions = self.past.setdefault(path, [])
        name, version = path.name, len(versions)
        said = Said(word_of(name, version, "first"), word_of(name, version, "last"))
        way = self.ways[int(path.stem) % len(self.ways)]
        content = make(
            int(path.stem) * 100 + version,
            ("ascii", "latin") if "latin" in way.scripts else way.scripts,
            spiced=False,
            paragraphs=3,
            first=said.first,
            last=said.last,
        )
        fresh = path.with_name(f".{path.name}.tmp{path.suffix}")
        way.write(content, fresh)
        fresh.replace(path)
        self.now[path] = said
        versions.append(said)

    def delete(self, path: Path) -> None:
        """Let a file be gone."""
        path.unlink()
        del self.now[path]

    def change(self, chance: random.Random, share: float = 0.3) -> None:
        """Change, delete and add some files, as users do between two starts."""
        paths = sorted(self.now)
        for path in chance.sample(paths, int(len(paths) * share)):
            self.write(path)
        for path in chance.sample(sorted(self.now), 3):
            self.delete(path)
        self.fill(3)
