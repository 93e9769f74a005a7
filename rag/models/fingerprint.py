"""Tells model files apart by their SHA-256, which is found out once as long as a file stays."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from rag.cancel import CancelToken
from rag.errors import ModelBroken, ModelMissing
from rag.long_paths import for_system

_SLICE_BYTES = 4 << 20
_MOST_FILES = 50  # whose sums are remembered: the last ones
_LONGEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was when its sum was found out."""

    size: int
    mtime_ns: int
    sha256: str


def sha256_of(path: Path, remembered: Path, cancel: CancelToken | None = None) -> str:
    """The SHA-256 of all of a file, in lower hexadecimal letters.

    Takes about a second per gigabyte, but at once where it is `remembered`, in a small file of that
    name, and size and time of the model's file are as they were. Raises `ModelMissing`,
    `ModelBroken`, `Cancelled`.
    """
    name = str(path.resolve())
    try:
        size, mtime_ns = _state(path)
        known = _read(remembered)
        seen = known.pop(name, None)
        if seen and (seen.size, seen.mtime_ns) == (size, mtime_ns):
            return seen.sha256
        digest = hashlib.sha256()
        with path.open("rb", buffering=0) as file:
            while block := file.read(_SLICE_BYTES):
                if cancel:
                    cancel.check()
                digest.update(block)
        found = _Seen(size, mtime_ns, digest.hexdigest())
        # A file that is being written has no sum that could be remembered.
        if _state(path) == (size, mtime_ns):
            _write(remembered, {**known, name: found})
    except FileNotFoundError as error:
        raise ModelMissing(path) from error
    except OSError as error:
        raise ModelBroken(path, error.strerror or str(error)) from error
    return found.sha256


def _state(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _read(remembered: Path) -> dict[str, _Seen]:
    """What is remembered; nothing where that cannot be told."""
    try:
        with for_system(remembered).open("rb") as file:
            told = cast("object", json.loads(file.read(_LONGEST_BYTES)))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    known: dict[str, _Seen] = {}
    for name, value in cast("dict[str, object]", told).items():
        if isinstance(value, dict) and (seen := _seen(cast("dict[str, object]", value))):
            known[name] = seen
    return known


def _seen(value: dict[str, object]) -> _Seen | None:
    size, mtime_ns, sha256 = (value.get(name) for name in ("size", "mtime_ns", "sha256"))
    if type(size) is int and type(mtime_ns) is int and isinstance(sha256, str):
        return _Seen(size, mtime_ns, sha256) if len(sha256) == 64 else None
    return None


def _write(remembered: Path, known: dict[str, _Seen]) -> None:
    """Remember for the next time; where that cannot be, it is found out again then."""
    kept = dict(list(known.items())[-_MOST_FILES:])
    target = for_system(remembered)
    beside = target.with_name(f"{target.name}.{secrets.token_hex(4)}.new")
    with suppress(OSError):
        try:
            with beside.open("x", encoding="utf-8") as file:
                json.dump({name: asdict(seen) for name, seen in kept.items()}, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
