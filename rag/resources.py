"""Finds the data files that ship with the program."""

from __future__ import annotations

import sys
from pathlib import Path


def folder() -> Path:
    """The `resources` folder: inside a packaged app, beside the `rag` package elsewhere."""
    bundle = getattr(sys, "_MEIPASS", None)
    if isinstance(bundle, str):
        return Path(bundle) / "resources"
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent / "resources"
    return Path(__file__).resolve().parent.parent / "resources"
