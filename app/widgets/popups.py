"""A card that opens over what it belongs to, and never off the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from app import theme


class PopupCard(QFrame):
    """A popup with round corners; Esc and a click elsewhere close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # behind its corners

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Draw the card: a style sheet leaves a translucent window empty."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.control, 1))
        painter.setBrush(look.card)
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, theme.RADIUS_CARD, theme.RADIUS_CARD)


def open_above(popup: QWidget, anchor: QWidget) -> None:
    """Show `popup` with its lower edge over `anchor`, their near edges in line."""
    popup.adjustSize()
    popup.move(place_above(popup.size(), anchor))
    popup.show()


def place_above(size: QSize, anchor: QWidget) -> QPoint:
    """Where the corner of a popup of this size belongs: below `anchor` where above is no room."""
    corner, gap = anchor.mapToGlobal(QPoint(0, 0)), theme.px(6)
    x, y = corner.x(), corner.y() - size.height() - gap
    if anchor.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        x += anchor.width() - size.width()
    room = anchor.screen().availableGeometry()
    x = max(room.left(), min(x, room.right() - size.width()))
    return QPoint(x, y if y >= room.top() else corner.y() + anchor.height() + gap)
