import faulthandler
import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning

from app.crash import CrashReporter, keep_log


@pytest.fixture
def reporter(qapp):
    reporter = CrashReporter()
    reporter.install()
    yield reporter
    reporter.remove()


@pytest.fixture
def log(tmp_path):
    root = logging.getLogger()
    before = root.handlers[:]
    level = root.level
    keep_log(tmp_path)
    yield tmp_path / "footnote.log"
    for handler in root.handlers[:]:
        if handler not in before:
            handler.close()
    root.handlers[:] = before
    faulthandler.enable()
    root.setLevel(level)


def test_an_exception_nobody_caught_is_told_without_a_traceback(reporter, qtbot):
    with qtbot.waitSignal(reporter.reported) as reported:
        sys.excepthook(ValueError, ValueError("boom"), None)

    message, detail = reported.args
    assert "ValueError" not in message
    assert "boom" in detail


def test_an_exception_in_a_thread_is_told_too(reporter, qtbot):
    def fail():
        raise ValueError("in a thread")

    with qtbot.waitSignal(reporter.reported) as reported:
        thread = threading.Thread(target=fail)
        thread.start()
    thread.join()

    assert "in a thread" in reported.args[1]


def test_what_qt_says_goes_to_the_log(log, reporter):
    qWarning("a word from Qt")

    assert "a word from Qt" in log.read_text(encoding="utf-8")


def test_an_exception_is_kept_in_the_log(log, reporter):
    sys.excepthook(ValueError, ValueError("kept"), None)

    assert "kept" in log.read_text(encoding="utf-8")
