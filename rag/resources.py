"""Finds the data files that ship with the program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

REASON = "# "
"""Begins the lines of a prompt's file that tell why the line above is there."""


def folder() -> Path:
    """The `resources` folder: inside a packaged app, beside the `rag` package elsewhere."""
    bundle = getattr(sys, "_MEIPASS", None)
    if isinstance(bundle, str):
        return Path(bundle) / "resources"
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


@cache
def prompt(name: str) -> str:
    """The words of a file in `resources/prompts`, without the reasons that stand beside them."""
    lines = (folder() / "prompts" / f"{name}.txt").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(REASON)).strip()
