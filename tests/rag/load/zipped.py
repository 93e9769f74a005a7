"""Changes parts of the zips that office files are."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_parts(source: Path, target: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A copy of a zip in which `parts` are other ones, or new."""
    with zipfile.ZipFile(source) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return write_zip(target, {**kept, **parts})


def without_parts(source: Path, target: Path, *names: str) -> Path:
    """A copy of a zip that lacks some parts."""
    with zipfile.ZipFile(source) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name not in names}
    return write_zip(target, kept)


ENTITY_BOMB = (
    '<!DOCTYPE bomb [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(
        f'<!ENTITY {chr(letter)} "{"".join(f"&{chr(letter - 1)};" for _ in range(10))}">'
        for letter in range(ord("c"), ord("l"))
    )
    + "]>"
)
