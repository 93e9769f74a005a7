import pytest
from PySide6.QtWidgets import QWidget

from app.widgets.panes import Panes


@pytest.fixture
def panes(qtbot):
    panes = Panes(QWidget(), QWidget(), QWidget())
    qtbot.addWidget(panes)
    panes.resize(1280, 700)
    panes.show()
    return panes


def test_the_source_is_hidden_until_there_is_something_to_see(panes):
    assert (panes.is_shown("library"), panes.is_shown("source")) == (True, False)

    panes.show_pane("source", shown=True)

    assert panes.is_shown("source")


def test_only_what_the_user_hides_is_to_be_remembered(panes, qtbot):
    hidden = []
    panes.hidden_by_user.connect(lambda *told: hidden.append(told))

    panes.show_pane("source", shown=True)
    panes.toggle("library")

    assert hidden == [("library", True)]
    assert not panes.is_shown("library")


def test_in_a_narrow_window_the_library_makes_room_for_a_source(panes):
    panes.resize(820, 600)

    panes.show_pane("source", shown=True)
    assert (panes.is_shown("library"), panes.is_shown("source")) == (False, True)

    panes.resize(1280, 700)
    assert (panes.is_shown("library"), panes.is_shown("source")) == (True, True)


def test_in_a_narrow_window_the_library_can_be_called_back(panes):
    panes.resize(820, 600)
    panes.show_pane("source", shown=True)

    panes.toggle("library")

    assert (panes.is_shown("library"), panes.is_shown("source")) == (True, False)


def test_widths_come_back(panes, qtbot):
    panes.show_pane("source", shown=True)
    panes.setSizes([300, 500, 478])
    again = Panes(QWidget(), QWidget(), QWidget())
    qtbot.addWidget(again)
    again.resize(1280, 700)

    again.restore(panes.widths, library_hidden=False)
    again.show_pane("source", shown=True)
    again.show()

    assert again.widths == pytest.approx(panes.widths, abs=2)
