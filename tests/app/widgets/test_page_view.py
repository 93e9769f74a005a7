import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent

from app import theme
from app.widgets.page_view import PageView
from rag.records import Box
from tests.app import records_for_show as show

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


@pytest.fixture
def view(qtbot):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    return view


def show_page(view, boxes=show.FIRST.boxes, page=7):
    view.expect(boxes)
    view.show_picture(show.picture(show.LEASE, page, view.zoom * 96 / 72))


def color_at(view, place):
    return view.viewport().grab().toImage().pixelColor(QPointF(place).toPoint())


def test_the_page_is_as_wide_as_the_pane(view):
    show_page(view)

    assert view.zoom * 595 * 96 / 72 == pytest.approx(380, abs=2)
    assert view.horizontalScrollBar().maximum() == 0


def test_a_picture_is_asked_for_in_the_pixels_of_the_screen(qtbot, view):
    with qtbot.waitSignal(view.picture_wanted) as wanted:
        view.expect(())

    assert wanted.args[0] == pytest.approx(view.zoom * 96 / 72 * view.devicePixelRatioF())


def test_a_box_lies_on_its_words(view):
    show_page(view)
    per_point = view.zoom * 96 / 72

    (first, _) = view.box_rects()

    box = show.FIRST.boxes[0]
    assert first.left() == pytest.approx(10 + box.x0 * per_point, abs=1)
    assert first.width() == pytest.approx((box.x1 - box.x0) * per_point, abs=1)
    assert first.height() == pytest.approx((box.y1 - box.y0) * per_point, abs=1)


def test_boxed_paper_turns_yellow_and_ink_stays_dark(view):
    show_page(view)
    gap = view.box_rects()[0]

    image = view.viewport().grab().toImage()
    colors = {
        image.pixelColor(round(gap.center().x()), y).name()
        for y in range(round(gap.top()) + 2, round(gap.bottom()) - 1)
    }

    assert "#ffe58a" in colors
    assert any(QColor(name).lightness() < 100 for name in colors)


def test_only_boxes_of_the_page_that_is_shown_are_drawn(view):
    show_page(view, boxes=(*show.FIRST.boxes, Box(8, 0, 0, 10, 10)))

    assert len(view.box_rects()) == 2


def test_boxes_far_down_are_scrolled_into_view(view):
    view.zoom_by(1)
    for _ in range(8):
        view.zoom_by(1)

    show_page(view, boxes=(Box(7, 300, 800, 400, 815),))

    (box,) = view.box_rects()
    assert view.viewport().rect().contains(box.toAlignedRect())


def test_a_page_without_boxes_starts_at_its_top(view):
    show_page(view)
    view.zoom_by(5)

    show_page(view, boxes=())

    assert view.verticalScrollBar().value() == 0


def test_zooming_goes_in_steps_and_keeps_the_middle(qtbot, view):
    show_page(view)

    with qtbot.waitSignal(view.zoomed) as zoomed:
        view.zoom_by(1)

    assert zoomed.args == [0.5]
    with qtbot.waitSignal(view.picture_wanted):
        view.zoom_by(-1)
    assert view.zoom == pytest.approx(0.33)
    view.zoom_to_width()
    assert view.zoom == pytest.approx(0.479, abs=0.01)


def test_ctrl_and_the_wheel_zoom(view):
    show_page(view)
    before = view.zoom

    view.wheelEvent(
        QWheelEvent(
            QPointF(10, 10),
            QPointF(10, 10),
            QPoint(0, 0),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
    )

    assert view.zoom > before


def test_keys_walk_through_pages_and_footnotes(qtbot, view):
    for key, signal, step in (
        (Qt.Key.Key_PageDown, view.page_step_wanted, 1),
        (Qt.Key.Key_PageUp, view.page_step_wanted, -1),
        (Qt.Key.Key_Right, view.source_step_wanted, 1),
        (Qt.Key.Key_Left, view.source_step_wanted, -1),
    ):
        with qtbot.waitSignal(signal) as wanted:
            qtbot.keyClick(view, key)
        assert wanted.args == [step]


def test_the_page_is_dimmed_in_the_dark(qapp, view):
    show_page(view)
    margin = QPointF(view.box_rects()[1].left() - 8, view.box_rects()[0].top() - 60)
    assert color_at(view, margin) == QColor("#ffffff")

    theme.apply(qapp, Qt.ColorScheme.Dark)

    assert color_at(view, margin) == QColor("#ebebeb")


def test_the_page_is_named_for_a_screen_reader(view):
    show_page(view)

    assert view.accessibleName() == "Page 7 of 31, Lease 2024.pdf"
