"""The window with the real engine, the real models and the sample library."""

import time

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app import theme
from app.engine import Engine
from app.main_window import MainWindow
from app.models.library_roles import Role
from app.settings import WindowSettings
from app.wiring import Controllers, Wiring
from rag.events import (
    AnswerFinished,
    ConversationStarted,
    EvidenceFound,
    TextStreamed,
    WholeProgress,
)
from rag.records import Mode

pytestmark = [
    pytest.mark.windows,
    pytest.mark.models,
    pytest.mark.faults,
    pytest.mark.timeout(600),
]
PATIENCE_MS = 180_000


@pytest.fixture
def window(qtbot, tmp_path):
    theme.apply(QApplication.instance(), Qt.ColorScheme.Light)
    engine = Engine(tmp_path / "library")
    controllers = Controllers.of(engine)
    window = MainWindow(controllers.library.tree, WindowSettings(tmp_path / "window.ini"))
    window.wiring = Wiring(window, controllers)
    window.engine, window.controllers = engine, controllers
    window.heard = []
    controllers.conversation.answered.connect(window.heard.append)
    with qtbot.waitExposed(window):
        window.show()
    try:
        engine.start()
        qtbot.waitUntil(lambda: window.question_box._ready, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: controllers.model.model is not None, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: is_read(controllers.library.tree), timeout=PATIENCE_MS)
        yield window
    finally:
        window.close()
        engine.close()


def is_read(tree):
    return tree.files >= 6 and all(tree.record(path).chunks for path in tree.paths())


def ask(window, question):
    window.heard.clear()
    window.question_box.edit.setPlainText(question)
    QTest.keyClick(window.question_box.edit, Qt.Key.Key_Return)


def heard(window, kind):
    return next((event for event in window.heard if isinstance(event, kind)), None)


def wait_for(window, qtbot, kind):
    qtbot.waitUntil(lambda: heard(window, kind) is not None, timeout=PATIENCE_MS)


def test_a_sample_question_leads_to_a_box_on_the_right_words(window, qtbot):
    ask(window, "When does the Larkspur warranty end, and what voids it?")
    wait_for(window, qtbot, AnswerFinished)

    answer = heard(window, AnswerFinished).answer
    citation = answer.sentences[0].citations[0]
    assert "18 October 2031" in citation.quote
    with qtbot.waitSignal(window.controllers.source.picture_shown, timeout=PATIENCE_MS) as shown:
        window.conversation.citation_chosen.emit((citation,), 0)
    assert shown.args[0].page == citation.page
    assert citation.boxes
    assert window.source.page_view.box_rects()


def test_stop_ends_an_answer_within_a_second(window, qtbot):
    ask(window, "What is wrong with the Mill Lane bridge, and what does its repair cost?")
    wait_for(window, qtbot, TextStreamed)

    window.does.stop.trigger()

    qtbot.waitUntil(lambda: not window.controllers.conversation.busy, timeout=1_000)
    assert heard(window, AnswerFinished).answer.stopped


def test_an_engine_killed_in_mid_answer_comes_back_with_its_conversation(window, qtbot):
    ask(window, "Who approved the bridge repair?")
    wait_for(window, qtbot, EvidenceFound)
    first = heard(window, ConversationStarted).conversation.id

    with qtbot.waitSignals(
        [window.controllers.session.stopped, window.controllers.session.recovered],
        timeout=PATIENCE_MS,
    ):
        psutil.Process(window.engine.pid).kill()
    qtbot.waitUntil(lambda: window.question_box._ready, timeout=PATIENCE_MS)
    ask(window, "Who approved the bridge repair?")
    wait_for(window, qtbot, AnswerFinished)

    assert heard(window, ConversationStarted).conversation.id == first
    assert is_read(window.controllers.library.tree)


# ---------------------------------------------------------------- a document read whole


def only_ask(window, qtbot, name):
    """Ask about one document, once what reading it whole takes is known."""
    path = next(path for path in window.controllers.library.tree.paths() if path.name == name)
    window.library.ask_only_wanted.emit([path])
    choice = window.question_box.reading
    qtbot.waitUntil(lambda: choice.estimate is not None, timeout=PATIENCE_MS)
    return path


def read_at_first(window):
    """The share of a document that was read already when the last question came."""
    progress = heard(window, WholeProgress)
    return progress.tokens_done / progress.tokens_total


def test_a_document_is_read_whole_once_and_then_asked_at_once(window, qtbot):
    path = only_ask(window, qtbot, "Heater service log.txt")
    window.question_box.task.click()
    wait_for(window, qtbot, AnswerFinished)
    first, read_first = heard(window, AnswerFinished).answer, read_at_first(window)
    index = window.controllers.library.tree.index_of(path)
    qtbot.waitUntil(lambda: index.data(Role.WHOLE) == 1.0, timeout=PATIENCE_MS)

    choice = window.question_box.reading
    qtbot.waitUntil(
        lambda: choice.cost.words == "read already: answers at once", timeout=PATIENCE_MS
    )
    choice.whole.click()
    ask(window, "Who serviced the heater?")
    wait_for(window, qtbot, AnswerFinished)

    second = heard(window, AnswerFinished).answer
    assert [answer.mode for answer in (first, second)] == [Mode.WHOLE_DOCUMENT] * 2
    assert second.coverage.whole[0].path == path
    assert read_first == 0.0
    assert read_at_first(window) == 1.0
    assert "Read all of" in window.conversation.transcript.browser.toPlainText()


def test_reading_in_the_background_goes_on_after_its_engine_was_killed(window, qtbot):
    path = only_ask(window, qtbot, "Larkspur warranty.pdf")
    card = window.library.whole
    window.library.read_whole_wanted.emit([path])
    qtbot.waitUntil(card.isVisible, timeout=PATIENCE_MS)

    with qtbot.waitSignal(window.controllers.session.recovered, timeout=PATIENCE_MS):
        psutil.Process(window.engine.pid).kill()
    assert not card.isVisible()
    buttons = window.banners.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Go on reading").click()

    index = window.controllers.library.tree.index_of(path)
    qtbot.waitUntil(lambda: index.data(Role.WHOLE) == 1.0, timeout=PATIENCE_MS)
    assert not card.isVisible()


def test_the_window_quits_within_two_seconds_while_it_reads_whole(window, qtbot):
    only_ask(window, qtbot, "Larkspur warranty.pdf")
    window.question_box.task.click()
    wait_for(window, qtbot, WholeProgress)

    begun = time.monotonic()
    window.close()
    window.engine.close()

    assert time.monotonic() - begun < 2.0
