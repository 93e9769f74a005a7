"""Keeps a log, and turns what nobody expected into a calm word instead of a traceback."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from app.folders import log_folder

_MAX_BYTES = 1_000_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger("app")
_qt = logging.getLogger("qt")


def keep_log(folder: Path | None = None, *, to_terminal: bool = False) -> None:
    """Write the log to `footnote.log` in `folder`, which turns over at 1 MB; three are kept."""
    folder = folder or log_folder()
    handlers: list[logging.Handler] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "footnote.log"
        handlers.append(
            logging.handlers.RotatingFileHandler(
                file, maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=True
            )
        )
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        faulthandler.enable(os.open(folder / "window-crash.log", flags, 0o600))
    except OSError:
        to_terminal = to_terminal or sys.stderr is not None
    if to_terminal:
        handlers.append(logging.StreamHandler())
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=handlers,
        force=True,
    )


class CrashReporter(QObject):
    """Catches exceptions that no one else caught, of any thread, and Qt's own messages."""

    reported = Signal(str, str)  # in plain words, and the details to copy

    def install(self) -> None:
        """Stand in for Python's and Qt's own handlers until `remove`."""
        sys.excepthook = self._report
        threading.excepthook = self._report_thread
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Give Python and Qt their own handlers back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def _report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("Not caught", exc_info=(kind, error, trace))
        message = self.tr(
            "Something in the window failed; your files and conversations are safe. "
            "If it keeps happening, start Footnote again."
        )
        self.reported.emit(message, "".join(traceback.format_exception(kind, error, trace)))

    def _report_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._report(told.exc_type, told.exc_value, told.exc_traceback)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category = getattr(context, "category", None) or "default"
    _qt.log(_LEVELS.get(kind, logging.INFO), "%s: %s", category, message)
