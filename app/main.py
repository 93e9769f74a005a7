"""Builds the window once, in reading order, and runs it."""

from __future__ import annotations

import gc
import logging
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from app import child, theme
from app.crash import CrashReporter, keep_log
from app.engine import Engine, Serve
from app.folders import icon_file
from app.instance import Instance
from app.main_window import MainWindow
from app.settings import WindowSettings
from app.widgets.banner import Tone
from app.widgets.transcript_copy import leave_copied_text
from app.wiring import Controllers, Wiring

_log = logging.getLogger(__name__)


class Application(QApplication):
    """Qt's application that also hears of files opened from the desktop."""

    file_opened = Signal(list)  # paths

    def event(self, event: QEvent) -> bool:
        """macOS hands files over as events."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit([Path(event.file())])
            return True
        return super().event(event)


def run(
    library: Path, paths: Sequence[Path], *, to_terminal: bool = False, serve: Serve = child.run
) -> int:
    """Show the window of `library`, add `paths` to it, and return the exit code when it closes."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C: the engine sees its pipe close
    keep_log(to_terminal=to_terminal)
    app = Application(["footnote"])
    app.setApplicationName("Footnote")
    app.setDesktopFileName("footnote")
    instance = Instance(library)
    if not instance.claim(paths):
        return 0
    crashes = CrashReporter()
    crashes.install()
    settings = WindowSettings()
    theme.apply(app, zoom=settings.zoom)
    app.setWindowIcon(QIcon(str(icon_file())))
    engine = Engine(library, serve=serve)
    controllers = Controllers.of(engine)
    window = MainWindow(controllers.library.tree, settings)
    wiring = Wiring(window, controllers)
    crashes.reported.connect(
        lambda message, detail: window.banners.tell("crash", message, Tone.FAILURE, detail=detail)
    )
    instance.called.connect(wiring.take_paths)
    app.file_opened.connect(wiring.take_paths)
    window.painted.connect(lambda: _begin(engine))
    controllers.library.loaded.connect(gc.freeze)
    window.show()
    if paths:
        controllers.library.add(paths)
    code = app.exec()
    leave_copied_text()
    controllers.library.commit_removals()
    engine.close()
    instance.close()
    settings.save()
    crashes.remove()
    return code


def _begin(engine: Engine) -> None:
    """Start the engine once the window can be seen, and note how much work that took."""
    gc.freeze()  # what stays is not looked through again: with many files that takes a frame
    _log.info("Window painted after %d ms of work", round(time.process_time() * 1000))
    engine.start()
