import dataclasses

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QPushButton

from app.widgets.welcome import Welcome
from rag.records import ModelOffer
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
QUESTIONS = ("Which quarter had the highest water use?", "Who approved the repair?")


@pytest.fixture
def welcome(qtbot):
    welcome = Welcome()
    qtbot.addWidget(welcome)
    welcome.resize(800, 640)
    welcome.show()
    return welcome


def button(welcome, words):
    return next(b for b in welcome.findChildren(QPushButton) if b.text() == words)


def test_a_sample_question_is_asked_with_one_click(qtbot, welcome):
    welcome.show_samples(QUESTIONS)

    with qtbot.waitSignal(welcome.sample_chosen) as chosen:
        qtbot.mouseClick(button(welcome, QUESTIONS[1]), Qt.MouseButton.LeftButton)

    assert chosen.args == [QUESTIONS[1]]


def test_without_the_sample_library_nothing_is_offered(welcome):
    welcome.show_samples(QUESTIONS)
    welcome.show_samples(())

    assert not welcome._samples_title.isVisible()
    assert welcome._samples.count() == 0


def test_a_click_anywhere_on_the_invitation_adds_a_folder(qtbot, welcome):
    frame = button(welcome, "Add folder…").parentWidget()

    with qtbot.waitSignal(welcome.add_folder_wanted):
        qtbot.mouseClick(frame, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(welcome.add_folder_wanted):
        qtbot.mouseClick(button(welcome, "Add folder…"), Qt.MouseButton.LeftButton)


def test_the_kinds_of_files_are_those_that_can_be_read(welcome):
    welcome.show_formats(("PDF", "Word"))

    assert welcome._formats.text() == "PDF, Word"


def test_only_a_trial_model_or_none_is_mentioned(welcome):
    welcome.show_model(show.TRIAL)
    assert welcome._model_card.isVisible()
    assert "A small trial model answers for now." in welcome._model_line.text()

    welcome.show_model(None)
    assert "No model answers yet." in welcome._model_line.text()

    welcome.show_model(show.PHI)
    assert not welcome._model_card.isVisible()


def test_the_offer_is_named_with_its_size(welcome):
    QLocale.setDefault(QLocale("en_US"))
    offer = ModelOffer("phi", "Phi-4-mini", "f.gguf", 2_491_874_272, "", "MIT", "", "", 131072, 4)

    welcome.show_offer(dataclasses.replace(offer, name="Phi-X"))

    assert "Get Phi-X</a> (2.5 GB)" in welcome._model_line.text()


def test_both_ways_to_a_better_model_are_links(qtbot, welcome):
    with qtbot.waitSignal(welcome.get_model_wanted):
        welcome._model_line.linkActivated.emit("get")
    with qtbot.waitSignal(welcome.use_model_wanted):
        welcome._model_line.linkActivated.emit("use")


def test_a_small_window_scrolls_instead_of_cutting_off(welcome):
    welcome.show_samples(QUESTIONS)

    welcome.resize(320, 240)

    assert welcome.verticalScrollBar().maximum() > 0
    assert welcome.widget().width() <= welcome.viewport().width()
