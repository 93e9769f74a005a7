"""What the tests of widgets share."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app import theme
from app.widgets.transcript import Transcript


@pytest.fixture
def light(qapp):
    """The application in our light look."""
    theme.apply(qapp, Qt.ColorScheme.Light)
    return qapp


@pytest.fixture
def transcript(qtbot):
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(620, 600)
    transcript.show()
    return transcript


@pytest.fixture
def spoken(monkeypatch):
    """What a screen reader was told."""
    told = []
    monkeypatch.setattr(
        "app.widgets.transcript.announce", lambda _widget, words: told.append(words)
    )
    return told
