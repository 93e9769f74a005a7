"""Reading whole in the background, at the foot of the library."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt

from app.widgets.whole_card import WholeCard
from tests.app import records_for_show as show
from tests.app import records_of_whole as whole_show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


@pytest.fixture
def card(qtbot):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    card = WholeCard()
    qtbot.addWidget(card)
    card.resize(240, 100)
    card.words_in = lambda _paths: 31_200
    yield card
    QLocale.setDefault(before)


@pytest.fixture
def said(monkeypatch):
    told = []
    monkeypatch.setattr("app.widgets.whole_card.announce", lambda _card, words: told.append(words))
    return told


def bare(text):
    return text.replace("\u2068", "").replace("\u2069", "")


def test_it_shows_how_far_how_long_and_what_waits(card):
    card.show_progress(whole_show.PROGRESS, 3)

    assert card.isVisible()
    assert card.title.words == "39% read whole"
    assert bare(card.name.words) == "Lease 2024.pdf"
    assert card.rest.words == "3 min left · 3 more waiting"
    assert card.bar.value() == 397
    assert "12,400 of 31,200 words · 34 words/s · 3 min left" in card.toolTip()


def test_it_goes_when_nothing_is_read(card):
    card.show_progress(whole_show.PROGRESS)

    card.show_progress(None)

    assert not card.isVisible()


def test_it_is_paused_and_goes_on_with_one_button(qtbot, card):
    card.show_progress(whole_show.PROGRESS)
    with qtbot.waitSignal(card.pause_wanted):
        qtbot.mouseClick(card.pause, Qt.MouseButton.LeftButton)

    card.show_progress(replace(whole_show.PROGRESS, paused=True))

    assert card.title.words == "Paused at 39%"
    assert card.pause.accessibleName() == "Go on reading whole"
    with qtbot.waitSignal(card.resume_wanted):
        qtbot.mouseClick(card.pause, Qt.MouseButton.LeftButton)


def test_it_is_cancelled_and_says_that_what_was_read_is_kept(qtbot, card):
    card.show_progress(whole_show.PROGRESS)

    with qtbot.waitSignal(card.cancel_wanted):
        qtbot.mouseClick(card.cancel, Qt.MouseButton.LeftButton)

    assert card.cancel.toolTip() == "Stop reading whole; what was read is kept"


def test_it_says_what_it_waits_for(card):
    waits = replace(whole_show.PROGRESS, waits_for="Waits while a question is answered.")

    card.show_progress(waits, 1)

    assert card.rest.words == "Waits while a question is answered. · 1 more waiting"


def test_each_quarter_is_said_once(card, said):
    for done in range(0, 41_600, 1000):
        card.show_progress(replace(whole_show.PROGRESS, tokens_done=done))

    assert len(said) == 4
    assert bare(said[0]).startswith("0% read whole. Lease 2024.pdf. ")


def test_a_long_name_does_not_widen_it(card):
    long = show.FOLDER / f"{'A very long name ' * 9}.pdf"

    card.show_progress(replace(whole_show.PROGRESS, paths=(long,)))

    assert card.minimumSizeHint().width() < 220
    assert str(long) in card.toolTip()
