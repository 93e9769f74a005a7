"""Takes the pictures of the README: one real run on the sample library, in both looks.

    python packaging/make_screenshots.py [QUESTION]

A new library, the real engine, the trial model, no prepared answer: the window asks the first
sample question (or the one given), shows what it found before the model has read it, waits for the
answer, and its first footnote is clicked. Then everything is gone through for a list, and two
documents are read whole to be compared.
It stops with a message when something does not come, or a dark picture is not dark.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer, SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app import theme
from app.engine import Engine
from app.main_window import MainWindow
from app.settings import WindowSettings
from app.widgets.answer_copy import numbered_citations
from app.wiring import Controllers, Wiring
from rag.events import (
    AnswerFinished,
    EngineStarted,
    EvidenceFound,
    Failed,
    PageShown,
    TextShown,
    WholeEstimated,
    WholeProgress,
)

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
PATIENCE_MS = 180_000
EVERYTHING = "Which files mention the bridge?"
READ_WHOLE = ("Larkspur warranty.pdf", "Heater service log.txt")
FIRST_FOOTNOTE = "1/cite/0/0"  # the address of a chip: turn, action, footnote, place in it
DARKER_BY = 0.3  # of the whole scale, at least: a page of paper stays white in the dark look
SETTLE_MS = 1_200  # animations, and the flush of the streamed text
LOOKS = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
SIZES = {"": QSize(1280, 800), "-large": QSize(1920, 1080)}


def main() -> None:
    """Run the window through its first question."""
    FOLDER.mkdir(exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        theme.apply(app)
        engine = Engine(Path(scratch, "library"))
        controllers = Controllers.of(engine)
        window = MainWindow(controllers.library.tree, WindowSettings(Path(scratch, "window.ini")))
        wiring = Wiring(window, controllers)
        try:
            picture(app, window, engine, controllers)
        finally:
            window.close()
            wiring.deleteLater()
            engine.close()


def picture(
    app: QApplication, window: MainWindow, engine: Engine, controllers: Controllers
) -> None:
    """Take the window after its first start, and with the first footnote of an answer clicked."""
    window.resize(SIZES[""])
    window.show()
    started = wait_for(engine.replied, EngineStarted, engine.start, "The engine did not start")
    wait(controllers.library.finished, "The sample library was not read")
    take(app, window, "first-start")
    question = sys.argv[1] if len(sys.argv) > 1 else started.sample_questions[0]
    talk = controllers.conversation
    wait_for(engine.replied, EvidenceFound, lambda: talk.ask(question), "Nothing was found")
    answers: list[AnswerFinished] = []
    talk.answered.connect(
        lambda event: answers.append(event) if isinstance(event, AnswerFinished) else None
    )
    take(app, window, "evidence", {"": SIZES[""]})
    while not answers:
        wait(talk.answered, "The question was not answered")
    finished = answers[0]
    cited = numbered_citations(finished.answer.sentences)
    if not cited:
        sys.exit(f"The answer has no footnote to click: {finished.answer.text}")
    browser = window.conversation.transcript.browser
    wait_for(
        engine.replied,
        (PageShown, TextShown),
        lambda: browser.link_chosen.emit(FIRST_FOOTNOTE),
        "The footnote's page was not shown",
    )
    take(app, window, "answer")
    listed = wait_for(
        engine.replied,
        AnswerFinished,
        lambda: talk.ask_everything(EVERYTHING, window.question_box.scope),
        "Not everything was gone through",
    )
    take(app, window, "everything", {"": SIZES[""]})
    picture_whole(app, window, engine, controllers)
    print(listed.answer.text)
    print(finished.answer.text)
    for citation in cited:
        print(f"[{citation.number}] {citation.path.name}, {citation.place}: {citation.quote}")


def picture_whole(
    app: QApplication, window: MainWindow, engine: Engine, controllers: Controllers
) -> None:
    """Take the window while it reads two documents whole."""
    box, card = window.question_box, window.conversation.transcript.card
    paths = [path for path in controllers.library.tree.paths() if path.name in READ_WHOLE]
    wait_for(
        engine.replied,
        WholeEstimated,
        lambda: window.library.ask_only_wanted.emit(sorted(paths)),
        "What reading whole takes was not told",
    )
    wait_for(engine.replied, WholeProgress, box.task.click, "Nothing was read whole")
    wait_for(engine.replied, WholeProgress, lambda: None, "Reading whole did not go on")
    take(app, window, "reading-whole", {"": SIZES[""]})
    if not card.isVisible():
        sys.exit("The documents were read before their reading could be shown.")


def wait(signal: SignalInstance, otherwise: str) -> None:
    """Let the window run until `signal`; leave with the words `otherwise` when it does not come."""
    wait_for(signal, (), lambda: None, otherwise)


def wait_for(  # noqa: ANN201
    signal: SignalInstance,
    kinds: type | tuple[type, ...],
    act: Callable[[], object],
    otherwise: str,
):
    """Act, and wait for the first event of one of `kinds` (or of none: for the signal alone).

    Leaves with the words `otherwise` when it does not come, or the engine says why not.
    """
    loop, come, failed = QEventLoop(), [], []

    def look(*told: object) -> None:
        if not kinds or isinstance(told[-1], kinds):
            come.append(told)
        elif isinstance(told[-1], Failed):
            failed.append(told[-1].message)
        if come or failed:
            loop.quit()

    signal.connect(look)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    act()
    if not come and not failed:
        loop.exec()
    signal.disconnect(look)
    if not come:
        why = failed[0] if failed else f"nothing came within {PATIENCE_MS // 1000} seconds."
        sys.exit(f"{otherwise}: {why}")
    return come[0][-1] if kinds else None


def take(
    app: QApplication, window: MainWindow, name: str, sizes: Mapping[str, QSize] = SIZES
) -> None:
    """Save the window in both looks and all `sizes`; leave when the looks are the same."""
    for suffix, size in sizes.items():
        seen: list[QImage] = []
        for look, scheme in LOOKS.items():
            theme.apply(app, scheme)
            window.resize(size)
            loop = QEventLoop()
            QTimer.singleShot(SETTLE_MS, loop.quit)
            loop.exec()
            seen.append(window.grab().toImage())
            seen[-1].save(str(FOLDER / f"{name}-{look}{suffix}.png"))
        if seen[0] == seen[1]:
            sys.exit(
                f"The picture {name}{suffix} is the same in the dark look as in the light one."
            )
    window.resize(SIZES[""])


def lightness(picture: QImage) -> float:
    """The lightness of all its points together, 0..1."""
    smooth = Qt.TransformationMode.SmoothTransformation
    point = picture.scaled(1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return point.pixelColor(0, 0).lightnessF()


if __name__ == "__main__":
    main()
