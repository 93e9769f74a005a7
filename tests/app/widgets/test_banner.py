import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from app.widgets.banner import BannerArea, Tone


@pytest.fixture
def area(qtbot):
    area = BannerArea()
    qtbot.addWidget(area)
    return area


def press(area, words):
    next(button for button in area.findChildren(QPushButton) if button.text() == words).click()


def test_a_message_with_the_same_key_replaces_the_one_before(area):
    area.tell("engine", "It stopped.", Tone.ALERT)
    area.tell("engine", "It is back.")

    assert area.messages == ["It is back."]


def test_no_more_than_three_messages_stand_at_a_time(area):
    for number in range(5):
        area.tell(str(number), f"message {number}")

    assert area.messages == ["message 4", "message 3", "message 2"]


def test_the_area_takes_no_room_without_a_message(area):
    area.tell("a", "message")

    area.withdraw("a")

    assert area.isHidden()


def test_a_choice_does_what_it_says(area):
    done = []
    area.tell("a", "message", choices=[("Try again", lambda: done.append(1))])

    press(area, "Try again")

    assert done == [1]


def test_details_unfold_and_can_be_copied(area):
    area.show()
    area.tell("a", "message", Tone.FAILURE, detail="ValueError: boom")
    text = area.findChild(QPlainTextEdit)
    assert not text.isVisible()

    press(area, "Details")
    press(area, "Copy details")

    assert text.isVisible()
    assert QGuiApplication.clipboard().text() == "ValueError: boom"
