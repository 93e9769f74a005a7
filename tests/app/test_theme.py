import itertools

import pytest
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app import theme
from app.theme import DARK, LIGHT, contrast

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
ACCENTS = ["#0078d4", "#ffb900", "#e81123", "#00cc6a", "#ffffff", "#000000", "#888888"]


def assert_readable(look):
    surfaces = (look.page, look.pane, look.card, look.selected, look.hover)
    for ink, surface in itertools.product((look.text, look.secondary, look.accent), surfaces):
        assert contrast(ink, surface) >= 4.5, (ink.name(), surface.name())
    for ink, surface in (
        (look.accent, look.accent_soft),
        (look.on_accent, look.accent),
        (look.text, look.mark),
        (look.warning, look.warning_soft),
        (look.warning, look.card),
        (look.warning, look.page),
        (look.not_found, look.not_found_soft),
        (look.not_found, look.page),
    ):
        assert contrast(ink, surface) >= 4.5, (ink.name(), surface.name())


def test_contrast_is_that_of_the_standard():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@LOOKS
def test_all_text_can_be_read(look):
    assert_readable(look)


@LOOKS
@pytest.mark.parametrize("accent", ACCENTS)
def test_all_text_can_be_read_in_any_accent_of_the_system(look, accent):
    assert_readable(theme.with_accent(look, QColor(accent)))


@pytest.fixture
def light_again(qapp):
    yield
    theme.apply(qapp, Qt.ColorScheme.Light)


@pytest.mark.windows
def test_the_look_can_be_chosen(qapp, light_again):
    theme.apply(qapp, Qt.ColorScheme.Dark)
    assert theme.current() == DARK

    theme.apply(qapp, Qt.ColorScheme.Light)
    assert theme.current() == LIGHT


@pytest.mark.windows
def test_widgets_hear_that_the_look_changed(qapp, qtbot, light_again):
    class Listener(QObject):
        heard = 0

        def eventFilter(self, watched, event):  # noqa: N802
            self.heard += event.type() == QEvent.Type.StyleChange and theme.is_change(event)
            return False

    widget, listener = QWidget(), Listener()
    qtbot.addWidget(widget)
    widget.installEventFilter(listener)

    theme.apply(qapp, Qt.ColorScheme.Dark)

    assert listener.heard


@pytest.mark.windows
def test_text_grows_with_the_zoom(qapp, light_again):
    theme.apply(qapp, Qt.ColorScheme.Light)
    before = theme.font(theme.Text.ANSWER).pointSizeF()

    theme.apply(qapp, Qt.ColorScheme.Light, zoom=2.0)

    assert theme.font(theme.Text.ANSWER).pointSizeF() == pytest.approx(2 * before)
    assert theme.px(10) == pytest.approx(20 * theme.scale() / 2, abs=1)


@pytest.mark.windows
def test_an_icon_follows_the_look(qapp, light_again):
    theme.apply(qapp, Qt.ColorScheme.Light)
    icon = theme.icon("stop", "text")
    light = icon.pixmap(16, 16).toImage().pixelColor(8, 8)

    theme.apply(qapp, Qt.ColorScheme.Dark)

    assert light == LIGHT.text
    assert icon.pixmap(17, 17).toImage().pixelColor(8, 8) == DARK.text


@pytest.mark.windows
@pytest.mark.parametrize("drawing", sorted(theme.ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_draws_something_inside_its_grid(qapp, drawing):
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    theme.draw_icon(painter, drawing.stem, QRectF(0, 0, 64, 64), QColor("black"))
    painter.end()

    inked = [(x, y) for x in range(64) for y in range(64) if image.pixelColor(x, y).alpha() > 60]

    assert inked
    assert all(2 <= x < 62 and 2 <= y < 62 for x, y in inked)


@pytest.mark.windows
def test_every_name_in_the_style_sheet_is_filled_in(qapp, light_again):
    theme.apply(qapp, Qt.ColorScheme.Light)

    sheet = qapp.styleSheet().split("*/", 1)[1]

    assert "@" not in sheet
