"""What the window remembers between two starts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.folders import config_folder

_VISIBLE_PX = 64  # of a window's title bar, for it to be within reach
_USUAL_SIZE = QSize(1280, 800)


class WindowSettings:
    """Geometry, panes and the typed question, kept in a file; what it cannot read it forgets."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or config_folder() / "window.ini"
        self._values = QSettings(str(self._file), QSettings.Format.IniFormat)

    def save(self) -> None:
        """Write to the disk now."""
        self._values.sync()

    # ------------------------------------------------------------ window

    def keep_window(self, window: QWidget) -> None:
        """Remember where `window` is and how large."""
        self._values.setValue("window/geometry", window.saveGeometry())

    def place_window(self, window: QWidget) -> None:
        """Put `window` where it was, or in the middle of a screen if it could not be seen there."""
        stored = self._values.value("window/geometry")
        if isinstance(stored, QByteArray) and window.restoreGeometry(stored):
            if not is_out_of_reach(window.geometry(), _screens()):
                return
            window.showNormal()
        screen = QGuiApplication.primaryScreen().availableGeometry()
        place = QRect(screen.topLeft(), _USUAL_SIZE.boundedTo(screen.size()))
        place.moveCenter(screen.center())
        window.setGeometry(place)

    # ------------------------------------------------------------ panes

    @property
    def pane_sizes(self) -> tuple[int, ...]:
        """The widths of the panes in px; empty where none are known."""
        stored = self._values.value("panes/sizes")
        parts = stored if isinstance(stored, list) else str(stored or "").split(",")
        numbers = [str(part).strip() for part in parts]
        return tuple(int(part) for part in numbers) if all(map(str.isdecimal, numbers)) else ()

    @pane_sizes.setter
    def pane_sizes(self, sizes: Sequence[int]) -> None:
        self._values.setValue("panes/sizes", ",".join(str(size) for size in sizes))

    def is_hidden(self, pane: str) -> bool:
        """Whether the user hid this pane."""
        return str(self._values.value(f"panes/{pane}_hidden", "false")) == "true"

    def hide(self, pane: str, *, hidden: bool) -> None:
        """Remember whether this pane is hidden."""
        self._values.setValue(f"panes/{pane}_hidden", "true" if hidden else "false")

    # ------------------------------------------------------------ the rest

    @property
    def draft(self) -> str:
        """The question that was typed and not asked."""
        return str(self._values.value("question/draft", ""))

    @draft.setter
    def draft(self, text: str) -> None:
        self._values.setValue("question/draft", text)

    @property
    def zoom(self) -> float:
        """What the system's text size is multiplied with, 0.8..2."""
        try:
            zoom = float(str(self._values.value("look/zoom", "1")))
        except ValueError:
            return 1.0
        return min(2.0, max(0.8, zoom))

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self._values.setValue("look/zoom", str(zoom))

    @property
    def last_folder(self) -> str:
        """The folder that was last chosen in a dialog."""
        return str(self._values.value("files/last_folder", str(Path.home())))

    @last_folder.setter
    def last_folder(self, folder: str) -> None:
        self._values.setValue("files/last_folder", folder)


def is_out_of_reach(window: QRect, screens: Sequence[QRect]) -> bool:
    """Whether no screen shows enough of the window's upper edge to take hold of it."""
    edge = QRect(window.left(), window.top(), window.width(), 1)
    return not any(screen.intersected(edge).width() >= _VISIBLE_PX for screen in screens)


def _screens() -> list[QRect]:
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]
