"""Where a popup opens: over what it belongs to, and never off the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app import theme


def open_above(popup: QWidget, anchor: QWidget) -> None:
    """Show `popup` with its lower edge over `anchor`, its near edges in line."""
    popup.adjustSize()
    corner = anchor.mapToGlobal(QPoint(0, 0))
    x, y = corner.x(), corner.y() - popup.height() - theme.px(6)
    if anchor.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        x += anchor.width() - popup.width()
    room = anchor.screen().availableGeometry()
    x = max(room.left(), min(x, room.right() - popup.width()))
    popup.move(x, max(room.top(), y))
    popup.show()
