"""Dashed outlines, which a style sheet draws too faint at rounded corners."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from app import theme


def dashed_pen(color: QColor) -> QPen:
    """A line of 1 px in short dashes."""
    pen = QPen(color, 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    return pen


class DashedFrame(QFrame):
    """A card with a dashed outline; its ground is the style sheet's."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the outline over the ground."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(dashed_pen(theme.current().control))
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(outline, theme.RADIUS_CARD, theme.RADIUS_CARD)
        painter.end()
