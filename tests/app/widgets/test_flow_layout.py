import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from app.widgets.flow_layout import FlowLayout

pytestmark = pytest.mark.windows


class Block(QWidget):
    def sizeHint(self):  # noqa: N802
        return QSize(60, 20)


@pytest.fixture
def row(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    layout = FlowLayout(row, spacing=10)
    blocks = [Block(row) for _ in range(3)]
    for block in blocks:
        layout.addWidget(block)
    return row, layout, blocks


def places(row, width):
    widget, layout, blocks = row
    widget.resize(width, 100)
    layout.setGeometry(widget.rect())
    return [(block.x(), block.y()) for block in blocks]


def test_widgets_stand_in_one_line_while_there_is_room(row):
    assert places(row, 300) == [(0, 0), (70, 0), (140, 0)]
    assert row[1].heightForWidth(300) == 20


def test_what_does_not_fit_goes_to_the_next_line(row):
    assert places(row, 140) == [(0, 0), (70, 0), (0, 30)]
    assert row[1].heightForWidth(140) == 50


def test_lines_run_from_right_to_left_where_the_language_does(row):
    row[0].setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert places(row, 140) == [(80, 0), (10, 0), (80, 30)]
