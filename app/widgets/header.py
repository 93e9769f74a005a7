"""The window's upper edge: the name, the conversation's title, and the main buttons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from app import theme
from app.widgets.elided_label import ElidedLabel

_HEIGHT = 44
_MARK_RAISED = 6.0


class Wordmark(QWidget):
    """“Footnote” with the footnote mark of its first note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Footnote")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the name and the mark."""
        name, mark = self._fonts()
        width = QFontMetricsF(name).horizontalAdvance("Footnote")
        width += QFontMetricsF(mark).horizontalAdvance("1") + 2
        return QSize(round(width) + 2, theme.px(_HEIGHT - 16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Draw the name in the text's colour and the mark in the accent."""
        look = theme.current()
        name, mark = self._fonts()
        metrics = QFontMetricsF(name)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter = QPainter(self)
        painter.setFont(name)
        painter.setPen(look.text)
        painter.drawText(QPointF(0, base), "Footnote")
        painter.setFont(mark)
        painter.setPen(look.accent)
        raised = base - theme.px(_MARK_RAISED)
        painter.drawText(QPointF(metrics.horizontalAdvance("Footnote") + 2, raised), "1")
        painter.end()

    def _fonts(self) -> tuple[QFont, QFont]:
        name = theme.font(theme.Text.BODY, QFont.Weight.Bold)
        return name, theme.font(theme.Text.MARK, QFont.Weight.Bold)


class Header(QFrame):
    """Shows whose window this is and what is talked about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "header")
        self.title = ElidedLabel()
        theme.set_kind(self.title, "secondary")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 12, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(Wordmark())
        self._layout.addSpacing(4)
        self._layout.addWidget(self.title, 1)
        self.setMinimumHeight(theme.px(_HEIGHT))

    def show_title(self, title: str) -> None:
        """Show the conversation's title; empty for a new one."""
        self.title.show_text(title)

    def add_button(self, action: QAction) -> QToolButton:
        """A button at the right end for `action`."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        button.setAccessibleName(action.text())
        self._layout.addWidget(button)
        return button

    def add_menu(self, menu: QMenu, words: str) -> QToolButton:
        """A button at the right end that opens `menu`."""
        button = QToolButton()
        button.setIcon(theme.icon("more"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(words)
        button.setAccessibleName(words)
        self._layout.addWidget(button)
        return button
