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


@pytest.mark.parametrize(
    ("window", "middle", "source"), [(1024, (380, 400), 360), (1280, (570, 580), 440)]
)
def test_the_source_starts_wide_where_the_conversation_stays_readable(
    panes, window, middle, source
):
    panes.resize(window, 700)
    panes.show_pane("source", shown=True)

    sizes = panes.sizes()

    assert middle[0] <= sizes[1] <= middle[1]
    assert sizes[2] == pytest.approx(source, abs=20)


def test_on_a_wide_screen_the_source_grows_and_the_conversation_keeps_its_column(panes):
    panes.show_pane("source", shown=True)
    panes.resize(1920, 1080)

    library, middle, source = panes.sizes()

    assert library == 264
    assert middle == pytest.approx(800, abs=4)
    assert source > 640  # px of an A4 page at 80 %


def test_widths_come_back(panes, qtbot):
    panes.show_pane("source", shown=True)
    panes.moveSplitter(300, 1)
    panes.moveSplitter(801, 2)
    again = Panes(QWidget(), QWidget(), QWidget())
    qtbot.addWidget(again)
    again.resize(1280, 700)

    again.restore(panes.widths, library_hidden=False)
    again.show_pane("source", shown=True)
    again.show()

    assert again.sizes() == pytest.approx([300, 500, 478], abs=2)


def test_a_dragged_source_keeps_its_width_in_a_larger_window(panes):
    panes.show_pane("source", shown=True)
    panes.moveSplitter(900, 2)
    before = panes.sizes()[2]

    panes.resize(1920, 1080)

    assert panes.sizes()[2] == before
