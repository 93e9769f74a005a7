"""What .gitignore files say of the paths around them."""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from rag.disk.cloud import in_cloud

_NAME = ".gitignore"
_LARGEST_BYTES = 1 << 20  # a larger one was not written by hand, and would take long


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns as a .gitignore has them; of those that match a path the last one counts."""

    texts: tuple[str, ...]
    spec: GitIgnoreSpec

    @classmethod
    def of(cls, lines: Iterable[str]) -> Patterns | None:
        """Those of `lines` that make sense, blank ones apart; None where there is none."""
        good = tuple(line for line in lines if line.strip() and _makes_sense(line))
        return cls(good, GitIgnoreSpec.from_lines(good)) if good else None

    def opinion(self, path: Path, folder: Path, *, is_folder: bool) -> tuple[bool | None, str]:
        """Whether `path`, below `folder`, is named, and by which; None where nothing names it.

        False: it is to be kept whatever was said before.
        """
        found = self.spec.check_file(path.relative_to(folder).as_posix() + "/" * is_folder)
        return found.include, "" if found.index is None else self.texts[found.index]


@dataclass(frozen=True, slots=True)
class IgnoreFiles:
    """The .gitignore files that hold in a folder, the outermost first."""

    files: tuple[tuple[Path, Patterns], ...] = ()

    @classmethod
    def above(cls, root: Path) -> IgnoreFiles:
        """Those between `root` and the repository it lies in; none where they name `root` too."""
        found: list[Path] = []
        for folder in root.parents:
            found.append(folder)
            if _is_there(folder / ".git"):
                break
        else:
            return cls()
        ignores = cls()
        way = [*reversed(found), root]
        for folder, below in itertools.pairwise(way):
            ignores = ignores.inside(folder)
            if ignores.name(below, is_folder=True):
                return cls()
        return ignores

    def inside(self, folder: Path) -> IgnoreFiles:
        """With those that lie in `folder`."""
        # A repository's own list first: what its .gitignore says counts more.
        lists = (folder / ".git" / "info" / "exclude", folder / _NAME)
        said = [patterns for file in lists if (patterns := Patterns.of(_lines(file))) is not None]
        return IgnoreFiles((*self.files, *((folder, patterns) for patterns in said)))

    def name(self, path: Path, *, is_folder: bool) -> bool:
        """Whether `path` is to be ignored; the innermost file that has an opinion decides."""
        for folder, patterns in reversed(self.files):
            named, _ = patterns.opinion(path, folder, is_folder=is_folder)
            if named is not None:
                return named
        return False


def _makes_sense(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _lines(file: Path) -> list[str]:
    """The lines of a small file that is here; none of anything else."""
    try:
        facts = file.stat()
        if not stat.S_ISREG(facts.st_mode) or in_cloud(facts) or facts.st_size > _LARGEST_BYTES:
            return []
        return os.fsdecode(file.read_bytes()).splitlines()
    except OSError:
        return []


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
