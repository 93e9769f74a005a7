"""Finds the models that came with the installation."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from rag import resources
from rag.models import catalog


def trial_model(user_folder: Path | None = None) -> Path | None:
    """The trial model's file: in `user_folder`, in a packaged app, or in its installed package."""
    entry = catalog.trial()
    for path in _places(entry.distribution, entry.file, user_folder):
        if path.is_file():
            return path
    return None


def embedder_folder(user_folder: Path | None = None) -> Path | None:
    """The search model's folder, looked for in the same places."""
    for entry in catalog.embedders():
        for path in _places(entry.distribution, entry.folder, user_folder, entry.name):
            if (path / "modules.json").is_file() and (path / "model.safetensors").is_file():
                return path
    return None


def _places(
    distribution: str, inner: str, user_folder: Path | None, name: str | None = None
) -> list[Path]:
    """Where a model may lie: by its own name in `models` folders, as packaged in distributions.

    The packages are data to us and are never imported: they would load what they depend on.
    """
    name = name or inner.rpartition("/")[2]
    places = [user_folder / name] if user_folder else []
    if getattr(sys, "frozen", False):
        places.append(resources.folder().parent / "models" / name)
    with suppress(metadata.PackageNotFoundError):
        places.append(Path(str(metadata.distribution(distribution).locate_file(inner))))
    return places
