"""Finds the models that came with the installation, and those that the user put beside them."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import cast

from rag import resources
from rag.models import catalog

_CROSS_ENCODER = "CrossEncoder"
_CLASSIFIER = "ForSequenceClassification"


def trial_model(user_folder: Path | None = None) -> Path | None:
    """The trial model's file: in `user_folder`, in a packaged app, or in its installed package."""
    entry = catalog.trial()
    for path in _places(entry.distribution, entry.file, user_folder):
        if path.is_file():
            return path
    return None


def embedder_folder(user_folder: Path | None = None, name: str = "") -> Path | None:
    """The folder of the search model called `name`, the default's without: in the same places."""
    entry = next((entry for entry in catalog.embedders() if entry.id == name), None)
    if not name:
        entry = catalog.embedders()[0]
    places = (
        _places(entry.distribution, entry.folder, user_folder, entry.id)
        if entry
        else _places("", "", user_folder, name)
    )
    return next((path for path in places if _is_embedder(path)), None)


def embedder_names(user_folder: Path | None = None) -> tuple[str, ...]:
    """The names of all search models that are here: the catalog's first, then the user's own."""
    known = [entry.id for entry in catalog.embedders()]
    here = [name for name in known if embedder_folder(user_folder, name)]
    with suppress(OSError):
        if user_folder is not None:
            others = sorted(path for path in user_folder.iterdir() if _is_embedder(path))
            here += [path.name for path in others if path.name not in known]
    return tuple(here)


def fast_copies(name: str, user_folder: Path | None = None) -> list[Path]:
    """Where a fast copy of a search model may lie, the place to make one in first."""
    folder = f"{name}-int8"
    places = [user_folder / folder] if user_folder else []
    if getattr(sys, "frozen", False):
        places.append(resources.folder().parent / "models" / folder)
    return [*places, Path(sys.prefix) / "share" / "footnote" / "models" / folder]


def reranker_folder(user_folder: Path | None = None) -> Path | None:
    """The folder of the reranking model that is here: the catalog's first, then the user's own."""
    for entry in catalog.rerankers():
        for path in _places("", "", user_folder, entry.id):
            if _is_reranker(path):
                return path
    with suppress(OSError):
        if user_folder is not None:
            return next((p for p in sorted(user_folder.iterdir()) if _is_reranker(p)), None)
    return None


def _is_embedder(folder: Path) -> bool:
    """Whether it is whole, and no cross-encoder."""
    return (
        _is_whole(folder)
        and (folder / "modules.json").is_file()
        and _setting(folder / "config_sentence_transformers.json", "model_type") != _CROSS_ENCODER
    )


def _is_reranker(folder: Path) -> bool:
    """Whether it is a whole cross-encoder: newer ones say so, older ones have no modules."""
    if not _is_whole(folder):
        return False
    if (folder / "modules.json").is_file():
        settings = folder / "config_sentence_transformers.json"
        return _setting(settings, "model_type") == _CROSS_ENCODER
    return _CLASSIFIER in str(_setting(folder / "config.json", "architectures"))


def _is_whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("model.safetensors", "tokenizer.json"))


def _setting(file: Path, name: str) -> object:
    """A value of a file of settings; None where there is none."""
    try:
        settings: object = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return cast("dict[str, object]", settings).get(name) if isinstance(settings, dict) else None


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
    if not distribution:
        return places
    with suppress(metadata.PackageNotFoundError):
        places.append(Path(str(metadata.distribution(distribution).locate_file(inner))))
    return places
