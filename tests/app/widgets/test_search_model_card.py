from dataclasses import replace

import pytest

from app.widgets.search_model_card import SearchModelCard
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]
DONE = replace(show.COMING, current=show.E5, coming=None)


@pytest.fixture
def card(qtbot):
    card = SearchModelCard()
    qtbot.addWidget(card)
    return card


def test_a_model_in_use_needs_no_card(card):
    card.show_state(show.SEARCHED)

    assert card.isHidden()


def test_a_coming_model_is_told_with_its_passages_and_time(card):
    card.show_state(show.COMING)

    assert not card.isHidden()
    assert card.title.text() == "Making the library searchable with Multilingual E5…"
    assert card.rest.text().replace(",", "") == "1200 of 4000 passages\n3 min left"
    assert card.bar.value() == 300


def test_before_anything_is_counted_no_number_is_made_up(card):
    card.show_state(replace(show.COMING, chunks_done=0, chunks_total=0, seconds_left=None))

    assert card.rest.text() == ""
    assert card.bar.value() == 0


def test_it_pauses_and_goes_on(card, qtbot):
    card.show_state(show.COMING)
    with qtbot.waitSignal(card.pause_wanted):
        card.pause.click()

    card.show_state(replace(show.COMING, paused=True))
    assert card.rest.text().replace(",", "") == "Paused at 1200 of 4000 passages"

    with qtbot.waitSignal(card.resume_wanted):
        card.pause.click()


def test_that_it_came_is_said_until_it_is_closed(card):
    card.show_state(show.COMING)
    card.show_state(DONE)

    assert card.title.text() == "The library is now searched with Multilingual E5."
    assert card.bar.isHidden()
    assert card.pause.isHidden()
    card.close_button.click()

    assert card.isHidden()
    card.show_state(DONE)
    assert card.isHidden()


def test_a_change_that_was_taken_back_leaves_nothing(card):
    card.show_state(show.COMING)

    card.show_state(show.SEARCHED)

    assert card.isHidden()


def test_the_reading_of_files_goes_first(card):
    card.wait(waits=True)
    card.show_state(show.COMING)
    assert card.isHidden()

    card.wait(waits=False)

    assert not card.isHidden()


def test_every_control_has_a_name(card):
    card.show_state(show.COMING)

    assert card.pause.accessibleName()
    assert card.close_button.accessibleName()
    assert card.bar.accessibleName() == card.title.text()
