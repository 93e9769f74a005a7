"""Where settings, the log, the library and the program's icon lie; free of Qt."""

from __future__ import annotations

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


def icon_file() -> Path:
    """The program's own icon."""
    return Path(__file__).resolve().parent.parent / "resources" / "icons" / "footnote.svg"
