"""Small rounded buttons that say what a question is asked of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app import theme
from app.widgets.dashes import dashed_pen

_PAD = 8  # px
_MIN_WIDTH = 80  # px, before the text's scale
_MAX_WIDTH = 220  # px, before the text's scale
_PRESSES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_REMOVES = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class Chip(QAbstractButton):
    """A chip with words; with an icon's name it shows that icon at its `end` or start.

    With the icon "close" Delete and Backspace press it too.
    """

    moved = Signal(int)  # the keyboard wants the chip before (-1) or after (1) it

    def __init__(
        self,
        words: str,
        parent: QWidget | None = None,
        *,
        icon: str = "",
        end: bool = True,
        dashed: bool = False,
    ) -> None:
        super().__init__(parent)
        self.pressed_by_key = False  # in `clicked`: whether the keyboard did it
        self._icon = icon
        self._icon_at_end = end
        self._dashed = dashed
        self.setText(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the words, up to a limit, and the icon."""
        words = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 2
        icon = self._icon_side() + theme.px(4) if self._icon else 0
        width = min(words, theme.px(_MAX_WIDTH)) + icon + 2 * theme.px(_PAD)
        return QSize(width, theme.px(26))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the icon and a few letters: the words give up their middle."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(_MIN_WIDTH)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Draw the chip with its focus ring."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lit = self.underMouse() and bool(self._icon)
        if self._dashed:
            painter.setPen(dashed_pen(look.control))
            painter.setBrush(look.hover if lit else Qt.GlobalColor.transparent)
            color = look.text if lit else look.secondary
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.accent_soft)
            color = look.accent
        painter.drawRoundedRect(rect, theme.RADIUS_ROW, theme.RADIUS_ROW)
        if self.hasFocus():
            painter.setPen(QPen(look.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        self._paint_inside(painter, color)

    def _paint_inside(self, painter: QPainter, color: QColor) -> None:
        side, pad = self._icon_side(), theme.px(_PAD)
        left, right = float(pad), float(self.width() - pad)
        at_end = self._icon_at_end != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        if self._icon:
            x = right - side if at_end else left
            place = QRectF(x, (self.height() - side) / 2, side, side)
            theme.draw_icon(painter, self._icon, place, color)
            left, right = (left, x - theme.px(4)) if at_end else (x + side + theme.px(4), right)
        painter.setFont(self._font())
        painter.setPen(color)
        box = QRectF(QPointF(left, 0), QPointF(right, self.height()))
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, int(box.width()) + 1
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Press, remove, or go on to the next chip."""
        key = event.key()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if key in _PRESSES or (key in _REMOVES and self._icon == "close"):
            self.pressed_by_key = True
            self.click()
            self.pressed_by_key = False
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.moved.emit(1 if (key == Qt.Key.Key_Right) != mirrored else -1)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Light up."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Go back."""
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's sizes."""
        super().changeEvent(event)
        if theme.is_change(event):
            self.updateGeometry()
            self.update()

    def _font(self) -> QFont:
        return theme.font(theme.Text.SMALL, QFont.Weight.DemiBold)

    def _icon_side(self) -> int:
        return theme.px(12)
