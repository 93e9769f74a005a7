"""The seal on Chroma's folder: what its files were when it was last closed in good order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import cast


class Condition(StrEnum):
    """What the seal says of the folder."""

    EMPTY = "empty"  # there is no index yet
    SOUND = "sound"  # byte for byte as it was closed
    UNSURE = "unsure"  # it was never closed, or another Chroma wrote it
    FOREIGN = "foreign"  # it holds another catalog's vectors, or of another size
    DAMAGED = "damaged"  # its files were changed since, or it failed while in use


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of `folder`, kept beside it, of an index made from catalog `origin`.

    There is none while the folder is in use, so a process that dies leaves it unsure.
    """

    folder: Path
    origin: str
    dimension: int

    def condition(self) -> Condition:
        """Read every file of the folder and compare."""
        if not self.folder.exists():
            return Condition.DAMAGED if self._path.exists() else Condition.EMPTY
        try:
            kept = cast("dict[str, object]", json.loads(self._path.read_bytes()))
        except (OSError, ValueError):
            return Condition.UNSURE
        if kept.get("origin") != self.origin or kept.get("dimension") != self.dimension:
            return Condition.FOREIGN
        if kept.get("files") != self._fingerprints():
            return Condition.DAMAGED
        return Condition.SOUND if kept.get("chroma") == version("chromadb") else Condition.UNSURE

    def apply(self) -> None:
        """Note what the files are now; nobody may be using them. Raises `OSError`."""
        self._write(self._fingerprints())

    def declare_damaged(self) -> None:
        """Let the next `condition` be damaged. Raises `OSError`."""
        self._write(None)

    def lift(self) -> None:
        """Say that the folder is in use from now on. Raises `OSError`."""
        self._path.unlink(missing_ok=True)

    @property
    def _path(self) -> Path:
        return self.folder.with_name(self.folder.name + ".seal")

    def _write(self, files: dict[str, str] | None) -> None:
        kept = {
            "origin": self.origin,
            "dimension": self.dimension,
            "chroma": version("chromadb"),
            "files": files,
        }
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(self._path)

    def _fingerprints(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "blake2b").hexdigest()[:32]
                found[path.relative_to(self.folder).as_posix()] = digest
        return found
