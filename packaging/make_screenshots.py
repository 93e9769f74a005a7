"""Takes the pictures of the README: one real run on the sample library, in both looks.

    python packaging/make_screenshots.py [QUESTION]

A new library, the real engine, the trial model, no prepared answer: the window asks the first
sample question (or the one given), waits for the answer, and its first footnote is clicked.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from app import theme
from app.engine import Engine
from app.main_window import MainWindow
from app.settings import WindowSettings
from app.widgets.answer_copy import numbered_citations
from app.wiring import Controllers, Wiring
from rag.events import AnswerFinished, EngineStarted, PageShown, TextShown

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
PATIENCE_MS = 180_000
SETTLE_MS = 1_200  # animations, and the flush of the streamed text
LOOKS = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
SIZES = {"": QSize(1280, 800), "-large": QSize(1920, 1080)}


def main() -> None:
    """Run the window through its first question."""
    FOLDER.mkdir(exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        theme.apply(app)
        engine = Engine(Path(scratch, "library"))
        controllers = Controllers.of(engine)
        window = MainWindow(controllers.library.tree, WindowSettings())
        wiring = Wiring(window, controllers)
        window.resize(SIZES[""])
        window.show()
        started = wait_for(engine.replied, EngineStarted, engine.start)
        wait(controllers.library.finished)
        take(app, window, "first-start")
        question = sys.argv[1] if len(sys.argv) > 1 else started.sample_questions[0]
        finished = wait_for(
            engine.replied, AnswerFinished, lambda: controllers.conversation.ask(question)
        )
        cited = numbered_citations(finished.answer.sentences)
        if cited:
            wait_for(
                engine.replied,
                (PageShown, TextShown),
                lambda: window.conversation.citation_chosen.emit(cited, 0),
            )
        take(app, window, "answer")
        print(finished.answer.text)
        for citation in cited:
            print(f"[{citation.number}] {citation.path.name}, {citation.place}: {citation.quote}")
        window.close()
        wiring.deleteLater()
        engine.close()


def wait(signal: SignalInstance) -> None:
    """Let the window run until `signal`."""
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit())
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()


def wait_for(replied: SignalInstance, kinds: type | tuple[type, ...], act: Callable[[], object]):  # noqa: ANN201
    """Act, and wait for the first event of one of `kinds`."""
    loop, found = QEventLoop(), []

    def look(_request: int, event: object) -> None:
        if isinstance(event, kinds):
            found.append(event)
            loop.quit()

    replied.connect(look)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    act()
    loop.exec()
    replied.disconnect(look)
    return found[0]


def take(app: QApplication, window: MainWindow, name: str) -> None:
    """Save the window in both looks and sizes."""
    for look, scheme in LOOKS.items():
        theme.apply(app, scheme)
        for suffix, size in SIZES.items():
            window.resize(size)
            loop = QEventLoop()
            QTimer.singleShot(SETTLE_MS, loop.quit)
            loop.exec()
            window.grab().save(str(FOLDER / f"{name}-{look}{suffix}.png"))
    window.resize(SIZES[""])


if __name__ == "__main__":
    main()
