"""A whole window with an engine's process behind it, for the tests that drive both."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import theme
from app.engine import Engine
from app.main_window import MainWindow
from app.settings import WindowSettings
from app.wiring import Controllers, Wiring
from tests.app import fake_engine


@pytest.fixture
def open_window(qtbot, tmp_path):
    opened = []

    def open_window(serve=fake_engine.serve, *, started=True):
        theme.apply(QApplication.instance(), Qt.ColorScheme.Light)
        engine = Engine(tmp_path, serve=serve)
        controllers = Controllers.of(engine)
        window = MainWindow(controllers.library.tree, WindowSettings(tmp_path / "window.ini"))
        window.wiring = Wiring(window, controllers)
        window.engine, window.controllers = engine, controllers
        opened.append(window)
        with qtbot.waitExposed(window):
            window.show()
        if started:
            with qtbot.waitSignal(controllers.session.started, timeout=15_000):
                engine.start()
        return window

    yield open_window
    for window in opened:
        window.close()
        window.engine.close()
        window.deleteLater()
        window.engine.deleteLater()


@pytest.fixture
def window(open_window, qtbot):
    window = open_window()
    qtbot.waitUntil(lambda: window.question_box._ready, timeout=10_000)
    return window
