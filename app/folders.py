"""Where settings, the log, the library and the data that ships lie; free of Qt."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_NAME = "Footnote"


def library_folder() -> Path:
    """Where the library is kept when the user named no other place."""
    return platformdirs.user_data_path(_NAME, appauthor=False)


def config_folder() -> Path:
    """Where the window's settings are kept."""
    return platformdirs.user_config_path(_NAME, appauthor=False)


def log_folder() -> Path:
    """Where the log is kept."""
    return platformdirs.user_log_path(_NAME, appauthor=False)


def resources_folder() -> Path:
    """The data that ships: inside a packaged program, beside the `app` package elsewhere."""
    bundle = getattr(sys, "_MEIPASS", None)
    if isinstance(bundle, str):
        return Path(bundle) / "resources"
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def icon_file() -> Path:
    """The program's own icon."""
    return resources_folder() / "icons" / "footnote.svg"
